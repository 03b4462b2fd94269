"""Sections 3 and 5 of docs/meaning.md: which related rows count for a subject, and which may."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tests.oracle.cells import Null, Row, Truth
from tests.oracle.derived import SUBMISSION, columns_of, parted, source_of, value_of
from tests.oracle.expressions import all_of, compare, parse
from tests.oracle.world import Nothing, Part, Span, World

Require = Mapping[str, Any]
"""What stands under the name of a form."""


def related(
    world: World,
    require: Require,
    subject: Row,
    window: Span | None,
    day: date | None,
    until: date | None = None,
    *,
    existing: bool = True,
) -> list[tuple[Row, Truth]] | None:
    """The rows that count (True) and may count (None) for a subject; None if their table is unknown.

    A row that may count by several keys that its reference is near stands there by each of them: it is still one row (5).
    With `until`, those that are dated until that day count, existing on their own day; else those existing on `ref`, or, where
    it is not asked for, at any time.
    """
    if "of" not in require:
        return [(subject, True)]
    record, predicates = world.selection(require["of"])
    rows = world.tables[record]
    pairs = pairs_of(world, require, subject)
    ways = [(record, theirs) for theirs, _ in pairs] + [(subject.record, own) for _, own in pairs]
    if rows is None or any(world.tables[each] is None for start, path in ways for each in passed(world, start, path)):
        return None
    if "where" in require:
        predicates = [*predicates, parse(str(require["where"]))]
    found: list[tuple[Row, Truth]] = []
    for row in rows:
        for version in world.versions(row, links_of(world, require, subject, record)):
            link = linked(world, require, subject, version)
            in_time = timely(world, require, version, window, until) if existing else dated_by(world, version, world.ref)
            counts = all_of([link, world.holds(predicates, version, day), in_time])
            if counts is True and world.is_doubtful(version):
                counts = None
            if counts is not False:
                found.append((version, counts))
    return found


def pairs_of(world: World, require: Require, subject: Row) -> list[tuple[str, str]]:
    """The paths, of a related row and of the subject, whose values are equal (5); none where a reference alone is meant."""
    by = require.get("by")
    if isinstance(by, Mapping):
        return [(str(theirs), str(own)) for theirs, own in by.items()]
    derive = world.record(subject.record).get("derive")
    if derive and by is None and source_of(world.book, derive) == world.selection(require["of"])[0]:
        return [(theirs, own) for own, theirs in columns_of(derive).items()]
    return [(by, str(world.record(subject.record)["key"]))] if by is not None and "." in by else []


def passed(world: World, record: str, path: str) -> list[str]:
    """The records that a path leads through."""
    found = []
    for name in parted(path)[0].split(".")[:-1]:
        record = str(world.field(record, name)["ref"])
        found.append(record)
    return found


def links_of(world: World, require: Require, subject: Row, record: str) -> list[str]:
    """The fields by which related rows of a record find their subject (5): the first on each way."""
    by = require.get("by")
    if subject.record == SUBMISSION:
        return []
    if pairs := pairs_of(world, require, subject):
        return list(dict.fromkeys(parted(theirs)[0].split(".")[0] for theirs, _ in pairs))
    if by is None and record == subject.record and "via" in require:
        return [str(world.record(record)["parent"])]
    return [str(by or next(name for name, spec in world.record(record)["fields"].items() if leads_to(spec, subject.record)))]


def dated_by(world: World, row: Row, last: date) -> Truth:
    """Whether a row is not dated after a day (3)."""
    dated = world.record(row.record).get("date")
    if dated is None:
        return True
    return world.until(row, dated, last)


def timely(world: World, require: Require, row: Row, window: Span | None, until: date | None) -> Truth:
    """Whether a row's dates and existence let it count (3), in that window if there is one (5)."""
    dated = world.record(row.record).get("date")
    last = until or world.ref
    truths = [dated_by(world, row, last)]
    if isinstance(window, Part):
        return timely_in_part(world, require, row, window, truths)
    if window is None and until is None:
        return all_of([*truths, world.exists(row, world.ref, world.ref)])
    window = window or Span(date.min, last, "")
    on = require.get("on", dated)
    day, days = world.day(row, on), world.may_be(row, on)
    truths.append(world.until(row, on, last))
    if day is None and days is not None:
        return all_of([*truths, *timely_in_part_of_days(world, row, window, days)])
    if day is None:
        # Some day of the window: on one of them the row exists, or it does on none.
        return all_of([*truths, None, world.exists(row, window.last, window.first)])
    truths.append(window.first <= day <= window.last and day <= last)
    return all_of([*truths, world.exists(row, day, day)])


def timely_in_part_of_days(world: World, row: Row, window: Span, days: tuple[date, date]) -> list[Truth]:
    """Whether a row is dated in a window, and exists then, that is dated on one of several days (5)."""
    low, high = days
    inside = window.first <= low and high <= window.last
    touches = window.first <= high and low <= window.last
    sure = inside and world.exists(row, low, high) is True
    perhaps = touches and world.exists(row, min(window.last, high), max(window.first, low)) is not False
    return [True if sure else None if perhaps else False]


def timely_in_part(world: World, require: Require, row: Row, part: Part, truths: list[Truth]) -> Truth:
    """Whether a row's dates and existence let it count in the part of a window that is due (4)."""
    on = require.get("on", world.record(row.record).get("date"))
    day = world.day(row, on)
    truths.append(world.until(row, on, world.ref))
    if day is None:
        first, last = part.whole.first, part.whole.last
        if (days := world.may_be(row, on)) is not None and not str(require["per"]).startswith("term of "):
            first, last = max(first, days[0]), min(last, days[1])
            truths.append(first <= last)
        return all_of([*truths, None, world.exists(row, last, first)])
    truths += [part.first <= day <= part.last and part.whole.first <= day <= part.whole.last and day <= world.ref]
    truths += [None] * (not part.known)
    return all_of([*truths, world.exists(row, day, day)])


def linked(world: World, require: Require, subject: Row, row: Row) -> Truth:
    """Whether a row belongs to a subject (5); to one whose key is unknown it may, unless it refers to nothing."""
    by, pairs = require.get("by"), pairs_of(world, require, subject)
    if pairs or subject.record == SUBMISSION:
        return all_of(equal(world, row, theirs, subject, own) for theirs, own in pairs)
    record = world.record(subject.record)
    references = [name for name, spec in world.record(row.record)["fields"].items() if leads_to(spec, subject.record)]
    via, tree = require.get("via"), row.record == subject.record
    if tree and via is not None:
        return climbs(world, row, record["parent"], subject, via)
    if by is None and len(references) != 1:
        raise ValueError(f"{row.record} refers to {subject.record} by {references}: name one")
    target = world.refer(row, by or references[0])
    if target is None:
        return None
    if isinstance(target, Nothing):
        return None if subject.key is None and via is None and not target.empty else False
    if via is not None:
        return climbs(world, target, record["parent"], subject, via)
    return None if subject.key is None else target is subject


def leads_to(spec: Mapping[str, Any] | None, record: str) -> bool:
    """Whether a field refers to that record."""
    return (spec or {}).get("ref") == record


def equal(world: World, row: Row, theirs: str, subject: Row, own: str) -> Truth:
    """Whether the values at the ends of two paths are equal (5)."""
    values = value_of(world, row, theirs), value_of(world, subject, own)
    return False if None in values else compare("=", *values)


def climbs(  # noqa: PLR0911 - one for each way in which the climb can end
    world: World, start: Row, parent: str, subject: Row, via: str
) -> Truth:
    """Whether the subject stands above a row of the tree: right above it, or anywhere (5)."""
    passed = []
    at = start
    while at not in passed:
        passed.append(at)
        above = world.refer(at, parent)
        if above is None:
            return None
        if isinstance(above, Nothing) and above.empty:
            return False
        if subject.key is None and (isinstance(above, Row) or via == "children"):
            return None
        if isinstance(above, Nothing):
            return False
        if above is subject:
            return True
        if via == "children":
            return False
        at = above
    return False


def number(world: World, text: object, row: Row | None, day: date | None) -> Any:
    """A numeric expression over a row: a Fraction, or None if it is not known."""
    value = world.value(parse(str(text)), row, day)
    return None if isinstance(value, Null) else value
