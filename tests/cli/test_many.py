"""Several submissions in one run, with the library stubbed: what is asked for of each, and what of all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checker.errors import Place, Problem, RecordsError
from checker.report.exit import Exit
from checker.report.joint import worst
from tests.cli.conftest import Run
from tests.cli.stub import Stub
from tests.said import just

ALONE = ("-j", "1")
"""In this process, where the stub is."""


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_every_submission_gets_its_own_files(stub: Stub, run: Run) -> None:
    named = [
        "-f",
        "json=r/{name}/{name}.json",
        "--findings",
        "{name}.csv",
        "--indicators",
        "{name}.values.csv",
        "--baseline",
        "{name}.old",
        "--waivers",
        "w.yaml",
    ]
    result = run("check", "in/a", "in/b", *named, *ALONE)
    assert [(each.submission, each.findings, each.indicators, each.baseline, each.waivers) for each in stub.requests] == [
        ("in/a", ("a.csv",), ("a.values.csv",), "a.old", ("w.yaml",)),
        ("in/b", ("b.csv",), ("b.values.csv",), "b.old", ("w.yaml",)),
    ]
    assert all(json.loads(Path(f"r/{name}/{name}.json").read_bytes())["format"] == "checker-report" for name in "ab")
    assert result.stdout.startswith("Several submissions\n")
    assert result.stdout.endswith("Exit code 1: 2 of 2 submissions violate something, and all could be checked.\n")
    assert result.exit_code == 1


def test_an_overview_in_each_format_and_reports_besides(stub: Stub, run: Run) -> None:
    formats = ["sarif={name}.sarif", "xlsx=all.xlsx", "html=all.html", "markdown=all.md", "json"]
    named = [word for each in formats for word in ("-f", each)]
    result = run("check", "a", "b", *named, "-o", "all.json", *ALONE)
    assert result.stdout == ""
    assert result.exit_code == 1
    assert [each.trace for each in stub.requests] == [True, True]
    found = json.loads(Path("all.json").read_bytes())
    assert (found["format"], found["exit_code"]) == ("checker-overview", 1)
    assert [each["files"] for each in found["submissions"]] == [[{"format": "sarif", "file": f"{name}.sarif"}] for name in "ab"]
    assert all(rule["submissions"] == 2 for rule in found["rules"])
    assert Path("all.xlsx").read_bytes()[:2] == b"PK"
    assert "| a | 1 |" in Path("all.md").read_text(encoding="utf-8")
    assert "<table" in Path("all.html").read_text(encoding="utf-8")


def test_output_may_be_of_each_or_of_all(stub: Stub, run: Run) -> None:
    assert run("unmet", "a", "b", "-o", "{name}.md", *ALONE).stdout != ""
    assert run("unmet", "a", "b", "-f", "json={name}.json", "-o", "all.md", *ALONE).stdout == ""
    assert sorted(path.name for path in Path().iterdir()) == ["a.json", "a.md", "all.md", "b.json", "b.md"]
    assert len(stub.requests) == 4


def test_a_single_one_has_its_report_or_an_overview_if_asked(stub: Stub, run: Run) -> None:
    run("check", "a", "-f", "json={name}.json")
    run("check", "a", "-f", "json=all.json", "--joint")
    assert json.loads(Path("a.json").read_bytes())["format"] == "checker-report"
    assert json.loads(Path("all.json").read_bytes())["format"] == "checker-overview"
    assert len(stub.requests) == 2


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--findings", "all.csv"], "'all.csv'"),
        (["--indicators", "all.csv"], "'all.csv'"),
        (["--previous", "old.json"], "'old.json'"),
        (["--baseline", "old.json"], "'old.json'"),
        (["-f", "sarif=all.sarif"], "'sarif'"),
        (["-f", "github"], "'github'"),
    ],
)
def test_what_is_of_one_needs_its_name(stub: Stub, run: Run, options: list[str], says: str) -> None:
    result = run("check", "a", "b", *options, *ALONE)
    assert result.exit_code == 2
    assert says in result.stderr
    assert "{name}" in result.stderr
    assert stub.requests == []


def test_letters_are_in_a_folder_for_each(stub: Stub, run: Run) -> None:
    refused = run("unmet", "a", "b", "--per-body", "letters", *ALONE)
    assert (refused.exit_code, stub.requests) == (2, [])
    result = run("unmet", "a", "b", "--per-body", "letters/{name}", "--letter", "html", *ALONE)
    assert sorted(path.name for path in Path("letters").iterdir()) == ["a", "b"]
    assert [word for word in result.stderr.split() if "letters/" in word] == ["letters/a:", "letters/b:"]


def test_one_that_fails_does_not_stop_the_others(stub: Stub, run: Run) -> None:
    stub.fault = RecordsError(Problem("no-table", just("there is no table"), just("Hand one in."), Place("a/x.csv", 3)))
    result = run("check", "a", "b", "--lang", "en", *ALONE)
    assert len(stub.requests) == 2
    assert result.exit_code == 2
    assert "a/x.csv:3: there is no table [no-table]" in result.stdout
    stub.fault = RuntimeError("odd")
    result = run("check", "a", "b", "--lang", "en", "-f", "json", *ALONE)
    assert result.exit_code == 4
    assert [each["exit_code"] for each in json.loads(result.stdout)["submissions"]] == [4, 4]
    assert result.stderr.count("b: error: internal fault: RuntimeError: odd [fault]") == 1


def test_settings_are_those_that_each_submission_finds(stub: Stub, run: Run) -> None:
    settings = {"x": 'select = ["p"]\nformat = ["json=own.json"]\n', "y": 'select = ["q"]\n'}
    for name, text in settings.items():
        Path(name).mkdir()
        Path(name, "checker.toml").write_text(text, encoding="utf-8")
    run("check", "x/a", "y/a", *ALONE)
    assert [each.select for each in stub.requests] == [("p",), ("q",)]
    assert json.loads(Path("x/own.json").read_bytes())["format"] == "checker-report"
    assert not Path("y/own.json").exists()
    run("check", "x/a", "y/a", "--select", "r", *ALONE)
    assert [each.select for each in stub.requests[2:]] == [("r",), ("r",)]
    assert "several files of settings" in run("config", "x/a", "y/a").stderr
    assert "p (x/checker.toml:1)" in run("config", "x/a", "x/b").stdout
    both = run("check", "x/a", "x/b", "y/a", *ALONE)
    assert (both.exit_code, "own.json" in both.stderr) == (2, True)
    run("check", "x/a", "x/b", *ALONE)
    assert json.loads(Path("x/own.json").read_bytes())["format"] == "checker-overview"


def test_the_worst_exit_code_is_that_of_all() -> None:
    order = [Exit.FAULT, Exit.INPUT, Exit.VIOLATED, Exit.UNDECIDED, Exit.CLEAN]
    assert [worst([code, *order[place:]]) for place, code in enumerate(order)] == order
