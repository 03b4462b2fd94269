"""The findings of a run: what the engine lists, with subjects, windows, and the rows behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from typing import Any

from checker.model.accepted import accepted
from checker.model.indicators import NamedValue
from checker.model.integrity import IntegrityKind
from checker.model.measures import Ends, MeasureKind
from checker.model.period import Period
from checker.model.plan import BoundPlan, IntegrityPlan, RulePlan
from checker.model.report import Evidence, Finding, Measured, Required, Subject
from checker.model.schema import Field
from checker.model.waivers import Waiver
from checker.model.words import ABSENT_TABLE, Outcome, Reason, Verdict
from checker.provenance.amounts import amount
from checker.provenance.evidence import NOTHING, Behind, Rows, Saying
from checker.provenance.lookup import Lookup
from checker.provenance.named_values import NamedValues
from checker.provenance.subjects import Subjects, place
from checker.run.session import Rule
from checker.words.amounts import Amount

_EXPLAINED = {Verdict.VIOLATED, Verdict.WAIVED, Verdict.UNDETERMINED}
_AMISS = _EXPLAINED | {Verdict.PENDING}
_JUDGED = set(Verdict) - {Verdict.NOT_APPLICABLE}
MOST_EVIDENCE = 10
"""How many rows a finding lists; the others are counted."""


class Findings:
    """The findings in the making: of tens of thousands, most say the same of one subject after the other."""

    def __init__(
        self,
        lookup: Lookup,
        subjects: Subjects,
        windows: Mapping[int, Period],
        waivers: Sequence[Waiver],
        since: Sequence[Period],
    ) -> None:
        self._lookup = lookup
        self._behind = Behind(lookup)
        self._subjects = subjects
        self._windows = windows
        self._waivers = waivers
        self._since = since
        self._named = NamedValues(lookup.run)

    def all(self, most: int | None) -> tuple[Finding, ...]:
        """The findings to be listed, by subject along the tree, then by rule, window and verdict.

        So many at most of each rule and verdict.
        """
        return self._all(self._lookup.listed(most), _EXPLAINED, MOST_EVIDENCE)

    def each(self, rule: str, subjects: Iterable[int]) -> tuple[Finding, ...]:
        """The findings of a rule on those subjects, none folded, each with all rows behind it."""
        return self._all(self._lookup.each(rule, subjects), _JUDGED, None)

    def batch(self, listed: Iterable[tuple[Any, ...]]) -> tuple[Finding, ...]:
        """Findings as a report lists them, of which the engine was asked before."""
        return self._all(listed, _EXPLAINED, MOST_EVIDENCE)

    def own_row(self, record: str, row: int, fields: Sequence[str]) -> Evidence:
        """The row of a subject, with those cells."""
        return self._behind.own_row(record, row, fields)

    def _all(self, listed: Iterable[tuple[Any, ...]], verdicts: AbstractSet[Verdict], most: int | None) -> tuple[Finding, ...]:
        """What is listed as findings; those of the verdicts with the rows behind them, so many at most."""
        sayings = sorted(map(Saying._make, listed), key=self._order)
        found: dict[tuple[str, int], list[Finding]] = {
            (record, row): [] for said in sayings for record in (self._rule(said.rule).record,) for row in said.subjects
        }
        faults = (said for said in sayings if said.verdict in _AMISS)
        amiss = {(self._rule(said.rule).record, row) for said in faults for row in said.subjects}
        alone = self._alone(sayings)
        explained = [said for said in sayings if said.verdict in (_JUDGED if said.rule in alone else verdicts)]
        behind = self._behind.of(explained, most)
        self._subjects.want(found, amiss)
        near = {number: self._near(number, sayings) for number in {said.rule for said in sayings}}
        elements = {number: self._elements(number, sayings) for number in near}
        for said in sayings:
            record, of_row = self._rule(said.rule).record, near[said.rule]
            if of_row or said.verdict in (_JUDGED if said.rule in alone else verdicts):
                for row in said.subjects:
                    subject, rows = self._subjects.subject(record, row), behind.get((said.rule, row, said.no), NOTHING)
                    finding = self._said(said, subject, rows, of_row.get(row, ()))
                    named = self._named_by(said, row)
                    parts = tuple(
                        self._said(part, subject, behind.get((part.rule, row, part.no), NOTHING))._replace(
                            named=self._named_by(part, row)
                        )
                        for part in said.of_parts(self._lookup)
                    )
                    found[record, row].append(
                        finding._replace(elements=elements[said.rule].get(row, ()), named=named, parts=parts)
                    )
            else:
                # Made field by field, thousands of findings that differ in nothing but their subject take long.
                first = self._subjects.subject(record, said.subjects[0])
                alike = tuple(self._said(part, first) for part in said.of_parts(self._lookup))
                rule, _, *same = self._said(said, first)._replace(parts=alike)
                for row in said.subjects:
                    found[record, row].append(Finding._make((rule, self._subjects.subject(record, row), *same)))
        owned = sorted(found.values(), key=lambda own: place(own[0].subject))
        return tuple(chain.from_iterable(owned))

    def _alone(self, sayings: Iterable[Saying]) -> AbstractSet[int]:
        """The rules that judged one subject only, of which the row tells what was measured: whether a predicate holds."""
        judged: dict[int, set[int]] = defaultdict(set)
        for said in sayings:
            rule = self._rule(said.rule)
            if said.verdict != Verdict.NOT_APPLICABLE and isinstance(rule, RulePlan) and rule.kind is MeasureKind.TRUTH:
                judged[said.rule].update(said.subjects)
        return {number for number, subjects in judged.items() if len(subjects) == 1}

    def _rule(self, number: int) -> Rule:
        return self._lookup.rule(number)

    def _near(self, number: int, sayings: Iterable[Saying]) -> Mapping[int, tuple[str, ...]]:
        """What the cells almost match that break that rule, by row: keys of a reference, values of an enumerated field."""
        rule = self._rule(number)
        if not isinstance(rule, IntegrityPlan):
            return {}
        rows = _broken(number, sayings)
        if rule.kind is IntegrityKind.REFERENCE:
            look_up = self._lookup.near_elements if self._list(rule) else self._lookup.near
            return look_up(rule.record, rows, rule.fields[0])
        return self._lookup.near_values(rule.record, rows, rule.read) if rule.read is not None and rule.read.enum else {}

    def _elements(self, number: int, sayings: Iterable[Saying]) -> Mapping[int, tuple[str, ...]]:
        """The elements of a list by which it breaks that rule, by row."""
        rule = self._rule(number)
        if not isinstance(rule, IntegrityPlan) or not (field := self._list(rule)):
            return {}
        if rule.kind is IntegrityKind.REFERENCE:
            return self._lookup.dangling(rule, _broken(number, sayings))
        return self._lookup.not_allowed(rule.record, _broken(number, sayings), field) if rule.read is not None else {}

    def _list(self, rule: IntegrityPlan) -> Field | None:
        """The list that a rule is about."""
        field = self._lookup.run.plan.record(rule.record).record.field(rule.fields[0])
        return field if field is not None and field.separators else None

    def _named_by(self, said: Saying, row: int) -> tuple[NamedValue, ...]:
        """The values of the indicators that a rule names, where it was judged."""
        rule = self._rule(said.rule)
        judged = isinstance(rule, RulePlan) and row and said.windows == 1 and said.outcome != Outcome.NONE
        return self._named.of(rule, row, said.no) if judged and isinstance(rule, RulePlan) else ()

    def _order(self, said: Saying) -> tuple[Any, ...]:
        window = self._window(said)
        days = (window.first, window.last) if window is not None else (date.min, date.min)
        return (self._rule(said.rule).id, days, said.verdict, said.why or "", said.because or "", said.subjects[0])

    def _window(self, said: Saying) -> Period | None:
        """The window, or windows, that are spoken of: a gap, or a run, is its own."""
        rule = self._rule(said.rule)
        if isinstance(rule, RulePlan) and rule.kind.own_window:
            first, last = said.day_low, said.day_high
            return None if first is None or last is None else Period(first, last, f"{first}..{last}")
        window = self._windows.get(said.no)
        if window is not None and said.last_no != said.no:
            last_one = self._windows[said.last_no]
            return Period(window.first, last_one.last, f"{window.label}..{last_one.label}")
        return window

    def _said(self, said: Saying, subject: Subject, behind: Rows = NOTHING, near: tuple[str, ...] = ()) -> Finding:
        """What is said of a subject."""
        rule = self._rule(said.rule)
        return Finding(
            rule=rule.id,
            subject=subject,
            verdict=Verdict(said.verdict),
            severity=rule.severity,
            window=self._window(said),
            windows=said.windows,
            outcome=Outcome(said.outcome),
            measured=_measured(rule, said),
            required=_required(rule, said),
            reason=None if said.why is None else Reason(said.why),
            because=said.because,
            due=said.due,
            evidence=behind.listed,
            evidence_left_out=behind.left_out,
            could_decide_unlisted=behind.unlisted,
            waiver=self._waivers[said.waiver] if said.waiver is not None and said.verdict == Verdict.WAIVED else None,
            repeated=None if said.since is None else self._since[said.since],
            known=said.known,
            near=near,
            beside=behind.beside,
        )


def _broken(number: int, sayings: Iterable[Saying]) -> list[int]:
    """The rows by which a rule is broken."""
    breached = (said for said in sayings if said.rule == number and said.outcome == Outcome.BREACHED)
    return [row for said in breached for row in said.subjects if row]


def _measured(rule: Rule, said: Saying) -> Measured | None:
    if isinstance(rule, IntegrityPlan) or said.outcome == Outcome.NONE or said.why in ABSENT_TABLE:
        return None
    match rule.kind.ends:
        case Ends.DAYS:
            return Measured(rule.kind, said.day_low, said.day_high)
        case Ends.NOTHING:
            return Measured(rule.kind)
        case Ends.NUMBERS:
            ends = (_scaled(said.low, said.scale), _scaled(said.high, said.scale))
            missing = tuple(value for value in said.missing or () if value is not None)
            return Measured(rule.kind, *ends, amount(said.whole_low), amount(said.whole_high), missing)


def _required(rule: Rule, said: Saying) -> tuple[Required, ...]:
    if isinstance(rule, IntegrityPlan):
        return () if rule.read is None else accepted(rule.read)
    if rule.kind.ends is Ends.DAYS:
        return tuple(
            Required(
                bound.operator,
                said.allowed_until if bound.operator == "<=" else said.allowed_from,
                bound.text,
                said=bound.said,
            )
            for bound in rule.bounds
        )
    return tuple(map(_bound, rule.bounds, (said.bound_1, said.bound_2, None)))


def _bound(bound: BoundPlan, column: Decimal | None) -> Required:
    value: Amount | None = bound.value
    if value is None and column is not None:
        value = Fraction(column) / bound.divisor
    if isinstance(value, Fraction) and value.denominator == 1:
        value = value.numerator
    return Required(bound.operator, value, bound.text, bound.rounded, bound.said)


def _scaled(value: Decimal | None, scale: Decimal | None) -> Amount | None:
    """The exact value in whole units, of which `scale` are 1."""
    if value is None or scale is None:
        return amount(value)
    exact = Fraction(value) / Fraction(scale)
    return exact.numerator if exact.denominator == 1 else exact
