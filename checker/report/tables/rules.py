"""The rules of the rulebook, with their clauses and how often each gave each verdict; and what was not judged, and why."""

from __future__ import annotations

from collections.abc import Iterator

from checker.model.report import Account, Conflict, Report, RuleSummary
from checker.model.words import Reason
from checker.report.grouping import subject_text
from checker.report.say.clauses import clause_text
from checker.report.say.coverage import OPEN, judged, why_none
from checker.report.say.fields import field_text, record_text, titled
from checker.report.say.origins import origin_text
from checker.report.say.wording import Wording
from checker.report.styles import STYLES
from checker.report.tables import Cell, Table

_COUNTED = tuple(STYLES)
_DETAILS = 7


def rules_table(report: Report, wording: Wording) -> Table:
    """Every rule that was loaded: those of the rulebook first, then those that follow from its records."""
    columns = (
        *("column-rule", "clause", "column-severity", *(verdict.value for verdict in _COUNTED)),
        *("column-restated", "remedy", "column-note", "column-from", "column-until", "column-origin", "column-rule-id"),
    )
    ordered = sorted(report.rules, key=lambda rule: not rule.own)
    return Table("rules", columns, (_rule(rule, report, wording) for rule in ordered), _DETAILS)


def _rule(rule: RuleSummary, report: Report, wording: Wording) -> tuple[Cell, ...]:
    counts: list[Cell] = [rule.count(verdict) for verdict in _COUNTED]
    return (
        *(rule.title.in_(wording.language), clause_text(rule, wording), rule.severity, *counts),
        *(text.in_(wording.language) for text in (rule.restated, rule.remedy, rule.note)),
        *(rule.in_force.first, rule.in_force.last),
        *(origin_text(rule.origin, report.run.rulebook, wording), rule.id),
    )


def not_judged(report: Report, wording: Wording) -> Table:
    """What no verdict is about, and why: tables, columns, cells and rows, rules, and what is counted but not listed."""
    return Table("not-judged", ("column-kind", "column-name", "column-why", "column-count"), _left_out(report, wording))


def _left_out(report: Report, wording: Wording) -> Iterator[tuple[Cell, ...]]:
    for account in report.accounts:
        yield from _of_table(account, wording)
    for rule in report.rules:
        name = f"{rule.title.in_(wording.language)} ({rule.id})"
        if not judged(rule):
            yield wording("kind-rule-never"), name, why_none(rule, wording), None
            continue
        times = dict(rule.reasons)
        for reason in Reason:
            if times.get(reason) and reason not in OPEN:
                yield wording("kind-rule-in-part"), name, wording(reason.value), times[reason]
    for conflict in report.conflicts:
        yield wording("conflicts"), subject_text(conflict.subject), _conflict(conflict, wording), None
    for verdict, count in report.left_out:
        yield wording("kind-left-out"), wording(verdict.value), wording("why-left-out"), count


def _conflict(conflict: Conflict, wording: Wording) -> str:
    exceptions = ", ".join(titled(each, wording) for each in conflict.exceptions)
    return f"{titled(conflict.rule, wording)}: {exceptions}"


def _of_table(account: Account, wording: Wording) -> Iterator[tuple[Cell, ...]]:
    name = record_text(account.table, wording)
    if account.state != "read":
        yield wording("kind-table"), name, wording(f"state-{account.state}"), None
    if account.rejected:
        yield wording("kind-rows"), name, wording("why-rejected"), account.rejected
    if account.unreadable_cells:
        yield wording("cells-unreadable"), name, wording("why-unreadable"), account.unreadable_cells
    for column in account.unread:
        yield wording("kind-column"), f"{name}: {column}", wording("why-unread"), None
    for column in account.missing:
        yield (
            wording("kind-column"),
            f"{name}: {field_text(account.table, column, wording)}",
            wording("state-not-submitted"),
            None,
        )
