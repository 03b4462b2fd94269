"""What a case states of an indicator is read, and met by what comes to it in as many decimals as are written."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.errors import RulesError
from checker.model.indicators import IndicatorState, Reading
from checker.model.words import Reason
from checker.rules.cases import load_cases
from checker.rules.loading import load
from checker.rules.stated_values import PATTERN, read_value, value_written

VALUE, OPEN, PERHAPS = IndicatorState.VALUE, IndicatorState.OPEN, IndicatorState.PERHAPS
NOTHING = Reading(None, None, IndicatorState.NONE, Reason.NOTHING_TO_MEASURE)
NOTHING_YET = Reading(None, None, OPEN, Reason.NOTHING_TO_MEASURE)


def reading(low: str | None, high: str | None, state: IndicatorState = VALUE) -> Reading:
    least, most = (None if end is None else Decimal(end) for end in (low, high))
    return Reading(least, most, state)


@pytest.mark.parametrize(
    ("text", "measured", "met"),
    [
        ("3", reading("3", "3"), True),
        ("3", reading("3.4", "3.4"), False),
        ("3.4", reading("3.4", "3.4"), True),
        ("3.4", reading("3.35", "3.35"), True),
        ("3.4", reading("3.449999", "3.449999"), True),
        ("3.4", reading("3.46", "3.46"), False),
        ("-3", reading("-3", "-3"), True),
        ("-3", reading("3", "3"), False),
        ("66.67%", reading("0.666666", "0.666667"), True),
        ("66.7 %", reading("0.666666", "0.666667"), True),
        ("67%", reading("0.666666", "0.666667"), False),
        ("2/3", reading("0.666666", "0.666667"), True),
        ("0.666667", reading("0.666666", "0.666667"), True),
        ("0.6667", reading("0.6661", "0.6661"), False),
        ("100%", reading("0.996", "0.996"), False),
        ("100%", reading("1", "1"), True),
        ("98.76%", reading("0.9876", "0.99"), False),
        ("3..5", reading("3", "5"), True),
        ("3 .. 5", reading("3", "5"), True),
        ("3..5", reading("3", "4"), False),
        ("3..5", reading("3", None), False),
        ("3..", reading("3", None), True),
        ("3..", reading("3", "5"), False),
        ("..5", reading(None, "5"), True),
        ("..", reading(None, None), True),
        ("..", reading("0", None), False),
        ("50%..66.67%", reading("0.5", "0.666667"), True),
        ("3", reading("3", "3", OPEN), False),
        ("3 so far", reading("3", "3", OPEN), True),
        ("3 so far", reading("3", "3"), False),
        ("3..5 so far", reading("3", "5", OPEN), True),
        ("3..5 or none", reading("3", "5", PERHAPS), True),
        ("3..5", reading("3", "5", PERHAPS), False),
        ("none", NOTHING, True),
        ("none", NOTHING_YET, False),
        ("none so far", NOTHING_YET, True),
        ("none", reading("0", "0"), False),
        ("0", NOTHING, False),
        ("0 so far", NOTHING_YET, False),
        ("..", NOTHING, False),
        (".. so far", NOTHING_YET, False),
    ],
)
def test_what_meets_it(text: str, measured: Reading, met: bool) -> None:  # noqa: FBT001 -- pytest's way
    stated = read_value(text)
    assert stated is not None
    assert stated.meets(measured) is met
    assert re.search(PATTERN, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "three",
        "3..2",
        "3..5..7",
        "none or none",
        "so far",
        "3 or",
        "3,5",
        "1e3",
        "satisfied",
        "3 to 5",
        "-50%",
        "5/0",
        "a..3",
    ],
)
def test_what_is_no_value(text: str) -> None:
    assert read_value(text) is None


NUMBERS = st.one_of(st.decimals(-1000, 1000, places=6), st.decimals(-3, 3, places=1), st.decimals(-1, 1, places=2))
ENDS = st.one_of(st.none(), NUMBERS)
STATES = st.sampled_from([VALUE, OPEN, PERHAPS])


def _between(one: Decimal | None, other: Decimal | None, state: IndicatorState) -> Reading:
    low, high = (one, other) if one is None or other is None else (min(one, other), max(one, other))
    return Reading(low, high, state)


READINGS = st.one_of(st.sampled_from([NOTHING, NOTHING_YET]), st.builds(_between, ENDS, ENDS, STATES))


@given(measured=READINGS, other=READINGS)
def test_what_is_written_of_a_value_is_met_by_it_and_by_no_other_state(measured: Reading, other: Reading) -> None:
    others = [Fraction(end) for end in (other.low, other.high) if isinstance(end, Decimal)]
    text = value_written(measured, others, ratio=False)
    stated = read_value(text)
    assert stated is not None
    assert stated.meets(measured)
    assert re.search(PATTERN, text)
    near = all(
        (one is None) == (there is None)
        and (one is None or abs(Fraction(str(one)) - Fraction(str(there))) < Fraction(1, 100_000))
        for one, there in ((measured.low, other.low), (measured.high, other.high))
    )
    alike = (measured.state, measured.reason) == (other.state, other.reason)
    if not alike or (measured.reason is None and not near):
        assert not stated.meets(other)


@given(part=st.integers(0, 400), rest=st.integers(1, 400), wrong=st.integers(0, 400))
def test_a_share_is_written_so_that_another_one_does_not_meet_it(part: int, rest: int, wrong: int) -> None:
    measured, other = (_share(each, each + rest) for each in (part, wrong))
    others = [Fraction(end) for end in (other.low, other.high) if isinstance(end, Decimal)]
    text = value_written(measured, others, ratio=True)
    stated = read_value(text)
    assert stated is not None
    assert "%" in text
    assert stated.meets(measured)
    assert stated.meets(other) is (part == wrong)


def _share(part: int, whole: int) -> Reading:
    low, rest = divmod(part * 1_000_000, whole)
    return Reading(Decimal(low).scaleb(-6), Decimal(low + (rest > 0)).scaleb(-6), VALUE)


BOOK = """
rulebook: club
title: Club
sources: {statutes: {title: Statutes}}
records:
  branches: {key: id, fields: {id: , members: {type: integer}}}
  meetings: {date: date, fields: {branch: {ref: branches, required: true}, date: {type: date, required: true}}}
rules:
  - {id: yearly, title: T, cites: statutes 1, for: branches, require: {frequency: {of: meetings, per: year, at_least: 1}}}
indicators:
  - {id: held, for: branches, per: half, measure: {count: {of: meetings}}}
  - {id: size, for: branches, measure: {value: members + 0}}
"""
CASE = "- {name: one, period: 2019, tables: {branches: [{id: A, members: 1}], meetings: []}, expect: EXPECT}\n"


@pytest.mark.parametrize(
    ("of", "expect", "what"),
    [
        ("held", "satisfied", "'satisfied' is not a value"),
        ("held", "{A: {2019-H1: about 3}}", "'about 3' is not a value"),
        ("held", "[3]", "'expect' should be a value, or values by subject"),
        ("yearly", "3", "'3' is not a verdict"),
        ("held", "{B: 3}", "no row of branches is 'B' in this case"),
        ("held", "{A: {2019: 3}}", "the indicator has no window '2019' in 2019"),
        ("size", "{A: {2019: 3}}", "the indicator has no windows"),
        ("gone", "3", "'gone' is neither a rule nor an indicator of this rulebook"),
    ],
)
def test_what_no_case_can_state_is_a_mistake_in_it(tmp_path: Path, of: str, expect: str, what: str) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "rules.yaml").write_text(BOOK, encoding="utf-8")
    (tmp_path / "cases" / f"{of}.yaml").write_text(CASE.replace("EXPECT", expect), encoding="utf-8")
    with pytest.raises(RulesError) as raised:
        load_cases(tmp_path, load(tmp_path))
    assert what in [str(problem.message) for problem in raised.value.problems]
    assert {problem.place.line for problem in raised.value.problems if problem.place is not None} <= {1, None}
