"""Freshness, and the days on which a deadline or a sequence allows a row."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tests.second_reading import days, links, syntax
from tests.second_reading.book import Rule
from tests.second_reading.bounds import Outcome
from tests.second_reading.cells import EMPTY, UNKNOWN, Days
from tests.second_reading.days import Window
from tests.second_reading.sense import Run
from tests.second_reading.tables import Row
from tests.second_reading.truth import Truth, both
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
        name = says.get("on") or row.record.date
        if row.day(name) is EMPTY and says.get("never") == "breached":
            continue
        some = links.known(row, name)
        fresh = None if some is None else some.since(oldest)
        if some is not None and fresh and held and some.until(run.ref):
            return Outcome("met")
        perhaps |= fresh is not False
    if perhaps:
        return Outcome("unknown")
    return young(rule, subject, oldest)


def young(rule: Rule, subject: Row, oldest: date) -> Outcome:
    """A duty that itself began after the oldest allowed day is open."""
    begins = subject.around[0]
    if (rule.since and rule.since > oldest) or begins.first > oldest:
        return Outcome("open")
    return Outcome("unknown" if subject.ends[0] is UNKNOWN or begins.last > oldest else "breached")


def deadline(run: Run, rule: Rule, subject: Row, turn: Turn) -> Outcome:
    """Some row is dated on an allowed day."""
    first, last, endless = allowed(run, rule, subject, turn)
    says, until = rule.says, run.as_of
    if "of" not in says:
        return own_day(run, rule, subject, (first, last), endless=endless)
    rows = links.related(run, says, subject, turn.day)
    unsure = rows is None
    on = says.get("on")
    for row, linked in links.within(rows or [], on, (date.min, until), until):
        held = both(linked, about(says, row, turn))
        some = links.known(row, on or row.record.date)
        fits = between(some, first, last) if some else None
        if fits and held:
            return Outcome("met")
        unsure |= fits is not False and held is not False
    if endless:
        return Outcome("unknown" if unsure or first is None else "open")
    if isinstance(last, date) and until < last:
        return Outcome("open")
    return Outcome("breached" if not unsure and isinstance(last, date) else "unknown")


End = date | None


def between(some: Days, first: End, last: End) -> Truth:
    """Whether a day that may be any of these is allowed; an end that is None is unknown."""
    return both(None if first is None else some.since(first), None if last is None else some.until(last))


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
    if turn.window is not None:
        first, last = yearly(says, turn.window, calendar)
    elif "within" in says:
        first = expression(run, says["after"], subject, turn.day) if "after" in says else own(subject)
        last = days.moved(first, days.span(says["within"], calendar))
    else:
        first = expression(run, says["after"], subject, turn.day) if "after" in says else date.min
        last = expression(run, says["until"], subject, turn.day)
    return (date.min if says.get("early") == "counts" or "about" in says else first), last, False


def yearly(says: Mapping[str, Any], window: Window, calendar: days.Calendar) -> tuple[End, End]:
    """The first and the last allowed day of a duty that comes again in each window."""
    following = days.later(window[1], 1)
    if "within" in says:
        return following, days.moved(window[1], days.span(says["within"], calendar))
    first = following if says["until"].startswith("next ") else window[0]
    month, day = (int(part) for part in says["until"].removeprefix("next ").split("-"))
    years = () if first is None else (first.year, first.year + 1)
    return first, next((found for year in years if first and (found := date(year, month, day)) >= first), None)


def about(says: Mapping[str, Any], row: Row, turn: Turn) -> Truth:
    """Whether a row is about the window, by the field that says so."""
    if "about" not in says or turn.window is None:
        return True
    some = links.known(row, says["about"])
    return None if some is None else both(some.since(turn.window[0]), some.until(turn.window[1]))


def own(subject: Row) -> End:
    """The subject's own day."""
    day = subject.day(subject.record.date)
    return day if isinstance(day, date) else None


def own_day(run: Run, rule: Rule, subject: Row, ends: tuple[End, End], *, endless: bool) -> Outcome:
    """The subject's own day is an allowed one."""
    says, (first, last) = rule.says, ends
    some, empty = read(run, says, subject)
    if some is not None:
        fits, happened = between(some, first, last), some.until(run.as_of)
        if fits is False:
            return Outcome("breached")
        if happened is False:
            return Outcome("open")
        if fits and happened:
            return Outcome("met")
    if last is not None and run.as_of < last and not endless:
        return Outcome("open")
    if empty and says.get("never") == "breached" and last is not None:
        return Outcome("breached")
    return Outcome("unknown")


def read(run: Run, says: Mapping[str, Any], subject: Row) -> tuple[Days | None, bool]:
    """The days of which the subject's own may be one, if anything is known of it, and whether its cell is empty."""
    if "then" not in says:
        name = says.get("on") or subject.record.date
        return links.known(subject, name), subject.day(name) is EMPTY
    tree = syntax.parse(says["then"])
    found = run.dotted(subject, tree[1:]) if tree[0] == "field" else run.value(tree, subject, own(subject))
    return Days(found, found) if isinstance(found, date) else found if isinstance(found, Days) else None, False
