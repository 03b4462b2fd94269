"""Windows: the integer of a date is the same in Python and in SQL, and differs between windows."""

from datetime import date, timedelta

import duckdb
import pytest
from sqlglot import exp

from checker.measure.relations import window_key
from checker.measure.windows import key, rows
from checker.model.period import Period, Unit

DAYS = [date(2015, 12, 25) + timedelta(days=number) for number in range(1200)]


@pytest.mark.parametrize("unit", [unit for unit in Unit if unit is not Unit.PERIOD])
def test_key_in_sql_is_key_in_python(unit: Unit) -> None:
    tree = window_key(unit, exp.column("day")).sql("duckdb")
    found = duckdb.connect().execute(f"SELECT {tree} FROM (SELECT UNNEST(?) AS day)", [DAYS]).fetchall()
    assert [value for (value,) in found] == [key(unit, day) for day in DAYS]


@pytest.mark.parametrize("unit", [unit for unit in Unit if unit is not Unit.PERIOD])
def test_a_window_has_all_days_with_its_key_and_no_others(unit: Unit) -> None:
    windows = [row for row in rows(Period.parse("2016-01-01..2018-12-31"), date.max) if row[0] == unit]
    for day in DAYS:
        inside = [row for row in windows if row[3] <= day <= row[4]]
        assert [row[2] for row in inside] == ([key(unit, day)] if 2016 <= day.year <= 2018 else [])


def test_windows_are_numbered_from_one_over_all_units() -> None:
    assert [row[1] for row in rows(Period.parse("2019"), date.max)] == list(range(1, 12 + 4 + 2 + 1 + 1 + 1))
