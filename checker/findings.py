"""The findings of a run: what the engine lists, with subjects, windows, and the rows behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from typing import Any, NamedTuple

from checker.errors import Place
from checker.measure.lookup import Lookup
from checker.measure.run import Rule
from checker.model.period import Period
from checker.model.plan import BoundPlan, IntegrityPlan, RulePlan
from checker.model.report import Amount, Evidence, Finding, Measured, Required
from checker.model.waivers import Waiver
from checker.model.words import Outcome, Reason, Verdict
from checker.subjects import Subjects, place

_EXPLAINED = {Verdict.VIOLATED, Verdict.WAIVED, Verdict.UNDETERMINED}
_JUDGED = set(Verdict) - {Verdict.NOT_APPLICABLE}
MOST_EVIDENCE = 10
"""How many rows a finding lists; the others are counted."""

_Behind = tuple[tuple[Evidence, ...], int]
"""The rows behind a finding, and how many more there are."""


class Saying(NamedTuple):
    """What the engine says in the same words of some subjects, as `checker.measure.results.LISTED` gives it."""

    rule: int
    no: int
    verdict: str
    outcome: str
    why: str | None
    because: str | None
    waiver: int | None
    since: int | None
    known: bool
    low: Decimal | None
    high: Decimal | None
    scale: Decimal | None
    whole_low: Decimal | None
    whole_high: Decimal | None
    day_low: date | None
    day_high: date | None
    bound_1: Decimal | None
    bound_2: Decimal | None
    allowed_from: date | None
    allowed_until: date | None
    due: date | None
    lacking: list[str | None] | None
    windows: int
    last_no: int
    subjects: list[int]


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
        self._subjects = subjects
        self._windows = windows
        self._waivers = waivers
        self._since = since

    def all(self, most: int | None) -> tuple[Finding, ...]:
        """The findings to be listed, by subject along the tree, then by rule, window and verdict.

        So many at most of each rule and verdict.
        """
        return self._all(self._lookup.listed(most), _EXPLAINED, MOST_EVIDENCE)

    def each(self, rule: str, subjects: Iterable[int]) -> tuple[Finding, ...]:
        """The findings of a rule on those subjects, none folded, each with all rows behind it."""
        return self._all(self._lookup.each(rule, subjects), _JUDGED, None)

    def own_row(self, record: str, row: int, fields: Sequence[str]) -> Evidence:
        """The row of a subject, with those cells."""
        at = self._lookup.places(record, [row], fields[0] if len(fields) == 1 else None)[row]
        return _shown(record, at, "subject", fields, self._lookup.cells(record, [row], fields)[row])

    def _all(self, listed: Iterable[tuple[Any, ...]], verdicts: AbstractSet[Verdict], most: int | None) -> tuple[Finding, ...]:
        """What is listed as findings; those of the verdicts with the rows behind them, so many at most."""
        sayings = sorted(map(Saying._make, listed), key=self._order)
        subjects = [((self._rule(said.rule).record, row), said.verdict) for said in sayings for row in said.subjects]
        violating = {subject for subject, verdict in subjects if verdict == Verdict.VIOLATED}
        self._subjects.want((subject for subject, _ in subjects), violating)
        behind = self._behind([said for said in sayings if Verdict(said.verdict) in verdicts], most)
        found: dict[tuple[str, int], list[Finding]] = defaultdict(list)
        for said in sayings:
            explained = Verdict(said.verdict) in verdicts
            record = self._rule(said.rule).record
            alike = None if explained else self._said(said)
            for row in said.subjects:
                subject = self._subjects.subject(record, row)
                about = alike or self._said(said, *behind.get((said.rule, row, said.no), ((), 0)))
                found[record, row].append(Finding(subject=subject, **about))
        owned = sorted(found.values(), key=lambda own: place(own[0].subject))
        return tuple(chain.from_iterable(owned))

    def _rule(self, number: int) -> Rule:
        return self._lookup.run.rules[number]

    def _order(self, said: Saying) -> tuple[Any, ...]:
        window = self._window(said)
        days = (window.first, window.last) if window is not None else (date.min, date.min)
        return (self._rule(said.rule).id, days, said.verdict, said.why or "", said.because or "", said.subjects[0])

    def _window(self, said: Saying) -> Period | None:
        """The window, or windows, that are spoken of: a gap, or a run, is its own."""
        rule = self._rule(said.rule)
        if isinstance(rule, RulePlan) and rule.kind in {"days", "run"}:
            first, last = said.day_low, said.day_high
            return None if first is None or last is None else Period(first, last, f"{first}..{last}")
        window = self._windows.get(said.no)
        if window is not None and said.last_no != said.no:
            last_one = self._windows[said.last_no]
            return Period(window.first, last_one.last, f"{window.label}..{last_one.label}")
        return window

    def _said(self, said: Saying, rows: tuple[Evidence, ...] = (), left_out: int = 0) -> dict[str, Any]:
        """What a finding says, but for its subject."""
        rule = self._rule(said.rule)
        return {
            "rule": rule.id,
            "verdict": Verdict(said.verdict),
            "severity": rule.severity,
            "window": self._window(said),
            "windows": said.windows,
            "outcome": Outcome(said.outcome),
            "measured": _measured(rule, said),
            "required": _required(rule, said),
            "reason": None if said.why is None else Reason(said.why),
            "because": said.because,
            "due": said.due,
            "evidence": rows,
            "evidence_left_out": left_out,
            "waiver": self._waivers[said.waiver] if said.waiver is not None and said.verdict == Verdict.WAIVED else None,
            "repeated": None if said.since is None else self._since[said.since],
            "known": said.known,
        }

    # -- evidence -----------------------------------------------------------------------------------------------------

    def _behind(self, sayings: Iterable[Saying], most: int | None) -> dict[tuple[int, int, int], _Behind]:
        """The rows behind those findings, by (rule, subject, window); so many at most of each."""
        wanted: dict[int, list[tuple[int, int]]] = defaultdict(list)
        found: dict[tuple[int, int, int], _Behind] = {}
        for said in sayings:
            if 0 in said.subjects and said.why is None:
                found[said.rule, 0, said.no] = ((self._column(self._rule(said.rule)),), 0)
            wanted[said.rule] += [(row, said.no) for row in said.subjects if row]
        self._lookup.draw_near(wanted)
        behind = {number: self._rows_behind(number, pairs) for number, pairs in wanted.items()}
        shown = self._cells(behind, most)
        for number, rows in behind.items():
            record, fields = self._shown_of(self._rule(number))
            some = [row for pair in rows.values() for row, _ in pair[:most]]
            places = self._lookup.places(record, some, fields[0] if len(fields) == 1 else None)
            cells = shown[record]
            for (subject, no), pair in rows.items():
                told = tuple(
                    _shown(record, places[row], role, fields, [cells[row].get(name) for name in fields])
                    for row, role in pair[:most]
                )
                found[number, subject, no] = (told, len(pair) - len(told))
        return found

    def _column(self, rule: Rule) -> Evidence:
        """The table that has no column of what the rule asks for."""
        record, fields = self._shown_of(rule)
        table = self._lookup.run.tables[record]
        return Evidence(record, table.file, "subject", table.sheet, values=tuple((field, None) for field in fields))

    def _rows_behind(self, number: int, pairs: Sequence[tuple[int, int]]) -> Mapping[tuple[int, int], list[tuple[int, str]]]:
        """The rows behind findings of a rule, and what part they have in them, by (subject, window)."""
        rule = self._rule(number)
        if not isinstance(rule, RulePlan) or rule.related is None:
            return {(subject, no): [(subject, "subject")] for subject, no in pairs}
        rows: dict[tuple[int, int], list[tuple[int, str]]] = defaultdict(list)
        for subject, no, related, sure in self._lookup.evidence(number, pairs):
            rows[subject, no].append((related, "counted" if sure else "could-decide"))
        return rows

    def _cells(
        self, behind: Mapping[int, Mapping[tuple[int, int], list[tuple[int, str]]]], most: int | None
    ) -> Mapping[str, Mapping[int, Mapping[str, str | None]]]:
        """The cells of all rows that are shown, by record, row and field: looked for once in each table."""
        rows: dict[str, set[int]] = defaultdict(set)
        fields: dict[str, dict[str, None]] = defaultdict(dict)
        for number, found in behind.items():
            record, names = self._shown_of(self._rule(number))
            rows[record] |= {row for pair in found.values() for row, _ in pair[:most]}
            fields[record] |= dict.fromkeys(names)
        shown: dict[str, dict[int, dict[str, str | None]]] = {}
        for record, wanted in rows.items():
            cells = self._lookup.cells(record, wanted, tuple(fields[record]))
            shown[record] = {row: dict(zip(fields[record], of_row, strict=True)) for row, of_row in cells.items()}
        return shown

    def _shown_of(self, rule: Rule) -> tuple[str, Sequence[str]]:
        """The record of the rows that are shown, and the fields."""
        if isinstance(rule, RulePlan):
            return rule.related or rule.record, rule.cells
        return rule.record, rule.fields


def _shown(record: str, at: Place, role: str, fields: Sequence[str], cells: Sequence[str | None]) -> Evidence:
    return Evidence(
        table=record,
        file=at.file,
        role=role,
        sheet=at.sheet,
        line=at.line,
        column=at.column,
        values=tuple(zip(fields, (None if cell is None else cell.lstrip("\ufffd") for cell in cells), strict=False)),
    )


def _measured(rule: Rule, said: Saying) -> Measured | None:
    if isinstance(rule, IntegrityPlan) or said.outcome == Outcome.NONE or said.why == Reason.NOT_SUBMITTED:
        return None
    match rule.kind:
        case "date":
            return Measured("date", said.day_low, said.day_high)
        case "truth":
            return Measured("truth")
        case _:
            ends = (_scaled(said.low, said.scale), _scaled(said.high, said.scale))
            lacking = tuple(value for value in said.lacking or () if value is not None)
            return Measured(rule.kind, *ends, _amount(said.whole_low), _amount(said.whole_high), lacking)


def _required(rule: Rule, said: Saying) -> tuple[Required, ...]:
    if isinstance(rule, IntegrityPlan):
        return ()
    if rule.kind == "date":
        return tuple(
            Required(bound.operator, said.allowed_until if bound.operator == "<=" else said.allowed_from, bound.text)
            for bound in rule.bounds
        )
    return tuple(map(_bound, rule.bounds, (said.bound_1, said.bound_2)))


def _bound(bound: BoundPlan, column: Decimal | None) -> Required:
    value: Amount | None = bound.value
    if value is None and column is not None:
        value = Fraction(column) / bound.divisor
    if isinstance(value, Fraction) and value.denominator == 1:
        value = value.numerator
    return Required(bound.operator, value, bound.text, bound.rounded)


def _scaled(value: Decimal | None, scale: Decimal | None) -> Amount | None:
    """The exact value in whole units, of which `scale` are 1."""
    if value is None or scale is None:
        return _amount(value)
    exact = Fraction(value) / Fraction(scale)
    return exact.numerator if exact.denominator == 1 else exact


def _amount(value: Decimal | None) -> Amount | None:
    """The exact value, an int where it is whole."""
    if value is None:
        return None
    whole = int(value)
    return whole if whole == value else value.normalize()
