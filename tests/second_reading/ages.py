"""Freshness, and the days on which a deadline or a sequence allows a row."""

from datetime import date

from tests.second_reading import days, links, syntax
from tests.second_reading.book import Rule
from tests.second_reading.bounds import Outcome
from tests.second_reading.cells import EMPTY
from tests.second_reading.sense import Run
from tests.second_reading.tables import Row
from tests.second_reading.truth import Truth
from tests.second_reading.who import Turn


def freshness(run: Run, rule: Rule, subject: Row, turn: Turn) -> Outcome:
    """The latest row is not older than so long."""
    says, within = rule.says, days.span(rule.says["within"], run.book.calendar)
    rows, oldest = links.related(run, says, subject, turn.day), days.moved(run.ref, within, -1)
    if rows is None or oldest is None:
        return Outcome("unknown")
    if "of" in says:
        rows = links.standing(run, rows, says.get("on"))
    perhaps = False
    for row, held in rows:
        day = row.day(says.get("on") or row.record.date)
        if day is EMPTY and says.get("never") == "breached":
            continue
        if isinstance(day, date) and day > run.ref:
            perhaps = True
        elif isinstance(day, date) and day >= oldest and held:
            return Outcome("met")
        else:
            perhaps |= not isinstance(day, date) or day >= oldest
    if perhaps:
        return Outcome("unknown")
    return young(rule, subject, oldest)


def young(rule: Rule, subject: Row, oldest: date) -> Outcome:
    """A duty that itself began after the oldest allowed day is open."""
    start = subject.ends[0]
    begun = [day for day in (rule.since, start) if isinstance(day, date)]
    if begun and max(begun) > oldest:
        return Outcome("open")
    return Outcome("breached" if isinstance(start, date) or start is EMPTY else "unknown")


def deadline(run: Run, rule: Rule, subject: Row, turn: Turn) -> Outcome:
    """Some row is dated on an allowed day."""
    first, last, endless = allowed(run, rule, subject, turn)
    says, until = rule.says, run.as_of
    if "of" not in says:
        return own_day(run, rule, subject, (first, last), endless=endless)
    rows = links.related(run, says, subject, turn.day)
    unsure = rows is None
    on = says.get("on")
    for row, held in links.within(rows or [], on, turn.window or (date.min, until), until, vague=True):
        day = row.day(on or row.record.date)
        fits = between(day, first, last) if isinstance(day, date) else None if possible(first, last) else False
        if fits and held:
            return Outcome("met")
        unsure |= fits is not False
    if endless:
        return Outcome("unknown" if unsure or first is None else "open")
    if isinstance(last, date) and until < last:
        return Outcome("open")
    return Outcome("breached" if not unsure and isinstance(last, date) else "unknown")


End = date | None


def between(day: date, first: End, last: End) -> Truth:
    """Whether a day is allowed; an end that is None is unknown."""
    if (first is not None and day < first) or (last is not None and day > last):
        return False
    return None if first is None or last is None else True


def possible(first: End, last: End) -> bool:
    """Whether any day may be allowed."""
    return first is None or last is None or first <= last


def expression(run: Run, text: str, subject: Row, day: date | None) -> End:
    """The value of a date expression."""
    found = run.value(syntax.parse(text), subject, day)
    return found if isinstance(found, date) else None


def start(run: Run, rule: Rule, subject: Row, turn: Turn) -> End:
    """The day from which the spans of a sequence are counted."""
    says = rule.says
    return expression(run, says.get("before") or says.get("after") or says["first"], subject, turn.day)


def allowed(run: Run, rule: Rule, subject: Row, turn: Turn) -> tuple[End, End, bool]:
    """The first and the last allowed day, and whether there is no last one."""
    says, calendar = rule.says, run.book.calendar
    if rule.form == "sequence":
        begin = start(run, rule, subject, turn)
        near, far = (days.span(says[key], calendar) if key in says else None for key in ("at_least", "at_most"))
        if "before" in says:
            return (days.moved(begin, far, -1) if far else date.min), days.moved(begin, near, -1), False
        return days.moved(begin, near), (days.moved(begin, far) if far else date.max), far is None
    if "within" in says:
        first = expression(run, says["after"], subject, turn.day) if "after" in says else own(subject)
        last = days.moved(first, days.span(says["within"], calendar))
    elif turn.window is not None:
        month, day = (int(part) for part in says["until"].split("-"))
        years = (turn.window[0].year, turn.window[1].year)
        last = next(found for year in years if turn.window[0] <= (found := date(year, month, day)) <= turn.window[1])
        first = expression(run, says["after"], subject, turn.day) if "after" in says else date.min
    else:
        first = expression(run, says["after"], subject, turn.day) if "after" in says else date.min
        last = expression(run, says["until"], subject, turn.day)
    return (date.min if says.get("early") == "counts" else first), last, False


def own(subject: Row) -> End:
    """The subject's own day."""
    day = subject.day(subject.record.date)
    return day if isinstance(day, date) else None


def own_day(run: Run, rule: Rule, subject: Row, ends: tuple[End, End], *, endless: bool) -> Outcome:
    """The subject's own day is an allowed one."""
    says, (first, last) = rule.says, ends
    if "then" in says:
        day: End = expression(run, says["then"], subject, own(subject))
        empty = False
    else:
        name = says.get("on") or subject.record.date
        found = subject.day(name)
        day, empty = (found, False) if isinstance(found, date) else (None, found is EMPTY)
    if day is not None:
        fits = between(day, first, last)
        if fits is False:
            return Outcome("breached")
        if day > run.as_of:
            return Outcome("open")
        if fits:
            return Outcome("met")
    if last is not None and run.as_of < last and not endless:
        return Outcome("open")
    if day is None and empty and says.get("never") == "breached" and last is not None:
        return Outcome("breached")
    return Outcome("unknown")
