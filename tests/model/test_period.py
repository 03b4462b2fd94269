"""Periods are read as people write them, and cut into the calendar windows that lie wholly inside."""

import re
from datetime import date

import pytest

from checker.model.period import Months, Per, Period, PeriodError, Trailing, Unit, read_per


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("2019-H1", date(2019, 1, 1), date(2019, 6, 30)),
        ("2019-H2", date(2019, 7, 1), date(2019, 12, 31)),
        ("2019-Q4", date(2019, 10, 1), date(2019, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2019-03-05", date(2019, 3, 5), date(2019, 3, 5)),
        ("2018-01-01..2026-04-30", date(2018, 1, 1), date(2026, 4, 30)),
        ("2018..2019-Q1", date(2018, 1, 1), date(2019, 3, 31)),
        (" 2019 ", date(2019, 1, 1), date(2019, 12, 31)),
        ("9999", date(9999, 1, 1), date(9999, 12, 31)),
        ("2019-W05", date(2019, 1, 28), date(2019, 2, 3)),
        ("2018-W52..2019-W01", date(2018, 12, 24), date(2019, 1, 6)),
    ],
)
def test_is_read(text: str, first: date, last: date) -> None:
    period = Period.parse(text)
    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "19",
        "2019-13",
        "2019-00",
        "2019-Q5",
        "2019-H3",
        "2019-W53",
        "2019-W00",
        "2019W05",
        "2019-02-30",
        "next year",
        "..",
        "0000",
    ],
)
def test_anything_else_is_refused_with_what_is_accepted(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a period: write 2019, 2019/20, 2019-H1, 2019-Q2, 2019-03, 2019-W05 or "):
        Period.parse(text)


def test_ends_before_it_begins() -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        Period.parse("2020..2019")


@pytest.mark.parametrize(
    ("text", "unit", "year_starts", "labels"),
    [
        ("2019", Unit.QUARTER, 1, ["2019-Q1", "2019-Q2", "2019-Q3", "2019-Q4"]),
        ("2019", Unit.HALF, 1, ["2019-H1", "2019-H2"]),
        ("2019", Unit.YEAR, 1, ["2019"]),
        ("2019-02-01..2019-07-30", Unit.MONTH, 1, ["2019-02", "2019-03", "2019-04", "2019-05", "2019-06"]),
        ("2019-02-02..2019-03-30", Unit.MONTH, 1, []),
        ("2019-02-01..2020-01-31", Unit.YEAR, 1, []),
        ("2019-02-01..2020-01-31", Unit.PERIOD, 1, ["2019-02-01..2020-01-31"]),
        ("2019", Unit.MONTH, 4, [f"2019-{month:02}" for month in range(1, 13)]),
        ("2019", Unit.YEAR, 4, []),
        ("2018..2020", Unit.YEAR, 4, ["2018-04..2019-03", "2019-04..2020-03"]),
        ("2018-12-01..2019-11-30", Unit.YEAR, 12, ["2018-12..2019-11"]),
        ("2018-12-01..2019-11-30", Unit.HALF, 12, ["2018-12..2019-05", "2019-06..2019-11"]),
        (
            "2019-04-01..2020-03-31",
            Unit.QUARTER,
            4,
            ["2019-04..2019-06", "2019-07..2019-09", "2019-10..2019-12", "2020-01..2020-03"],
        ),
        ("2019", Unit.QUARTER, 2, ["2019-02..2019-04", "2019-05..2019-07", "2019-08..2019-10"]),
        ("0001", Unit.YEAR, 7, []),
        ("9999", Unit.YEAR, 7, []),
        ("9999", Unit.YEAR, 1, ["9999"]),
        ("9999-12", Unit.WEEK, 1, ["9999-W49", "9999-W50", "9999-W51"]),
        ("0001-01", Unit.WEEK, 1, ["0001-W01", "0001-W02", "0001-W03", "0001-W04"]),
        ("2019", Months(4), 1, ["2019-01..2019-04", "2019-05..2019-08", "2019-09..2019-12"]),
        ("2019", Months(5, 2020 * 12 + 1), 1, ["2019-03..2019-07", "2019-08..2019-12"]),
        ("2016..2025", Months(60, 2021 * 12 + 1), 7, ["2016-01..2020-12", "2021-01..2025-12"]),
        ("0001", Months(60, 2021 * 12 + 1), 1, []),
        ("9999", Months(60, 2021 * 12 + 1), 1, []),
    ],
)
def test_windows_lie_wholly_inside(text: str, unit: Unit | Months, year_starts: int, labels: list[str]) -> None:
    assert [window.label for window in Period.parse(text).windows(unit, date.max, year_starts)] == labels


def test_the_name_of_a_window_is_read_as_that_window() -> None:
    for year_starts in (1, 4, 12):
        for unit in (Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.HALF, Unit.YEAR, Months(4), Months(5, 2019 * 12 + 2)):
            for window in Period.parse("2017..2020").windows(unit, date.max, year_starts):
                assert Period.parse(window.label) == window


@pytest.mark.parametrize(
    ("as_of", "window"),
    [
        (date(2020, 5, 5), "2019-12-02..2019-12-31"),
        (date(2019, 3, 1), "2019-01-31..2019-03-01"),
        (date(2019, 1, 1), "2018-12-03..2019-01-01"),
        (date(2018, 5, 5), "2019-12-02..2019-12-31"),
    ],
)
def test_a_trailing_window_ends_on_the_reference_date(as_of: date, window: str) -> None:
    assert [each.label for each in Period.parse("2019").windows(Trailing(30), as_of)] == [window]


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("month", Unit.MONTH),
        ("90d", Trailing(90)),
        ("1 day", Trailing(1)),
        ("week", Unit.WEEK),
        ("4 months", Months(4)),
        ("5 years from 2021-01", Months(60, 2021 * 12 + 1)),
    ],
)
def test_windows_are_read(text: str, per: Per) -> None:
    assert read_per(text) == per


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("3 months", "Write quarter"),
        ("1 year", "Write year"),
        ("5 months", "Say from which month they are counted"),
        ("0 months", "Say from which month they are counted"),
        ("101 years from 2021-01", "Say from which month they are counted"),
    ],
)
def test_windows_of_months_are_named_or_counted_from_one(text: str, what: str) -> None:
    with pytest.raises(ValueError, match=what):
        read_per(text)


@pytest.mark.parametrize("text", ["", "monthly", "0d", "40000d", "d", "3 months from 2021", "-1d"])
def test_other_windows_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        read_per(text)


@pytest.mark.parametrize(
    ("text", "year_starts", "label"),
    [
        ("2019", 1, "2019"),
        ("2019", 4, "2019-04..2020-03"),
        ("2019/20", 4, "2019-04..2020-03"),
        ("1999/00", 7, "1999-07..2000-06"),
        ("2018..2019", 7, "2018-07..2020-06"),
        ("2018/19..2019/20", 7, "2018-07..2020-06"),
        ("2019-H1", 7, "2019-H1"),
        ("2019-01..2019-12", 7, "2019-01..2019-12"),
        ("2018..2019-03", 7, "2018..2019-03"),
    ],
)
def test_a_year_begins_with_the_month_of_the_rulebook(text: str, year_starts: int, label: str) -> None:
    period = Period.parse(text).in_years(year_starts)
    assert period.label == label
    assert (period.first, period.last) == (Period.parse(label).first, Period.parse(label).last)


def test_a_window_that_is_called_as_a_year_is_left_as_it_is() -> None:
    odd = Period(date(2019, 4, 1), date(2020, 3, 31), "2019")
    assert odd.in_years(7) == odd


@pytest.mark.parametrize("text", ["2019/21", "2019/2020", "2019/19", "9999/00", "19/20"])
def test_what_is_no_year_of_two(text: str) -> None:
    with pytest.raises(PeriodError):
        Period.parse(text).in_years(4)


def test_years_of_the_calendar_have_one_number() -> None:
    with pytest.raises(PeriodError, match="begin in January"):
        Period.parse("2019/20").in_years(1)
