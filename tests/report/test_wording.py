"""Days, windows and numbers as a language writes them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from checker.model.period import Period
from checker.report.say.windows import window_names
from checker.report.say.wording import Wording

ENGLISH, VIETNAMESE = Wording("en"), Wording("vi")


@pytest.mark.parametrize(
    ("label", "english", "vietnamese"),
    [
        ("2019", "2019", "năm 2019"),
        ("2019-H1", "the first half of 2019", "6 tháng đầu năm 2019"),
        ("2019-H2", "the second half of 2019", "6 tháng cuối năm 2019"),
        ("2019-Q1", "Q1 2019", "quý I/2019"),
        ("2019-Q4", "Q4 2019", "quý IV/2019"),
        ("2019-03", "March 2019", "tháng 3/2019"),
        ("2019-12-31", "31 December 2019", "31/12/2019"),
        ("2019-04..2020-03", "April 2019 to March 2020", "tháng 4/2019 đến tháng 3/2020"),
        ("2019-05..2019-07", "May 2019 to July 2019", "tháng 5/2019 đến tháng 7/2019"),
        ("2019-Q1..2019-Q4", "2019", "năm 2019"),
        ("2019-03-02..2019-08-31", "2 March 2019 to 31 August 2019", "02/03/2019 đến 31/08/2019"),
        ("9999", "9999", "năm 9999"),
        ("a term", "a term", "a term"),
    ],
)
def test_a_window_is_called_as_people_call_it(label: str, english: str, vietnamese: str) -> None:
    window = Period(date(2019, 4, 5), date(2019, 4, 30), label)
    assert (ENGLISH.window(window), VIETNAMESE.window(window)) == (english, vietnamese)


def test_consecutive_windows_are_named_by_their_ends() -> None:
    months = [Period.parse(f"2019-{month:02d}") for month in (1, 3, 5, 6, 7)]
    assert window_names(months, ENGLISH) == "January 2019, March 2019, May 2019 to July 2019"
    assert window_names(months, VIETNAMESE) == "tháng 1/2019, tháng 3/2019, tháng 5/2019 đến tháng 7/2019"


def test_what_fills_a_text_is_written_as_its_language_writes_it() -> None:
    filled = {"low": 1250, "high": Decimal("1250000.5")}
    assert ENGLISH("range", **filled) == "between 1,250 and 1,250,000.5"
    assert VIETNAMESE("range", **filled) == "từ 1.250 đến 1.250.000,5"
    assert VIETNAMESE("until", high=Fraction(7, 2)) == "3,5 trở xuống"
    assert VIETNAMESE("due-day", day=date(2019, 12, 31)) == "31/12/2019"
    assert VIETNAMESE("due-day", day=Period.parse("2019-Q2")) == "quý II/2019"
    assert (ENGLISH.several("days", 1200), VIETNAMESE.several("days", 1200)) == ("1,200 days", "1.200 ngày")
