"""Section 6 of docs/meaning.md, spacing: the gaps between rows, one outcome each."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
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
    """Two certain marks with the rows between them that only may count; `undated` rows may lie anywhere.

    Of the first gap, `earlier` are the rows before the duty is judged, any of which may be its mark, where none certainly is;
    `since` is the day from which rows of unknown day may be that (None: from ever), where they may be.
    """

    marks: tuple[Mark, ...]
    undated: int
    started: date
    earlier: tuple[Mark, ...] = ()
    since: date | None = None

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
    def begins_with_a_row(self) -> bool:
        return self.marks[0].is_row

    @property
    def rows(self) -> int:
        """How many rows there may be, at its marks, in it, or of unknown day."""
        return sum(mark.is_row for mark in self.marks) + min(1, len(self.earlier)) + self.undated

    @property
    def earliest(self) -> date | None:
        """The earliest day that it may begin on; None: from ever."""
        if self.begins_with_a_row or not (self.undated or self.earlier):
            return self.first
        return self.since if self.undated else self.earlier[0].day

    @property
    def steps(self) -> list[tuple[Mark, Mark]]:
        """Its steps from mark to mark that end in the time that is judged."""
        return [(one, two) for one, two in pairwise(self.marks) if two.day >= self.started]


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
    started, owed = begun(duty), owing(duty)
    rows_of, undated = [], 0
    # By whichever key a row may count (5), its day is the same.
    for row, counts in {row.number: (row, counts) for row, counts in rows}.values():
        name = require.get("on") or world.record(row.record)["date"]
        day = world.day(row, name)
        if day is None:
            undated += 1
        elif owed is None or day >= owed:
            rows_of.append((day, counts is True, row.number))
    marks = [Mark(day, is_row=True, sure=sure) for day, sure, _ in sorted(rows_of)]
    before = [at for at, mark in enumerate(marks) if mark.day < started and mark.sure]
    earlier: tuple[Mark, ...] = ()
    if before:
        gap, *following = marks[before[-1] :]
        gaps_marks = [gap]
    else:
        earlier = tuple(mark for mark in marks if mark.day < started)
        gaps_marks, following = [Mark(started, is_row=False, sure=True)], marks[len(earlier) :]
    for mark in [*following, Mark(world.ref, is_row=False, sure=True)]:
        gaps_marks.append(mark)
        if mark.sure:
            yield Gap(tuple(gaps_marks), undated, started, earlier, owed)
            gaps_marks, earlier = [mark], ()


def owing(duty: Duty) -> date | None:
    """The day from which the subject owes the duty; None: from ever."""
    begins, _ = duty.world.lifespan(duty.subject)
    in_force = duty.rule.get("in_force", {}).get("from")
    known = [begins] if isinstance(begins, date) and begins > date.min else []
    return max([*known, *([as_date(in_force)] if in_force else [])], default=None)


def begun(duty: Duty) -> date:
    """The first day on which it is judged: of the duty, or of the period."""
    owed = owing(duty)
    return duty.world.period.first if owed is None else max(duty.world.period.first, owed)


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
    amount, earliest = length(limit), gap.earliest
    if earliest is not None and not gap.marks[-1].is_row and lapse(earliest, duty.world.period.last, limit) <= amount:
        return Outcome.MET
    if earliest is not None and lapse(earliest, gap.last, limit) <= amount:
        return Outcome.MET if gap.marks[-1].is_row else Outcome.OPEN
    needed = sum(min(lacking(one.day, two.day, limit), 1 + jump(gap, one, two, limit)) for one, two in gap.steps)
    return Outcome.BREACHED if needed > gap.undated else None


def lacking(first: date, last: date, limit: str) -> int:
    """How many rows it takes to make a step short enough."""
    return max(math.ceil(lapse(first, last, limit) / length(limit)) - 1, 0)


def jump(gap: Gap, one: Mark, two: Mark, limit: str) -> int | float:
    """How many it takes besides one on the day before the time that is judged, where the step leads across that day."""
    return lacking(gap.started - timedelta(days=1), two.day, limit) if one.day < gap.started else math.inf


def too_wide(gap: Gap, limit: str) -> bool:
    """Whether a gap at an open end may become one between two rows that is too long."""
    if gap.rows < 2:
        return False
    rows = [mark.day for mark in (*gap.earlier, *gap.marks) if mark.is_row]
    first, last = (gap.earliest, gap.last) if gap.undated else (rows[0], rows[-1])
    return first is None or lapse(first, last, limit) > length(limit)


def crowded(world: World, gap: Gap, limit: str) -> bool:
    """Whether two rows in a gap, or at its marks, may be too near to each other."""
    steps = [(one, two) for one, two in gap.steps if one.is_row and two.is_row]
    following = [mark for mark in gap.marks if mark.is_row]
    if gap.earlier and following:
        steps.append((gap.earlier[-1], following[0]))
    return any(is_near(world, one, two, limit) for one, two in steps) or (gap.undated > 0 and gap.rows >= 2)


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
