"""Rows that contradict one another, and references that almost match a key: what a user is told of them, small and large."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker import api
from checker.model.report import Finding, Report
from checker.model.words import Verdict
from checker.report.say.message import describe
from checker.report.say.wording import Wording
from checker.request import Tuning
from checker.trials import try_cases
from tests.walk.test_large import told, written
from tests.ways import LARGE

RULEBOOK = """\
rulebook: club
title: Club
version: "1"
body: clubs
sources: {statutes: {title: Statutes}}
records:
  clubs:
    key: id
    parent: above
    lifespan: {from: founded, until: closed}
    fields:
      id: {}
      above: {ref: clubs}
      founded: {type: date}
      closed: {type: date}
      members: {type: integer}
      share: {type: number}
  meetings:
    key: no
    date: held_on
    unique: [[club, held_on]]
    fields: {no: {}, club: {ref: clubs, required: true}, held_on: {type: date}, present: {type: integer, min: 0}}
  gifts:
    date: given_on
    fields: {club: {ref: clubs}, given_on: {type: date}, amount: {type: integer}}
  mandates:
    lifespan: {from: begins, until: ends}
    fields: {club: {ref: clubs}, begins: {type: date}, ends: {type: date}}
rules:
  - id: monthly
    title: A meeting a quarter
    cites: statutes art. 1
    for: clubs
    require: {frequency: {of: meetings, per: quarter, at_least: 1}}
  - id: given
    title: Two gifts
    cites: statutes art. 1
    for: clubs
    require: {coverage: {of: gifts, at_least: 2}}
  - id: below
    title: Meetings below
    cites: statutes art. 1
    for: clubs
    require: {coverage: {of: meetings, via: descendants, at_least: 1}}
  - id: in-term
    title: A meeting in each term
    cites: statutes art. 1
    for: clubs
    require: {frequency: {of: meetings, per: term of mandates, at_least: 1}}
  - id: many
    title: Many members
    cites: statutes art. 1
    for: clubs
    require: {condition: {that: members >= 5 and share < 0.5}}
  - id: quorum
    title: Half of the club
    cites: statutes art. 1
    for: meetings
    require: {condition: {that: present * 2 >= club.members}}
  - id: at-a-club
    title: At a club
    cites: statutes art. 1
    for: meetings
    require: {condition: {that: club is not null}}
standings:
  - {id: bad, title: Bad, when: {violated: {severity: major}, at_least: 2}}
  - {id: good, title: Good}
"""
TABLES: dict[str, list[tuple[str, ...]]] = {
    "clubs": [
        ("id", "above", "founded", "closed", "members", "share"),
        ("01", "", "", "", "9", "0.2"),
        ("ĐB1", "1", "", "", "9", "0.2"),
        ("X", "", "2019-05-01", "2019-04-01", "9", "0.2"),
        ("Y", "ĐB1", "2018-01-01", "", "9", "0.33333333"),
        ("Y", "01", "2019-06-01", "", "9", "0.33333334"),
        ("Z", "", "", "", "9", "0.2"),
        ("Z", "", "", "", "9", "0.2"),
    ],
    "meetings": [
        ("no", "club", "held_on", "present"),
        *((f"a{month}", "01", f"2019-{month:02}-01", "9") for month in (1, 4, 7)),
        ("b1", "1", "2019-10-01", "9"),
        ("b2", "Ðb 1", "2019-02-01", "9"),
        ("c1", "X", "2019-02-01", "9"),
        ("d1", "Y", "2019-02-01", "9"),
        ("d1", "Y", "2019-05-01", "1"),
        ("e1", "Z", "2019-02-01", "9"),
        ("e2", "Z", "2019-02-01", "9"),
        ("f1", "nobody", "2019-02-01", "9"),
    ],
    "gifts": [
        ("club", "given_on", "amount"),
        ("Z", "2019-02-01", "5"),
        ("Z", "2019-02-01", "5"),
        ("z", "2019-03-01", "x"),
        ("01", "2019-02-01", "x"),
        ("01", "2019-02-01", "y"),
        ("01", "2019-04-01", "z"),
        ("01", "2019-04-01", " z "),
    ],
    "mandates": [
        ("club", "begins", "ends"),
        ("01", "2019-01-01", "2019-06-30"),
        ("X", "2019-06-30", "2019-01-01"),
        ("đb-1", "2019-01-01", "2019-06-30"),
    ],
}


@pytest.fixture
def rulebook(tmp_path: Path) -> Path:
    path = tmp_path / "club.yaml"
    path.write_text(RULEBOOK, encoding="utf-8")
    return path


@pytest.fixture
def report(rulebook: Path, tmp_path: Path) -> Report:
    return api.check(written(tmp_path / "filed", TABLES, parquet=False), rulebook)


def found(report: Report, rule: str) -> dict[str, set[Verdict]]:
    verdicts: dict[str, set[Verdict]] = {}
    for each in report.findings:
        if each.rule == rule:
            verdicts.setdefault(each.subject.id, set()).add(each.verdict)
    return verdicts


def said(report: Report, rule: str, language: str = "en") -> list[str]:
    summary = next(each for each in report.rules if each.id == rule)
    return [
        describe(each, summary, Wording(language, report.names))
        for each in report.findings
        if each.rule == rule and _graver(each)
    ]


def _graver(finding: Finding) -> bool:
    return finding.verdict in {Verdict.VIOLATED, Verdict.UNDETERMINED}


@pytest.mark.parametrize("parquet", [False, True], ids=["csv", "parquet"])
def test_large_as_small(rulebook: Path, report: Report, tmp_path: Path, *, parquet: bool) -> None:
    submission = written(tmp_path / "large", TABLES, parquet=parquet)
    large = api.check(submission, rulebook, tuning=LARGE)
    assert told(large) == told(report)
    assert [each.near for each in large.findings if each.near] == [each.near for each in report.findings if each.near]


def test_what_is_in_doubt_is_undetermined(report: Report) -> None:
    undetermined, violated, satisfied = {Verdict.UNDETERMINED}, {Verdict.VIOLATED}, {Verdict.SATISFIED}
    assert found(report, "many") == {"01": satisfied, "ĐB1": satisfied, "X": satisfied, "Y": undetermined, "Z": satisfied}
    assert found(report, "at-a-club")["b1"] == undetermined
    assert found(report, "in-term")["X"] == found(report, "in-term")["ĐB1"] == undetermined
    assert found(report, "given")["Z"] == satisfied
    assert found(report, "monthly")["ĐB1"] == violated | undetermined


def test_a_reference_that_almost_matches_names_the_key(report: Report) -> None:
    assert said(report, "records/meetings/club/reference") == [
        "club refers to '1', which was not submitted; did you mean '01'?",
        "club refers to 'nobody', which was not submitted",
        "club refers to 'Ðb 1', which was not submitted; did you mean 'ĐB1'? It contains U+00D0.",
    ]
    assert said(report, "records/gifts/club/reference", "vi") == [
        "club ghi 'z', nhưng bản nộp không có mục này; có phải là 'Z' không?"
    ]


def test_a_lifespan_in_the_wrong_order_names_both_ends(report: Report) -> None:
    assert said(report, "records/clubs/closed/lifespan") == [
        "closed '2019-04-01' lies before founded '2019-05-01'; when it existed is unknown until one is corrected"
    ]
    (finding,) = [each for each in report.findings if each.rule == "records/clubs/closed/lifespan" and _graver(each)]
    assert [row.values for row in finding.evidence] == [(("closed", "2019-04-01"), ("founded", "2019-05-01"))]


def test_rows_entered_twice_are_named_with_their_lines(report: Report) -> None:
    (notice,) = [each for each in report.notices if each.code == "rows-twice"]
    assert str(notice.message) == "4 rows of 'gifts' occur more than once: lines 2 and 3; 7 and 8"
    assert notice.place is not None
    assert notice.place.line == 2


@pytest.mark.parametrize(
    ("keys", "named"),
    [
        (("01", "1"), "'01', '1'"),
        (("A1", "a1", "A 1"), "'A1', 'a1', 'A 1'"),
        (("ĐB", "ÐB"), "'ĐB', 'ÐB'"),
        (("GB-1", "gb_1"), "'GB-1', 'gb_1'"),
        (("A", "\u0410"), "'A', '\u0410'"),
        (("7", "７"), "'7', '７'"),
        (("1", "10", "1-0", "Ba", "Bà", "2.1", "21"), None),
    ],
)
def test_keys_that_are_nearly_the_same_are_named(
    keys: tuple[str, ...], named: str | None, rulebook: Path, tmp_path: Path
) -> None:
    tables = TABLES | {"clubs": [("id",), *((key,) for key in keys)]}
    report = api.check(written(tmp_path / "filed", tables, parquet=False), rulebook)
    said = [str(each.message) for each in report.notices if each.code == "near-keys" and "'clubs'" in str(each.message)]
    assert said == ([] if named is None else [f"keys of 'clubs' are nearly the same: {named}"])


def test_large_tables_are_not_looked_through_for_what_is_alike(rulebook: Path, tmp_path: Path) -> None:
    tables = TABLES | {"clubs": [("id",), ("01",), ("1",)], "meetings": [("no", "club", "held_on")], "mandates": [("club",)]}
    tables["gifts"] = [("club",), *(("01",) for _ in range(4))]
    report = api.check(written(tmp_path / "filed", tables, parquet=False), rulebook, tuning=Tuning(alike_rows=3, alike_keys=1))
    assert not {each.code for each in report.notices} & {"rows-twice", "near-keys"}


def test_cases_of_a_rulebook_are_judged_alike(tmp_path: Path) -> None:
    folder = tmp_path / "club"
    (folder / "cases").mkdir(parents=True)
    (folder / "rulebook.yaml").write_text(RULEBOOK, encoding="utf-8")
    (folder / "cases" / "monthly.yaml").write_text(
        """\
- name: entered twice
  period: 2019-Q1
  tables:
    clubs: [{id: A}]
    meetings: [{no: 1, club: A, held_on: 2019-01-01, present: 1}, {no: 2, club: A, held_on: 2019-01-01, present: 1}]
  expect: undetermined
- name: almost the key
  period: 2019-Q1
  tables:
    clubs: [{id: A}, {id: B}]
    meetings: [{no: 1, club: a, held_on: 2019-01-01}]
  expect: {A: undetermined, B: violated}
- name: two of one key
  period: 2019-Q1
  tables:
    clubs: [{id: A, founded: 2018-01-01}, {id: A, founded: 2019-02-01}]
    meetings: []
  expect: undetermined
""",
        encoding="utf-8",
    )
    assert try_cases(str(folder)).failed == ()
