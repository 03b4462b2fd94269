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
    tree = window_key(Trailing(90), exp.column("day"), 1).sql("duckdb")
    found = (
        duckdb.connect().execute(f"SELECT day, {tree} FROM (SELECT UNNEST($days) AS day)", {"days": DAYS, "ref": ref}).fetchall()
    )
    assert [day for day, key in found if key == 0] == [ref - timedelta(days=age) for age in range(89, -1, -1)]


def test_windows_are_numbered_from_one_over_all_kinds() -> None:
    found = rows(Period.parse("2019"), date.max, [(Trailing(30), False), (Trailing(9), False), (Unit.MONTH, False)], 1)
    assert [row[1] for row in found] == list(range(1, 12 + 4 + 2 + 1 + 1 + 2 + 1))


def test_windows_of_which_a_part_is_due_have_a_unit_of_their_own() -> None:
    found = rows(Period.parse("2019-02-10..2019-05-20"), date.max, [(Unit.MONTH, True), (Unit.YEAR, True)], 1)
    assert [row[6] for row in found if row[0] == "month or part"] == ["2019-02", "2019-03", "2019-04", "2019-05"]
    assert [row[6] for row in found if row[0] == "year or part"] == ["2019"]
    assert [row[6] for row in found if row[0] == "month"] == ["2019-03", "2019-04"]
