"""How one rule came to its verdicts: who was judged and why, window by window, and what the rule engine made of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from difflib import get_close_matches
from functools import cached_property

from checker.api import Judged
from checker.errors import Problem, UsageError
from checker.model.explanation import Condition, Exempted, Judgement, Query, SubjectAccount, Verdicts
from checker.model.indicators import Indicator
from checker.model.law import Case, Firing, Matter, Truth
from checker.model.period import Period
from checker.model.plan import IntegrityPlan, RulePlan
from checker.model.report import Finding
from checker.model.words import Outcome, Reason, Text, Verdict
from checker.plan.compile import DIALECT
from checker.plan.logical.binding import RuleSite
from checker.plan.selecting import selecting
from checker.plan.stating.in_words import in_the_period, in_words
from checker.provenance.inquiry import Inquiry
from checker.provenance.script import script
from checker.rules.predicates import PREDICATE, Scope, check
from checker.rules.rulebook import Rulebook
from checker.words.message import message

_NAMES = 20_000
"""Among so many names the nearest one is looked for."""
"""The kinds of measure whose outcomes, gaps and runs, are windows of their own."""
_FIRST = 10
"""How many subjects of each verdict are named, unless it is said otherwise."""


class Judgements:
    """What a run says of one rule; `most` limits the subjects named of each verdict."""

    def __init__(self, judged: Judged, book: Rulebook, rule: RulePlan | IntegrityPlan, most: int | None) -> None:
        self._assembly, self._adjudicator = judged
        self._measurement = self._assembly.measurement
        self._inquiry = Inquiry(self._measurement)
        self._book = book
        self._rule = rule
        self._most = most
        self._fired: dict[Case, tuple[Firing, ...]] = {}

    @property
    def rule(self) -> RulePlan | IntegrityPlan:
        """The rule."""
        return self._rule

    def indicator(self, *, with_values: bool) -> Indicator | None:  # noqa: ARG002 -- of a rule there is none
        """The indicator that is explained."""
        return None

    def queries(self, rows: Sequence[int] | None) -> tuple[Query, ...]:
        """The rule's queries, complete; the evidence is that of those subjects, by default of the graver verdicts."""
        windows = self._inquiry.judged(self._rule.id, rows)
        return script(self._measurement, self._rule, windows)

    # -- all subjects -------------------------------------------------------------------------------------------------

    def verdicts(self) -> tuple[Verdicts, ...]:
        """How often the rule gave each verdict and for which reason, the gravest first."""
        found, subjects = list[Verdicts](), self._assembly.subjects
        most = _FIRST if self._most is None else self._most
        for verdict, why, because, times, rows in self._inquiry.groups(self._rule.id):
            first = [(self._rule.record, row) for row in rows[:most]]
            subjects.want(first)
            named = tuple(subjects.subject(*each) for each in first)
            found.append(
                Verdicts(Verdict(verdict), None if why is None else Reason(why), because, times, named, len(rows) - len(first))
            )
        summary = self._assembly.summaries[self._rule.id]
        listed = {verdict: sum(each.findings for each in found if each.verdict is verdict) for verdict in Verdict}
        for verdict, reason in ((Verdict.SATISFIED, None), (Verdict.NOT_APPLICABLE, Reason.NOT_SELECTED)):
            # Rows in order are counted, not listed; nor are those that the rule does not select.
            if others := summary.count(verdict) - listed[verdict]:
                found.append(Verdicts(verdict, reason, None, others))
        order = list(Verdict)
        return tuple(sorted(found, key=lambda each: order.index(each.verdict)))

    # -- one subject --------------------------------------------------------------------------------------------------

    def rows(self, name: str) -> tuple[int, ...]:
        """The rows of the subjects that are meant by a name; 0 is the submission itself, where nothing else can be told.

        Raises UsageError where nothing has that name, or another row stands for it.
        """
        own, body = self._rule.record, self._measurement.plan.body
        if not self._measurement.told(own):
            return (0,)
        for record, meant in self._meanings(name):
            found = self._inquiry.named(record, meant)
            if record == own and found:
                firsts = [row for row, first in found if first or isinstance(self._rule, IntegrityPlan)]
                return tuple(firsts)
            if record == body and found:
                return self._owned(meant)
        known = [*self._inquiry.names(own, _NAMES), *(self._inquiry.names(body, _NAMES) if body and body != own else ())]
        near = get_close_matches(name, known, n=1)
        fix = message("suggestion", near=near[0]) if near else message("unknown-subject-fix")
        raise UsageError(Problem("unknown-subject", message("unknown-subject", record=own, name=name), fix))

    def _meanings(self, name: str) -> list[tuple[str, str]]:
        """(record, name) pairs that may be meant: as written, or with the record before a colon."""
        own, body = self._rule.record, self._measurement.plan.body
        records = [own] if body in {None, own} else [own, str(body)]
        prefix, colon, rest = name.partition(":")
        qualified = [(prefix, rest)] if colon and prefix in records else []
        return [*((record, name) for record in records), *qualified]

    def _owned(self, body: str) -> tuple[int, ...]:
        rows = self._inquiry.owned(self._rule.record, body)
        if not rows:
            wrong = message("no-row-of-body", record=self._rule.record, body=body)
            raise UsageError(Problem("unknown-subject", wrong, message("no-row-of-body-fix")))
        # Those that the rule does not select say nothing, unless there are no others.
        return tuple(dict.fromkeys(self._told(rows))) or tuple(rows)

    def _told(self, rows: Sequence[int]) -> Iterator[int]:
        """The rows of which the rule says something, perhaps several times."""
        return (row for row, _ in self._inquiry.judged(self._rule.id, rows))

    def subjects(self, rows: Sequence[int], window: Period | None) -> tuple[SubjectAccount, ...]:
        """How the rule came to its verdicts on the subjects in those rows, in the windows that touch the one given.

        Raises UsageError where no window does.
        """
        placed = not isinstance(self._rule, IntegrityPlan) and (self._rule.unit is not None or self._rule.kind.own_window)
        if window is not None and not placed:
            wrong = message("no-windows", rule=self._rule.id)
            raise UsageError(Problem("unknown-window", wrong, message("no-windows-fix")))
        self._assembly.subjects.want((self._rule.record, row) for row in rows)
        findings: dict[int, list[Finding]] = {row: [] for row in rows}
        for finding in self._assembly.findings.each(self._rule.id, {*rows, 0}):
            findings.setdefault(finding.subject.row or 0, []).append(finding)
        conditions = self._conditions([row for row in findings if row])
        found = tuple(self._subject(row, own, conditions.get(row, ()), window) for row, own in findings.items())
        if not any(each.judgements or each.not_due for each in found):
            windows = ", ".join(dict.fromkeys(each.label for each in self._windows.values()))
            wrong = message("unknown-window-none", rule=self._rule.id)
            if window is not None:
                wrong = message("unknown-window", rule=self._rule.id, window=window)
            raise UsageError(Problem("unknown-window", wrong, message("unknown-window-fix", windows=windows)))
        return found

    @cached_property
    def _windows(self) -> dict[int, Period]:
        """The windows in which the rule is judged, by number; none for a rule without windows."""
        if isinstance(self._rule, IntegrityPlan) or self._rule.unit is None:
            return {}
        return {no: self._assembly.windows[no] for no in self._inquiry.windows(self._rule.unit, partial=self._rule.partial)}

    def _subject(
        self, row: int, findings: Sequence[Finding], conditions: tuple[Condition, ...], window: Period | None
    ) -> SubjectAccount:
        holds = self._inquiry.held(self._rule.record, row)
        matters = self._inquiry.matters(self._rule.id, row)
        judged = [
            Judgement(finding, self._firings(matters[*_days(finding.window), finding.outcome], holds))
            for finding in findings
            if touches(finding.window, window)
        ]
        return SubjectAccount(
            subject=self._assembly.subjects.subject(self._rule.record, row),
            conditions=conditions,
            exemptions=tuple(self._exempted(row, *each) for each in holds if each[0] in self._exceptions),
            judgements=tuple(judged) if findings else (Judgement(self._unlisted(row)),),
            not_due=tuple(each for each in self._not_due(findings) if touches(each[0], window)),
        )

    @cached_property
    def _exceptions(self) -> dict[str, tuple[str, ...]]:
        """The exceptions that bear on the rule, and the fields of the subject that each reads."""
        found = {}
        for exception in self._book.exceptions:
            if self._rule.id in {*exception.displaces, exception.by}:
                scope = Scope(self._book.records[self._rule.record], self._book.records, self._book.parameters)
                columns = check(exception.when.text, scope, wants=PREDICATE).columns
                found[exception.id] = tuple(dict.fromkeys(path[0] for path in columns))
        return found

    def _exempted(self, row: int, exception: str, truth: Truth) -> Exempted:
        cells = self._assembly.findings.own_row(self._rule.record, row, self._exceptions[exception]).values if row else ()
        return Exempted(exception, truth, cells)

    def _firings(self, matter: Matter, holds: tuple[tuple[str, Truth], ...]) -> tuple[Firing, ...]:
        """What the rule engine concludes of that matter where those exceptions hold; asked once for each."""
        case = Case((matter,), holds)
        if case not in self._fired:
            firings = self._adjudicator.adjudicate(case).firings
            self._fired[case] = tuple(firing for firing in firings if firing.concerns(self._rule.id))
        return self._fired[case]

    def _unlisted(self, row: int) -> Finding:
        """What is so of a subject of which the engine says nothing: its row is in order, or the rule does not select it."""
        rule, subject = self._rule, self._assembly.subjects.subject(self._rule.record, row)
        if isinstance(rule, IntegrityPlan):
            evidence = (self._assembly.findings.own_row(rule.record, row, rule.fields),)
            return Finding(rule.id, subject, Verdict.SATISFIED, rule.severity, evidence=evidence)
        return Finding(
            rule.id,
            subject,
            Verdict.NOT_APPLICABLE,
            rule.severity,
            outcome=Outcome.NONE,
            reason=Reason.NOT_SELECTED,
        )

    def _conditions(self, rows: Sequence[int]) -> dict[int, tuple[Condition, ...]]:
        """Which of the predicates of `for` hold of the subjects in those rows."""
        if isinstance(self._rule, IntegrityPlan) or not rows:
            return {}
        rule = next(rule for rule in self._book.rules if rule.id == self._rule.id)
        asked = selecting(RuleSite(self._book, rule.parts[0]), DIALECT)
        answers = self._inquiry.answers(asked.statement, rows)
        fields = tuple(dict.fromkeys(field for cells in asked.cells for field in cells))
        found = {}
        for row in rows:
            values = dict(self._assembly.findings.own_row(self._rule.record, row, fields).values)
            found[row] = tuple(
                Condition(predicate, holds, tuple((field, values[field]) for field in cells), self._said(predicate))
                for predicate, holds, cells in zip(asked.predicates, answers[row], asked.cells, strict=True)
            )
        return found

    def _said(self, predicate: str) -> Text:
        record = self._book.records[self._rule.record]
        if record.date is not None and predicate.startswith(f"{record.date} between :period_start and least("):
            return in_the_period(self._book, record)
        return in_words(self._book, predicate, record)

    def _not_due(self, findings: Sequence[Finding]) -> Iterator[tuple[Period, Reason]]:
        """The windows of the period that gave nothing, where others did."""
        judged = {finding.window for finding in findings}
        if isinstance(self._rule, IntegrityPlan) or judged <= {None}:
            return
        for window in self._windows.values():
            if window not in judged:
                owed = self._rule.owed(self._measurement.period, window)
                yield window, Reason.NOT_IN_EXISTENCE if owed else Reason.NOT_IN_FORCE


def _days(window: Period | None) -> tuple[date | None, date | None]:
    return (None, None) if window is None else (window.first, window.last)


def touches(one: Period | None, other: Period | None) -> bool:
    """Whether two spans have a day in common; no span is all of time."""
    return one is None or other is None or (one.first <= other.last and other.first <= one.last)
