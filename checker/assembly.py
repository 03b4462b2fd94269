"""Builds the report of a run from what the engine found: findings with subjects, evidence and messages, and the accounts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from checker.measure.run import Measurement, Rule
from checker.model.period import Period
from checker.model.plan import BoundPlan, IntegrityPlan, RulePlan
from checker.model.report import (
    Account,
    Amount,
    Conflict,
    Evidence,
    Finding,
    Measured,
    Report,
    Required,
    RuleSummary,
    Run,
    Standing,
    Subject,
)
from checker.model.words import Outcome, Reason, Text, Verdict
from checker.records.values import Submission
from checker.report.message import describe
from checker.subjects import Subjects
from checker.summaries import face

_NOBODY = Subject("", "", "")
_EXPLAINED = {Verdict.VIOLATED, Verdict.UNDETERMINED}
MOST_EVIDENCE = 10
"""How many rows a finding lists; the others are counted."""


class Listed(NamedTuple):
    """One listed row of the engine, as `checker.measure.results.LISTED` gives it."""

    rule: int
    subject: int
    no: int
    verdict: str
    outcome: str
    why: str | None
    because: str | None
    low: Decimal | None
    high: Decimal | None
    whole_low: Decimal | None
    whole_high: Decimal | None
    day_low: date | None
    day_high: date | None
    bound_1: Decimal | None
    bound_2: Decimal | None
    due: date | None
    windows: int
    last_no: int


class Assembly:
    """One run's report in the making."""

    def __init__(
        self,
        measurement: Measurement,
        submission: Submission,
        run: Run,
        conflicts: Sequence[tuple[int, str, tuple[str, ...]]],
    ) -> None:
        self.measurement = measurement
        self.submission = submission
        self.run = run
        self.conflicts = conflicts
        self.windows = {
            no: Period(first, last, label)
            for no, first, last, label in measurement.engine.rows("SELECT no, first, last, label FROM windows")
        }
        self.subjects = Subjects(measurement)
        self.summaries = self._summaries()
        self._alike: dict[tuple[object, ...], dict[str, Any]] = {}

    def report(self) -> Report:
        """The finished report."""
        listed = [Listed._make(row) for row in self.measurement.listed()]
        self.subjects.want((self._record(row.rule), row.subject) for row in listed)
        evidence = self._evidence(listed)
        findings = sorted((self._finding(row, evidence) for row in listed), key=_place_in_report)
        standings = self._standings()
        return Report(
            run=self.run,
            findings=tuple(findings),
            rules=tuple(self.summaries.values()),
            standings=standings,
            accounts=tuple(self._accounts()),
            conflicts=self._conflicts(),
            problems=(*self.submission.problems, *self.measurement.problems),
            notices=self.submission.notices,
        )

    # -- rules --------------------------------------------------------------------------------------------------------

    def _rule(self, number: int) -> Rule:
        return self.measurement.rules[number]

    def _record(self, number: int) -> str:
        return self._rule(number).record

    def _summaries(self) -> dict[str, RuleSummary]:
        counts: dict[int, dict[Verdict, int]] = defaultdict(lambda: defaultdict(int))
        reasons: dict[int, dict[Reason, int]] = defaultdict(lambda: defaultdict(int))
        for number, verdict, why, times in self.measurement.counts():
            counts[number][Verdict(verdict)] += times
            if why is not None and verdict in {Verdict.NOT_APPLICABLE, Verdict.UNDETERMINED}:
                reasons[number][Reason(why)] += times
        judged = self.measurement.judged()
        for number, rule in enumerate(self.measurement.rules):
            census = self.measurement.census[rule.record]
            if isinstance(rule, IntegrityPlan):
                if rule.id in self.measurement.failing:
                    counts[number][Verdict.SATISFIED] += census.rows - self.measurement.failing[rule.id]
            elif unselected := census.first - judged.get(number, 0):
                counts[number][Verdict.NOT_APPLICABLE] += unselected
                reasons[number][Reason.NOT_SELECTED] += unselected
        return {
            rule.id: replace(
                face(rule),
                counts=tuple((verdict, counts[number][verdict]) for verdict in Verdict if counts[number][verdict]),
                reasons=tuple((reason, reasons[number][reason]) for reason in Reason if reasons[number][reason]),
            )
            for number, rule in enumerate(self.measurement.rules)
        }

    # -- findings -----------------------------------------------------------------------------------------------------

    def _finding(self, row: Listed, evidence: Mapping[tuple[int, int, int], tuple[tuple[Evidence, ...], int]]) -> Finding:
        subject = self.subjects.subject(self._record(row.rule), row.subject)
        explained = evidence.get((row.rule, row.subject, row.no))
        if explained is not None:
            return Finding(subject=subject, **self._said(row, *explained))
        # Without evidence a finding says nothing of its own subject, and thousands say the same.
        key = (row.rule, *row[2:])
        if key not in self._alike:
            self._alike[key] = self._said(row)
        return Finding(subject=subject, **self._alike[key])

    def _said(self, row: Listed, rows: tuple[Evidence, ...] = (), left_out: int = 0) -> dict[str, Any]:
        """What a finding says, but for its subject."""
        rule = self._rule(row.rule)
        window = self.windows.get(row.no)
        if window is not None and row.last_no != row.no:
            last = self.windows[row.last_no]
            window = Period(window.first, last.last, f"{window.label}..{last.label}")
        said: dict[str, Any] = {
            "rule": rule.id,
            "verdict": Verdict(row.verdict),
            "severity": rule.severity,
            "window": window,
            "windows": row.windows,
            "outcome": Outcome(row.outcome),
            "measured": _measured(rule, row),
            "required": _required(rule, row),
            "reason": None if row.why is None else Reason(row.why),
            "because": row.because,
            "due": row.due,
            "evidence": rows,
            "evidence_left_out": left_out,
        }
        said["message"] = describe(Finding(subject=_NOBODY, **said), self.summaries[rule.id], self.run.language)
        return said

    def _evidence(self, listed: Iterable[Listed]) -> dict[tuple[int, int, int], tuple[tuple[Evidence, ...], int]]:
        """The rows behind violated and undetermined findings, by (rule, subject, window), and how many are left out."""
        wanted: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for row in listed:
            if Verdict(row.verdict) in _EXPLAINED and row.subject:
                wanted[row.rule].append((row.subject, row.no))
        found: dict[tuple[int, int, int], tuple[tuple[Evidence, ...], int]] = {}
        for number, pairs in wanted.items():
            rule = self._rule(number)
            if isinstance(rule, RulePlan) and rule.related is not None:
                rows: dict[tuple[int, int], list[tuple[int, bool]]] = defaultdict(list)
                for subject, no, related, sure in self.measurement.evidence(number, pairs):
                    rows[subject, no].append((related, sure))
                some = [row for pair in rows.values() for row, _ in pair[:MOST_EVIDENCE]]
                cells = self.measurement.cells(rule.related, some, rule.cells)
                for (subject, no), pair in rows.items():
                    shown = tuple(
                        self._shown(rule.related, row, "counted" if sure else "could-decide", rule.cells, cells[row])
                        for row, sure in pair[:MOST_EVIDENCE]
                    )
                    found[number, subject, no] = (shown, len(pair) - len(shown))
            else:
                fields = (rule.field,) if isinstance(rule, IntegrityPlan) else rule.cells
                cells = self.measurement.cells(rule.record, (subject for subject, _ in pairs), fields)
                for subject, no in pairs:
                    own = self._shown(rule.record, subject, "subject", fields, cells[subject])
                    found[number, subject, no] = ((own,), 0)
        return found

    def _shown(self, record: str, row: int, role: str, fields: Sequence[str], cells: Sequence[str | None]) -> Evidence:
        place = self.measurement.tables[record].place(row, fields[0] if len(fields) == 1 else None)
        return Evidence(
            table=record,
            file=place.file,
            role=role,
            sheet=place.sheet,
            line=place.line,
            column=place.column,
            values=tuple(zip(fields, (None if cell is None else cell.lstrip("\ufffd") for cell in cells), strict=False)),
        )

    # -- standings, conflicts, accounts -------------------------------------------------------------------------------

    def _standings(self) -> tuple[Standing, ...]:
        body = self.measurement.plan.body
        if body is None:
            return ()
        rows = self.measurement.standings()
        self.subjects.want((body, row) for row, *_ in rows)
        titles = dict(self.measurement.plan.standing_titles)
        found = [
            Standing(
                self.subjects.subject(body, row),
                standing or "none",
                titles.get(standing or "", Text()),
                violated,
                undetermined,
            )
            for row, standing, violated, undetermined in rows
        ]
        return tuple(sorted(found, key=lambda standing: _path(standing.subject)))

    def _conflicts(self) -> tuple[Conflict, ...]:
        found = []
        for case_no, rule, exceptions in self.conflicts:
            subjects = self.measurement.subjects_of(case_no)
            self.subjects.want(subjects)
            found += [Conflict(self.subjects.subject(*subject), rule, exceptions) for subject in subjects]
        return tuple(sorted(found, key=lambda conflict: (_path(conflict.subject), conflict.rule)))

    def _accounts(self) -> Iterable[Account]:
        unreadable = dict(self.submission.unreadable)
        for plan in self.measurement.plan.records:
            record, table = plan.record, self.measurement.tables.get(plan.record.name)
            if table is None:
                place = unreadable.get(record.name)
                yield Account(record.name, "unreadable" if place else "not-submitted", place.file if place else None)
                continue
            census = self.measurement.census[record.name]
            fields = {column.field for column in table.columns}
            cells = sum(self.measurement.failing.get(rule.id, 0) for rule in plan.integrity if rule.kind == "allowed")
            yield Account(
                table=record.name,
                state="read" if census.rows else "empty",
                file=table.file,
                sheet=table.sheet,
                rows=census.rows,
                judged=census.rows - census.doubtful,
                rejected=census.doubtful,
                unreadable_cells=cells,
                unread=tuple(column.header for column in table.columns if column.field is None and column.header),
                missing=tuple(field.name for field in record.fields if field.name not in fields),
            )


def _measured(rule: Rule, row: Listed) -> Measured | None:
    if isinstance(rule, IntegrityPlan) or row.outcome == Outcome.NONE or row.why == Reason.NOT_SUBMITTED or not row.subject:
        return None
    match rule.kind:
        case "date":
            return Measured("date", row.day_low, row.day_high)
        case "truth":
            return Measured("truth")
        case _:
            return Measured(rule.kind, _amount(row.low), _amount(row.high), _amount(row.whole_low), _amount(row.whole_high))


def _required(rule: Rule, row: Listed) -> tuple[Required, ...]:
    if isinstance(rule, IntegrityPlan):
        return ()
    columns = (row.bound_1, row.bound_2)
    return tuple(_bound(bound, columns[min(number, 1)]) for number, bound in enumerate(rule.bounds))


def _bound(bound: BoundPlan, column: Decimal | None) -> Required:
    value: Amount | None = bound.value
    if value is None and column is not None:
        value = Fraction(column) / bound.divisor
    if isinstance(value, Fraction) and value.denominator == 1:
        value = value.numerator
    return Required(bound.operator, value, bound.text)


def _amount(value: Decimal | None) -> Amount | None:
    """The exact value, an int where it is whole."""
    if value is None:
        return None
    whole = int(value)
    return whole if whole == value else value.normalize()


def _path(subject: Subject) -> tuple[Any, ...]:
    return (tuple(identity for identity, _ in subject.path), subject.record, subject.id, subject.row or 0)


def _place_in_report(finding: Finding) -> tuple[Any, ...]:
    window = (finding.window.first, finding.window.last) if finding.window else (date.min, date.min)
    return (_path(finding.subject), finding.rule, window, finding.verdict)
