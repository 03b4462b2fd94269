"""Tables of one record that were handed in by several bodies are put together, and judged as one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from checker.errors import Place, Problem
from checker.model.schema import Record
from checker.records.lines import RowNumbers
from checker.records.values import Column, PartsSource, Reading, Table
from checker.words.message import message

_NAMED_EACH = 20
"""How many tables that are judged as one are named."""


def put_together(record: Record, readings: Sequence[Reading], shown: str) -> Reading:
    """One reading of several. Where one of the tables cannot be read, none is: its rows might be anybody's."""
    if len(readings) == 1:
        return readings[0]
    # What is stated wrongly of several tables at once is said once.
    problems = tuple(dict.fromkeys(chain.from_iterable(reading.problems for reading in readings)))
    notices = tuple(chain.from_iterable(reading.notices for reading in readings))
    tables = tuple(reading.table for reading in readings if reading.table is not None)
    if len(tables) < len(readings):
        return Reading(None, problems, notices)
    given = tuple(dict.fromkeys(chain.from_iterable(table.given for table in tables)))
    fill = tuple(dict.fromkeys(chain.from_iterable(table.fill_down for table in tables)))
    table = Table(record.name, shown, None, PartsSource(tables), tuple(_columns(tables)), 1, RowNumbers(), given, fill)
    return Reading(table, problems, (_as_one(record, tables, shown), *notices))


def _as_one(record: Record, tables: Sequence[Table], shown: str) -> Problem:
    """A notice of tables that are judged as one."""
    names = [f"{table.file}!{table.sheet}" if table.sheet else table.file for table in tables]
    listed = ", ".join([*names[:_NAMED_EACH], *(["…"] if len(names) > _NAMED_EACH else [])])
    said = message("judged-as-one", record=record.name, n=len(tables), tables=listed)
    return Problem("judged-as-one", said, message("judged-as-one-fix"), Place(shown))


def _columns(tables: Sequence[Table]) -> Iterator[Column]:
    """The columns of all tables: each field once, and each column that is not read."""
    seen: set[str] = set()
    number = 0
    for column in chain.from_iterable(table.columns for table in tables):
        name = column.field or f"\0{column.header}"
        if name not in seen:
            seen.add(name)
            number += 1
            yield column._replace(number=number)
