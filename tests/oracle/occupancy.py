"""Section 6 of docs/meaning.md, occupancy: how many rows exist on every day; a shortfall and an excess are an outcome each."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from checker.model.words import Outcome
from tests.oracle.cells import Null, Row, Truth
from tests.oracle.days import moved
from tests.oracle.duty import Duty, Interval, Outcomes
from tests.oracle.expressions import all_of
from tests.oracle.forms import bounds, compared
from tests.oracle.gaps import begun
from tests.oracle.rows import related
from tests.oracle.world import Span, as_date

DAY = timedelta(days=1)
Life = tuple[date | Null | None, date | Null | None]
"""The ends of a record's existence, as `World.lifespan` gives them."""
SIDES = (
    {"at_least": "at_least", "more_than": "more_than", "exactly": "at_least"},
    {"at_most": "at_most", "less_than": "less_than", "exactly": "at_most"},
)
"""The bounds that say how little is too little, and those that say how much is too much; each as it is compared."""


@dataclass(frozen=True)
class Stretch:
    """Days on which the number of rows is the same, and whether it keeps the bounds of a side."""

    first: date
    last: date
    number: Interval
    keeps: Truth


@dataclass(frozen=True)
class Spell:
    """A shortfall, or an excess: its days, and the longest runs of those that break the bounds."""

    first: date
    last: date
    number: Interval
    broken: tuple[tuple[date, date], ...]
    vague: bool


def occupancy(duty: Duty) -> Iterator[tuple[Span | None, Outcomes]]:
    """The outcome of each shortfall and excess, or the one of there being none."""
    started, ref = begun(duty), duty.world.ref
    rows = related(duty.world, duty.require, duty.subject, None, duty.day, existing=False)
    if rows is None:
        yield named(started, ref), Outcomes(Outcome.UNKNOWN, measured=(0, math.inf))
        return
    shortfalls, excesses = (list(spells([judged(duty, each, side) for each in stretches(duty, rows)], started)) for side in SIDES)
    if "within" not in duty.require:
        doubted = [(each.first, each.last) for each in shortfalls if not each.broken]
        excesses = [each for each in excesses if each.broken or (each.first, each.last) not in doubted]
    found = [(each, outcome(duty, each)) for each in shortfalls]
    found += [(each, Outcome.BREACHED if each.broken else Outcome.UNKNOWN) for each in excesses]
    for spell, said in found:
        yield named(spell.first, spell.last), Outcomes(said, measured=spell.number)
    if not found:
        yield named(started, ref), Outcomes(Outcome.MET)


def named(first: date, last: date) -> Span:
    """A window that is named by its two days."""
    return Span(first, last, f"{first}..{last}")


def outcome(duty: Duty, spell: Spell) -> Outcome:
    """What is said of a shortfall."""
    if "within" not in duty.require:
        return Outcome.BREACHED if spell.broken else Outcome.UNKNOWN
    if any(too_long(duty, *run) is True for run in spell.broken):
        return Outcome.BREACHED
    if spell.vague or too_long(duty, spell.first, spell.last) is not False:
        return Outcome.UNKNOWN
    due = moved(duty.world, spell.first, duty.require["within"])
    lasts = spell.last == duty.world.ref and isinstance(due, date) and due <= duty.world.period.last
    return Outcome.OPEN if lasts else Outcome.MET


def too_long(duty: Duty, first: date, last: date) -> Truth:
    """Whether days are more than a shortfall may last."""
    due = moved(duty.world, first, duty.require["within"])
    return last >= due if isinstance(due, date) else None


def stretches(duty: Duty, rows: Sequence[tuple[Row, Truth]]) -> Iterator[Stretch]:
    """The days on which the rule is in force and the subject exists, until `ref`; the first stands for all before it."""
    world = duty.world
    # By whichever key a row may count (5), it exists on the same days.
    once = list({row.number: (row, counts) for row, counts in rows}.values())
    lives = [(counts, world.lifespan(row)) for row, counts in once]
    turns = {begins for _, (begins, _) in lives if isinstance(begins, date)}
    turns |= {last + DAY for _, (_, last) in lives if isinstance(last, date) and last < date.max}
    turns |= {
        as_date(each["from"]) for some in world.book.get("parameters", {}).values() if isinstance(some, list) for each in some
    }
    floor = earliest(duty)
    first = max(floor, min({day - DAY for day in turns if day > date.min} | {begun(duty) - DAY}))
    days = sorted({first, begun(duty), *(day for day in turns if first < day <= world.ref)})
    for day, following in zip(days, [*days[1:], world.ref + DAY], strict=True):
        there = [all_of([counts, *there_on(life, day)]) for counts, life in lives]
        number = (sum(each is True for each in there), sum(each is not False for each in there))
        yield Stretch(day, following - DAY, number, keeps=None)


def there_on(life: Life, day: date) -> tuple[Truth, Truth]:
    """Whether what exists between two ends has begun by a day, and has not ended before it; a month or a year is unknown (2)."""
    begins, last = life
    return (
        True if begins is None else begins <= day if isinstance(begins, date) else None,
        True if last is None else last >= day if isinstance(last, date) else None,
    )


def earliest(duty: Duty) -> date:
    """The first day on which the rule is in force and the subject exists."""
    begins, _ = duty.world.lifespan(duty.subject)
    in_force = duty.rule.get("in_force", {}).get("from")
    return max([date.min, *([begins] if isinstance(begins, date) else []), *([as_date(in_force)] if in_force else [])])


def judged(duty: Duty, stretch: Stretch, side: dict[str, str]) -> Stretch:
    """A stretch with whether it keeps the bounds of a side, as they are on its days."""
    asked = [(side[key], limit) for key, limit in bounds(duty, stretch.first) if key in side]
    return replace(stretch, keeps=all_of(keeps(bound, stretch.number, limit) for bound, limit in asked))


def keeps(bound: str, number: Interval, limit: Interval) -> Truth:
    """Whether an interval is within a bound; unknown where that depends on what either of them is."""
    return {Outcome.MET: True, Outcome.BREACHED: False}.get(compared(bound, number, limit))


def number_on(days: Sequence[Stretch]) -> Interval:
    """The least and the greatest number of rows on some days."""
    return (min(each.number[0] for each in days), max(each.number[1] for each in days))


def spells(days: Sequence[Stretch], started: date) -> Iterator[Spell]:
    """The longest runs of days that do not keep the bounds, those apart that are over before `started`."""
    for kept, run in groupby(days, lambda each: each.keeps is True):
        some = list(run)
        if kept or some[-1].last < started:
            continue
        # Of days before which none keeps the bounds, those before `started` do not tell since when it is so.
        told = some[0] is not days[0]
        since = date.min if told else started
        broken = [
            (max(since, parts[0].first), parts[-1].last)
            for breaks, found in groupby(some, lambda each: each.keeps is False)
            if breaks and (parts := list(found))[-1].last >= started
        ]
        yield Spell(
            first=max(since, some[0].first),
            last=some[-1].last,
            number=number_on([each for each in some if told or each.first >= started]),
            broken=tuple(broken),
            vague=not told and any(each.first < started and each.keeps is None for each in some),
        )
