"""Fills cells with what stands above them, in the columns of sheets and CSV files of which rulebook or manifest say so.

An empty cell, as merged cells leave it, and a ditto mark take the nearest cell above that has a text of its own. What was set
apart parts: nothing is filled across a title or a total.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from checker.errors import Problem
from checker.model.marks import DITTO
from checker.model.quoting import literal, quoted
from checker.records.values import PartsSource, Table
from checker.run.no_rows import is_sheet
from checker.tables.names import raw
from checker.words.message import message

if TYPE_CHECKING:
    from checker.model.plan import RecordPlan
    from checker.model.schema import Record
    from checker.run.session import Session


def fill_down(run: Session) -> list[RecordPlan]:
    """Fills what is to be filled, notes how much it was, and gives the records of which something was."""
    return [plan for plan in run.plan.records if _fill(run, plan.record)]


def _fill(run: Session, record: Record) -> bool:
    table = run.tables.get(record.name)
    if table is None or not table.fill_down or not is_sheet(table):
        return False
    counts = [_fill_column(run, record, field, span) for part, span in _parts(table) for field in part.fill_down]
    return any(counts)


def _fill_column(run: Session, record: Record, field: str, span: str) -> int:
    """Fills a column of one table, of which the rows are in that span; gives how many cells were empty."""
    name, rows = quoted(field), raw(record)
    own = f"CASE WHEN NOT {_is_ditto(name)} THEN BARE({name}) END"
    stretch = f"SELECT *, _row - ROW_NUMBER() OVER (ORDER BY _row) AS stretch FROM {rows} WHERE {span}"
    above = f"LAST_VALUE({own} IGNORE NULLS) OVER (PARTITION BY stretch ORDER BY _row)"
    run.engine.run(
        f"CREATE OR REPLACE TABLE filled AS SELECT _row, above FROM (SELECT _row, {own} AS own, {above} AS above "
        f"FROM ({stretch})) WHERE own IS NULL AND NOT above IS NULL"
    )
    ((first, count),) = run.engine.rows("SELECT MIN(_row), COUNT(*) FROM filled")
    if count:
        run.engine.run(f"UPDATE {rows} AS r SET {name} = filled.above FROM filled WHERE r._row = filled._row")
        said = message("filled-down", n=count, field=field)
        run.notices.append(Problem("filled-down", said, message("filled-down-fix"), run.tables[record.name].place(first, field)))
    run.engine.run("DROP TABLE filled")
    return int(count)


def _parts(table: Table) -> Iterator[tuple[Table, str]]:
    """The tables that a table is put together from, or itself, with what is so of the numbers of their rows."""
    if not isinstance(table.source, PartsSource):
        yield table, "TRUE"
        return
    ends = (*table.source.begins[1:], None)
    for part, begin, end in zip(table.source.tables, table.source.begins, ends, strict=True):
        yield part, f"_row > {begin}" + ("" if end is None else f" AND _row <= {end}")


def unfilled(run: Session) -> Iterator[Problem]:
    """A notice for each column with ditto marks that refer to nothing, since nobody says that they are to be filled."""
    for plan in run.plan.records:
        table = run.tables.get(plan.record.name)
        for rule in plan.integrity:
            if rule.kind == "reference" and run.failing.get(rule.id) and is_sheet(table) and table is not None:
                (field,) = rule.fields
                name = quoted(field)
                asked = f"SELECT MIN(_row), COUNT(*) FROM {raw(plan.record)} WHERE {_is_ditto(name)}"
                ((first, count),) = run.engine.rows(asked)
                if count and field not in table.fill_down:
                    said, fix = message("ditto-marks", n=count, field=field), message("fill-down-fix", fields=field)
                    yield Problem("ditto-marks", said, fix, table.place(first, field))


def _is_ditto(name: str) -> str:
    return f"REGEXP_MATCHES(LOWER({name}), {literal(DITTO)})"
