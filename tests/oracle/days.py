"""Section 6 of docs/meaning.md: spans of time, and the forms that ask whether something happens between two days."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from checker.model.words import Outcome
from tests.oracle.cells import Null, Truth
from tests.oracle.duty import Duty, Outcomes
from tests.oracle.expressions import all_of, parse
from tests.oracle.world import World, as_date, months_later

End = date | Null | None
"""An end of the allowed days: UNKNOWN, or None where there is none."""


def earlier(day: date, within: str) -> date:
    """The day so long before: `365d`, `12 months`, `1 year`."""
    return later(day, within, -1)


def later(day: date, within: object, sign: int = 1) -> date:
    """The day so long after, or before."""
    match = re.fullmatch(r"([0-9]+)\s*(d|day|month|year)s?", str(within).strip())
    if match is None:
        raise ValueError(f"{within!r} is no span of time")
    amount, unit = int(match[1]) * sign, match[2]
    if unit in {"d", "day"}:
        return day + timedelta(days=amount)
    return months_later(day, amount * (12 if unit == "year" else 1))


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


def workday(calendar: Mapping[str, Any], day: date, steps: int, sign: int) -> End:
    """The working day so many after a day, or before; unknown where the holidays of a year on the way are not listed."""
    holidays = {as_date(each) for each in calendar.get("holidays", ())}
    years = {each.year for each in holidays} or set(range(1950, 2100))
    weekend = calendar.get("weekend", ["sat", "sun"])
    while True:
        if day.year not in years:
            return Null.UNKNOWN
        if steps == 0:
            return day
        day += timedelta(days=sign)
        named = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[day.weekday()]
        steps -= named not in weekend and day not in holidays


def allowed(day: date | None, first: End, last: End) -> Truth:
    """Whether a day lies between two others."""
    truths: list[Truth] = []
    for end, sign in ((first, 1), (last, -1)):
        if end is not None:
            known = isinstance(end, date) and day is not None
            truths.append((day.toordinal() - end.toordinal()) * sign >= 0 if known else None)  # type: ignore[union-attr]
    return all_of(truths)


def deadline(duty: Duty) -> Outcomes:
    """Something has happened by a day."""
    require = duty.require
    if duty.window is not None:
        month, day = map(int, str(require["until"]).split("-"))
        years = (duty.window.first.year, duty.window.first.year + 1)
        return happens(duty, None, next(due for year in years if (due := date(year, month, day)) >= duty.window.first))
    if "within" in require:
        first = own_date(duty, "after")
        last = moved(duty.world, first, require["within"])
    else:
        first = own_date(duty, "after") if "after" in require else None
        last = own_date(duty, "until")
    return happens(duty, None if "early" in require else first, last)


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
    then = own_date(duty, "then")
    return happens_itself(duty, then if isinstance(then, date) else None, first, last)


def happens(duty: Duty, first: End, last: End) -> Outcomes:
    """Some row is dated between two days, both allowed; until the as-of date it is seen."""
    world, require = duty.world, duty.require
    if "of" not in require:
        name = require.get("on") or world.record(duty.subject.record)["date"]
        never = "never" in require and duty.subject.cells[name].state == "empty"
        return happens_itself(duty, world.day(duty.subject, name), first, last, never=never)
    rows = duty.rows(until=world.as_of)
    on = require.get("on") or world.record(world.selection(require["of"])[0])["date"]
    truths = None if rows is None else [all_of([counts, allowed(world.day(row, on), first, last)]) for row, counts in rows]
    if truths is not None and True in truths:
        return Outcomes(Outcome.MET)
    impossible = truths is not None and None not in truths
    if isinstance(last, date) and last > world.as_of:
        return Outcomes(Outcome.OPEN)
    if last is None and first is not Null.UNKNOWN and impossible:
        return Outcomes(Outcome.OPEN)
    return Outcomes(Outcome.BREACHED if impossible and isinstance(last, date) else Outcome.UNKNOWN)


def happens_itself(duty: Duty, day: date | None, first: End, last: End, *, never: bool = False) -> Outcomes:
    """A day of the subject itself lies between two days; `never`: it certainly has none."""
    world = duty.world
    kept = allowed(day, first, last)
    over = isinstance(last, date) and last <= world.as_of
    if kept is True and day is not None and day <= world.as_of:
        return Outcomes(Outcome.MET)
    if kept is False or (never and over):
        return Outcomes(Outcome.BREACHED)
    to_come = (isinstance(last, date) and not over) or (day is not None and day > world.as_of)
    return Outcomes(Outcome.OPEN if to_come else Outcome.UNKNOWN)
