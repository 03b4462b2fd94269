"""The parts of the text report about what was and was not looked at: rules, tables, columns, cells, problems."""

from __future__ import annotations

from collections.abc import Sequence

from checker.errors import Problem
from checker.model.report import Account, Report
from checker.model.words import Reason, Verdict
from checker.report.page import Page
from checker.report.wording import Wording

_OPEN = {Reason.NOT_SUBMITTED, Reason.PERHAPS, Reason.CONFLICT}
"""The reasons of what is undetermined, not of what was not judged."""


def write_not_judged(report: Report, page: Page, wording: Wording) -> None:
    """Writes what was not judged, and why, as plainly as what failed."""
    rules = [rule for rule in report.rules if rule.why_none or rule.count(Verdict.NOT_APPLICABLE) or not rule.counts]
    accounts = report.accounts
    lists = [
        ("tables-missing", [account.table for account in accounts if account.state == "not-submitted"]),
        ("tables-unreadable", [_named(account) for account in accounts if account.state == "unreadable"]),
        ("cells-unreadable", [f"{item.table}: {item.unreadable_cells}" for item in accounts if item.unreadable_cells]),
        ("columns-unread", [f"{item.table}: {', '.join(item.unread)}" for item in accounts if item.unread]),
        ("columns-missing", [f"{item.table}: {', '.join(item.missing)}" for item in accounts if item.missing]),
    ]
    if not rules and not any(items for _, items in lists):
        return
    page.section(wording("not-judged"))
    for key, items in lists:
        if items:
            page.line(wording(key) + ":", style="yellow")
            for item in items:
                page.line(item, indent=2, hang=2)
    if rules:
        page.line(wording("not-judged-rules") + ":")
    for rule in rules:
        reasons = [
            f"{wording(reason.value)}: {count}" for reason, count in rule.reasons if count and reason not in _OPEN
        ]
        judged = any(count for verdict, count in rule.counts if verdict is not Verdict.NOT_APPLICABLE)
        if rule.why_none:
            reasons.insert(0, wording("never-judged-why", why=rule.why_none))
        elif not judged:
            reasons.insert(0, wording("never-judged"))
        page.line(f"{rule.id}: {'; '.join(reasons)}", indent=2, hang=2, style="" if judged else "yellow")


def write_accounts(report: Report, page: Page, wording: Wording) -> None:
    """Writes what became of each table."""
    if not report.accounts:
        return
    page.section(wording("tables"))
    column = min(max(len(account.table) for account in report.accounts), 24) + 2
    for account in report.accounts:
        page.labelled(account.table, _account(account, wording), column=column)


def _account(account: Account, wording: Wording) -> str:
    if account.state != "read":
        return wording(f"state-{account.state}") + (f" ({_source(account)})" if account.file else "")
    said = wording("account", rows=account.rows, judged=account.judged, rejected=account.rejected)
    if account.unreadable_cells:
        said += ", " + wording("account-cells", n=account.unreadable_cells)
    return f"{said} ({_source(account)})" if account.file else said


def _named(account: Account) -> str:
    return f"{account.table} ({_source(account)})" if account.file else account.table


def _source(account: Account) -> str:
    return f"{account.file}!{account.sheet}" if account.sheet else f"{account.file}"


def write_problems(report: Report, page: Page, wording: Wording) -> None:
    """Writes what could not be read, and what is worth knowing."""
    _problems(wording("notices"), report.notices, page, "")
    _problems(wording("problems"), report.problems, page, "red")


def _problems(heading: str, problems: Sequence[Problem], page: Page, style: str) -> None:
    if not problems:
        return
    page.section(heading)
    for problem in problems:
        place = f"{problem.place}: " if problem.place else ""
        page.line(f"{place}{problem.what} [{problem.code}]", hang=2, style=style)
        page.line(problem.mend, indent=2, hang=2)
