"""What reports say of indicators: in the order of the rulebook, and where there is nothing to measure so far."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from checker import api
from checker.model.indicators import IndicatorState
from checker.model.report import Report
from checker.model.words import Reason
from checker.report import Presentation
from checker.report.check.text import write

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
def report(tmp_path: Path) -> Report:
    rules = tmp_path / "rules.yaml"
    rules.write_text(RULES, encoding="utf-8")
    (tmp_path / "offices.csv").write_text("id\nA\n", encoding="utf-8")
    (tmp_path / "meetings.csv").write_text("id,office,date,present,bound\n1,A,2019-03-01,3,4\n", encoding="utf-8")
    return api.check(tmp_path, rules, period="2019", as_of="2019-09-30")


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
