"""Section 6 of docs/meaning.md: spans of time, and the forms that ask whether something happens between two days."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from checker.model.words import Outcome
from tests.oracle.cells import Null, Row, Truth
from tests.oracle.duty import Duty, Outcomes
from tests.oracle.expressions import all_of, parse
from tests.oracle.world import Span, World, as_date, months_later, not_after, not_before

SPAN = re.compile(r"([0-9]+)\s*(d|day|month|year)s?(?: (end to end|or the next day))?")
"""A span of time, without those of working days."""

End = date | Null | None
"""An end of the allowed days: UNKNOWN, or None where there is none."""


def earlier(day: date, within: str) -> date:
    """The day so long before: `365d`, `12 months`, `1 year`."""
    return later(day, within, -1)


def later(day: date, within: object, sign: int = 1) -> date:
    """The day so long after, or before."""
    match = SPAN.fullmatch(str(within).strip())
    if match is None:
        raise ValueError(f"{within!r} is no span of time")
    amount, unit = int(match[1]) * sign, match[2]
    if unit in {"d", "day"}:
        return day + timedelta(days=amount)
    found = months_later(day, amount * (12 if unit == "year" else 1))
    if match[3] == "end to end" and (day + timedelta(days=1)).day == 1:
        return date(found.year, found.month, calendar.monthrange(found.year, found.month)[1])
    return found + timedelta(days=1) if match[3] == "or the next day" and found.day < day.day else found


def own_date(duty: Duty, key: str) -> End:
    """The date expression under a key, else the subject's own date."""
    text = str(duty.require.get(key) or duty.world.record(duty.subject.record)["date"])
    text = f"date '{text}'" if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else text
    value = duty.world.value(parse(text), duty.subject, duty.day)
    return value if isinstance(value, date) else Null.UNKNOWN


def moved(world: World, day: End, span: object, sign: int = 1) -> End:
    """A day moved by a span of time; unknown outside the calendar."""
    if isinstance(day, date) and (match := re.fullmatch(r"([0-9]+) working days?", str(span))):
        return workday(world.book.get("calendar", {}), day, int(match[1]), sign)
    try:
        return later(day, span, sign) if isinstance(day, date) else day
    except (OverflowError, ValueError):
        return Null.UNKNOWN


def workday(known: Mapping[str, Any], day: date, steps: int, sign: int) -> End:
    """The working day so many after a day, or before; unknown where the holidays of a year on the way are not listed."""
    while True:
        works = is_worked(known, day)
        if works is None:
            return Null.UNKNOWN
        if steps == 0:
            return day
        day += timedelta(days=sign)
        steps -= is_worked(known, day) is not False


def is_worked(known: Mapping[str, Any], day: date) -> bool | None:
    """Whether a day is a working day; unknown where the calendar does not tell."""
    holidays = {as_date(each) for each in known.get("holidays", ())}
    if day.year not in ({each.year for each in holidays} or range(1950, 2100)):
        return None
    named = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[day.weekday()]
    return named not in known.get("weekend", ["sat", "sun"]) and day not in holidays


def rolled(duty: Duty, last: End) -> End:
    """The last allowed day, moved from a day that is no working day to the next, or to the one before, if the rule says so."""
    roll = duty.require.get("roll")
    if roll is None or not isinstance(last, date):
        return last
    known = duty.world.book.get("calendar", {})
    while not is_worked(known, last):
        if is_worked(known, last) is None:
            return Null.UNKNOWN
        last += timedelta(days=1 if roll == "next working day" else -1)
    return last


Days = tuple[date, date] | None
"""The first and the last day that a day may be; None if nothing is known of it."""


def allowed(days: Days, first: End, last: End) -> Truth:
    """Whether a day lies between two others."""
    truths: list[Truth] = []
    for end, compared in ((first, not_before), (last, not_after)):
        if end is not None:
            truths.append(compared(days, end) if isinstance(end, date) else None)
    return all_of(truths)


def deadline(duty: Duty) -> Outcomes:
    """Something has happened by a day."""
    require = duty.require
    if duty.window is not None:
        first, last = of_window(duty, duty.window)
    elif "within" in require:
        first = own_date(duty, "after")
        last = moved(duty.world, first, require["within"])
    else:
        first = own_date(duty, "after") if "after" in require else None
        last = own_date(duty, "until")
    return happens(duty, None if "early" in require or "about" in require else first, rolled(duty, last))


def of_window(duty: Duty, window: Span) -> tuple[End, End]:
    """The first and the last allowed day of a duty that comes again in each window."""
    after = window.last + timedelta(days=1)
    if "within" in duty.require:
        return after, moved(duty.world, window.last, duty.require["within"])
    until = str(duty.require["until"])
    start = after if until.startswith("next ") else window.first
    month, day = map(int, until.removeprefix("next ").split("-"))
    return start, next(due for year in (start.year, start.year + 1) if (due := date(year, month, day)) >= start)


def sequence(duty: Duty) -> Outcomes:
    """One thing happens before another, and so long before."""
    require, world = duty.require, duty.world
    anchor, sign = ("before", -1) if "before" in require else ("after" if "after" in require else "first", 1)
    start = own_date(duty, anchor)
    near = moved(world, start, require["at_least"], sign) if "at_least" in require else start
    far = moved(world, start, require["at_most"], sign) if "at_most" in require else None
    first, last = (far, near) if sign < 0 else (near, far)
    if "of" in require:
        return happens(duty, first, last)
    then = str(require["then"])
    if re.fullmatch(r"[a-z_]+", then):
        return happens_itself(duty, world.may_be(duty.subject, then), first, last)
    day = own_date(duty, "then")
    return happens_itself(duty, (day, day) if isinstance(day, date) else None, first, last)


def happens(duty: Duty, first: End, last: End) -> Outcomes:
    """Some row is dated between two days, both allowed; until the as-of date it is seen."""
    world, require = duty.world, duty.require
    if "of" not in require:
        name = require.get("on") or world.record(duty.subject.record)["date"]
        never = "never" in require and duty.subject.cells[name].state == "empty"
        return happens_itself(duty, world.may_be(duty.subject, name), first, last, never=never)
    rows = rows_until(duty)
    on = require.get("on") or world.record(world.selection(require["of"])[0])["date"]
    truths = None if rows is None else [all_of([counts, allowed(world.may_be(row, on), first, last)]) for row, counts in rows]
    if truths is not None and True in truths:
        return Outcomes(Outcome.MET)
    impossible = truths is not None and None not in truths
    if isinstance(last, date) and last > world.as_of:
        return Outcomes(Outcome.OPEN)
    if last is None and first is not Null.UNKNOWN and impossible:
        return Outcomes(Outcome.OPEN)
    return Outcomes(Outcome.BREACHED if impossible and isinstance(last, date) else Outcome.UNKNOWN)


def rows_until(duty: Duty) -> list[tuple[Row, Truth]] | None:
    """The related rows that happened until the as-of date; with `about`, those that are about the window."""
    rows = replace(duty, window=None).rows(until=duty.world.as_of)
    if rows is None or "about" not in duty.require or duty.window is None:
        return rows
    about = str(duty.require["about"])
    found = [
        (row, all_of([counts, allowed(duty.world.may_be(row, about), duty.window.first, duty.window.last)]))
        for row, counts in rows
    ]
    return [(row, counts) for row, counts in found if counts is not False]


def happens_itself(duty: Duty, days: Days, first: End, last: End, *, never: bool = False) -> Outcomes:
    """A day of the subject itself lies between two days; `never`: it certainly has none."""
    world = duty.world
    kept, past = allowed(days, first, last), not_after(days, world.as_of)
    over = isinstance(last, date) and last <= world.as_of
    if kept is True and past is True:
        return Outcomes(Outcome.MET)
    if kept is False or (never and over):
        return Outcomes(Outcome.BREACHED)
    return Outcomes(Outcome.OPEN if (isinstance(last, date) and not over) or past is False else Outcome.UNKNOWN)
