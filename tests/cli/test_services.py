"""What the command line writes for services that run checks: of real submissions, at their places, with the summary of a job."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from checker.cli import summaries
from checker.cli.main import program
from tests.report.services.validators import (
    accept_annotations,
    accept_code_quality,
    accept_junit,
    accept_oscal,
    accept_sarif,
)

RULES = """\
rulebook: clubs
title: Clubs
body: clubs
sources: {law: {title: Law}}
records:
  clubs: {key: id, label: name, fields: {id: {}, name: {}, founded: {type: date}}}
  meetings: {date: date, fields: {club: {ref: clubs, required: true}, date: {type: date, required: true}}}
rules:
  - id: meets
    title: "Meets: always, 100%"
    cites: law art. 1
    for: clubs
    require: {frequency: {of: meetings, per: half, at_least: 1}}
"""
CLUBS = [["id", "name", "founded"], ["A", "Alpha", "2001-01-01"], ["B", "Beta", "2001-02-30"]]
MEETINGS = [["club", "date"], ["A", "2019-02-01"], ["A", "2019-08-01"], ["B", "2019-02-30"]]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a rulebook, and the same submission as a folder, a workbook, and a file of YAML."""
    monkeypatch.delenv(summaries.VARIABLE, raising=False)
    (tmp_path / ".git").mkdir()
    data = tmp_path / "data"
    (data / "folder").mkdir(parents=True)
    (data / "rules.yaml").write_text(RULES, encoding="utf-8")
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    lines = ["tables:"]
    for name, rows in (("clubs", CLUBS), ("meetings", MEETINGS)):
        (data / "folder" / f"{name}.csv").write_text("\n".join([*map(",".join, rows), ""]), encoding="utf-8")
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        lines += [f"  {name}:", *("  - " + json.dumps(dict(zip(rows[0], row, strict=True))) for row in rows[1:])]
    book.save(data / "book.xlsx")
    (data / "tree.yaml").write_text("\n".join([*lines, ""]), encoding="utf-8")
    monkeypatch.chdir(data)
    return tmp_path


def check(*arguments: str) -> Result:
    common = ["--rules", "rules.yaml", "--period", "2019", "--as-of", "2019-12-31", "--lang", "en", "-q"]
    return CliRunner().invoke(program, ["check", *arguments, *common], prog_name="checker")


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("submission", "places"),
    [
        ("folder", {"data/folder/clubs.csv:3", "data/folder/meetings.csv:4"}),
        ("book.xlsx", {"data/book.xlsx!clubs!C3", "data/book.xlsx!meetings!B4"}),
        ("tree.yaml", {"data/tree.yaml:4", "data/tree.yaml:8"}),
    ],
)
def test_findings_are_at_their_places(submission: str, places: set[str]) -> None:
    files = {"sarif": "out.sarif", "junit": "out.xml", "gitlab": "out.codequality.json", "oscal": "out.oscal.json"}
    done = check(submission, *(f"--format={name}={file}" for name, file in files.items()), "-f", "github", "--sarif-kinds", "all")
    assert done.exit_code == 1
    accept_annotations(done.stdout)
    accept_junit(Path(files["junit"]).read_text(encoding="utf-8"))
    accept_oscal(Path(files["oscal"]).read_text(encoding="utf-8"))
    entries = accept_code_quality(Path(files["gitlab"]).read_text(encoding="utf-8"))
    results = accept_sarif(Path(files["sarif"]).read_text(encoding="utf-8"))["runs"][0]["results"]
    found = set()
    for result in results:
        (location,) = result["locations"]
        physical = location["physicalLocation"]
        uri, cell = physical["artifactLocation"]["uri"], location["logicalLocations"][0]["fullyQualifiedName"]
        if result["ruleId"].endswith("allowed"):
            cell = cell.removeprefix("book.xlsx")
            found.add(f"{uri}{cell}" if submission == "book.xlsx" else f"{uri}:{physical['region']['startLine']}")
    assert found == places
    assert {entry["location"]["path"] for entry in entries} == {place.partition("!")[0].partition(":")[0] for place in places}


def test_the_summary_of_a_job_is_added_to_what_the_service_names(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = home / "summary.md"
    named.write_text("# Before\n", encoding="utf-8")
    monkeypatch.setenv(summaries.VARIABLE, str(named))
    check("folder")
    assert named.read_text(encoding="utf-8") == "# Before\n"
    check("folder", "-f", "github", "-f", "text=report.txt")
    assert named.read_text(encoding="utf-8").startswith("# Before\n# Compliance report\n")
    check("folder", "-f", "github", "--summary", "own.md")
    assert Path("own.md").read_text(encoding="utf-8").startswith("# Compliance report\n")
    assert named.read_text(encoding="utf-8").count("# Compliance report\n") == 1
    monkeypatch.setenv(summaries.VARIABLE, str(home / "nowhere" / "summary.md"))
    assert "the summary cannot be written" in check("folder", "-f", "github").stderr


@pytest.mark.usefixtures("home")
def test_a_summary_that_is_too_long_is_cut_at_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    check("folder", "--summary", "whole.md")
    whole = Path("whole.md").read_text(encoding="utf-8")
    monkeypatch.setattr(summaries, "MOST_BYTES", 200)
    check("folder", "--summary", "cut.md")
    cut = Path("cut.md").read_text(encoding="utf-8")
    assert len(cut.encode()) <= 200
    assert cut.endswith("\n…\n")
    assert whole.startswith(cut.removesuffix("\n…\n"))


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("file", "start"),
    [
        ("gl-code-quality-report.json", "[\n"),
        ("a.oscal.json", "{\n"),
        ("a.json", '{\n"format"'),
        ("a.xml", "<?xml"),
        ("a.sarif", "{\n"),
    ],
)
def test_the_format_is_what_the_name_of_a_file_ends_in(file: str, start: str) -> None:
    check("folder", "-o", file)
    assert Path(file).read_text(encoding="utf-8").startswith(start)
