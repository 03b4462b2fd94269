"""Looks at the columns of a run of which cells can be doubtful, leaves these unknown, and says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.errors import Problem
from checker.model.kinds import Kind
from checker.model.plan import OddPlan, RecordPlan
from checker.words.message import message, one_of

if TYPE_CHECKING:
    from checker.run.session import Session


def doubt(run: Session, plan: RecordPlan, each: OddPlan) -> None:
    """Where some cells show how a column is written, leaves those unknown that may be meant otherwise than they are read."""
    name, filed = plan.record.name, run.filed.get(plan.record.name)
    table = run.tables.get(name)
    if table is None or not table.has(each.field):
        return
    if run.engine.kinds(plan.record, filed).of.get(each.field) not in {None, Kind.REPEATED}:
        return
    ((proofs, proof_row, proof, doubtful, row, cell),) = run.engine.rows(each.asked)
    if not proofs or not doubtful:
        return
    run.change(plan, each.unknown)
    here, there = table.place(row, each.field), table.place(proof_row, each.field)
    if each.formats:
        one, other = each.formats
        said = message("day-order", field=each.field, n=doubtful, cell=cell, spot=here.spot, one=one, other=other, proof=proof)
        run.notices.append(Problem("day-order", said, message("day-order-fix"), there))
    else:
        either = one_of((cell.rstrip("0").rstrip("."), cell.replace(".", "")))
        said = message("thousands-doubt", field=each.field, n=doubtful, cell=cell, spot=here.spot, either=either, proof=proof)
        run.notices.append(Problem("thousands", said, message("thousands-doubt-fix"), there))


def say_nothing(run: Session, record: str, field: str, condition: str, times: int) -> None:
    """Says that cells of a required field are filled with a word for nothing."""
    table = run.tables[record]
    found = f'SELECT r._row, r."{field}" FROM "t_{record}" AS r WHERE {condition} ORDER BY r._row LIMIT 1'
    ((row, cell),) = run.engine.rows(found)
    said = message("placeholder", field=field, cell=cell, n=times)
    run.notices.append(Problem("placeholder", said, message("placeholder-fix"), table.place(row, field)))
