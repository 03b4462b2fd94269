"""What reports say of indicators: in the order of the rulebook, and where there is nothing to measure so far."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from checker import api
from checker.errors import UsageError
from checker.model.indicators import IndicatorState
from checker.model.report import Report
from checker.model.words import Reason
from checker.report import Presentation
from checker.report.check.text import write
from checker.report.exit import Exit, exit_code

RULES = """\
rulebook: tiny
title: Tiny
sources: {law: {title: Law}}
records:
  offices: {key: id, fields: {id: {}}}
  meetings:
    key: id
    date: date
    fields: {id: {}, office: {ref: offices}, date: {type: date}, present: {type: integer}, bound: {type: integer}}
indicators:
  - {id: twice, title: Twice as many, for: offices, per: half, measure: {value: 2 * held}}
  - {id: attendance, title: Attendance, for: offices, per: half, measure: {rate: {of: meetings, part: present, whole: bound}}}
  - {id: held, title: Held, for: offices, per: half, measure: {count: {of: meetings}}}
  - {id: all, title: All, for: offices, measure: {count: {of: meetings}}}
rules:
  - {id: most, title: Most, cites: law art. 1, for: offices, require: {condition: {that: attendance > 0.5, per: half}}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    (tmp_path / "offices.csv").write_text("id\nA\n", encoding="utf-8")
    (tmp_path / "meetings.csv").write_text("id,office,date,present,bound\n1,A,2019-03-01,3,4\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def report(folder: Path) -> Report:
    return api.check(folder, folder / "rules.yaml", period="2019", as_of="2019-09-30")


def test_indicators_stand_in_the_order_of_the_rulebook_but_for_those_that_others_name(report: Report) -> None:
    assert [each.id for each in report.indicators] == ["held", "twice", "attendance", "all"]


def test_a_rate_of_nothing_so_far_has_no_ends(report: Report) -> None:
    (first, second) = next(each.values for each in report.indicators if each.id == "attendance")
    assert (first.low, first.high, first.state, first.reason) == (first.high, first.low, IndicatorState.VALUE, None)
    assert (second.low, second.high, second.state, second.reason) == (None, None, IndicatorState.OPEN, Reason.NOTHING_TO_MEASURE)


def test_a_rate_of_nothing_so_far_is_said_in_words(report: Report) -> None:
    stream = io.StringIO()
    write(report, stream, Presentation(language="en"))
    said = " ".join(stream.getvalue().split())
    assert "the first half of 2019: 75%; the second half of 2019: nothing to measure so far" in said


def test_a_rule_that_names_it_is_pending(report: Report) -> None:
    (_, named) = (finding.named for finding in report.findings if finding.rule == "most")
    assert [(each.low, each.high, each.state, each.reason) for each in named] == [
        (None, None, IndicatorState.OPEN, Reason.NOTHING_TO_MEASURE)
    ]


def test_an_indicator_is_selected_as_a_rule_is_and_judges_nothing(folder: Path) -> None:
    found = folder / "findings.ndjson"
    report = api.check(folder, folder / "rules.yaml", period="2019", as_of="2019-09-30", select=["tw"], findings=[found])
    assert [each.id for each in report.indicators] == ["held", "twice"]
    assert (report.rules, report.run.selected, report.standings) == ((), ("held", "twice"), ())
    assert exit_code(report) is Exit.UNDECIDED
    assert not found.read_text(encoding="utf-8")


def test_with_a_rule_come_the_indicators_that_it_names(folder: Path) -> None:
    report = api.check(folder, folder / "rules.yaml", period="2019", as_of="2019-09-30", select=["most"])
    assert [each.id for each in report.indicators] == ["attendance"]


def test_an_indicator_is_ignored_unless_something_names_it(folder: Path) -> None:
    report = api.check(folder, folder / "rules.yaml", period="2019", as_of="2019-09-30", ignore=["all", "twice"])
    assert [each.id for each in report.indicators] == ["held", "attendance"]
    for ignored, by in (("attendance", "most"), ("held", "twice")):
        with pytest.raises(UsageError) as caught:
            api.check(folder, folder / "rules.yaml", period="2019", as_of="2019-09-30", ignore=[ignored])
        assert f"'{ignored}' cannot be ignored, since '{by}' names it" in str(caught.value)
