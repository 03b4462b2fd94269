"""Sections 4, 7 and 9 of docs/meaning.md: who is judged, and from outcomes to verdicts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import Any

from checker.model.words import Outcome, Verdict
from tests.oracle.cells import Null, Row, Truth
from tests.oracle.duty import Duty, Interval, Outcomes, parts_of
from tests.oracle.expressions import Node, all_of, any_of, parse
from tests.oracle.forms import counted_outcome, measure
from tests.oracle.gaps import spacing
from tests.oracle.occupancy import occupancy
from tests.oracle.runs import streak
from tests.oracle.world import Nothing, Part, Span, World, as_date, in_force, windows

VERDICTS = {
    Outcome.MET: Verdict.SATISFIED,
    Outcome.BREACHED: Verdict.VIOLATED,
    Outcome.UNKNOWN: Verdict.UNDETERMINED,
    Outcome.OPEN: Verdict.PENDING,
    Outcome.NONE: Verdict.NOT_APPLICABLE,
}
GRAVEST = (Outcome.BREACHED, Outcome.UNKNOWN, Outcome.OPEN, Outcome.MET, Outcome.NONE)
"""Of the outcomes of several requirements the first of these that occurs is that of the rule (6)."""
SUBMISSION = "submission"
"""The subject id of what is about a table that was not submitted."""


@dataclass(frozen=True)
class Judged:
    """One outcome, not yet concluded; `row` is None for the submission itself."""

    rule: str
    row: Row | None
    window: Span | None
    outcome: Outcome
    reason: str | None = None
    measured: Interval | None = None
    ratio: tuple[Interval, ...] = ()


@dataclass(frozen=True)
class Finding:
    """One verdict. `window` is a label; `measured` the interval of a count or total.

    `bodies` are those that answer for the rows of a table that lacks a column.
    """

    rule: str
    subject: str
    window: str | None
    verdict: Verdict
    reason: str | None = None
    measured: Interval | None = None
    row: Row | None = None
    repeated: bool = False
    bodies: Sequence[Row | None] = ()


def doubted(outcome: Outcome) -> Outcome:
    """What becomes of the outcome of a rule that only perhaps applies (7)."""
    return Outcome.UNKNOWN if outcome is Outcome.BREACHED else outcome


def judge(world: World, rule: Any) -> Iterator[Judged]:
    """Every outcome of a rule; of several requirements, what they come to for the same subject and window (6)."""
    if "all" not in rule["require"]:
        yield from judge_one(world, rule)
        return
    found: dict[tuple[int | None, Span | None], list[Judged]] = {}
    for part in parts_of(rule):
        for each in judge_one(world, part):
            found.setdefault((None if each.row is None else each.row.number, each.window), []).append(each)
    for outcomes in found.values():
        decides = next(each for grave in GRAVEST for each in outcomes if each.outcome is grave)
        yield replace(decides, measured=None)


def judge_one(world: World, rule: Any) -> Iterator[Judged]:
    """Every outcome of a rule with one requirement."""
    record, predicates = world.selection(rule["for"])
    if world.tables[record] is None:
        yield Judged(rule["id"], None, None, Outcome.UNKNOWN, "not-submitted")
        return
    dated = "date" in world.record(record)
    per = next(iter(rule["require"].values())).get("per")
    for row in world.subjects(record):
        day = world.day(row, world.record(record)["date"]) if dated else world.ref
        selected = world.holds(predicates, row, day)
        if {"derive", "roll_call"} & world.record(record).keys() and world.is_doubtful(row):
            selected = all_of([selected, None])
        if selected is False:
            yield Judged(rule["id"], row, None, Outcome.NONE, "not-selected")
        elif dated:
            yield judge_dated(world, rule, row, selected)
        elif per is None:
            yield from judge_state(world, rule, row, selected)
        else:
            yield from judge_windows(world, rule, row, selected, per)


def judge_dated(world: World, rule: Any, row: Row, selected: Truth) -> Judged:
    """A subject of a dated record is judged for its own day (4.2)."""
    dated = world.record(row.record)["date"]
    day, days = world.day(row, dated), world.may_be(row, dated)
    if day is None:
        return judge_undated(world, rule, row) if days is None else judge_partly_dated(world, rule, row, selected, days)
    if not world.period.first <= day <= world.ref:
        return Judged(rule["id"], row, None, Outcome.NONE, "not-selected")
    if not in_force(rule, day, day):
        return Judged(rule["id"], row, None, Outcome.NONE, "not-in-force")
    exists = world.exists(row, day, day)
    if exists is False:
        return Judged(rule["id"], row, None, Outcome.NONE, "not-in-existence")
    return measured(Duty(world, rule, row, None, day), all_of([selected, exists]))


def judge_undated(world: World, rule: Any, row: Row) -> Judged:
    """A subject of unknown day perhaps is judged, if the rule is in force on a day on which it may be (4.2)."""
    if world.as_of < world.period.first:
        return Judged(rule["id"], row, None, Outcome.OPEN)
    if not in_force(rule, world.ref, world.period.first):
        return Judged(rule["id"], row, None, Outcome.NONE, "not-in-force")
    return measured(Duty(world, rule, row, None, None), None)


def judge_partly_dated(world: World, rule: Any, row: Row, selected: Truth, days: tuple[date, date]) -> Judged:
    """A subject of which only the month or the year is known: what holds of all its days is certain (4.2)."""
    low, high = days
    early = world.as_of < world.period.first
    last, first = (high, low) if early else (min(high, world.ref), max(low, world.period.first))
    exists = world.exists_on(row, days)
    if high < world.period.first or low > world.ref:
        return Judged(rule["id"], row, None, Outcome.NONE, "not-selected")
    if not in_force(rule, last, first) or exists is False:
        return Judged(rule["id"], row, None, Outcome.NONE, "not-in-existence" if in_force(rule, last, first) else "not-in-force")
    if early:
        return Judged(rule["id"], row, None, Outcome.OPEN)
    inside = True if world.period.first <= low and high <= world.ref else None
    forced = True if in_force(rule, low, high) else None
    return measured(Duty(world, rule, row, None, None), all_of([selected, inside, forced, exists]))


def judge_state(world: World, rule: Any, row: Row, selected: Truth) -> Iterator[Judged]:
    """A rule without windows is judged on the reference date (4.3)."""
    exists = world.exists(row, world.ref, world.ref)
    if not in_force(rule, world.ref, world.ref):
        yield Judged(rule["id"], row, None, Outcome.NONE, "not-in-force")
    elif exists is False:
        yield Judged(rule["id"], row, None, Outcome.NONE, "not-in-existence")
    elif world.as_of < world.period.first:
        yield Judged(rule["id"], row, None, Outcome.OPEN)
    elif "spacing" in rule["require"]:
        duty = Duty(world, rule, row, None, world.ref)
        for window, found in spacing(duty):
            yield concluded(duty, window, found, all_of([selected, exists]))
    elif "occupancy" in rule["require"]:
        duty = Duty(world, rule, row, None, world.ref)
        for window, found in occupancy(duty):
            yield concluded(duty, window, found, all_of([selected, exists]))
    elif "streak" in rule["require"]:
        duty = Duty(world, rule, row, None, world.ref)
        run, window = streak(duty)
        yield concluded(duty, window, counted_outcome(duty, run), all_of([selected, exists]))
    else:
        yield measured(Duty(world, rule, row, None, world.ref), all_of([selected, exists]))


def judge_windows(world: World, rule: Any, row: Row, selected: Truth, per: str) -> Iterator[Judged]:
    """A rule with windows is judged for each that is due (4.3)."""
    partial = next(iter(rule["require"].values())).get("partial") is not None
    if str(per).startswith("term of "):
        yield from judge_terms(world, rule, row, selected, str(per).removeprefix("term of "), partial=partial)
        return
    trailing = re.fullmatch(r"[0-9]+ ?d(ays?)?", str(per)) is not None
    found = windows(world, str(per), partial=partial)
    owed = [(window, days_owed(world, rule, window, trailing=trailing, partial=partial)) for window in found]
    inside = [(window, days) for window, days in owed if days is not None]
    due = [(window, world.exists(row, *days)) for window, days in inside]
    for window, exists in due:
        if exists is not False:
            part = a_part(world, rule, row, window, trailing=trailing) if partial else window
            day = window.last if rule.get("parameters") == "end" else window.first
            yield measured(Duty(world, rule, row, part, day), all_of([selected, exists]))
    if all(exists is False for _, exists in due):
        reason = "not-in-existence" if inside else "not-in-force" if found else "no-window"
        yield Judged(rule["id"], row, None, Outcome.NONE, reason)


def judge_terms(world: World, rule: Any, row: Row, selected: Truth, name: str, *, partial: bool) -> Iterator[Judged]:
    """A rule of terms of office is judged for each that is running in the period, up to the reference date (4)."""
    record, predicates = world.selection(name)
    if world.tables[record] is None:
        yield Judged(rule["id"], row, None, Outcome.UNKNOWN, "not-submitted")
        return
    found, unknown = set[Span](), False
    for term in terms_of(world, record, row):
        span, sure = a_term(world, term, row, predicates)
        unknown = unknown or sure is None
        if sure is True and span is not None:
            found.add(span)
    judged = False
    for span in found:
        days = days_owed(world, rule, span, trailing=True, partial=partial)
        exists = False if days is None else world.exists(row, *days)
        if exists is not False:
            judged = True
            part = (
                a_part(world, rule, row, span, trailing=True)
                if partial
                else Part(span.first, span.last, span.label, span, known=True)
            )
            yield measured(Duty(world, rule, row, part, span.first), all_of([selected, exists]))
    if unknown:
        yield Judged(rule["id"], row, None, Outcome.UNKNOWN, "perhaps")
    elif not judged:
        existed = world.exists(row, world.period.last, world.period.first) is not False
        touched = in_force(rule, world.period.last, world.period.first)
        reason = "not-in-force" if not touched else "no-window" if existed else "not-in-existence"
        yield Judged(rule["id"], row, None, Outcome.NONE, reason)


def terms_of(world: World, record: str, subject: Row) -> Iterator[Row]:
    """The rows that may be terms of office of a subject, as far as their reference to its record tells."""
    references = [name for name, spec in world.record(record)["fields"].items() if (spec or {}).get("ref") == subject.record]
    for term in world.tables[record] or []:
        yield from world.versions(term, references[:1]) if references else [term]


def a_term(world: World, term: Row, subject: Row, predicates: list[Node]) -> tuple[Span | None, Truth]:
    """The days of a term of office, and whether it is one of the subject's around the period."""
    begins, ends = world.lifespan(term)
    first = date.min if begins is None else begins
    last = date.max if ends is None else ends
    dated = world.record(term.record).get("date")
    truths: list[Truth] = [
        world.holds(predicates, term, world.day(term, dated) if dated else world.ref),
        None if isinstance(first, Null) else first <= world.ref,
        None if isinstance(last, Null) else last >= world.period.first,
        None if world.is_doubtful(term) else True,
    ]
    for name, spec in world.record(term.record)["fields"].items():
        if (spec or {}).get("ref") == subject.record:
            target = world.refer(term, name)
            truths.append(None if target is None else whose(target, subject))
    if isinstance(first, Null) or isinstance(last, Null):
        return None, False if False in truths else None
    return Span(first, last, f"{first}..{last}"), all_of(truths)


def whose(target: Row | Nothing, subject: Row) -> Truth:
    """Whether a reference leads to a subject; what leads to no row may lead to one without a key."""
    if isinstance(target, Nothing):
        return None if subject.key is None and not target.empty else False
    return None if subject.key is None else target is subject


def days_owed(world: World, rule: Any, window: Span, *, trailing: bool, partial: bool) -> tuple[date, date] | None:
    """The day by which a subject must have begun, and that until which it must not have ended, if the window is due (4).

    Of a part these are the last and the first day of the window that lie in the period, and on which the rule is in force.
    """
    if not partial:
        return (window.first, window.last) if in_force(rule, window.first, window.last) else None
    firsts, lasts = owed_in(world, rule, window, trailing=trailing)
    return (min(lasts), max(firsts)) if max(firsts) <= min(lasts) else None


def owed_in(world: World, rule: Any, window: Span, *, trailing: bool) -> tuple[list[date], list[date]]:
    """The days before which, and after which, nobody owes anything in a window: its own, the period's and the rule's."""
    span = rule.get("in_force", {})
    firsts = [window.first, *([] if trailing else [world.period.first]), *([as_date(span["from"])] if "from" in span else [])]
    lasts = [window.last, *([] if trailing else [world.period.last]), *([as_date(span["until"])] if "until" in span else [])]
    return firsts, lasts


def a_part(world: World, rule: Any, row: Row, window: Span, *, trailing: bool) -> Part:
    """The part of a window in which the rule is in force and the subject exists, inside the period (4)."""
    lifespan = world.lifespan(row)
    firsts, lasts = owed_in(world, rule, window, trailing=trailing)
    firsts += [end for end in lifespan[:1] if isinstance(end, date)]
    lasts += [end for end in lifespan[1:] if isinstance(end, date)]
    known = not any(isinstance(end, Null) for end in lifespan)
    return Part(max(firsts), min(lasts), window.label, window, known)


def whole(window: Span | None) -> Span | None:
    """The window by which a finding is called, where only a part of it is due."""
    return window.whole if isinstance(window, Part) else window


def measured(duty: Duty, applies: Truth) -> Judged:
    """Measures a duty that applies, or perhaps does."""
    return concluded(duty, whole(duty.window), measure(duty), applies)


def concluded(duty: Duty, window: Span | None, found: Outcomes, applies: Truth) -> Judged:
    """What becomes of an outcome where it is not certain that the rule applies."""
    sure = applies is True and not found.perhaps
    outcome = found.outcome if sure else doubted(found.outcome)
    return Judged(duty.rule["id"], duty.subject, window, outcome, found.reason, found.measured, found.ratio)


@dataclass(frozen=True)
class Conflict:
    """Two exceptions that hold at once and displace one rule differently."""

    subject: str
    rule: str
    exceptions: tuple[str, ...]


def subject_id(row: Row | None) -> str:
    """The text of the key, or the number of the row."""
    return SUBMISSION if row is None else row.key if row.key is not None else f"row {row.number}"


def exception_holds(world: World, exception: Any, row: Row | None) -> Truth:
    """Whether an exception holds for a subject; its parameters are those of a dated subject's day, else of `ref`."""
    if row is None:
        return None
    dated = world.record(row.record).get("date")
    day = world.day(row, dated) if dated else world.ref
    return world.holds([parse(str(exception["when"]["subject"]))], row, day)


def conflicts(world: World, row: Row | None, record: str) -> list[Conflict]:
    """The conflicts among the exceptions that hold for a subject (9)."""
    certain = [
        exception
        for exception in world.book.get("exceptions", [])
        if exception_record(world, exception) == record and exception_holds(world, exception, row) is True
    ]
    found = []
    for rule in world.book.get("rules", []):
        displacing = [exception for exception in certain if rule["id"] in exception["displaces"]]
        if len({exception.get("by") for exception in displacing}) > 1:
            found.append(Conflict(subject_id(row), rule["id"], tuple(sorted(exception["id"] for exception in displacing))))
    return found


def exception_record(world: World, exception: Any) -> str:
    """The record type that an exception is about: that of the rules it displaces."""
    displaced = next(rule for rule in world.book["rules"] if rule["id"] in exception["displaces"])
    return world.selection(displaced["for"])[0]


@dataclass(frozen=True)
class Concluded:
    """A verdict that required rules and waivers may still change."""

    judged: Judged
    verdict: Verdict
    reason: str | None

    def finding(self) -> Finding:
        """As it is reported."""
        label = self.judged.window.label if self.judged.window else None
        judged = self.judged
        return Finding(judged.rule, subject_id(judged.row), label, self.verdict, self.reason, judged.measured, row=judged.row)


def conclude(world: World, judged: Judged) -> Concluded:
    """From outcome to verdict, by the exceptions (9)."""
    record = world.selection(rule_of(world, judged.rule)["for"])[0]
    exceptions = world.book.get("exceptions", [])
    outcome, reason = judged.outcome, judged.reason
    replaces = [exception for exception in exceptions if exception.get("by") == judged.rule]
    displaces = [exception for exception in exceptions if judged.rule in exception["displaces"]]
    displaced = any_of(exception_holds(world, exception, judged.row) for exception in displaces)
    called_for = any_of(exception_holds(world, exception, judged.row) for exception in replaces) if replaces else True
    disputed = {
        exception.get("by")
        for conflict in conflicts(world, judged.row, record)
        for exception in exceptions
        if exception["id"] in conflict.exceptions and conflict.rule in exception["displaces"]
    }
    if reason == "not-selected":
        pass
    elif displaced is True:
        outcome, reason = Outcome.NONE, "displaced"
    elif called_for is False:
        outcome, reason = Outcome.NONE, "no-exception"
    elif judged.rule in disputed and outcome in {Outcome.MET, Outcome.BREACHED}:
        outcome, reason = Outcome.UNKNOWN, "conflict"
    elif displaced is None or called_for is None or perhaps_disputed(world, judged):
        outcome = doubted(outcome)
    return Concluded(judged, VERDICTS[outcome], reason)


def perhaps_disputed(world: World, judged: Judged) -> bool:
    """Whether the rule holds instead of one that two exceptions, which may both hold, displace differently (9)."""
    record = world.selection(rule_of(world, judged.rule)["for"])[0]
    may_hold = [
        exception
        for exception in world.book.get("exceptions", [])
        if exception_record(world, exception) == record and exception_holds(world, exception, judged.row) is not False
    ]
    return any(
        judged.rule in {one.get("by"), other.get("by")}
        for one, other in combinations(may_hold, 2)
        if one.get("by") != other.get("by") and not set(one["displaces"]).isdisjoint(other["displaces"])
    )


def rule_of(world: World, rule: str) -> Any:
    """The rule of that id."""
    return next(found for found in world.book["rules"] if found["id"] == rule)
