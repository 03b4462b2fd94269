"""Section 6 of docs/meaning.md: spans of time, and the forms that ask whether something happens between two days."""

from __future__ import annotations

import re
from datetime import date, timedelta

from checker.model.words import Outcome
from tests.oracle.cells import Null, Truth
from tests.oracle.duty import Duty, Outcomes
from tests.oracle.expressions import all_of, parse
from tests.oracle.world import months_later

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


def moved(day: End, span: object, sign: int = 1) -> End:
    """A day moved by a span of time; unknown outside the calendar."""
    try:
        return later(day, span, sign) if isinstance(day, date) else day
    except (OverflowError, ValueError):
        return Null.UNKNOWN


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
        last = moved(first, require["within"])
    else:
        first = own_date(duty, "after") if "after" in require else None
        last = own_date(duty, "until")
    return happens(duty, None if "early" in require else first, last)


def happens(duty: Duty, first: End, last: End) -> Outcomes:
    """Some row is dated between two days, both allowed; until the as-of date it is seen."""
    world, require = duty.world, duty.require
    if "of" not in require:
        return happens_itself(duty, first, last)
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


def happens_itself(duty: Duty, first: End, last: End) -> Outcomes:
    """The subject's own date lies between two days."""
    world, subject = duty.world, duty.subject
    name = duty.require.get("on") or world.record(subject.record)["date"]
    day = world.day(subject, name)
    kept = allowed(day, first, last)
    over = isinstance(last, date) and last <= world.as_of
    never = "never" in duty.require and subject.cells[name].state == "empty"
    if kept is True and day is not None and day <= world.as_of:
        return Outcomes(Outcome.MET)
    if kept is False or (never and over):
        return Outcomes(Outcome.BREACHED)
    to_come = (isinstance(last, date) and not over) or (day is not None and day > world.as_of)
    return Outcomes(Outcome.OPEN if to_come else Outcome.UNKNOWN)
