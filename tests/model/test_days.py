"""How days and periods are written, and in which ways they are not."""

from __future__ import annotations

from datetime import date

import pytest

from checker.model.days import read_day
from checker.model.period import Period

OTHERWISE = (
    "20190131",
    "2019-W05",
    "2019-W05-4",
    "2019W05",
    "2019-031",
    "2019-1-31",
    "２０１９-01-31",
    "٢٠١٩-٠١-٣١",
    "2019-02-30",
    "0000-01-01",
    "+2019-01-31",
    "2019-01-31T00:00:00",
    " 2019-01-31",
    "2019-01-31\n",
)


def test_day_is_year_month_and_day() -> None:
    assert read_day("2019-01-31") == date(2019, 1, 31)


@pytest.mark.parametrize("text", OTHERWISE)
def test_no_day_is_written_otherwise(text: str) -> None:
    assert read_day(text) is None


@pytest.mark.parametrize(
    "text",
    ["20190131", "2019-W5", "2019-W05-4", "２０１９", "٢٠١٩", "२०१९-Q1", "2019-０３", "2019-03-01..20190831", "2019..2019-W54"],
)
def test_no_period_is_written_otherwise(text: str) -> None:
    with pytest.raises(ValueError, match="not a period"):
        Period.parse(text)
