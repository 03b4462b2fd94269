"""What `checker check` writes for services that run checks: accepted by them, the same each time, and in agreement."""

from __future__ import annotations

import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from checker.errors import Place, Problem
from checker.model.earlier import Earlier, Violation
from checker.model.report import Finding, Report
from checker.model.waivers import Waiver
from checker.model.words import Severity, Verdict
from checker.report import Narrowing, Presentation
from checker.report.check import sarif
from checker.report.ci.sarif import MOST_RESULTS
from checker.report.formats import CHECK
from tests.report.fixture import YEAR, report
from tests.report.services.validators import (
    accept_annotations,
    accept_code_quality,
    accept_junit,
    accept_oscal,
    accept_sarif,
)
from tests.said import just

WAIVER = Waiver("hamlet-has-a-cell", "H05", YEAR.first, YEAR.last, "flooded", "the district", Place("waivers.yaml", 3))
ODD = "a\tb\x1b[31m ]]> <&\"'> %0A ::error::\r\n\u202e\ud800\ufffe"
MOST = 20
SERVICES = ("sarif", "junit", "github", "gitlab", "oscal", "ndjson")


def written(name: str, what: Report, **options: Any) -> str:
    stream = io.StringIO()
    CHECK[name](what, stream, Presentation(**options))
    return stream.getvalue().encode("utf-8", "backslashreplace").decode()


def waived(what: Report) -> Report:
    """The report, one violation of which is waived, and another known to a baseline, of which a third is gone."""

    def turned(finding: Finding) -> Finding:
        if finding.rule == "hamlet-has-a-cell":
            return finding._replace(verdict=Verdict.WAIVED, waiver=WAIVER)
        return finding._replace(known=finding.rule == "attendance" and finding.verdict is Verdict.VIOLATED)

    rules = [
        rule._replace(counts=((Verdict.WAIVED, 1), (Verdict.SATISFIED, 20)))
        if rule.id == "hamlet-has-a-cell"
        else rule._replace(known=int(rule.id == "attendance"))
        for rule in what.rules
    ]
    gone = Violation("cell-monthly", "C07", "2019-01", YEAR)
    earlier = Earlier("baseline.json", "2019.1", YEAR, (gone,))
    return what._replace(findings=tuple(map(turned, what.findings)), rules=tuple(rules), baseline=earlier, gone=(gone,))


def in_trouble(what: Report) -> Report:
    """The report on a submission of which a part could not be read, all its texts as odd as can be."""
    problems = (
        Problem("bad-csv", just(f"this row has {ODD}"), just("Quote it."), Place("meetings.csv", 7)),
        Problem("bad-csv", just(f"this row has {ODD}"), just("Quote it."), Place("meetings.csv", 9)),
        Problem("no-sheet", just("the sheet is missing"), just("Add it."), Place("book.xlsx", None, None, "Cuộc họp")),
        Problem("memory", just("memory does not suffice"), just("Give more.")),
    )
    odd = [each._replace(subject=each.subject._replace(name=ODD, id=f"{each.subject.id}{ODD}")) for each in what.findings]
    return what._replace(findings=tuple(odd), problems=problems)


def of_nothing(what: Report) -> Report:
    """The report on a submission of which nothing was judged."""
    return what._replace(findings=(), rules=tuple(rule._replace(counts=()) for rule in what.rules), left_out=())


REPORTS = {
    "vi": report("vi"),
    "en": report("en"),
    "waived": waived(report()),
    "in trouble": in_trouble(report()),
    "of nothing": of_nothing(report()),
}


@pytest.mark.parametrize("what", REPORTS.values(), ids=REPORTS)
@pytest.mark.parametrize("every_kind", [False, True])
def test_sarif_is_accepted(what: Report, every_kind: bool) -> None:  # noqa: FBT001 -- pytest's way
    accept_sarif(written("sarif", what, every_kind=every_kind))


@pytest.mark.parametrize("what", REPORTS.values(), ids=REPORTS)
@pytest.mark.parametrize("allowed", [False, True])
def test_junit_is_accepted(what: Report, allowed: bool) -> None:  # noqa: FBT001 -- pytest's way
    accept_junit(written("junit", what, allow_undetermined=allowed))


@pytest.mark.parametrize("what", REPORTS.values(), ids=REPORTS)
def test_annotations_are_accepted(what: Report) -> None:
    accept_annotations(written("github", what))


@pytest.mark.parametrize("what", REPORTS.values(), ids=REPORTS)
def test_code_quality_is_accepted(what: Report) -> None:
    accept_code_quality(written("gitlab", what))


@pytest.mark.parametrize("what", REPORTS.values(), ids=REPORTS)
def test_oscal_is_accepted(what: Report) -> None:
    accept_oscal(written("oscal", what))


@pytest.mark.parametrize("what", REPORTS.values(), ids=REPORTS)
@pytest.mark.parametrize("name", SERVICES)
def test_the_same_report_is_the_same_bytes(name: str, what: Report) -> None:
    assert written(name, what) == written(name, what._replace())


def test_lines_of_json_are_the_findings_of_the_report() -> None:
    lines = [json.loads(line) for line in written("ndjson", report()).splitlines()]
    assert lines == json.loads(written("json", report()))["findings"]


def test_sarif_tells_services_of_violations_only_and_others_of_everything() -> None:
    what = waived(report())
    few, every = (accept_sarif(written("sarif", what, every_kind=kind))["runs"][0]["results"] for kind in (False, True))
    assert {result["properties"]["verdict"] for result in few} == {"violated"}
    assert not any("suppressions" in result for result in few)
    assert Counter(result["baselineState"] for result in few) == {"new": 8, "unchanged": 1}
    by_kind = Counter(result["kind"] for result in every)
    assert by_kind == {"fail": 10, "open": 5, "informational": 2, "pass": 13}
    (suppressed,) = [result for result in every if "suppressions" in result]
    (suppression,) = suppressed["suppressions"]
    assert (suppression["kind"], suppression["status"]) == ("external", "accepted")
    assert "flooded" in suppression["justification"]
    assert "the district" in suppression["justification"]
    (absent,) = [result for result in every if result.get("baselineState") == "absent"]
    assert (absent["ruleId"], absent["kind"]) == ("cell-monthly", "pass")


def test_sarif_says_where_and_why() -> None:
    results = accept_sarif(written("sarif", report()))["runs"][0]["results"]
    found = {result["ruleId"]: result for result in results}
    plenary = found["plenary-twice-a-year"]
    (at,) = plenary["locations"]
    assert at["physicalLocation"]["artifactLocation"] == {"uri": "organisations.csv", "uriBaseId": "SRCROOT"}
    assert at["physicalLocation"]["region"] == {"startLine": 4}
    assert at["logicalLocations"] == [{"name": "W01", "fullyQualifiedName": "organisations/W01", "kind": "object"}]
    (related,) = plenary["relatedLocations"]
    assert related["physicalLocation"]["region"] == {"startLine": 14}
    (flow,) = plenary["codeFlows"][0]["threadFlows"]
    assert [step["location"]["message"]["text"] for step in flow["locations"]] == [
        (
            "an outcome is read as it is where nothing took effect: the outcome of rule cell-monthly is: breached; "
            "so: rule cell-monthly is then: violated."
        )
    ]
    cell = found["records/meetings/date/allowed"]["locations"][0]
    assert cell["physicalLocation"]["region"] == {"startLine": 92, "startColumn": 4, "endColumn": 5}
    assert cell["logicalLocations"][0]["fullyQualifiedName"] == "book.xlsx!Cuộc họp!D92"


def test_sarif_keeps_to_the_limit_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_RESULTS == 25_000
    monkeypatch.setattr(sarif, "MOST_RESULTS", MOST)
    what = report()
    (slight,) = [each for each in what.findings if each.rule == "attendance" and each.verdict is Verdict.VIOLATED]
    (grave,) = [each for each in what.findings if each.rule == "plenary-twice-a-year"]
    many = (*[slight] * MOST, grave)
    run = accept_sarif(written("sarif", what._replace(findings=many, left_out=((Verdict.VIOLATED, 5),))))["runs"][0]
    assert len(run["results"]) == MOST
    assert run["results"][-1]["ruleId"] == "plenary-twice-a-year"
    said = [each["message"]["text"] for each in run["invocations"][0]["toolExecutionNotifications"]]
    assert any("6 results are counted and not in this log" in each for each in said)
    assert len({result["partialFingerprints"]["checkerFinding/v1"] for result in run["results"]}) == MOST


def test_annotations_are_the_gravest_and_say_how_many_more_there_are() -> None:
    what = report()
    (grave,) = [each for each in what.findings if each.rule == "plenary-twice-a-year"]
    many = [grave._replace(subject=grave.subject._replace(id=f"W{number}")) for number in range(30)]
    shown = accept_annotations(written("github", what._replace(findings=(*many, *what.findings))))
    assert shown[0][1]["title"] == "Violated: A Party cell meets once every month"
    assert "none (at least 1 required in each)" in shown[0][2]
    assert [level for level, _, _ in shown].count("error") == 10
    assert shown[-1][0] == "notice"
    assert shown[-1][2].startswith("26 more are not shown here")
    errors = [each for each in accept_annotations(written("github", waived(what))) if each[0] == "error"]
    assert not any("hamlet" in title["title"].lower() for _, title, _ in errors)


def outcomes(text: str) -> dict[str, set[str]]:
    """The outcomes of the cases of each suite."""
    from xml.etree import ElementTree as ET  # noqa: PLC0415 -- our own file

    root = ET.fromstring(text.encode())  # noqa: S314
    return {
        str(suite.get("name")): {child.tag for case in suite.iter("testcase") for child in case}
        for suite in root.iter("testsuite")
    }


def test_junit_fails_what_fails_the_run() -> None:
    what = waived(report())
    plain = outcomes(written("junit", what))
    assert plain["plenary-twice-a-year"] == {"failure", "skipped"}
    assert plain["attendance"] == {"skipped"}
    assert plain["hamlet-has-a-cell"] == {"skipped"}
    assert plain["fees-collected"] == {"error"}
    lenient = outcomes(written("junit", what, fail_on=Severity.CRITICAL, allow_undetermined=True, fail_on_data="never"))
    assert {name for name, found in lenient.items() if found & {"failure", "error"}} == {"cell-monthly"}
    assert outcomes(written("junit", of_nothing(report())))["submission"] == {"error"}
    assert outcomes(written("junit", in_trouble(report())))["submission"] == {"error"}


def test_code_quality_keeps_what_cannot_be_told_any_more() -> None:
    what = report()
    unknown = [
        each._replace(verdict=Verdict.UNDETERMINED) if each.verdict is Verdict.VIOLATED else each for each in what.findings
    ]
    before = accept_code_quality(written("gitlab", what))
    after = accept_code_quality(written("gitlab", what._replace(findings=tuple(unknown))))
    assert [entry["fingerprint"] for entry in before] == [entry["fingerprint"] for entry in after]
    assert [entry["severity"] for entry in before] == [entry["severity"] for entry in after]


def test_oscal_states_of_each_judged_rule_whether_it_is_satisfied() -> None:
    results = accept_oscal(written("oscal", waived(report())))["results"][0]
    states = {each["target"]["target-id"]: each["target"]["status"]["state"] for each in results["findings"]}
    assert states["hamlet-has-a-cell"] == "satisfied"
    assert states["plenary-twice-a-year"] == "not-satisfied"
    assert states["fees-collected"] == "not-satisfied"
    assert states["records.meetings.id.unique"] == "satisfied"
    assert "quarterly-instead" not in states
    (selection,) = results["reviewed-controls"]["control-selections"]
    assert selection["exclude-controls"] == [{"control-id": "quarterly-instead"}]
    (risk,) = results["risks"]
    assert risk["status"] == "deviation-approved"


def test_paths_are_as_seen_from_the_root_of_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    below = tmp_path / "data sets"
    below.mkdir()
    monkeypatch.chdir(below)
    run = accept_sarif(written("sarif", report(), root=tmp_path))["runs"][0]
    uris = {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in run["results"]}
    assert uris == {"data%20sets/organisations.csv", "data%20sets/hamlets.csv", "data%20sets/book.xlsx"}
    paths = {entry["location"]["path"] for entry in accept_code_quality(written("gitlab", report(), root=tmp_path))}
    assert {"data sets/organisations.csv", "data sets/book.xlsx"} <= paths
    elsewhere = accept_code_quality(written("gitlab", report(), root=tmp_path / "other"))
    assert (below / "book.xlsx").as_posix() in {entry["location"]["path"] for entry in elsewhere}


@pytest.mark.parametrize("name", ["sarif", "junit", "github", "gitlab", "oscal", "ndjson"])
def test_of_one_body_only_what_is_of_it_is_told(name: str) -> None:
    told = written(name, report(), narrowing=Narrowing("C07"))
    assert "C07" in told
    assert "H05" not in told
    assert "H05" in written(name, report())
    if name == "junit":
        accept_junit(told)
