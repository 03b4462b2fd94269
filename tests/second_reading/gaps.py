"""Spacing: the days between rows."""

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tests.second_reading import days, links
from tests.second_reading.book import Rule
from tests.second_reading.bounds import Outcome
from tests.second_reading.days import Span, Window
from tests.second_reading.links import Related
from tests.second_reading.sense import Run
from tests.second_reading.tables import Row
from tests.second_reading.truth import both
from tests.second_reading.who import Turn


@dataclass(frozen=True)
class Gap:
    """The time between two marks; `inside` are the days of rows that may count, `loose` how many have no day."""

    first: date
    last: date
    starts: bool
    ends: bool
    inside: tuple[date, ...]
    loose: int

    @property
    def rows(self) -> list[date]:
        """The days of the rows at its marks and in it."""
        return sorted([*([self.first] if self.starts else []), *self.inside, *([self.last] if self.ends else [])])


def started(run: Run, rule: Rule, subject: Row) -> date:
    """The first day of the duty."""
    return max(day for day in (run.period[0], rule.since, subject.ends[0]) if isinstance(day, date))


def since(run: Run, rule: Rule, subject: Row, turn: Turn) -> Related | None:
    """The rows from the beginning of the duty to the reference date, and those without a day."""
    rows, on = links.related(run, rule.says, subject, turn.day), rule.says.get("on")
    if rows is None:
        return None
    first = started(run, rule, subject)
    found: Related = []
    for row, held in rows:
        day = row.day(on or row.record.date)
        if isinstance(day, date):
            sure = both(held, first <= day, links.dated(row, on, run.ref), row.exists(day))
        else:
            sure = None if row.existed(date.min, run.ref) and links.dated(row, on, run.ref) is not False else False
        if sure is not False:
            found.append((row, sure))
    return found


def spacing(run: Run, rule: Rule, subject: Row, turn: Turn) -> Iterator[tuple[Window | None, Outcome]]:
    """The outcome of each gap."""
    rows, says = since(run, rule, subject, turn), rule.says
    bounds = {key: days.span(says[key], run.book.calendar) for key in ("at_most", "at_least") if key in says}
    free = says.get("ends") == "open" or "at_most" not in bounds
    judged = False
    for gap in gaps(run, rule, started(run, rule, subject), rows or []):
        at_end = not (gap.starts and gap.ends)
        if free and at_end:
            if rows is None or breakable(gap, bounds):
                judged = True
                yield (gap.first, gap.last), Outcome("unknown")
            continue
        judged = True
        kinds = {most(run, gap, bounds["at_most"])} if "at_most" in bounds else set()
        kinds |= {least(gap, bounds["at_least"])} if "at_least" in bounds else set()
        found = next((kind for kind in ("breached", "unknown", "open") if kind in kinds), "met")
        if found == "unknown" and "open" in kinds:
            found = "open"
        yield (gap.first, gap.last), Outcome("unknown" if rows is None else found)
    if not judged:
        yield None, Outcome("none", "nothing-to-measure")


def gaps(run: Run, rule: Rule, first: date, rows: Related) -> Iterator[Gap]:
    """The gaps, in their order."""
    on = rule.says.get("on")
    dated = [(row.day(on or row.record.date), held) for row, held in rows]
    known = [(day, held) for day, held in dated if isinstance(day, date)]
    loose = len(dated) - len(known)
    marks = sorted(day for day, held in known if held)
    places = [first, *marks, run.ref]
    unsure = sorted(day for day, held in known if not held)
    for place in range(len(places) - 1):
        begin, end = places[place], places[place + 1]
        inside = tuple(day for day in unsure if begin < day <= end or (place == 0 and day == begin))
        unsure = [day for day in unsure if day not in inside]
        yield Gap(begin, end, place > 0, place + 1 < len(places) - 1, inside, loose)


def longer(first: date, last: date, limit: Span) -> bool:
    """Whether it is longer than a span from one day to another."""
    reached = days.lapse(first, last, limit)
    return reached is None or reached > limit.number


def most(run: Run, gap: Gap, limit: Span) -> str:
    """Whether a gap is short enough."""
    if not gap.ends:
        if not longer(gap.first, run.period[1], limit):
            return "met"
        if not longer(gap.first, gap.last, limit):
            return "open"
    elif not longer(gap.first, gap.last, limit):
        return "met"
    needed, places = 0, sorted([gap.first, *gap.inside, gap.last])
    for first, last in itertools.pairwise(places):
        needed += max(0, math.ceil((days.lapse(first, last, limit) or 0) / limit.number) - 1)
    return "breached" if needed > gap.loose else "unknown"


def least(gap: Gap, limit: Span) -> str:
    """Whether a gap is long enough."""
    if gap.starts and gap.ends and near(gap.first, gap.last, limit):
        return "breached"
    return "unknown" if crowded(gap, limit) else "met"


def near(first: date, last: date, limit: Span) -> bool:
    """Whether the second day is before the first and the span."""
    earliest = days.moved(first, limit)
    return earliest is None or last < earliest


def crowded(gap: Gap, limit: Span) -> bool:
    """Whether two rows may be nearer to each other than the span."""
    rows = gap.rows
    steps = any(near(first, last, limit) for first, last in itertools.pairwise(rows))
    return steps or (gap.loose > 0 and len(rows) + gap.loose > 1)


def breakable(gap: Gap, bounds: dict[str, Span]) -> bool:
    """Whether rows that may count could make it a gap between two rows that breaks a bound."""
    rows = gap.rows
    if len(rows) + gap.loose < 2 or not (gap.inside or gap.loose):
        return False
    ends = (gap.first, gap.last) if gap.loose else (rows[0], rows[-1])
    long = "at_most" in bounds and longer(*ends, bounds["at_most"])
    return long or ("at_least" in bounds and crowded(gap, bounds["at_least"]))
