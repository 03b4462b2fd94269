"""Rows that stand in a table twice, and keys that are nearly the same: each counts, and a notice names them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from checker.errors import Problem
from checker.model.plan import RecordPlan
from checker.model.quoting import quoted
from checker.model.schema import FieldType, Record
from checker.run import no_rows
from checker.run.doubtful_rows import cell_of
from checker.run.near_keys import IS_PLAIN, LEFT_OF_PLAIN, bare, left, signs_of
from checker.words.message import Message, all_of, groups_of, message

if TYPE_CHECKING:
    from checker.run.session import Session

_SHOWN = 3
"""So many groups are named, and so many places of each; the others are counted."""


def notices(run: Session) -> Iterator[Problem]:
    """The notices about rows and keys that are suspiciously alike."""
    submitted = [plan for plan in run.plan.records if plan.record.name in run.tables]
    for plan in submitted:
        some = 1 < run.census[plan.record.name].rows <= run.engine.tuning.alike_rows and plan.record.name not in run.parted
        if plan.record.key is None and some:
            yield from _twice(run, plan.record)
    odd, alike = _suspected(run, [plan for plan in submitted if _has_text_key(plan.record)])
    yield from no_rows.suspected(run, odd)
    for record in alike:
        yield from _nearly(run, record)


def _twice(run: Session, record: Record) -> Iterator[Problem]:
    """The rows of a record without a key that are the same in every cell, but for those that break a `unique`."""
    table, cells = quoted(f"t_{record.name}"), ", ".join(quoted(field.name) for field in record.fields)
    reported = [" AND ".join(f"NOT {quoted(name)} IS NULL" for name in fields) for fields in record.unique]
    rows = f"SELECT * FROM {table} WHERE NOT ({' OR '.join(f'({each})' for each in reported) or 'FALSE'})"
    ((again,),) = run.engine.rows(f"SELECT COUNT(*) > COUNT(DISTINCT HASH({cells})) FROM ({rows})")
    if not again:
        return
    alike = f"SELECT HASH({cells}) AS hash FROM ({rows}) GROUP BY hash HAVING COUNT(*) > 1"
    some = f"SELECT * FROM ({rows}) WHERE HASH({cells}) IN (SELECT hash FROM ({alike}))"
    texts = f"SELECT * FROM {quoted(f'raw_{record.name}')} WHERE _row IN (SELECT _row FROM ({some}))"
    told = ", ".join(cell_of(field.name) for field in record.fields)
    found = run.engine.rows(
        f"SELECT LIST(_row ORDER BY _row) FROM (SELECT t._row, ROW({told}) AS cells FROM ({some}) AS t "
        f"LEFT JOIN ({texts}) AS w ON w._row = t._row) GROUP BY cells HAVING COUNT(*) > 1 ORDER BY MIN(_row)"
    )
    groups = [rows for (rows,) in found]
    if groups:
        rows_of = _named(run, record, groups)
        said = message("rows-twice", n=sum(map(len, groups)), record=record.name, rows=rows_of)
        yield Problem("rows-twice", said, message("rows-twice-fix"), run.tables[record.name].place(groups[0][0]))


def _named(run: Session, record: Record, groups: Sequence[Sequence[int]]) -> Message:
    """The lines of the first groups of rows, or their numbers where a line does not tell them."""
    table = run.tables[record.name]
    places = {row: table.place(row) for rows in groups[:_SHOWN] for row in rows[:_SHOWN]}
    numbered = any(place.row is not None for place in places.values())
    found: list[object] = []
    for rows in groups[:_SHOWN]:
        lines: list[object] = [str(row if numbered else places[row].line or row) for row in rows[:_SHOWN]]
        lines += [message("twice-more-lines", n=len(rows) - _SHOWN)] if len(rows) > _SHOWN else []
        found.append(all_of(lines))
    more = len(groups) - _SHOWN
    found += [message("twice-more-groups", n=more)] if more > 0 else []
    return message("twice-rows" if numbered else "twice-lines", groups=groups_of(found))


def _has_text_key(record: Record) -> bool:
    key = record.field(record.key) if record.key is not None else None
    return key is not None and key.type is FieldType.TEXT and not record.made


def _suspected(run: Session, plans: Sequence[RecordPlan]) -> tuple[list[Record], list[Record]]:
    """The records of which some key is of another kind, and those of which two may be nearly the same.

    They are found in a few looks at all that are not too large.
    """
    few = [each.record for each in plans if run.census[each.record.name].rows <= run.engine.tuning.alike_keys]
    # Capitals before as many figures as make up the same length are only alike if they are the same.
    odd = "NOT BOOL_AND(key SIMILAR TO '[A-Z]*[0-9]+') OR MIN(STRLEN(key)) < MAX(STRLEN(key))"
    some = dict(_asked(run, few, f"SELECT n, BOOL_AND({IS_PLAIN}) FROM keys GROUP BY n HAVING {odd}"))
    # What is alike takes long to tell, and few keys are so much as made of the same letters and figures.
    likely = f"SELECT n, UNNEST(LIST(DISTINCT key)) AS key FROM keys GROUP BY n, {left('key')} HAVING COUNT(*) > 1"
    alike = f"SELECT n FROM ({likely}) GROUP BY n, {bare('key', ())} HAVING COUNT(*) > 1"
    looks = {
        True: f"SELECT n FROM keys GROUP BY n, {', '.join(LEFT_OF_PLAIN)} HAVING MIN(key) < MAX(key)",
        False: f"{alike} UNION SELECT n FROM keys WHERE STRLEN(key) <> LENGTH(key)",
    }
    found = set[int]()
    for plain, look in looks.items():
        numbers = [n for n, is_plain in some.items() if is_plain is plain]
        found |= {numbers[n] for (n,) in _asked(run, [few[n] for n in numbers], look)}
    return [few[n] for n in sorted(some)], [few[n] for n in sorted(found)]


def _asked(run: Session, records: Sequence[Record], asked: str) -> list[tuple[Any, ...]]:
    """What a query over `keys` gives: the number of a record, and a key of it."""
    if not records:
        return []
    keys = (f"SELECT {n} AS n, {quoted(str(each.key))} AS key FROM {quoted(f't_{each.name}')}" for n, each in enumerate(records))
    return run.engine.rows(f"WITH keys AS NOT MATERIALIZED ({' UNION ALL '.join(keys)}) {asked}")


def _nearly(run: Session, record: Record) -> Iterator[Problem]:
    """The keys of a table that are nearly the same."""
    key, table = quoted(str(record.key)), quoted(f"t_{record.name}")
    keys = f"SELECT {key} AS key, MIN(_row) AS row FROM {table} WHERE NOT {key} IS NULL GROUP BY ALL"
    form = bare("key", signs_of(run.engine, (f"SELECT key FROM ({keys})",)))
    found = run.engine.rows(
        f"SELECT LIST(key ORDER BY row), MIN(row) FROM (SELECT *, {form} AS bare FROM ({keys})) "
        "WHERE bare <> '' GROUP BY bare HAVING COUNT(*) > 1 ORDER BY MIN(row)"
    )
    if found:
        alike: list[object] = [", ".join(f"'{key}'" for key in keys[:_SHOWN]) for keys, _ in found[:_SHOWN]]
        alike += [message("near-keys-more", n=len(found) - _SHOWN)] if len(found) > _SHOWN else []
        said = message("near-keys", record=record.name, keys=groups_of(alike))
        yield Problem("near-keys", said, message("near-keys-fix"), run.tables[record.name].place(found[0][1], record.key))
