"""Reports compared: what is new, changed, resolved and the same between two of them, and how figures move over many."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from checker import api
from checker.cli.main import program
from checker.report import Presentation
from checker.report.formats import CHECK, PAPER
from checker.schemas import shipped

RULES = """\
rulebook: tiny
title: Tiny
body: organisations
sources: {law: {title: Law}}
records:
  organisations:
    {key: id, label: name, parent: parent, fields: {id: {}, name: {}, parent: {ref: organisations}, members: {type: integer}}}
  meetings: {date: date, fields: {organisation: {ref: organisations, required: true}, date: {type: date, required: true}}}
rules:
  - {id: meets, title: Meets, cites: law art. 1, for: organisations, require: {frequency: {of: meetings, per: half, at_least: 1}}}
  - {id: many, title: Many, severity: minor, cites: law art. 2, for: organisations, require: {condition: {that: members > 3}}}
standings:
  - {id: bad, title: Bad, when: {violated: {severity: minor}}}
  - {id: good, title: Good}
"""
ORGANISATIONS = "A,Alpha,,2\nB,Beta,A,3\nC,Gamma,A,8\nD,Delta,A,2\n"
MEETINGS = "A,2019-02-01\nA,2019-08-01\nB,2019-02-01\nB,2019-08-01\nC,2019-02-01\nC,2019-08-01\nD,2019-02-01\n,2019-05-05\n"
"""D does not meet in the second half, and somebody met without saying who."""


@pytest.fixture
def home(home: Path) -> Path:
    Path("rules.yaml").write_text(RULES, encoding="utf-8")
    return home


def reported(
    name: str, organisations: str = ORGANISATIONS, meetings: str | None = MEETINGS, year: int = 2019, **options: Any
) -> str:
    """The name of a file with the report on such a submission."""
    folder = Path("submission")
    folder.mkdir(exist_ok=True)
    (folder / "submission.yaml").write_text(f"period: {year}\nas_of: {year}-12-31\n", encoding="utf-8")
    (folder / "organisations.csv").write_text(f"id,name,parent,members\n{organisations}", encoding="utf-8")
    (folder / "meetings.csv").unlink(missing_ok=True)
    if meetings is not None:
        text = meetings.replace("2019", str(year))
        (folder / "meetings.csv").write_text(f"organisation,date\n{text}", encoding="utf-8")
    with Path(name).open("w", encoding="utf-8") as stream:
        CHECK["json"](api.check("submission", "rules.yaml", **options), stream, Presentation())
    return name


def run(*arguments: str) -> Result:
    return CliRunner().invoke(program, arguments, prog_name="checker")


def compared(old: str, new: str, *options: str) -> tuple[int, dict[str, Any]]:
    done = run("diff", old, new, "-f", "json", *options)
    found = json.loads(done.stdout)
    assert list(Draft202012Validator(json.loads(shipped("diff"))).iter_errors(found)) == []
    assert found["exit_code"] == done.exit_code
    return done.exit_code, found


def told(found: dict[str, Any], state: str) -> list[tuple[str, str | None, list[str | None]]]:
    """Of the changes of a state the rule, the subject, and the windows in which it is said."""
    return [
        (each["rule"], each["subject"]["id"], [side["window"] for side in each["after"] or each["before"]])
        for each in found["changes"]
        if each["state"] == state
    ]


@pytest.mark.usefixtures("home")
def test_the_same_report_has_no_change() -> None:
    name = reported("old.json")
    code, found = compared(name, name)
    assert (code, found["counts"]["new"], found["counts"]["changed"], found["counts"]["resolved"]) == (0, 0, 0, 0)
    assert found["counts"]["persisting"] == 5


@pytest.mark.usefixtures("home")
def test_moved_rows_are_the_same() -> None:
    old = reported("old.json")
    organisations, meetings = ("\n".join([*reversed(text.splitlines()), ""]) for text in (ORGANISATIONS, MEETINGS))
    _, found = compared(old, reported("new.json", organisations, meetings))
    assert {state for state, n in found["counts"].items() if n} == {"persisting"}


@pytest.mark.usefixtures("home")
def test_what_is_new_changed_and_resolved_is_told() -> None:
    old = reported("old.json")
    organisations = (
        ORGANISATIONS.replace("A,Alpha,,2", "A,Alpha,,1")
        .replace("B,Beta,A,3", "B,Beta,A,9")
        .replace("C,Gamma,A,8", "C,Gamma,A,1")
    )
    code, found = compared(old, reported("new.json", organisations))
    assert code == 1
    assert told(found, "new") == [("many", "C", [None])]
    assert told(found, "resolved") == [("many", "B", [None])]
    assert told(found, "changed") == []
    assert ("many", "A", [None]) in told(found, "persisting")
    assert compared(old, "new.json", "--fail-on", "major")[0] == 0
    assert compared("new.json", old)[0] == 1


@pytest.mark.usefixtures("home")
def test_what_cannot_be_told_any_more_is_not_resolved() -> None:
    old = reported("old.json")
    code, found = compared(old, reported("new.json", ORGANISATIONS.replace("B,Beta,A,3", "B,Beta,A,")))
    assert code == 3
    assert compared(old, "new.json", "--allow-undetermined")[0] == 0
    assert told(found, "changed") == [("many", "B", [None])]
    code, found = compared(old, reported("lost.json", meetings=None))
    assert code == 3
    assert told(found, "resolved") == []
    assert {rule for rule, _, _ in told(found, "changed")} >= {"meets"}
    _, found = compared(old, reported("part.json", select=["many"]))
    assert {rule for rule, _, _ in told(found, "changed")} == {"meets", "records/meetings/organisation/required"}


@pytest.mark.usefixtures("home")
def test_another_period_is_compared_by_subject() -> None:
    old = reported("old.json")
    meetings = MEETINGS.replace("D,2019-02-01\n", "").replace("B,2019-08-01\n", "").replace(",2019-05-05\n", "")
    code, found = compared(old, reported("new.json", meetings=meetings, year=2020))
    assert code == 1
    assert ("meets", "B", ["2020-H2"]) in told(found, "new")
    assert ("meets", "D", ["2020-H1", "2020-H2"]) in told(found, "changed")
    assert ("many", "A", [None]) in told(found, "persisting")


@pytest.mark.usefixtures("home")
def test_what_is_alike_is_counted() -> None:
    once, thrice = (reported(f"{n}.json", meetings=MEETINGS + ",2019-05-05\n" * n) for n in (0, 2))
    more = Counter(each["state"] for each in compared(once, thrice)[1]["changes"] if each["rule"].endswith("required"))
    fewer = Counter(each["state"] for each in compared(thrice, once)[1]["changes"] if each["rule"].endswith("required"))
    assert (more, fewer) == ({"persisting": 1, "new": 2}, {"persisting": 1, "resolved": 2})


def without(key: str) -> Callable[[dict[str, Any]], None]:
    return lambda report: report.pop(key)


def of_another_rulebook(report: dict[str, Any]) -> None:
    report["run"]["rulebook"] = "other"


def with_a_strange_verdict(report: dict[str, Any]) -> None:
    report["findings"][0]["verdict"] = "guilty"


def with_some_unlisted(report: dict[str, Any]) -> None:
    report["left_out"] = {"undetermined": 3}


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (without("rules"), "this is no whole report: rules is missing"),
        (of_another_rulebook, "other"),
        (with_a_strange_verdict, "findings[0].verdict is missing, or not as it should be"),
        (with_some_unlisted, "counts 3 findings that it does not list"),
    ],
)
def test_what_cannot_be_compared_is_refused(change: Callable[[dict[str, Any]], None], said: str) -> None:
    name = reported("old.json")
    report = json.loads(Path(name).read_text(encoding="utf-8"))
    change(report)
    Path("changed.json").write_text(json.dumps(report), encoding="utf-8")
    done = run("diff", name, "changed.json", "--lang", "en")
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in " ".join(done.stderr.replace("'", "").split())
    if change is not with_a_strange_verdict and change is not with_some_unlisted:
        assert run("trend", name, "changed.json").exit_code == 2


@pytest.mark.usefixtures("home")
def test_figures_over_time() -> None:
    better = ORGANISATIONS.replace("B,Beta,A,3", "B,Beta,A,9")
    later, first = reported("later.json", better, year=2020), reported("first.json")
    found = json.loads(run("trend", later, first, "-f", "json").stdout)
    assert list(Draft202012Validator(json.loads(shipped("trend"))).iter_errors(found)) == []
    assert [each["period"]["label"] for each in found["reports"]] == ["2019", "2020"]
    many = next(each for each in found["rules"] if each["rule"] == "many")
    assert [point["rate"] for point in many["points"]] == ["1/4", "1/2"]
    assert found["standings"] == {"bad": [3, 2], "good": [1, 2]}
    text = run("trend", later, first, "--lang", "en").stdout
    assert "violated: 3 → 2; Satisfied of what was due: 25% → 50%; Course: ▂▄" in " ".join(text.split())
    assert "Bad       3 → 2\n" in text


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("name", PAPER)
@pytest.mark.parametrize("language", ["en", "vi"])
def test_papers_are_the_same_bytes_each_time(name: str, language: str) -> None:
    old, new = reported("old.json"), reported("new.json", ORGANISATIONS.replace("Beta", "<b>&"), year=2020)
    for command in ("diff", "trend"):
        written = []
        for _ in range(2):
            run(command, old, new, "-f", f"{name}=out", "--lang", language)
            written.append(Path("out").read_bytes())
        assert written[0] == written[1]
        assert b"<b>" not in written[0] or name in {"text", "json"}


@pytest.mark.usefixtures("home")
def test_the_workbook_has_a_chart_of_its_figures() -> None:
    old, new = reported("old.json"), reported("new.json", ORGANISATIONS.replace("B,Beta,A,3", "B,Beta,A,9"), year=2020)
    run("trend", old, new, "-o", "out.xlsx", "--lang", "en")
    names = [
        "Summary",
        "Verdicts of each report",
        "Rules not always satisfied",
        "Standings",
        "Violations",
        "Rates that moved most",
    ]
    book = openpyxl.load_workbook("out.xlsx")
    assert book.sheetnames == names
    assert [[cell.value for cell in row] for row in book["Rates that moved most"].iter_rows(max_row=2)] == [
        [None, "2019", "2020"],
        ["Many", 0.25, 0.5],
    ]
    charts = [
        name for name in ZipFile(io.BytesIO(Path("out.xlsx").read_bytes())).namelist() if name.startswith("xl/charts/chart")
    ]
    assert len(charts) == 2
