"""Random records that are written to each format are read back as they were."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from checker.engine.duckdb.database import Duck
from checker.model.schema import Field, FieldType, Record
from checker.records.opening import open_submission
from tests.formats.written import BY_PYTHON, Cell, Sheet, text_of

RECORD = Record(
    "members",
    (
        Field("id"),
        Field("text"),
        Field("day", FieldType.DATE),
        Field("whole", FieldType.INTEGER),
        Field("decimal", FieldType.NUMBER),
        Field("flag", FieldType.BOOLEAN),
    ),
)
# Signs that a workbook and YAML can hold; blanks at the ends are trimmed, and are no part of a text.
TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co", "Zl", "Zp", "Cf", "Zs"], include_characters=" "),
    min_size=1,
    max_size=40,
).map(str.strip)
ROW = st.tuples(
    st.one_of(st.none(), TEXT),
    st.one_of(st.none(), st.dates(date(1900, 3, 1), date(2100, 12, 31))),
    st.one_of(st.none(), st.integers(-999_999_999, 999_999_999)),
    st.one_of(st.none(), st.decimals(-99_999, 99_999, places=3, allow_nan=False)),
    st.one_of(st.none(), st.booleans()),
)
HEADERS = ("id", "text", "day", "whole", "decimal", "flag")


def plain(cell: Cell) -> str | None:
    """A cell as it is compared: a number by its value, an empty text as none."""
    if isinstance(cell, Decimal | int) and not isinstance(cell, bool):
        return f"{Decimal(cell).normalize():f}".replace("-0", "0") if not Decimal(cell) else f"{Decimal(cell).normalize():f}"
    return text_of(cell) or None


def read(path: Path) -> list[tuple[str | None, ...]]:
    """The cells of all rows as text."""
    engine = Duck()
    submission = open_submission(path, engine.describe, take=engine.take).tables((RECORD,))
    assert not submission.problems, [str(each) for each in submission.problems]
    (table,) = submission.tables
    engine.load(RECORD, table)
    columns = ", ".join(f'CAST("{name}" AS VARCHAR)' for name in HEADERS)
    found = engine.rows(f'SELECT {columns} FROM "raw_members" ORDER BY _row')
    return [tuple(each) for each in found]


def comparable(row: Sequence[str | None]) -> tuple[str | None, ...]:
    """A row with its numbers and truth values written in one way."""
    *rest, whole, decimal, flag = (cell.strip() or None if cell is not None else None for cell in row)
    numbers = (None if cell is None else plain(Decimal(cell)) for cell in (whole, decimal))
    return (*rest, *numbers, None if flag is None else flag.lower())


@pytest.mark.parametrize("name", BY_PYTHON)
@settings(max_examples=12)
@example(rows=[("NULL", None, 0, Decimal("-0.001"), False), ("null", date(1900, 3, 1), None, None, True)])
@example(rows=[("1e5", None, None, None, None), ("2019-01-01", None, 1, None, None), ("=1+1", None, None, None, None)])
@given(rows=st.lists(ROW, min_size=1, max_size=4))
def test_what_is_written_is_read_back(name: str, rows: list[tuple[Cell, ...]]) -> None:
    numbered: list[tuple[Cell, ...]] = [(f"m{number}", *row) for number, row in enumerate(rows)]
    with tempfile.TemporaryDirectory() as folder:
        path = BY_PYTHON[name]({"members": Sheet(HEADERS, numbered)}, Path(folder))
        found = [comparable(row) for row in read(path)]
    assert found == [comparable([plain(cell) for cell in row]) for row in numbered]
