"""What reports say of a rule with several requirements: one verdict, and of each requirement what was found."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from checker import api
from checker.model.report import Report
from checker.model.words import Outcome, Verdict
from checker.report import Presentation
from checker.report.formats import CHECK
from checker.report.say.message import describe, describe_windows
from checker.report.say.wording import Wording

BOOK = """\
rulebook: clubs
title: Clubs
body: clubs
sources: {statute: {title: The statute}}
records:
  clubs: {title: clubs, key: id, fields: {id: , members: {type: integer, title: members}}}
  meetings: {title: meetings, key: id, date: day, belongs_to: club,
    fields: {id: , club: {ref: clubs}, day: {type: date}, present: {type: integer, min: 0}}}
  groups: {title: groups, key: id, fields: {id: , club: {ref: clubs, required: true}}}
rules:
  - id: meets
    title: Meets twice a year, and in numbers
    cites: statute s. 1
    for: clubs
    require:
      all:
        - frequency: {of: meetings, per: year, at_least: 2}
        - rate: {of: meetings, per: year, part: present, whole: "10", at_least: 50%}
  - id: is-large
    title: Has members and groups
    cites: statute s. 2
    for: clubs
    require: {all: [{condition: {that: members > 3}}, {coverage: {of: groups}}]}
"""
FILES = {
    "clubs": "id,members\nA,5\nB,2\nC,\n",
    "meetings": "id,club,day,present\n1,A,2019-01-01,8\n2,A,2019-02-01,6\n3,B,2019-01-01,9\n4,C,2019-01-01,9\n5,C,2019-02-01,\n",
    "groups": "id,club\n1,A\n2,B\n3,C\n",
}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return judged(tmp_path_factory.mktemp("several"), BOOK)


def judged(folder: Path, rules: str, **files: str) -> Report:
    book, submission = folder / "clubs.yaml", folder / "submission"
    book.write_text(rules, encoding="utf-8")
    submission.mkdir()
    for name, text in (FILES | files).items():
        (submission / f"{name}.csv").write_text(text, encoding="utf-8")
    return api.check(submission, book, period="2019", as_of="2020-01-31")


def outcomes(report: Report) -> dict[tuple[str, str], tuple[Verdict, list[Outcome]]]:
    return {
        (each.rule, each.subject.id): (each.verdict, [part.outcome for part in each.parts])
        for each in report.findings
        if not each.rule.startswith("records/")
    }


def test_there_is_one_verdict_and_each_requirement_is_told(report: Report) -> None:
    met, breached, unknown = Outcome.MET, Outcome.BREACHED, Outcome.UNKNOWN
    assert outcomes(report) == {
        ("meets", "A"): (Verdict.SATISFIED, [met, met]),
        ("meets", "B"): (Verdict.VIOLATED, [breached, met]),
        ("meets", "C"): (Verdict.UNDETERMINED, [met, unknown]),
        ("is-large", "A"): (Verdict.SATISFIED, [met, met]),
        ("is-large", "B"): (Verdict.VIOLATED, [breached, met]),
        ("is-large", "C"): (Verdict.UNDETERMINED, [unknown, met]),
    }


def test_the_rows_behind_are_those_of_all_requirements_each_once(report: Report) -> None:
    behind = {
        (each.rule, each.subject.id): sorted((row.table, row.row, row.role) for row in each.evidence) for each in report.findings
    }
    assert behind["meets", "C"] == [("meetings", 4, "counted"), ("meetings", 5, "counted")]
    assert behind["is-large", "B"] == [("clubs", 2, "subject"), ("groups", 2, "counted")]


def test_each_requirement_has_its_measure_and_its_message_in_json(report: Report) -> None:
    stream = io.StringIO()
    CHECK["json"](report, stream, Presentation())
    told = json.loads(stream.getvalue())
    (found,) = (each for each in told["findings"] if (each["rule"], each["subject"]["id"]) == ("meets", "B"))
    assert found["measured"]["kind"] == "parts"
    assert [(part["form"], part["outcome"], part["measured"]["low"]) for part in found["parts"]] == [
        ("frequency", "breached", 1),
        ("rate", "met", 9),
    ]
    assert found["parts"][0]["message"] == "Meetings in 2019: 1 (at least 2 required)"
    (rule,) = (each for each in told["rules"] if each["id"] == "meets")
    assert next(part["restated"]["en"] for part in rule["parts"]) == "The number of meetings is at least 2."


@pytest.mark.parametrize("form", ["text", "markdown", "html", "junit", "sarif", "gitlab"])
def test_every_format_tells_what_became_of_each_requirement(form: str, report: Report) -> None:
    stream = io.StringIO()
    CHECK[form](report, stream, Presentation())
    said = " ".join(stream.getvalue().split())
    assert "(1) violated: Meetings in 2019: 1" in said
    assert "(2) satisfied: Meetings in 2019: 90%" in said


def test_what_is_said_of_alike_findings_is_said_of_each_by_what_was_found(tmp_path: Path) -> None:
    rules = BOOK.replace("condition: {that: members > 3}", "condition: {that: members > 1}")
    report = judged(tmp_path, rules, groups="id,club\n1,A\n2,B\n4,A\n")
    wording = Wording("en", report.names)
    laws = {rule.id: rule for rule in report.rules}
    met = [each for each in report.findings if each.verdict is Verdict.SATISFIED and laws[each.rule].own]
    said = [describe(each, laws[each.rule], wording) for each in met]
    assert said == [describe_windows([each], laws[each.rule], Wording("en", report.names)) for each in met]
    assert len(said) == 3
    assert len(set(said)) == len(said)


def test_each_requirement_is_told_in_the_data(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, text in FILES.items():
        (tmp_path / "in" / f"{name}.csv").write_text(text, encoding="utf-8")
    (tmp_path / "clubs.yaml").write_text(BOOK, encoding="utf-8")
    data, columns = tmp_path / "data.ndjson", tmp_path / "data.parquet"
    api.check(tmp_path / "in", tmp_path / "clubs.yaml", period="2019", as_of="2019-12-31", findings=[data, columns])
    rows = [json.loads(line) for line in data.read_text(encoding="utf-8").splitlines()]
    told = {(row["rule"], row["subject"]): row["parts"] for row in rows}
    kept = [
        [{name: each[name] for name in ("part", "outcome", "low", "high", "whole_high")} for each in parts]
        for parts in (told["meets", "A"], told["is-large", "B"])
    ]
    assert kept == [
        [
            {"part": 1, "outcome": "met", "low": 2, "high": 2, "whole_high": None},
            {"part": 2, "outcome": "met", "low": 14, "high": 14, "whole_high": 20},
        ],
        [
            {"part": 1, "outcome": "breached", "low": None, "high": None, "whole_high": None},
            {"part": 2, "outcome": "met", "low": 1, "high": 1, "whole_high": None},
        ],
    ]
    assert {row["rule"] for row in rows if row["parts"] is None} == {row["rule"] for row in rows if "/" in row["rule"]}
    found = duckdb.connect().execute(f"SELECT parts[2].low FROM '{columns}' WHERE rule = 'meets' AND subject = 'A'").fetchall()
    assert found == [(Decimal("14.000000"),)]
