"""What became of the rows of a table: those that could not be split into cells, and those that lie outside the dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.model.quoting import quoted
from checker.records.values import UNSPLIT, PartsSource, RowsSource
from checker.tables.names import raw

if TYPE_CHECKING:
    from checker.model.schema import Record
    from checker.run.session import Session


def refused(run: Session, record: Record) -> int:
    """How many rows could not be split into cells, and so have none that can be read; only the program itself reads such."""
    table = run.tables[record.name]
    if not isinstance(table.source, RowsSource | PartsSource):
        return 0
    cells = ", ".join(quoted(field.name) for field in record.fields)
    counted = f"SELECT COUNT(*) FROM {raw(record)} WHERE POSITION('{UNSPLIT}' IN CONCAT_WS('', {cells})) > 0"
    ((found,),) = run.engine.rows(counted)
    return int(found)


def outside(run: Session, record: Record) -> int:
    """How many rows of a dated record have a day before the period, or after the last day that is judged."""
    if record.date is None:
        return 0
    day = quoted(record.date)
    counted = f"SELECT COUNT(*) FROM {quoted(f't_{record.name}')} WHERE {day} < $first OR {day} > $ref"
    ((found,),) = run.engine.rows(counted, first=run.period.first, ref=run.ref)
    return int(found)
