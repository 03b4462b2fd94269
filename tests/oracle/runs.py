"""Section 6 of docs/meaning.md, streak: the longest run of rows of which a predicate holds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tests.oracle.cells import Row, Truth
from tests.oracle.duty import Duty, Interval
from tests.oracle.expressions import parse
from tests.oracle.gaps import begun, owing
from tests.oracle.world import Span


@dataclass(frozen=True)
class Occasion:
    """A row in its place: whether it counts for sure, and whether it is a miss."""

    day: date
    sure: bool
    misses: Truth


def streak(duty: Duty) -> tuple[Interval, Span | None]:
    """The interval of the longest run, and the days of the longest there may be (None: not known)."""
    world, require, rows = duty.world, duty.require, duty.rows(duty.world.ref)
    if rows is None:
        return (0, math.inf), None
    started, owed, found, undated = begun(duty), owing(duty), [], []
    for row, counts in {row.number: (row, counts) for row, counts in rows}.values():
        day = world.day(row, require.get("on") or world.record(row.record)["date"])
        misses, after = (holds(duty, rows, row, require[key]) if key in require else True for key in ("that", "since"))
        if day is None:
            undated.append(misses)
        elif owed is None or day >= owed:
            found.append((day, row.number, counts is True, misses, after))
    found.sort(key=lambda each: each[:2])
    occasions = counted(found)
    ends = [each.day >= started for each in occasions]
    sure, breaks = [bool(each.sure and each.misses) for each in occasions], [each.misses is not True for each in occasions]
    low = longest(sure, breaks, ends)[0]
    may, broken = [each.misses is not False for each in occasions], [each.sure and each.misses is False for each in occasions]
    high, first, last = longest(may, broken, ends)
    if undated:
        dated = [day for day, *_, misses, _ in found if misses is not False]
        possible = len(dated) + sum(misses is not False for misses in undated)
        ending = any(day >= started for day in dated) or any(misses is not False for misses in undated)
        return (min(low, 1), possible * ending), None
    if high == 0:
        return (low, high), None
    days = occasions[first].day, occasions[last].day
    return (low, high), Span(*days, f"{days[0]}..{days[1]}")


def holds(duty: Duty, rows: Sequence[tuple[Row, Truth]], row: Row, text: object) -> Truth:
    """Whether a predicate holds of a row; unknown where that is not the same by each key by which it may count (5)."""
    ways = [each for each, _ in rows if each.number == row.number]
    found = {duty.world.holds([parse(str(text))], each, duty.day) for each in ways}
    return found.pop() if len(found) == 1 else None


def counted(found: Sequence[tuple[date, int, bool, Truth, Truth]]) -> list[Occasion]:
    """The rows from the first on of which `since` holds; before it certainly does, they only may count."""
    occasions, perhaps, certainly = [], False, False
    for day, _, sure, misses, after in found:
        perhaps, certainly = perhaps or after is not False, certainly or (sure and after is True)
        if perhaps:
            occasions.append(Occasion(day, sure and certainly, misses))
    return occasions


def longest(members: Sequence[bool], breaks: Sequence[bool], ends: Sequence[bool]) -> tuple[int, int, int]:
    """How many members the longest run has that nothing breaks, and where the first such begins and ends.

    Only of those that end with a member of which `ends` holds.
    """
    best, run = (0, 0, 0), list[int]()
    for place, (member, broken) in enumerate(zip(members, breaks, strict=True)):
        run = [] if broken else [*run, place] if member else run
        if run and ends[run[-1]] and len(run) > best[0]:
            best = (len(run), run[0], run[-1])
    return best
