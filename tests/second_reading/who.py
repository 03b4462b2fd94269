"""Who is judged, and for which windows (section 4 of the contract)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tests.second_reading import days, links
from tests.second_reading.book import Rule
from tests.second_reading.bounds import Outcome
from tests.second_reading.cells import EMPTY, UNKNOWN, Days
from tests.second_reading.days import Window
from tests.second_reading.sense import Run
from tests.second_reading.tables import Row
from tests.second_reading.truth import Truth, both

NONE = "none"


@dataclass(frozen=True)
class Turn:
    """One thing to be measured: a subject, perhaps in a window; `settled` where nothing need be measured."""

    window: Window | None = None
    part: Window | None = None
    perhaps: bool = False
    blurred: bool = False
    day: date | None = None
    settled: Outcome | None = None


def turns(run: Run, rule: Rule, row: Row) -> Iterator[Turn]:
    """All that is judged of one subject."""
    chosen = both(*(run.holds(each, row, run.ref) for each in run.book.selection(rule.subject)[1]))
    if row.record.roll_call and row.doubtful and chosen:
        chosen = None
    if chosen is False:
        yield Turn(settled=Outcome(NONE, "not-selected"))
        return
    for turn in _turns(run, rule, row):
        yield turn if chosen else Turn(turn.window, turn.part, True, turn.blurred, turn.day, turn.settled)  # noqa: FBT003


def _turns(run: Run, rule: Rule, row: Row) -> Iterator[Turn]:
    if row.record.date:
        some = row.some(row.record.date)
        yield own_days(run, rule, row, some) if some else own_day(run, rule, row)
    elif "per" not in rule.says:
        yield as_of_ref(run, rule, row)
    elif rule.says["per"].startswith("term of"):
        yield from terms(run, rule, row)
    else:
        yield from calendar(run, rule, row)


def own_day(run: Run, rule: Rule, row: Row) -> Turn:
    """A dated subject is judged for its own day."""
    day = row.day(row.record.date)
    if not isinstance(day, date):
        if run.as_of < run.period[0]:
            return Turn(perhaps=True, settled=Outcome("open"))
        never = cut((run.period[0], run.ref), (rule.since, rule.until)) is None
        return Turn(perhaps=True, settled=Outcome(NONE, "not-in-force") if never else None)
    if not run.period[0] <= day <= run.ref:
        return Turn(settled=Outcome(NONE, "not-selected"))
    if not rule.in_force(day):
        return Turn(settled=Outcome(NONE, "not-in-force"))
    exists = row.exists(day)
    if exists is False:
        return Turn(settled=Outcome(NONE, "not-in-existence"))
    return Turn(day=day, perhaps=exists is None)


def own_days(run: Run, rule: Rule, row: Row, some: Days) -> Turn:
    """A subject of which only the month or year is known is judged for some day of it."""
    days = (some.first, some.last)
    judged, forced = cut(days, (run.period[0], run.ref)), cut(days, (rule.since, rule.until))
    exists = row.exists_on(some)
    if judged is None:
        return Turn(settled=Outcome(NONE, "not-selected"))
    if forced is None:
        return Turn(settled=Outcome(NONE, "not-in-force"))
    if exists is False:
        return Turn(settled=Outcome(NONE, "not-in-existence"))
    return Turn(perhaps=judged != days or forced != days or exists is None)


def as_of_ref(run: Run, rule: Rule, row: Row) -> Turn:
    """A form without windows is judged on the reference date."""
    exists = row.exists(run.ref)
    if not rule.in_force(run.ref):
        return Turn(settled=Outcome(NONE, "not-in-force"))
    if exists is False:
        return Turn(settled=Outcome(NONE, "not-in-existence"))
    early = Outcome("open") if run.as_of < run.period[0] else None
    return Turn(day=run.ref, perhaps=exists is None, settled=early)


def calendar(run: Run, rule: Rule, row: Row) -> Iterator[Turn]:
    """The windows of the calendar, the period, or so many days."""
    per, (first, last) = rule.says["per"], run.period
    if per == "period":
        candidates = [run.period]
    elif per in days.MONTHS:
        candidates = list(days.windows(per, first, last, run.book.year_starts))
    else:
        end = last if run.as_of < first else run.ref
        candidates = [(end - timedelta(days=int(per.removesuffix("d")) - 1), end)]
    inside = [window for window in candidates if per.endswith("d") or (first <= window[0] and window[1] <= last)]
    limits = None if per.endswith("d") and per != "period" else run.period
    if "partial" in rule.says:
        inside = candidates
    yield from due(rule, row, inside, limits, "not-in-force" if inside else "no-window")


def due(rule: Rule, row: Row, candidates: list[Window], period: Window | None, otherwise: str | None) -> Iterator[Turn]:
    """Of the candidates, those in which the duty exists."""
    partial, found, forced = "partial" in rule.says, False, False
    for window in candidates:
        part = cut(window, period, (rule.since, rule.until))
        if part is None or (part != window and not partial):
            continue
        forced = True
        state, part = lived(row, part, partial=partial)
        if state is False or part is None:
            continue
        found = True
        day = window[1] if rule.at_end else window[0]
        yield Turn(window, part, perhaps=state is None, blurred=state is None, day=day)
    if not found and otherwise is not None:
        terms = rule.says["per"].startswith("term of")
        yield Turn(settled=Outcome(NONE, "not-in-existence" if forced and not terms else otherwise))


def cut(window: Window, *others: tuple[date | None, date | None] | None) -> Window | None:
    """What a window has in common with spans."""
    first, last = window
    for other in others:
        if other is not None:
            first, last = max(first, other[0] or first), min(last, other[1] or last)
    return (first, last) if first <= last else None


def lived(row: Row, part: Window, *, partial: bool) -> tuple[Truth, Window | None]:
    """Whether a subject exists in a window, and in which part of it."""
    start, end = row.ends
    known = (start if isinstance(start, date) else None, end if isinstance(end, date) else None)
    if isinstance(start, Days) or isinstance(end, Days):
        state = row.exists_on(Days(*part)) if row.existed(*part) else False
        begins, finishes = row.around
        inside = begins.first <= part[0] and part[1] <= finishes.last
        if partial and state is None:
            return state, cut(part, known)
        return (state, part) if inside else (False, None)
    left = cut(part, known)
    if left is None or (left != part and not partial):
        return False, None
    sure = {True, None} if start is not EMPTY and not isinstance(start, date) else {True}
    sure |= {None} if end is not EMPTY and not isinstance(end, date) else set()
    return (None if None in sure else True), left


def terms(run: Run, rule: Rule, row: Row) -> Iterator[Turn]:
    """The terms of office of a subject."""
    record, predicates = run.book.selection(rule.says["per"].removeprefix("term of").strip())
    unsure = not run.tables[record.name].submitted
    found: list[Window] = []
    refers = any(field.ref == row.record.name and not field.signs for field in record.fields.values())
    for term in run.tables[record.name].rows:
        start, end = term.ends
        begin = start if isinstance(start, date) else date.min
        finish = end if isinstance(end, date) else date.max
        mine = links.linked(run, record, {}, term, row) if refers else True
        held = both(mine, *(run.holds(each, term, run.ref) for each in predicates), None if term.doubtful else True)
        if held is False or begin > run.ref or finish < run.period[0]:
            continue
        known = UNKNOWN not in {start, end} and not isinstance(start, Days) and not isinstance(end, Days)
        if held and known:
            found.append((begin, finish))
        else:
            unsure = True
    if unsure:
        yield Turn(settled=Outcome("unknown"))
    if found or not unsure:
        yield from due(rule, row, sorted(set(found)), None, None if unsure else idle(run, rule, row))


def idle(run: Run, rule: Rule, row: Row) -> str:
    """Why a subject has no term of office that is due."""
    forced = cut(run.period, (rule.since, rule.until))
    return "not-in-force" if forced is None else "no-window" if row.existed(*run.period) else "not-in-existence"
