"""Windows: the integer of a date is the same in Python and in SQL, and differs between windows."""

from datetime import date, timedelta

import duckdb
import pytest
from sqlglot import exp

from checker.model.period import Months, Period, Trailing, Unit
from checker.plan.logical.related_rows import window_key
from checker.tables.windows import rows

DAYS = [date(2015, 12, 25) + timedelta(days=number) for number in range(1200)]
CALENDAR = [*(unit for unit in Unit if unit is not Unit.PERIOD), Months(4), Months(5, 2021 * 12 + 2)]
STARTS = [1, 4, 12]


@pytest.mark.parametrize("year_starts", STARTS)
@pytest.mark.parametrize("unit", CALENDAR)
def test_key_in_sql_is_key_in_python(unit: Unit | Months, year_starts: int) -> None:
    tree = window_key(unit, exp.column("day"), year_starts).sql("duckdb")
    found = duckdb.connect().execute(f"SELECT {tree} FROM (SELECT UNNEST(?) AS day)", [DAYS]).fetchall()
    assert [value for (value,) in found] == [unit.key(day, year_starts) for day in DAYS]


@pytest.mark.parametrize("year_starts", STARTS)
@pytest.mark.parametrize("unit", CALENDAR)
def test_a_window_has_all_days_with_its_key_and_no_others(unit: Unit | Months, year_starts: int) -> None:
    period = Period.parse("2014-01-01..2020-12-31")
    windows = [row for row in rows(period, date.max, [(unit, False)], year_starts) if row[0] == str(unit)]
    for day in DAYS:
        assert [row[3] for row in windows if row[4] <= day <= row[5]] == [unit.key(day, year_starts)]


def test_a_trailing_window_has_the_days_up_to_the_reference_date() -> None:
    ref = date(2018, 3, 1)
    (window,) = [row for row in rows(Period.parse("2018"), ref, [(Trailing(90), False)], 1) if row[0] == "90d"]
    assert window[3:] == (0, date(2017, 12, 2), ref, "2017-12-02..2018-03-01", True, True)
    assert _days_in(Trailing(90), ref, begun=True, last=date(2018, 12, 31)) == [
        ref - timedelta(days=age) for age in range(89, -1, -1)
    ]


def test_before_the_period_a_trailing_window_is_the_one_that_will_end_with_it() -> None:
    ref, last = date(2018, 3, 1), date(2018, 3, 31)
    (window,) = [row for row in rows(Period.parse("2018-03-02..2018-03-31"), ref, [(Trailing(40), False)], 1) if row[0] == "40d"]
    assert window[3:6] == (0, last - timedelta(days=39), last)
    assert _days_in(Trailing(40), ref, begun=False, last=last) == [last - timedelta(days=age) for age in range(39, 29, -1)]


def _days_in(per: Trailing, ref: date, *, begun: bool, last: date) -> list[date]:
    """The days that the engine finds in the window."""
    key = window_key(per, exp.column("day"), 1).sql("duckdb")
    given = {"days": DAYS, "ref": ref, "begun": begun, "last": last}
    found = duckdb.connect().execute(f"SELECT day, {key} FROM (SELECT UNNEST($days) AS day)", given).fetchall()
    return [day for day, at in found if at == 0]


def test_windows_are_numbered_from_one_over_all_kinds() -> None:
    found = rows(Period.parse("2019"), date.max, [(Trailing(30), False), (Trailing(9), False), (Unit.MONTH, False)], 1)
    assert [row[1] for row in found] == list(range(1, 12 + 4 + 2 + 1 + 1 + 2 + 1))


def test_windows_of_which_a_part_is_due_have_a_unit_of_their_own() -> None:
    found = rows(Period.parse("2019-02-10..2019-05-20"), date.max, [(Unit.MONTH, True), (Unit.YEAR, True)], 1)
    assert [row[6] for row in found if row[0] == "month or part"] == ["2019-02", "2019-03", "2019-04", "2019-05"]
    assert [row[6] for row in found if row[0] == "year or part"] == ["2019"]
    assert [row[6] for row in found if row[0] == "month"] == ["2019-03", "2019-04"]
