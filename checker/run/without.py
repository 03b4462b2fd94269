"""Rows for which a table is missing that others handed in (docs/meaning.md, 3), and what is unknown of them.

`without` has, of each such table, the rows that were handed in without it, and the rows to which their references lead.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from checker.model.quoting import literal, quoted
from checker.model.schema import Record
from checker.records.handed import spans
from checker.tables.names import state, table
from checker.tables.schema import HANDED_IN, NOWHERE, WITHOUT

if TYPE_CHECKING:
    from checker.run.session import Session

_OWN = """INSERT INTO without SELECT DISTINCT h.missing, h.record, t._row, TRUE
FROM {rows} AS t JOIN handed_in AS h ON h.record = {record} AND h.lacks AND t._row BETWEEN h.first AND h.last"""

_SPOKEN_FOR = """EXISTS (SELECT 1 FROM handed_in AS h
  WHERE h.missing = {missing} AND h.record = {record} AND NOT h.lacks AND {row} BETWEEN h.first AND h.last)"""
"""Whether a row was handed in with the table."""

_LED_TO = """INSERT INTO without SELECT led.missing, {target}, led.row, NOT {spoken_for} FROM (
  SELECT DISTINCT w.missing, r._row AS row
  FROM without AS w JOIN {rows} AS m ON m._row = w.subject JOIN {targets} AS r ON r.{key} = m.{field} AND r._first
  WHERE w.record = {record}
) AS led WHERE NOT EXISTS (SELECT 1 FROM without AS known
  WHERE known.missing = led.missing AND known.record = {target} AND known.subject = led.row)"""

_ANYWHERE = """INSERT INTO without SELECT w.missing, {target}, r._row, NOT {spoken_for}
FROM (
  SELECT DISTINCT w.missing FROM without AS w JOIN {rows} AS m ON m._row = w.subject WHERE w.record = {record} AND {adrift}
) AS w CROSS JOIN {targets} AS r
WHERE NOT EXISTS (SELECT 1 FROM without AS known
  WHERE known.missing = w.missing AND known.record = {target} AND known.subject = r._row)"""
"""Where a reference may lead to any row."""

_NOWHERE = """INSERT INTO nowhere SELECT {record}, {name}, m._row FROM {rows} AS m
WHERE NOT m.{field} IS NULL AND m.{field} NOT IN (SELECT {key} FROM {targets} WHERE NOT {key} IS NULL) AND NOT {spoken_for}"""

_UNKNOWN = "UPDATE {rows} SET {field} = NULL, {state} = 3 WHERE {which}"
_LOST = "_row IN (SELECT subject FROM nowhere WHERE record = {record} AND field = {name})"


def doubt(run: Session) -> bool:
    """Leaves references unknown of which it cannot be told where they lead; gives whether any is."""
    return any([_doubt_keyless(run), run.withheld and _doubt_lost(run)])


def _doubt_keyless(run: Session) -> bool:
    """Leaves references unknown to a table that was submitted without the column of its key."""
    found = [(record, field) for record, field, target in _references(run) if not run.has_keys(target.name)]
    for record, field in found:
        _leave_unknown(run, record, field, f"NOT {quoted(field)} IS NULL")
    return bool(found)


def _doubt_lost(run: Session) -> bool:
    """Leaves references unknown that lead nowhere, where what they may lead to was not handed in."""
    engine = run.engine
    engine.empty(HANDED_IN)
    engine.empty(NOWHERE)
    engine.insert(HANDED_IN, _ranges(run))
    for record, field, target in _references(run):
        if target.name in missing(run):
            told = spoken_for(literal(target.name), record.name, "m._row")
            engine.run(_NOWHERE.format(spoken_for=told, **_names(record, field, target)))
    found = engine.rows("SELECT DISTINCT record, field FROM nowhere ORDER BY record, field")
    for record_name, field in found:
        record = run.plan.record(record_name).record
        _leave_unknown(run, record, field, _LOST.format(record=literal(record.name), name=literal(field)))
    return bool(found)


def _leave_unknown(run: Session, record: Record, field: str, which: str) -> None:
    unknown = _UNKNOWN.format(rows=quoted(table(record.name)), field=quoted(field), state=quoted(state(field)), which=which)
    run.change(run.plan.record(record.name), unknown)


def missing(run: Session) -> set[str]:
    """The tables that some handed in and others did not."""
    return {each.table for each in run.withheld}


def note_rows(run: Session) -> None:
    """Notes the rows that were handed in without a table, and those to which their references lead."""
    engine = run.engine
    if not run.withheld:
        return
    engine.empty(WITHOUT)
    for name in run.tables:
        engine.run(_OWN.format(rows=quoted(table(name)), record=literal(name)))
    known = -1
    while known != (known := count(run, "without")):
        for record, field, target in _references(run):
            names = _names(record, field, target)
            engine.run(_LED_TO.format(spoken_for=spoken_for("led.missing", target.name, "led.row"), **names))
            told = spoken_for("w.missing", target.name, "r._row")
            engine.run(_ANYWHERE.format(spoken_for=told, adrift=_adrift(run, record, field), **names))


def _ranges(run: Session) -> Iterator[tuple[str, str, int, int, bool]]:
    for name, each in run.tables.items():
        for file, first, last in spans(each):
            for lacking in run.withheld:
                if file in lacking.files or file in lacking.having:
                    yield lacking.table, name, first, last if last is not None else 1 << 62, file in lacking.files


def count(run: Session, rows: str) -> int:
    """How many rows there are of what stands after FROM."""
    ((count,),) = run.engine.rows(f"SELECT COUNT(*) FROM {rows}")
    return int(count)


def _references(run: Session) -> Iterator[tuple[Record, str, Record]]:
    """Each reference of a submitted record to another, whose keys are known."""
    for name in run.tables:
        record = run.plan.record(name).record
        for field in record.fields:
            if field.ref is not None and field.ref in run.tables and (target := run.plan.record(field.ref).record).key:
                yield record, field.name, target


def _names(record: Record, field: str, target: Record) -> dict[str, str]:
    return {
        "record": literal(record.name),
        "rows": quoted(table(record.name)),
        "field": quoted(field),
        "name": literal(field),
        "target": literal(target.name),
        "targets": quoted(table(target.name)),
        "key": quoted(str(target.key)),
    }


def spoken_for(missing: str, record: str, row: str) -> str:
    """Whether a row was handed in with that table, as a condition."""
    return _SPOKEN_FOR.format(missing=missing, record=literal(record), row=row)


def _adrift(run: Session, record: Record, name: str) -> str:
    """Whether a row may refer to any: its reference is not known, or only almost a key."""
    field = record.field(name)
    told = f" AND m.{quoted(state(name))} <> 0" if field is not None and not field.required else ""
    near = f" OR m._row IN (SELECT _row FROM {quoted(f'near_{record.name}')})" if name in run.near.get(record.name, ()) else ""
    return f"((m.{quoted(name)} IS NULL{told}){near})"
