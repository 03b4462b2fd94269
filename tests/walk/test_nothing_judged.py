"""A run in which no rule of the rulebook judged anything is no success; unlikely periods and days are reported."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest

from checker import api
from checker.assembly.notices import fitting
from checker.errors import Problem
from checker.model.period import Period
from checker.model.report import Report
from checker.model.words import Reason, Verdict
from checker.report import Presentation
from checker.report.exit import Exit, exit_code
from checker.report.formats import CHECK
from checker.words.message import Words

RULES = """\
rulebook: clubs
title: Clubs
body: branches
year_starts: 07-01
sources: {law: {title: Law}}
records:
  branches: {key: id, lifespan: {from: founded}, fields: {id: {}, founded: {type: date}}}
  meetings: {key: id, date: date, fields: {id: {}, branch: {ref: branches}, date: {type: date}}}
terms:
  old: {of: branches, where: founded < date '1900-01-01'}
rules:
  - {id: yearly, title: Yearly, cites: law 1, for: FOR, require: {frequency: {of: meetings, per: year, at_least: 1}}}
standings:
  - {id: bad, title: Bad, when: {violated: {}}}
  - {id: good, title: Good}
"""


@pytest.fixture(autouse=True)
def home(home: Path) -> None:
    (home / "sub").mkdir()
    (home / "sub/branches.csv").write_text("id,founded\nA,2001-01-01\nB,\n", encoding="utf-8")
    (home / "sub/meetings.csv").write_text("id,branch,date\n1,A,2019-08-01\n", encoding="utf-8")


def check(period: str, *, selects: str = "branches", as_of: str = "2022-12-31", **options: object) -> Report:
    Path("rules.yaml").write_text(RULES.replace("FOR", selects), encoding="utf-8")
    day = date.fromisoformat(as_of)
    return api.check("sub", "rules.yaml", period=Period.parse(period), as_of=day, **options)  # type: ignore[arg-type]


def text(report: Report) -> str:
    stream = io.StringIO()
    CHECK["text"](report, stream, Presentation(width=200))
    return stream.getvalue()


def notice(report: Report, code: str) -> Problem:
    return next(each for each in report.notices if each.code == code)


@pytest.mark.parametrize(
    ("period", "selects", "reason"),
    [
        ("2019-01..2019-12", "branches", Reason.NO_WINDOW),
        ("1899-07..1900-06", "branches", Reason.NOT_IN_EXISTENCE),
        ("2018-07..2019-06", "old", None),
    ],
)
def test_nothing_judged(period: str, selects: str, reason: Reason | None) -> None:
    Path("sub/branches.csv").write_text("id,founded\nA,2001-01-01\n", encoding="utf-8")
    report = check(period, selects=selects)
    assert report.count(Verdict.SATISFIED) > 0, "the integrity rules find the tables in order"
    assert exit_code(report) is Exit.UNDECIDED
    assert report.notices[0].code == "nothing-judged"
    assert not report.standings
    said = text(report)
    assert said.index("No rule of the rulebook judged anything") < said.index("Not judged")
    assert "nothing was checked" in said
    reasons = dict(next(rule for rule in report.rules if rule.own).reasons)
    assert set(reasons) == {reason or Reason.NOT_SELECTED}


def test_something_judged() -> None:
    report = check("2019-07..2020-06")
    assert exit_code(report) is Exit.VIOLATED
    assert not report.notices
    assert {each.subject.id: each.standing for each in report.standings} == {"A": "good", "B": "bad"}


def test_integrity_rules_alone_may_be_asked_for() -> None:
    report = check("2019", select=["records"])
    assert exit_code(report) is Exit.CLEAN
    assert "nothing-judged" not in {each.code for each in report.notices}
    assert "Nothing is violated" in text(report)


@pytest.mark.parametrize(("language", "either", "said"), [("en", "or", "No rule of the"), ("vi", "hoặc", "Không quy định nào")])
def test_a_calendar_year_where_years_begin_in_july(language: str, either: str, said: str) -> None:
    report = check("2019-01..2019-12", language=language)
    assert f"2018-07..2019-06 {either} 2019-07..2020-06" in notice(report, "calendar-period").fix_in(Words(language))
    assert said in text(report)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "2019 is taken for 2019-07..2020-06"), ("vi", "2019 được hiểu là 2019-07..2020-06")],
)
def test_a_year_by_its_number_is_one_of_the_rulebook(language: str, said: str) -> None:
    report = check("2019", language=language)
    told = notice(report, "year-of-the-rulebook")
    assert said in told.message_in(Words(language))
    assert "2019-01..2019-12" in told.fix_in(Words(language))
    assert report.run.period == Period.parse("2019-07..2020-06")
    assert not [each for each in check("2019/20").notices if each.code == "year-of-the-rulebook"]
    assert check("2019/20").run.period == report.run.period


def test_as_of_a_day_before_the_period() -> None:
    report = check("2019-07..2020-06", as_of="2019-06-30")
    assert "30 June 2019" in str(notice(report, "before-period").message)
    assert exit_code(report) is Exit.CLEAN
    assert report.count(Verdict.PENDING) == 2
    assert not [each for each in check("2019-07..2020-06", as_of="2019-07-01").notices if each.code == "before-period"]


@pytest.mark.parametrize(
    ("period", "year_starts", "asked", "meant"),
    [
        ("2019", 1, {"year"}, []),
        ("2019", 7, set(), ["2018-07-01..2019-06-30", "2019-07-01..2020-06-30"]),
        ("2018..2019", 4, set(), ["2017-04-01..2019-03-31", "2018-04-01..2020-03-31"]),
        ("2019-07..2020-06", 7, {"year"}, []),
        ("2019-H1", 7, {"year", "half"}, []),
        ("2019-H1", 4, {"half"}, ["2018-10-01..2019-03-31", "2019-04-01..2019-09-30"]),
        ("2019-H1", 4, {"month"}, []),
        ("2019-Q1", 2, {"quarter"}, ["2018-11-01..2019-01-31", "2019-02-01..2019-04-30"]),
        ("2019-02-03..2019-12-31", 7, {"year"}, []),
    ],
)
def test_which_periods_fit(period: str, year_starts: int, asked: set[str], meant: list[str]) -> None:
    assert [each.label for each in fitting(Period.parse(period), year_starts, asked)] == meant
