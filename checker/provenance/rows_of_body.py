"""The rows of a body and of what is below it, with the rows that these refer to, as submitted and as values.

In the table `taken` each has its `record` and `row`, and whether it is the body's `own`: others are only referred to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from checker.model.plan import Plan, RecordPlan
from checker.model.quoting import quoted
from checker.model.schema import Field
from checker.model.sql import Given, Sql
from checker.records.values import UNREADABLE
from checker.run.session import Session
from checker.tables.names import raw
from checker.tables.schema import TAKEN


class TakenRow(NamedTuple):
    """A row that was taken: whether it is the body's own, and text and value of each of its fields."""

    own: bool
    cells: Sequence[tuple[str | None, Any]]


_BELOW = 'SELECT DISTINCT node AS key FROM "within_{body}" WHERE ancestor = $key UNION SELECT $key'
_ALONE = "SELECT $key AS key"

_OWN = ("INSERT INTO taken SELECT ", Sql((Given("record"),)), ", subject, TRUE FROM (")
_AMONG = ") AS own WHERE body IN (SELECT key FROM taken_bodies)"
_ALL = "INSERT INTO taken SELECT $record, _row, TRUE FROM {typed}"

_REFERRED = """INSERT INTO taken
SELECT DISTINCT $target, other._row, FALSE
FROM taken JOIN {typed} AS own ON taken.record = $record AND own._row = taken.row
JOIN {other} AS other ON other._first AND other.{key} = own.{field}
WHERE NOT EXISTS (SELECT 1 FROM taken AS there WHERE there.record = $target AND there.row = other._row)"""

_COUNT = "SELECT COUNT(*) FROM taken"

_ROWS = """SELECT taken.own, {cells}
FROM taken JOIN {raw} AS submitted ON submitted._row = taken.row JOIN {typed} AS typed ON typed._row = taken.row
WHERE taken.record = $record ORDER BY NOT taken.own, taken.row"""


def take(run: Session, body: str | None, *, without: Sequence[str] = ()) -> None:
    """Takes the rows of the body with that key, and of all below it; with None those of all.

    None of the records `without` are taken, but where others refer to them.
    """
    engine, plan = run.engine, run.plan
    engine.empty(TAKEN)
    if body is not None:
        tree = plan.body is not None and plan.record(plan.body).tree is not None
        if tree:
            run.climb(plan.body or "")
        engine.table("taken_bodies", (_BELOW if tree else _ALONE).format(body=plan.body), key=body)
    for each in _submitted(run):
        if each.record.name in without:
            continue
        if body is None:
            engine.run(_ALL.format(typed=_typed(each)), record=each.record.name)
        elif each.belongs is not None:
            engine.run(Sql.of(*_OWN, each.belongs, _AMONG), record=each.record.name)
    _follow(run)


def bodies(run: Session) -> list[tuple[str, str | None]]:
    """The key and the name of each body."""
    plan = run.plan
    if plan.body is None or plan.body not in run.tables:
        return []
    record = plan.record(plan.body).record
    name = quoted(record.label or record.key or "")
    return run.engine.rows(f'SELECT {quoted(record.key or "")}, {name} FROM "t_{record.name}" WHERE _first ORDER BY 1')


def taken(run: Session, record: str) -> Iterator[TakenRow]:
    """The rows of a record that were taken, the own ones first, in the order in which they were submitted."""
    plan = run.plan.record(record)
    if record not in run.tables:
        return
    cells = ", ".join(f"submitted.{quoted(field.name)}, typed.{quoted(field.name)}" for field in plan.record.fields)
    query = _ROWS.format(cells=cells, raw=raw(plan.record), typed=_typed(plan))
    for own, *both in run.engine.rows(query, record=record):
        yield TakenRow(own, [(_text(text), value) for text, value in zip(both[::2], both[1::2], strict=True)])


def _follow(run: Session) -> None:
    """Takes what the rows refer to, and what that refers to, until there is no more."""
    engine, plan = run.engine, run.plan
    before = -1
    while (now := engine.rows(_COUNT)[0][0]) != before:
        before = now
        for each in _submitted(run):
            for field in each.record.fields:
                if field.ref is not None and field.ref in run.tables:
                    engine.run(_referred(plan, each, field), record=each.record.name, target=field.ref)


def _referred(plan: Plan, each: RecordPlan, field: Field) -> str:
    other = plan.record(field.ref or "")
    key = quoted(other.record.key or "")
    return _REFERRED.format(typed=_typed(each), other=_typed(other), key=key, field=quoted(field.name))


def _submitted(run: Session) -> list[RecordPlan]:
    return [plan for plan in run.plan.records if plan.record.name in run.tables]


def _typed(plan: RecordPlan) -> str:
    return quoted(f"t_{plan.record.name}")


def _text(text: str | None) -> str | None:
    """The text as it was written: without the sign of what cannot be read, and nothing where no column was."""
    return None if text is None else (text.lstrip(f"{UNREADABLE}\x01\x02") or None)
