"""Periods are read as people write them, and cut into the calendar windows that lie wholly inside."""

from datetime import date

import pytest

from checker.model.period import Period, Unit


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
    ("text", "unit", "labels"),
    [
        ("2019", Unit.QUARTER, ["2019-Q1", "2019-Q2", "2019-Q3", "2019-Q4"]),
        ("2019", Unit.HALF, ["2019-H1", "2019-H2"]),
        ("2019", Unit.YEAR, ["2019"]),
        ("2019-02-01..2019-07-30", Unit.MONTH, ["2019-02", "2019-03", "2019-04", "2019-05", "2019-06"]),
        ("2019-02-02..2019-03-30", Unit.MONTH, []),
        ("2019-02-01..2020-01-31", Unit.YEAR, []),
        ("2019-02-01..2020-01-31", Unit.PERIOD, ["2019-02-01..2020-01-31"]),
    ],
)
def test_windows_lie_wholly_inside(text: str, unit: Unit, labels: list[str]) -> None:
    assert [window.label for window in Period.parse(text).windows(unit)] == labels
