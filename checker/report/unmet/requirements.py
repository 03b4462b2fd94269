"""What is unmet: the duties that each body has breached, has not shown to have kept, or still has to keep."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from checker.model.period import Period
from checker.model.report import Evidence, Finding, Report, RuleSummary, Subject
from checker.model.words import Reason, Verdict
from checker.report import ALL, Narrowing
from checker.report.grouping import Body, alike, by_body, deciding_left_out, deciding_rows, grouped, listed, rows
from checker.report.narrowing import concerns
from checker.report.say.bounds import Shortfall, shortfall

UNMET = (Verdict.VIOLATED, Verdict.UNDETERMINED, Verdict.PENDING)
"""The verdicts of duties that are unmet, the gravest first."""


class Gap(NamedTuple):
    """Findings of one duty that differ in nothing but the window: what was found, and what is missing of it."""

    findings: tuple[Finding, ...]

    @property
    def windows(self) -> tuple[Period, ...]:
        """The windows concerned, in order; none for a duty without windows."""
        return tuple(finding.window for finding in self.findings if finding.window is not None)

    @property
    def shortfall(self) -> Shortfall | None:
        """What is certainly missing or too many, in each window."""
        return shortfall(self.findings[0])

    @property
    def due(self) -> tuple[tuple[date, Period | None], ...]:
        """The days by which what is pending must be done, and the window of each."""
        return tuple((finding.due, finding.window) for finding in self.findings if finding.due is not None)


class Duty(NamedTuple):
    """One rule that one subject has not met, under one verdict.

    `open` are the windows of the same duty that are not over. `hand_in` are the rows whose missing cells could decide
    it; `tables_missing` are the tables that were not submitted, where that is
    the reason.
    """

    rule: RuleSummary
    subject: Subject
    verdict: Verdict
    gaps: tuple[Gap, ...]
    open: tuple[tuple[date | None, Period], ...] = ()
    hand_in: tuple[Evidence, ...] = ()
    left_out: int = 0
    tables_missing: tuple[str, ...] = ()

    @property
    def windows(self) -> tuple[Period, ...]:
        """The windows missed (or, of a pending duty, still open), in order."""
        return tuple(sorted(window for gap in self.gaps for window in gap.windows))

    @property
    def due(self) -> date | None:
        """The first day by which something of it is due."""
        return min((day for gap in self.gaps for day, _ in gap.due), default=None)


def unmet(report: Report, narrowing: Narrowing = ALL, *, of_file: bool = False) -> tuple[tuple[Body, tuple[Duty, ...]], ...]:
    """What each body has not met of the regulation: violations, what cannot be told, then what is due, the earliest first.

    With `of_file` also what is to be corrected in its rows, which is no breach of the regulation.
    """
    rules = {rule.id: rule for rule in report.rules if rule.own or of_file}
    wanted = [
        finding
        for finding in listed(report, *UNMET)
        if finding.rule in rules and concerns(finding.subject, narrowing) and in_time(finding, narrowing)
    ]
    missing = tuple(account.table for account in report.accounts if account.state in {"not-submitted", "unreadable"})
    return tuple((body, tuple(sorted(_duties(findings, rules, missing), key=_order))) for body, findings in by_body(wanted))


def in_time(finding: Finding, narrowing: Narrowing) -> bool:
    """Whether it is due by the day that is asked for; what is violated or undetermined is not a matter of a day to come."""
    by = narrowing.due_by
    return finding.verdict is not Verdict.PENDING or by is None or (finding.due is not None and finding.due <= by)


def _order(duty: Duty) -> tuple[int, date]:
    due = duty.due if duty.verdict is Verdict.PENDING and duty.due is not None else date.max
    return UNMET.index(duty.verdict), due


def _duties(findings: Iterable[Finding], rules: Mapping[str, RuleSummary], missing: tuple[str, ...]) -> list[Duty]:
    duties = []
    for (name, subject), own in grouped(findings, lambda finding: (finding.rule, finding.subject)):
        pending = [finding for finding in own if finding.verdict is Verdict.PENDING]
        still_open = tuple((finding.due, finding.window) for finding in pending if finding.window is not None)
        for verdict, of_verdict in grouped(own, lambda finding: finding.verdict):
            deciding = _deciding(of_verdict) if verdict is Verdict.UNDETERMINED else []
            duties.append(
                Duty(
                    rule=rules[name],
                    subject=subject,
                    verdict=verdict,
                    gaps=tuple(Gap(tuple(group)) for group in alike(of_verdict)),
                    open=still_open if verdict is not Verdict.PENDING else (),
                    hand_in=tuple(deciding),
                    left_out=deciding_left_out(of_verdict),
                    tables_missing=missing if any(map(_untold, of_verdict)) else (),
                )
            )
    return duties


def _untold(finding: Finding) -> bool:
    return finding.reason is Reason.NOT_SUBMITTED


def _deciding(findings: Sequence[Finding]) -> list[Evidence]:
    """The rows whose missing cells could decide: related rows, or else the subject's own."""
    own = [row for row in rows(findings, "subject") if any(not value for _, value in row.values)]
    return deciding_rows(findings) or own
