"""The examples in the help of each command: each is explained, fits a terminal of 80 columns, and does what it says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from checker.cli.main import program

EXAMPLE = re.compile(r"^  (checker \S(?:.*?\S)?)(?: {2,}(\S.*))?$", re.MULTILINE)
RULE = "assembly-twice-a-year"


def shown(name: str | None) -> str:
    """The help of a command, or of the program, on a terminal of 80 columns."""
    ran = CliRunner().invoke(program, [*([name] if name else []), "--help"], prog_name="checker", terminal_width=80)
    assert ran.exit_code == 0
    return ran.output.partition("\nOptions:")[0]


def examples() -> list[tuple[str, str]]:
    return [(line, said) for name in (None, *program.commands) for line, said in EXAMPLE.findall(shown(name))]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a rulebook, records of two years, their reports, and a workbook."""
    folder = tmp_path_factory.mktemp("examples")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for line in (
            "new book",
            "template book -o empty.xlsx",
            "template book -o last.xlsx --from book/examples/2025 --period 2025",
            "check book/examples/2025 -r book -f json=old.json",
            "check book/examples/2025 -r book -f json=new.json",
        ):
            ran = CliRunner().invoke(program, shlex.split(line), prog_name="checker")
            assert ran.exit_code in {0, 1, 3}, ran.output
    with (folder / "book/examples/2025/submission.yaml").open("a") as manifest:
        manifest.write("rulebook: ../..\n")
    return folder


GIVEN = {
    "SUBMISSION": "book/examples/2025",
    "RULEBOOK": "book",
    "RULE": RULE,
    "SUBJECT": "NORTH",
    "KEY": "NORTH",
    "OLD": "old.json",
    "NEW": "new.json",
    "LAST": "last.xlsx",
    "WORKBOOK": "last.xlsx",
    "NAME": "mine",
    "DIR": "elsewhere",
    "CODE": "unused-term",
    "FILE": "book/rules.yaml",
}


@pytest.mark.parametrize("name", [None, *program.commands])
def test_every_command_has_an_example(name: str | None) -> None:
    text = shown(name)
    found = EXAMPLE.findall(text)
    assert found, f"show in the docstring of '{name}' how it is called"
    for line, said in found:
        assert said, f"say in a few words what comes of '{line}'"
        assert name is None or line.split()[1] == name
    assert max(map(len, text.splitlines())) <= 80


@pytest.mark.parametrize("line", [line for line, _ in examples() if line != "checker lsp"])
def test_examples_run(line: str, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = shlex.split(line)[1:]
    monkeypatch.chdir(tmp_path if words[0] == "new" else place)
    given = GIVEN | ({"OLD": "book", "NEW": "book"} if words[0] == "rules" else {})
    words = [given.get(word, word) for word in words]
    ran = CliRunner().invoke(program, words, prog_name="checker", input=(place / "book" / "rules.yaml").read_text("utf-8"))
    assert ran.exit_code in {0, 1, 3}, f"{ran.output[-2000:]}{ran.exception}"
    assert isinstance(ran.exception, SystemExit | click.exceptions.Exit | None)
