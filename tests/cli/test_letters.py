"""`checker unmet --per-body`: where letters go, what is said of it, and what is refused before anything is judged."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.stub import Stub


def test_letters_are_written_and_it_is_said_where(run: Run, stub: Stub, tmp_path: Path) -> None:
    done = run("unmet", "submission", "--per-body", str(tmp_path / "letters"))
    assert done.exit_code == 1
    assert "letters written (html and docx); index.html lists them." in done.stderr
    assert "Summary" in done.stdout
    assert "Clause" not in done.stdout
    suffixes = [path.suffix for path in (tmp_path / "letters").iterdir()]
    assert suffixes.count(".html") == suffixes.count(".docx") + 1
    assert stub.requests


def test_one_format_is_enough_and_a_report_can_be_written_beside_them(run: Run, stub: Stub, tmp_path: Path) -> None:
    (tmp_path / "old-0123456789.html").write_text("")
    done = run("unmet", "submission", "--per-body", str(tmp_path), "--letter", "docx", "-f", "text")
    assert "(docx)" in done.stderr
    assert "1 files of earlier letters are there too, and were left as they are." in done.stderr
    assert "Clause" in done.stdout
    assert {path.name for path in tmp_path.glob("*.html")} == {"old-0123456789.html", "index.html"}
    assert stub.requests


@pytest.mark.usefixtures("stub")
def test_quiet_says_nothing_of_them(run: Run, tmp_path: Path) -> None:
    assert run("unmet", "submission", "--per-body", str(tmp_path), "-q").stderr == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--letter", "html"], "--letter needs a folder to write the letters to: name it with --per-body."),
        (["--per-body", "x", "--letter", "htm"], "Did you mean 'html'?"),
        (["--per-body", __file__], "it is no folder"),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_is_judged(run: Run, stub: Stub, arguments: list[str], said: str) -> None:
    done = run("unmet", "submission", *arguments)
    assert done.exit_code == 2 or said in str(done.exception)
    assert said in done.output + str(done.exception)
    assert not stub.requests
