"""The parts of the text report about what was and was not looked at: rules, tables, columns, cells, problems."""

from __future__ import annotations

from collections.abc import Sequence

from checker.errors import Problem
from checker.model.report import Account, Report, RuleSummary
from checker.model.words import Reason, Verdict
from checker.report.clauses import cited
from checker.report.page import Page
from checker.report.places import Places
from checker.report.wording import Wording

_MANY = 5
_OPEN = {Reason.NOT_SUBMITTED, Reason.PERHAPS, Reason.CONFLICT}
"""The reasons of what is undetermined, not of what was not judged."""


def write_not_judged(report: Report, page: Page, wording: Wording) -> None:
    """Writes what was not judged, and why, as plainly as what failed."""
    accounts, judged = report.accounts, [rule for rule in report.rules if _judged(rule)]
    never = [rule for rule in report.rules if not _judged(rule)]
    lists = {
        "tables-missing": [account.table for account in accounts if account.state == "not-submitted"],
        "tables-unreadable": [account.table for account in accounts if account.state == "unreadable"],
        "cells-unreadable": [f"{item.table}: {item.unreadable_cells}" for item in accounts if item.unreadable_cells],
        "columns-unread": [f"{item.table}: {', '.join(item.unread)}" for item in accounts if item.unread],
        "columns-missing": [f"{item.table}: {', '.join(item.missing)}" for item in accounts if item.missing],
        "rules-never": [f"{rule.id}: {_why(rule, wording)}" for rule in never],
        "rules-in-part": [_where(reason, judged, wording) for reason in Reason if any(_times(judged, reason))],
    }
    if not any(lists.values()):
        return
    page.section(wording("not-judged"))
    for key, items in lists.items():
        if items:
            page.line(wording(key) + ":", style="" if key == "rules-in-part" else "yellow")
        for item in items:
            page.line(item, indent=2, hang=2)


def _judged(rule: RuleSummary) -> bool:
    return any(count for verdict, count in rule.counts if verdict is not Verdict.NOT_APPLICABLE)


def _why(rule: RuleSummary, wording: Wording) -> str:
    reasons = [f"{wording(reason.value)}: {count}" for reason, count in rule.reasons if count and reason not in _OPEN]
    return "; ".join(filter(None, [rule.why_none, *reasons])) or wording("nothing-to-measure")


def _times(rules: Sequence[RuleSummary], reason: Reason) -> list[int]:
    return [dict(rule.reasons).get(reason, 0) if reason not in _OPEN else 0 for rule in rules]


def _where(reason: Reason, rules: Sequence[RuleSummary], wording: Wording) -> str:
    found = [(rule.id, times) for rule, times in zip(rules, _times(rules, reason), strict=True) if times]
    if reason is Reason.NOT_SELECTED and len(found) > _MANY:
        said = wording("in-rules", n=sum(times for _, times in found), rules=len(found))
    else:
        said = ", ".join(f"{rule}: {times}" for rule, times in found)
    return f"{wording(reason.value)} ({said})"


def write_accounts(report: Report, page: Page, wording: Wording) -> None:
    """Writes what became of each table."""
    if not report.accounts:
        return
    page.section(wording("tables"))
    places = Places(report.run.submission, wording)
    column = min(max(len(account.table) for account in report.accounts), 24) + 2
    for account in report.accounts:
        source = f" ({places.file(account.file, account.sheet)})" if account.file else ""
        page.labelled(account.table, _account(account, wording) + source, column=column)


def _account(account: Account, wording: Wording) -> str:
    if account.state != "read":
        return wording(f"state-{account.state}")
    said = wording("account", rows=account.rows, judged=account.judged, rejected=account.rejected)
    if account.unreadable_cells:
        said += ", " + wording("account-cells", n=account.unreadable_cells)
    return said


def write_problems(report: Report, page: Page, wording: Wording) -> None:
    """Writes what could not be read, and what is worth knowing."""
    write_problem_list(wording("notices"), report.notices, page, "")
    write_problem_list(wording("problems"), report.problems, page, "red")


def write_problem_list(heading: str, problems: Sequence[Problem], page: Page, style: str) -> None:
    """Writes problems under a heading, where there are any."""
    if not problems:
        return
    page.section(heading)
    for problem in problems:
        place = f"{problem.place}: " if problem.place else ""
        page.line(f"{place}{problem.said} [{problem.code}]", hang=2, style=style)
        page.line(problem.mend, indent=2, hang=2)


def write_sources(report: Report, page: Page, wording: Wording) -> None:
    """Writes the titles and notes of the regulations that are cited where something is violated, waived or undetermined."""
    graver = (Verdict.VIOLATED, Verdict.WAIVED, Verdict.UNDETERMINED)
    named = cited((rule for rule in report.rules if any(map(rule.count, graver))), report.sources)
    if not named:
        return
    page.section(wording("sources"))
    for source in named:
        issued = wording("issued", day=source.issued.isoformat()) if source.issued else ""
        page.line(f"{source.name}: {source.title.in_(wording.language)}{issued}", hang=2)
        if note := source.note.in_(wording.language):
            page.line(note, indent=2, hang=2)
