"""Periods are read as people write them, and cut into the calendar windows that lie wholly inside."""

from datetime import date

import pytest

from checker.model.period import Per, Period, Trailing, Unit, read_per


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
    ],
)
def test_is_read(text: str, first: date, last: date) -> None:
    period = Period.parse(text)
    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize("text", ["", "19", "2019-13", "2019-00", "2019-Q5", "2019-H3", "2019-02-30", "next year", "..", "0000"])
def test_anything_else_is_refused_with_what_is_accepted(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a period: write 2019, 2019-H1, 2019-Q2, 2019-03 or "):
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
    ],
)
def test_windows_lie_wholly_inside(text: str, unit: Unit, year_starts: int, labels: list[str]) -> None:
    assert [window.label for window in Period.parse(text).windows(unit, date.max, year_starts)] == labels


def test_the_name_of_a_window_is_read_as_that_window() -> None:
    for year_starts in (1, 4, 12):
        for unit in (Unit.MONTH, Unit.QUARTER, Unit.HALF, Unit.YEAR):
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
    ("text", "per"), [("month", Unit.MONTH), ("90d", Trailing(90)), ("1 day", Trailing(1)), ("365 days", Trailing(365))]
)
def test_windows_are_read(text: str, per: Per) -> None:
    assert read_per(text) == per


@pytest.mark.parametrize("text", ["", "monthly", "0d", "40000d", "d", "3 months", "-1d"])
def test_other_windows_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="write one of: month, quarter, half, year, period, a number of days"):
        read_per(text)
