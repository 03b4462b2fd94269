"""Which rows belong to a subject (section 5 of the contract)."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from tests.second_reading import syntax
from tests.second_reading.book import Record
from tests.second_reading.cells import EMPTY, UNKNOWN, Between, Cell, Days, Gap
from tests.second_reading.sense import Run
from tests.second_reading.tables import Row
from tests.second_reading.truth import Truth, both

Related = list[tuple[Row, Truth]]


def related(run: Run, says: Mapping[str, Any], subject: Row, day: date | None) -> Related | None:
    """The rows that are measured: True for those certainly of the subject and selected; None of a table not submitted."""
    if "of" not in says:
        return [(subject, True)]
    record, predicates = run.book.selection(says["of"])
    if not run.tables[record.name].submitted:
        return None
    pairs = says["by"].items() if isinstance(says.get("by"), Mapping) else ()
    if any(pathless(run, record, theirs) or pathless(run, subject.record, its) for theirs, its in pairs):
        return None
    if "where" in says:
        predicates = [*predicates, syntax.parse(says["where"])]
    found: Related = []
    for row in run.tables[record.name].rows:
        ways: Related = []
        for meant in meanings(row, linking(record, says, subject)):
            held = both(linked(run, record, says, meant, subject), *(run.holds(each, meant, day) for each in predicates))
            if held is not False:
                ways.append((meant, None if meant.doubtful else held))
            if held is not False and not meant.misled:
                break
        if len(ways) > 1:
            ways[:] = [(replace(ways[0][0], otherwise=tuple(meant for meant, _ in ways[1:])), None)]
        found += ways
    return found


def linking(record: Record, says: Mapping[str, Any], subject: Row) -> list[str]:
    """The fields of a row by which it may be the subject's."""
    by = says.get("by")
    if isinstance(by, Mapping):
        return [*by]
    return [str(record.parent)] if says.get("via") and record is subject.record else [by or reference_to(record, subject.record)]


def meanings(row: Row, names: list[str]) -> Iterator[Row]:
    """A row as it is, and as if references that almost match a key led there, which is doubtful."""
    yield replace(row, near={}) if row.near else row
    keys = {name: row.near[name] for path in names if row.near.get(name := path.split(".")[0])}
    for chosen in itertools.product(*((None, *sorted(each)) for each in keys.values())):
        led = {name: key for name, key in zip(keys, chosen, strict=True) if key is not None}
        if led:
            yield replace(row, cells={**row.cells, **led}, doubtful=True, near={}, misled=True)


def linked(run: Run, record: Record, says: Mapping[str, Any], row: Row, subject: Row) -> Truth:
    """Whether a row is the subject's."""
    by, via = says.get("by"), says.get("via")
    if isinstance(by, Mapping):
        return both(*(same(run, row, theirs, subject, its) for theirs, its in by.items()))
    if via and record is subject.record:
        return below(run, row, subject, via)
    name = by or reference_to(record, subject.record)
    if not via:
        return points(row, name, subject)
    target, table = row.reference(name), run.tables[subject.record.name]
    if not isinstance(target, str):
        return None if target is UNKNOWN else False
    if target in table.by_key:
        return below(run, table.by_key[target], subject, via)
    return None if table.vague else False


def reference_to(record: Record, to: Record) -> str:
    """The only field of a record that refers to another."""
    (name,) = (name for name, field in record.fields.items() if field.ref == to.name and not field.signs)
    return name


def points(row: Row, name: str, subject: Row) -> Truth:
    """Whether a reference leads to the subject; the key of one that is empty may be any."""
    target = row.reference(name)
    if not isinstance(target, str):
        return None if target is UNKNOWN else False
    if not isinstance(subject.key, str) or subject.key in row.near.get(name, ()):
        return None
    return target == subject.key


def same(run: Run, row: Row, theirs: str, subject: Row, its: str) -> Truth:
    """Whether two fields, or what stands at the end of two paths, have the same value."""
    left, right = reached(run, row, theirs.split(".")), reached(run, subject, its.split("."))
    if EMPTY in {left, right}:
        return False
    return None if UNKNOWN in {left, right} else left == right


def reached(run: Run, row: Row, path: list[str], lost: Gap = EMPTY) -> Cell:
    """The value at the end of a path: EMPTY where a reference is empty and optional, `lost` where it leads nowhere."""
    name, *further = path
    if not row.record.fields[name].ref:
        value = row.cells[name]
        return UNKNOWN if value is EMPTY or isinstance(value, Between | Days) else value
    target = row.reference(name)
    if not further or not isinstance(target, str):
        return target
    table = run.tables[row.record.fields[name].ref or ""]
    if target in table.by_key:
        return reached(run, table.by_key[target], further, lost)
    return UNKNOWN if table.vague else lost


def pathless(run: Run, record: Record, path: str) -> bool:
    """Whether a path leads through a record that was not submitted."""
    for name in path.split(".")[:-1]:
        other = record.fields[name].ref or ""
        if not run.tables[other].submitted:
            return True
        record = run.book.records[other]
    return False


def below(run: Run, row: Row, subject: Row, via: str) -> Truth:
    """Whether a row of the tree is a child, or a descendant, of the subject."""
    table, seen, name = run.tables[subject.record.name], set[str](), str(subject.record.parent)
    rows = table.by_key
    while True:
        found, above = points(row, name, subject), str(row.reference(name))
        lost = isinstance(row.reference(name), str) and above not in rows
        if lost and via == "descendants" and not isinstance(subject.key, str):
            # Above a parent that is no row nobody stands.
            return None if table.vague else False
        if found is not False or via == "children" or above in seen or above not in rows:
            return found
        seen.add(above)
        row = rows[above]


def known(row: Row, name: str | None) -> Days | None:
    """The days of which a row's own may be one: a single one, or those of a month or year."""
    day = row.day(name)
    return Days(day, day) if isinstance(day, date) else row.some(name)


def dated(row: Row, name: str | None, until: date) -> Truth:
    """Whether a row's own day, and that of the field that is read, are not after a day."""
    found: list[Truth] = []
    for field in {row.record.date, name} - {None}:
        days = known(row, field)
        found.append(None if days is None else days.until(until))
    return both(*found)


def standing(run: Run, rows: Related, on: str | None = None) -> Related:
    """The rows that count, or may, as of the reference date."""
    found = [(row, both(held, dated(row, on, run.ref), row.exists(run.ref))) for row, held in rows]
    return [(row, held) for row, held in found if held is not False]


def within(
    rows: Related,
    on: str | None,
    part: tuple[date, date],
    until: date,
    whole: tuple[date, date] | None = None,
) -> Related:
    """The rows that count, or may, in a part of a window; a row without a day may be of the whole window."""
    found: Related = []
    for row, held in rows:
        day = row.day(on or row.record.date)
        if isinstance(day, date):
            sure = both(held, part[0] <= day <= part[1], dated(row, on, until), row.exists(day))
        elif some := row.some(on or row.record.date):
            sure = both(held, vaguely(row, some, part, until, whole), dated(row, on, until))
        else:
            first, last = whole or part
            seen = last if first > until else min(last, until)
            sure = None if row.existed(first, seen) and dated(row, on, until) is not False else False
        if sure is not False:
            found.append((row, sure))
    return found


def vaguely(row: Row, some: Days, part: tuple[date, date], until: date, whole: tuple[date, date] | None) -> Truth:
    """Whether a row of which only a month or year is known is of a window, and existed then."""
    first, last = whole or part
    if part == (first, last) and first <= some.first and some.last <= last:
        return row.exists_on(some)
    first, last = max(first, some.first), min(last, some.last)
    return None if first <= last and row.existed(first, last if first > until else min(last, until)) else False
