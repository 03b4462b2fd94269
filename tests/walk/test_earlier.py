"""Earlier reports, from the file to the exit code: what is repeated since the last one, and what a baseline knows."""

from __future__ import annotations

import io
import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from syrupy.assertion import SnapshotAssertion

from checker import api
from checker.errors import UsageError
from checker.model.period import Period
from checker.model.report import Report
from checker.model.words import Severity, Verdict
from checker.report import Presentation
from checker.report.exit import exit_code
from checker.report.formats import CHECK, UNMET
from checker.schemas import shipped

RULES = """\
rulebook: tiny
title: Tiny
version: "1"
body: organisations
sources: {law: {title: Law}}
records:
  organisations:
    {key: id, label: name, parent: parent, fields: {id: {}, name: {}, parent: {ref: organisations}, members: {type: integer}}}
  meetings: {key: id, date: date, fields: {id: {}, organisation: {ref: organisations}, date: {type: date}}}
rules:
  - {id: meets, title: Meets, cites: law art. 1, for: organisations, require: {frequency: {of: meetings, per: half, at_least: 1}}}
  - {id: many, title: Many, severity: minor, cites: law art. 2, for: organisations, require: {condition: {that: members > 3}}}
standings:
  - {id: bad, title: Bad, when: {violated: {repeated: true}, at_least: 2}}
  - {id: warned, title: Warned, when: {violated: {repeated: true, rule: many, severity: minor}}}
  - {id: good, title: Good}
"""
ORGANISATIONS = {"2018": "A,Alpha,,2\nB,Beta,A,3\nC,Gamma,A,3\n", "2019": "A,Alpha,,2\nB,Beta,A,2\nC,Gamma,A,8\nD,Delta,A,2\n"}
MEETINGS = {
    "2018": "1,B,2018-08-01\n2,B,2018-01-01\n3,C,2018-09-01\n",
    "2019": "1,B,2019-02-01\n2,B,2019-08-01\n3,C,2019-09-01\n",
}


@pytest.fixture
def home(home: Path) -> Path:
    """A folder with submissions of 2018 and 2019, and the reports on them."""
    Path("rules.yaml").write_text(RULES, encoding="utf-8")
    for year in ("2018", "2019"):
        folder = Path(year)
        folder.mkdir()
        (folder / "submission.yaml").write_text(f"period: {year}\nas_of: {year}-12-31\n", encoding="utf-8")
        (folder / "organisations.csv").write_text(f"id,name,parent,members\n{ORGANISATIONS[year]}", encoding="utf-8")
        (folder / "meetings.csv").write_text(f"id,organisation,date\n{MEETINGS[year]}", encoding="utf-8")
        written(api.check(year, "rules.yaml"), f"{year}.json")
    return home


def written(report: Report, name: str) -> str:
    """The name of the file to which the report is written."""
    with Path(name).open("w", encoding="utf-8") as stream:
        CHECK["json"](report, stream, Presentation())
    return name


def changed(name: str, change: Callable[[dict[str, Any]], None]) -> str:
    """The name of a file with the report, changed."""
    report = json.loads(Path(name).read_text(encoding="utf-8"))
    change(report)
    Path("changed.json").write_text(json.dumps(report), encoding="utf-8")
    return "changed.json"


def repeated(report: Report) -> list[tuple[str, str, str | None, str]]:
    return [
        (item.rule, item.subject.id, item.window.label if item.window else None, item.repeated.label)
        for item in report.findings
        if item.repeated is not None
    ]


def standings(report: Report) -> dict[str, str]:
    return {each.subject.id: each.standing for each in report.standings}


def codes(report: Report) -> list[str]:
    return [notice.code for notice in report.notices]


@pytest.mark.usefixtures("home")
def test_of_another_period_any_window_will_do() -> None:
    report = api.check("2019", "rules.yaml", previous="2018.json")
    assert repeated(report) == [
        ("many", "A", None, "2018"),
        ("meets", "A", "2019-H1", "2018"),
        ("meets", "A", "2019-H2", "2018"),
        ("many", "B", None, "2018"),
        ("meets", "C", "2019-H1", "2018"),
    ]
    assert (report.repeated, codes(report)) == (5, [])
    assert standings(report) == {"A": "bad", "B": "warned", "C": "good", "D": "good"}


@pytest.mark.usefixtures("home")
def test_in_the_same_period_it_is_the_same_window() -> None:
    def forget_the_first_half(report: dict[str, Any]) -> None:
        findings = report["findings"]
        report["findings"] = [each for each in findings if not each["window"] or each["window"]["label"] != "2019-H1"]

    earlier = changed("2019.json", forget_the_first_half)
    report = api.check("2019", "rules.yaml", previous=earlier)
    assert [each for each in repeated(report) if each[0] == "meets"] == [
        ("meets", "A", "2019-H2", "2019"),
        ("meets", "D", "2019-H2", "2019"),
    ]


@pytest.mark.usefixtures("home")
def test_reports_of_many_years_tell_since_when() -> None:
    second = written(api.check("2019", "rules.yaml", previous="2018.json"), "second.json")
    for name in ("organisations.csv", "meetings.csv"):
        Path("2019", name).write_text(Path("2019", name).read_text().replace("2019-", "2020-"), encoding="utf-8")
    third = api.check("2019", "rules.yaml", previous=second, period=Period.parse("2020"), as_of=Period.parse("2020").last)
    assert {(rule, subject, since) for rule, subject, _, since in repeated(third)} == {
        *((rule, "A", "2018") for rule in ("many", "meets")),
        ("many", "B", "2018"),
        ("meets", "C", "2018"),
        *((rule, "D", "2019") for rule in ("many", "meets")),
    }


@pytest.mark.usefixtures("home")
def test_what_may_be_a_repeated_violation_may_decide_the_standing() -> None:
    file = Path("2019/organisations.csv")
    file.write_text(file.read_text().replace("Beta,A,2", "Beta,A,").replace("Delta,A,2", "Delta,A,"), encoding="utf-8")
    report = api.check("2019", "rules.yaml", previous="2018.json")
    assert standings(report) == {"A": "bad", "B": "undetermined", "C": "good", "D": "good"}
    assert ("many", "B", None, "2018") not in repeated(report)


@pytest.mark.usefixtures("home")
def test_without_an_earlier_report_nothing_is_repeated_and_the_report_says_so() -> None:
    report = api.check("2019", "rules.yaml")
    assert (repeated(report), codes(report), set(standings(report).values())) == ([], ["no-previous"], {"good"})
    assert codes(api.check("2019", "rules.yaml", select=["meets"])) == []


@pytest.mark.usefixtures("home")
def test_what_was_undetermined_was_no_violation() -> None:
    def doubt(report: dict[str, Any]) -> None:
        for finding in report["findings"]:
            finding["verdict"] = "undetermined" if finding["verdict"] == "violated" else finding["verdict"]

    assert repeated(api.check("2019", "rules.yaml", previous=changed("2018.json", doubt))) == []


@pytest.mark.usefixtures("home")
def test_a_baseline_hides_what_it_knows_from_the_exit_code_and_from_nothing_else() -> None:
    report = api.check("2019", "rules.yaml", baseline="2019.json")
    assert (exit_code(report), report.known, report.new, report.gone) == (0, 8, 0, ())
    assert report.count(Verdict.VIOLATED) == 8
    assert all(item.known for item in report.findings if item.verdict is Verdict.VIOLATED)
    assert not any(item.known for item in report.findings if item.verdict is not Verdict.VIOLATED)


@pytest.mark.usefixtures("home")
def test_a_new_violation_fails_and_one_that_is_no_more_is_gone() -> None:
    file = Path("2019/meetings.csv")
    file.write_text(file.read_text().replace("3,C,2019-09-01", "3,C,2019-03-01"), encoding="utf-8")
    report = api.check("2019", "rules.yaml", baseline="2019.json")
    assert (exit_code(report), report.known, report.new) == (1, 7, 1)
    assert [(each.rule, each.subject, each.window) for each in report.gone] == [("meets", "C", "2019-H1")]
    assert exit_code(report, fail_on=Severity.CRITICAL) == 0
    assert api.check("2019", "rules.yaml", baseline="2019.json", select=["many"]).gone == ()


@pytest.mark.usefixtures("home")
def test_leaving_data_out_neither_passes_nor_looks_like_progress() -> None:
    file = Path("2019/organisations.csv")
    file.write_text(file.read_text().replace("Beta,A,2", "Beta,A,"), encoding="utf-8")
    report = api.check("2019", "rules.yaml", baseline="2019.json")
    assert (exit_code(report), report.gone) == (3, ())
    file.unlink()
    report = api.check("2019", "rules.yaml", baseline="2019.json")
    assert (exit_code(report), report.gone, report.count(Verdict.VIOLATED)) == (3, (), 0)


@pytest.mark.usefixtures("home")
def test_rows_without_a_key_are_known_by_their_content_wherever_they_stand() -> None:
    rules = Path("rules.yaml")
    rules.write_text(
        rules.read_text().replace("meetings: {key: id, ", "meetings: {").replace("type: date}}}", "type: date, required: true}}}")
    )
    file = Path("2019/meetings.csv")
    before = file.read_text(encoding="utf-8")
    file.write_text(f"{before}4,A,\n", encoding="utf-8")
    baseline = written(api.check("2019", "rules.yaml"), "baseline.json")
    # above the others, with a blank column more, the columns in another order and blanks around the cells
    header, _, rows = before.partition("\n")
    moved = [f"{organisation},{date},,{key}" for key, organisation, date in (row.split(",") for row in rows.splitlines())]
    file.write_text("\n".join(["organisation,date,note,id", " A ,,,4", *moved, ""]), encoding="utf-8")
    assert header == "id,organisation,date"
    report = api.check("2019", "rules.yaml", baseline=baseline, previous=baseline)
    assert (report.new, report.gone) == (0, ())
    assert ("records/meetings/date/required", "row 1", None, "2019") in repeated(report)
    # another row in the same place
    file.write_text(f"{before}5,A,\n", encoding="utf-8")
    report = api.check("2019", "rules.yaml", baseline=baseline)
    assert [rule.id for rule in report.rules if rule.new] == ["records/meetings/date/required"]
    assert [(each.rule, each.subject) for each in report.gone] == [("records/meetings/date/required", "row 4")]
    # the known row twice: the second is new
    file.write_text(f"{before}4,A,\n4,A,\n", encoding="utf-8")
    report = api.check("2019", "rules.yaml", baseline=baseline)
    assert (report.known, report.new, report.gone) == (7, 1, ())


@pytest.mark.usefixtures("home")
def test_a_report_that_does_not_tell_what_is_in_rows_says_that_they_are_not_recognised() -> None:
    rules, file = Path("rules.yaml"), Path("2019/meetings.csv")
    rules.write_text(
        rules.read_text().replace("meetings: {key: id, ", "meetings: {").replace("type: date}}}", "type: date, required: true}}}")
    )
    file.write_text(f"{file.read_text()}4,A,\n", encoding="utf-8")
    written(api.check("2019", "rules.yaml"), "baseline.json")

    def of_an_earlier_version(report: dict[str, Any]) -> None:
        for each in report["findings"]:
            del each["subject"]["digest"]

    report = api.check("2019", "rules.yaml", baseline=changed("baseline.json", of_an_earlier_version))
    assert (codes(report)[-1], report.known, report.new, report.gone) == ("unrecognised-rows", 6, 1, ())


@pytest.mark.usefixtures("home")
def test_a_known_duplicate_does_not_hide_a_new_one() -> None:
    file = Path("2019/organisations.csv")
    before = file.read_text(encoding="utf-8")
    for times, (known, new, gone) in ((0, (0, 0, 1)), (1, (1, 0, 0)), (3, (1, 2, 0))):
        file.write_text(f"{before}D,Delta,A,2\n", encoding="utf-8")
        baseline = written(api.check("2019", "rules.yaml", select=["records"]), "baseline.json")
        file.write_text(before + "D,Delta,A,2\n" * times, encoding="utf-8")
        report = api.check("2019", "rules.yaml", select=["records"], baseline=baseline)
        assert (report.known, report.new, len(report.gone)) == (known, new, gone)
        assert exit_code(report) == (1 if new else 0)


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("option", ["previous", "baseline"])
def test_a_report_that_does_not_list_all_violations_is_refused(option: str) -> None:
    with Path("some.json").open("w", encoding="utf-8") as stream:
        CHECK["json"](api.check("2019", "rules.yaml", max_findings=1), stream, Presentation())
    with pytest.raises(UsageError, match=r"counts 6 violations that it does not list"):
        api.check("2019", "rules.yaml", **{option: "some.json"})  # type: ignore[arg-type]  # one of two names


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("seed", range(12))
def test_known_and_new_are_the_violations_and_known_and_gone_the_baseline(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311

    def forget_some(report: dict[str, Any]) -> None:
        report["findings"] = [each for each in report["findings"] if chance.random() < 0.6]
        for each in report["findings"]:
            each["subject"]["id"] = chance.choice(["A", "B", each["subject"]["id"], each["subject"]["id"]])

    file = changed("2019.json", forget_some)
    findings = json.loads(Path(file).read_text())["findings"]
    key = [
        (each["rule"], each["subject"]["id"], (each["window"] or {}).get("label"))
        for each in findings
        if each["verdict"] == "violated"
    ]
    report = api.check("2019", "rules.yaml", baseline=file)
    assert report.known + report.new == report.count(Verdict.VIOLATED)
    assert report.known + len(report.gone) == len(key)
    assert report.known == sum(item.known for item in report.findings)


def of_nobody(report: dict[str, Any]) -> None:
    next(each for each in report["findings"] if each["verdict"] == "violated").pop("subject")


def of_another_rulebook(report: dict[str, Any]) -> None:
    report["run"]["rulebook"] = "other"


def from_the_future(report: dict[str, Any]) -> None:
    report["version"] = 2


def of_something_else(report: dict[str, Any]) -> None:
    report["format"] = "checker-unmet"


def of_no_day(report: dict[str, Any]) -> None:
    report["run"]["period"]["first"] = "2018-13-01"


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("option", ["previous", "baseline"])
@pytest.mark.parametrize(
    ("change", "code", "what"),
    [
        (of_nobody, "not-a-report", r"findings\[\d+\].subject is missing"),
        (of_another_rulebook, "other-rulebook", "on the rulebook 'other', and what is checked now is 'tiny'"),
        (from_the_future, "report-version", "has version 2, and this program reads version 1"),
        (of_something_else, "not-a-report", "'checker-unmet', not 'checker-report'"),
        (of_no_day, "not-a-report", "run.period is missing, or not as it should be"),
    ],
)
def test_what_is_no_such_report_is_refused(option: str, change: Callable[[dict[str, Any]], None], code: str, what: str) -> None:
    with pytest.raises(UsageError, match=what) as caught:
        api.check("2019", "rules.yaml", **{option: changed("2018.json", change)})  # type: ignore[arg-type]  # one of two names
    (problem,) = caught.value.problems
    assert (problem.code, str(problem.place)) == (code, "changed.json")


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"format":\n oops}', "report.json:2:2"),
        ("[" * 100_000, "report.json"),
        ('{"version": ' + "9" * 5000 + "}", "report.json"),
        ("\xff", "report.json"),
    ],
    ids=["words", "brackets", "digits", "bytes"],
)
def test_what_is_not_json_is_refused(text: str, place: str) -> None:
    Path("report.json").write_bytes(text.encode("latin-1"))
    with pytest.raises(UsageError) as caught:
        api.check("2019", "rules.yaml", baseline="report.json")
    assert [(problem.code, str(problem.place)) for problem in caught.value.problems] == [("not-json", place)]


@pytest.mark.usefixtures("home")
def test_what_is_unusual_of_an_earlier_report_is_a_notice() -> None:
    rules = Path("rules.yaml")
    rules.write_text(rules.read_text().replace('version: "1"', 'version: "2"'), encoding="utf-8")
    assert codes(api.check("2018", "rules.yaml", previous="2019.json")) == ["overlapping-period", "other-version"]
    report = api.check("2018", "rules.yaml", previous="2018.json", baseline="2019.json")
    assert codes(report) == ["other-period", "other-version", "other-version"]
    assert report.gone == ()
    part = written(api.check("2018", "rules.yaml", select=["meets"]), "part.json")
    assert codes(api.check("2019", "rules.yaml", previous=part)) == ["partial-report"]


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("formats", [CHECK, UNMET], ids=["check", "unmet"])
def test_the_text_tells_what_is_repeated_and_known(formats: dict[str, Any], language: str, snapshot: SnapshotAssertion) -> None:
    file = Path("2019/meetings.csv")
    file.write_text(file.read_text().replace("3,C,2019-09-01", "3,C,2019-03-01"), encoding="utf-8")
    report = api.check("2019", "rules.yaml", previous="2018.json", baseline="2019.json", language=language)
    stream = io.StringIO()
    formats["text"](report, stream, Presentation())
    assert stream.getvalue() == snapshot


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(("command", "schema"), [("check", "report"), ("unmet", "unmet")])
def test_the_command_line_compares_with_both(command: str, schema: str) -> None:
    options = ["--previous", "2018.json", "--baseline", "2019.json", "--format", "json=out.json", "--format", "text"]
    arguments = [sys.executable, "-m", "checker", command, "2019", "--rules", "rules.yaml", *options]
    run = subprocess.run(arguments, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (run.returncode, run.stderr) == (0, "")
    assert "Repeated: 5 (violated in 2018 too, 2018.json)" in run.stdout
    assert "Baseline: 8 known, 0 new, 0 gone (2019, 2019.json)" in run.stdout
    assert "Exit code 0: nothing is violated but what the baseline knows." in run.stdout
    out = json.loads(Path("out.json").read_text(encoding="utf-8"))
    assert list(Draft202012Validator(json.loads(shipped(schema))).iter_errors(out)) == []
    assert (out["previous"]["repeated"], out["baseline"]["known"], out["baseline"]["gone"]) == (5, 8, [])
