"""Section 6 of docs/meaning.md, spacing: the gaps between rows, one outcome each."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count, pairwise

from checker.model.words import Outcome
from tests.oracle.cells import Row, Truth
from tests.oracle.days import SPAN, later, moved
from tests.oracle.duty import Duty, Outcomes
from tests.oracle.world import Span, World, as_date


@dataclass(frozen=True)
class Mark:
    """A dated row, or one of the two ends of the duty."""

    day: date
    is_row: bool
    sure: bool


@dataclass(frozen=True)
class Gap:
    """Two certain marks with the rows between them that only may count; `undated` rows may lie anywhere."""

    marks: tuple[Mark, ...]
    undated: int

    @property
    def first(self) -> date:
        return self.marks[0].day

    @property
    def last(self) -> date:
        return self.marks[-1].day

    @property
    def is_inner(self) -> bool:
        return self.marks[0].is_row and self.marks[-1].is_row

    @property
    def rows(self) -> int:
        """How many rows there may be, at its marks, in it, or of unknown day."""
        return sum(mark.is_row for mark in self.marks) + self.undated


def spacing(duty: Duty) -> Iterator[tuple[Span | None, Outcomes]]:
    """The outcome of each gap that is judged, or why there is none."""
    rows = duty.rows(duty.world.ref)
    found = [(gap, outcome(duty, gap, unknown=rows is None)) for gap in gaps(duty, rows or [])]
    judged = [(gap, said) for gap, said in found if said is not None]
    for gap, said in judged:
        days = (gap.last - gap.first).days
        yield Span(gap.first, gap.last, f"{gap.first}..{gap.last}"), Outcomes(said, measured=(days, days))
    if not judged:
        yield None, Outcomes(Outcome.NONE, "nothing-to-measure")


def gaps(duty: Duty, rows: list[tuple[Row, Truth]]) -> Iterator[Gap]:
    """The gaps of a duty, in order."""
    world, require = duty.world, duty.require
    started = begun(duty)
    marks, undated = [], 0
    # By whichever key a row may count (5), its day is the same.
    for row, counts in {row.number: (row, counts) for row, counts in rows}.values():
        name = require.get("on") or world.record(row.record)["date"]
        day = world.day(row, name)
        if day is None:
            undated += 1
        elif day >= started:
            marks.append(Mark(day, is_row=True, sure=counts is True))
    marks.sort(key=lambda mark: (mark.day, mark.sure))
    gap = [Mark(started, is_row=False, sure=True)]
    for mark in [*marks, Mark(world.ref, is_row=False, sure=True)]:
        gap.append(mark)
        if mark.sure:
            yield Gap(tuple(gap), undated)
            gap = [mark]


def begun(duty: Duty) -> date:
    """The first day of the duty."""
    begins, _ = duty.world.lifespan(duty.subject)
    in_force = duty.rule.get("in_force", {}).get("from")
    known = [begins] if isinstance(begins, date) else []
    return max([duty.world.period.first, *known, *([as_date(in_force)] if in_force else [])])


def outcome(duty: Duty, gap: Gap, *, unknown: bool) -> Outcome | None:
    """What is said of a gap; None if it is not judged."""
    at_most, at_least = (duty.require.get(key) for key in ("at_most", "at_least"))
    closed = "ends" not in duty.require
    said, may_become = [], unknown
    if at_most is not None:
        wide = too_wide(gap, str(at_most))
        may_become = may_become or (wide and not closed)
        said.append(no_longer(duty, gap, str(at_most)) if closed or gap.is_inner else None if wide else Outcome.MET)
    if at_least is not None:
        near = crowded(duty.world, gap, str(at_least))
        may_become = may_become or near
        if gap.is_inner and is_near(duty.world, gap.marks[0], gap.marks[-1], str(at_least)):
            said.append(Outcome.BREACHED)
        else:
            said.append(None if near else Outcome.MET)
    if not (gap.is_inner or (closed and at_most is not None) or may_become):
        return None
    if unknown:
        return Outcome.UNKNOWN
    for first in (Outcome.BREACHED, Outcome.OPEN):
        if first in said:
            return first
    return Outcome.MET if set(said) == {Outcome.MET} else Outcome.UNKNOWN


def no_longer(duty: Duty, gap: Gap, limit: str) -> Outcome | None:
    """A gap against `at_most`; None if that is unknown."""
    amount = length(limit)
    if not gap.marks[-1].is_row and lapse(gap.first, duty.world.period.last, limit) <= amount:
        return Outcome.MET
    if lapse(gap.first, gap.last, limit) <= amount:
        return Outcome.MET if gap.marks[-1].is_row else Outcome.OPEN
    steps = (lapse(one.day, two.day, limit) for one, two in pairwise(gap.marks))
    needed = sum(max(math.ceil(step / amount) - 1, 0) for step in steps)
    return Outcome.BREACHED if needed > gap.undated else None


def too_wide(gap: Gap, limit: str) -> bool:
    """Whether a gap at an open end may become one between two rows that is too long."""
    rows = [mark.day for mark in gap.marks if mark.is_row]
    if gap.rows < 2:
        return False
    first, last = (gap.first, gap.last) if gap.undated else (rows[0], rows[-1])
    return lapse(first, last, limit) > length(limit)


def crowded(world: World, gap: Gap, limit: str) -> bool:
    """Whether two rows in a gap, or at its marks, may be too near to each other."""
    steps = any(one.is_row and two.is_row and is_near(world, one, two, limit) for one, two in pairwise(gap.marks))
    return steps or (gap.undated > 0 and gap.rows >= 2)


def is_near(world: World, one: Mark, two: Mark, limit: str) -> bool:
    """Whether two rows are less than a span of time apart."""
    end = moved(world, one.day, limit)
    return not isinstance(end, date) or two.day < end


def length(limit: str) -> int:
    """A span of time in days, or in months."""
    match = SPAN.fullmatch(limit.strip())
    if match is None:
        raise ValueError(limit)
    return int(match[1]) * (12 if match[2] == "year" else 1)


def lapse(first: date, last: date, limit: str) -> int:
    """The least number of the units of a span of time that lead from one day to another, or beyond."""
    match = SPAN.fullmatch(limit.strip())
    if match is not None and match[2] in {"month", "year"}:
        return next(n for n in count() if later(first, f"{n} months {match[3] or ''}") >= last)
    return (last - first).days
