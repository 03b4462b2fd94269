"""Looks at the columns of a run of which cells can be doubtful, leaves these unknown, and says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.errors import Problem
from checker.measure.sources import kinds
from checker.model.plan import Kind, OddPlan, RecordPlan

if TYPE_CHECKING:
    from checker.measure.run import Measurement


def doubt(run: Measurement, plan: RecordPlan, each: OddPlan) -> None:
    """Where some cells show how a column is written, leaves those unknown that may be meant otherwise than they are read."""
    name, filed = plan.record.name, run.filed.get(plan.record.name)
    table = run.tables.get(name)
    if table is None or not table.has(each.field) or kinds(plan.record, filed).of.get(each.field) not in {None, Kind.REPEATED}:
        return
    ((proofs, proof_row, proof, doubtful, row, cell),) = run.engine.rows(each.asked)
    if not proofs or not doubtful:
        return
    run.change(plan, each.unknown)
    here, there = table.place(row, each.field), table.place(proof_row, each.field)
    cells = f"1 cell, '{cell}'" if doubtful == 1 else f"{doubtful} cells such as '{cell}'"
    are = "is" if doubtful == 1 else "are"
    if each.formats:
        one, other = each.formats
        what = f"in '{each.field}' {cells} ({here.spot}) may be one day by '{one}' or another by '{other}', and {are} unknown"
        what += f": '{proof}' shows that the column is written by the second too"
        run.notices.append(Problem("day-order", what, "Write all days of the column in one way, such as 2019-01-31.", there))
    else:
        either = f"{cell.rstrip('0').rstrip('.')} or {cell.replace('.', '')}"
        what = f"in '{each.field}' {cells} ({here.spot}) may be {either}, "
        what += f"and {are} unknown: '{proof}' shows that the column is written with separators"
        fix = "Write numbers without separators between thousands, and with a point before decimals: 12500, or 12.5."
        run.notices.append(Problem("thousands", what, fix, there))


def say_nothing(run: Measurement, record: str, field: str, condition: str, times: int) -> None:
    """Says that cells of a required field are filled with a word for nothing."""
    table = run.tables[record]
    found = f'SELECT r._row, r."{field}" FROM "t_{record}" AS r WHERE {condition} ORDER BY r._row LIMIT 1'
    ((row, cell),) = run.engine.rows(found)
    cells = "1 cell of it says" if times == 1 else f"{times} cells of it say"
    what = f"'{field}' is required, and is '{cell}' here: {cells} in words that there is nothing"
    fix = "Write what is asked for; where such words may be written, declare them under 'missing', and they count as empty."
    run.notices.append(Problem("placeholder", what, fix, table.place(row, field)))
