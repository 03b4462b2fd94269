"""Which findings waivers cover, and what became of each waiver."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from checker.errors import Place
from checker.model.period import Period
from checker.model.plan import RulePlan
from checker.model.schema import SUBMISSION, Record
from checker.model.waivers import Waiver, WaiverState, WaiverUse
from checker.run import results
from checker.run.session import Session
from checker.tables.names import high_of, low_of
from checker.tables.schema import WAIVERS
from checker.tables.windows import window_unit


def cover(run: Session, waivers: Sequence[Waiver]) -> None:
    """Notes which breached outcomes the waivers cover, and leaves open those that they may cover."""
    run.waived = bool(waivers)
    run.engine.insert(WAIVERS, (_row(number, waiver) for number, waiver in enumerate(waivers)))
    if waivers:
        run.engine.run(results.COVER_COLUMNS, ref=run.ref)
    for names in _records(run, waivers):
        run.engine.run(results.COVER.format(**names), as_of=run.as_of, ref=run.ref)
        if names["low"] != names["high"]:
            run.engine.run(results.MAY_COVER.format(**names))


def uses(run: Session, waivers: Sequence[Waiver]) -> tuple[WaiverUse, ...]:
    """What became of each waiver, once there are findings."""
    if not waivers:
        return ()
    used = dict(run.engine.rows(results.USED))
    known = {number for names in _records(run, waivers) for (number,) in run.engine.rows(results.KNOWN.format(**names))}
    known |= {number for number, waiver in enumerate(waivers) if waiver.subject == SUBMISSION}
    judged = {rule.id for rule in run.rules}
    overlapping = _overlaps(waivers)
    return tuple(
        WaiverUse(
            waiver,
            _state(run, waiver, used=number in used, known=number in known, judged=waiver.rule in judged),
            used.get(number, 0),
            overlapping.get(number, ()),
        )
        for number, waiver in enumerate(waivers)
    )


def _state(run: Session, waiver: Waiver, *, used: bool, known: bool, judged: bool) -> WaiverState:
    if used:
        return WaiverState.USED
    if not judged:
        return WaiverState.NOT_SELECTED
    if not known:
        return WaiverState.UNKNOWN_SUBJECT
    if waiver.last < run.ref:
        return WaiverState.EXPIRED
    if run.ref < waiver.first:
        return WaiverState.NOT_YET_VALID
    return WaiverState.UNUSED if _fits(run, waiver) else WaiverState.NO_WINDOW


def _fits(run: Session, waiver: Waiver) -> bool:
    """Whether the waiver has no window, or the rule is judged in one that lies inside it, or on days of subjects."""
    if waiver.window is None or run.plan.record(run.rules[run.number(waiver.rule)].record).record.date is not None:
        return True
    rule = run.rules[run.number(waiver.rule)]
    unit = window_unit(rule.unit, partial=rule.partial) if isinstance(rule, RulePlan) and rule.unit is not None else ""
    span = {"window_first": waiver.window.first, "window_last": waiver.window.last}
    return bool(run.engine.rows(results.INSIDE, waived_rule=run.number(waiver.rule), waived_unit=unit, **span))


def _row(number: int, waiver: Waiver) -> tuple[object, ...]:
    window = (waiver.window.first, waiver.window.last) if waiver.window is not None else (None, None)
    return (number, waiver.rule, waiver.subject, waiver.first, waiver.last, *window)


def _records(run: Session, waivers: Sequence[Waiver]) -> list[dict[str, str]]:
    """The records whose subjects the waivers may name, as the statements name them."""
    named = {waiver.rule for waiver in waivers}
    waived = {rule.record for rule in run.rules if rule.id in named}
    return [_names(plan.record) for plan in run.plan.records if plan.record.name in waived and plan.record.key is not None]


def _names(record: Record) -> dict[str, str]:
    low = high = f't."{record.date}"' if record.date else "CAST(NULL AS DATE)"
    if any(field.partial for field in record.fields if field.name == record.date):
        low, high = (f'COALESCE({low}, t."{end}")' for end in (low_of(f"{record.date}"), high_of(f"{record.date}")))
    return {"record": record.name, "table": f'"t_{record.name}"', "key": f't."{record.key}"', "low": low, "high": high}


def _overlaps(waivers: Sequence[Waiver]) -> dict[int, tuple[Place, ...]]:
    """Of each waiver the places of those before it that are about the same, on some of the same days."""
    alike: dict[tuple[str, str], list[Waiver]] = defaultdict(list)
    found: dict[int, tuple[Place, ...]] = {}
    for number, waiver in enumerate(waivers):
        others = alike[waiver.rule, waiver.subject]
        found[number] = tuple(other.place for other in others if _meet(waiver, other))
        others.append(waiver)
    return found


def _meet(one: Waiver, other: Waiver) -> bool:
    spans: list[tuple[Waiver | Period, Waiver | Period]] = [(one, other)]
    if one.window is not None and other.window is not None:
        spans.append((one.window, other.window))
    return all(mine.first <= theirs.last and theirs.first <= mine.last for mine, theirs in spans)
