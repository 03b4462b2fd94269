"""What was and was not looked at: rules that judged nothing, tables, columns and cells that were not read, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from checker.model.report import Account, Report, RuleSummary
from checker.model.words import ABSENT_TABLE, Reason, Verdict
from checker.report.say.fields import field_text, record_text
from checker.report.say.wording import Wording

_MANY = 5
OPEN = {*ABSENT_TABLE, Reason.PERHAPS, Reason.PERHAPS_WAIVED, Reason.CONFLICT}
"""The reasons of what is undetermined, not of what was not judged."""


def not_judged(
    report: Report, wording: Wording, named: Callable[[str, Wording], str] = lambda rule, _: rule
) -> list[tuple[str, list[str]]]:
    """What was not judged: each kind by the key of its heading, with what there is of it.

    Rules that did not apply everywhere are many, and go by their ids, unless they are to be `named` otherwise.
    """
    accounts, others = report.accounts, [rule for rule in report.rules if judged(rule)]
    never = [rule for rule in report.rules if not judged(rule)]
    lists = {
        "tables-missing": [record_text(account.table, wording) for account in accounts if account.state == "not-submitted"],
        "tables-unreadable": [record_text(account.table, wording) for account in accounts if account.state == "unreadable"],
        "cells-unreadable": [
            f"{record_text(item.table, wording)}: {wording.number(item.unreadable_cells)}"
            for item in accounts
            if item.unreadable_cells
        ],
        "columns-unread": [f"{record_text(item.table, wording)}: {', '.join(item.unread)}" for item in accounts if item.unread],
        "columns-missing": [
            f"{record_text(item.table, wording)}: {_missing(item, wording)}" for item in accounts if item.missing
        ],
        "rules-never": [
            f"{rule.title.in_(wording.language) or rule.id} ({rule.id}): {why_none(rule, wording)}" for rule in never
        ],
        "rules-in-part": [_where(reason, others, wording, named) for reason in Reason if any(_times(others, reason))],
    }
    return [(key, items) for key, items in lists.items() if items]


def _missing(account: Account, wording: Wording) -> str:
    """The declared columns that were not submitted."""
    return ", ".join(field_text(account.table, field, wording) for field in account.missing)


def judged(rule: RuleSummary) -> bool:
    """Whether a rule came to any verdict."""
    return any(count for verdict, count in rule.counts if verdict is not Verdict.NOT_APPLICABLE)


def why_none(rule: RuleSummary, wording: Wording) -> str:
    """Why a rule judged nothing."""
    reasons = [
        f"{wording(reason.value)}: {wording.number(count)}" for reason, count in rule.reasons if count and reason not in OPEN
    ]
    return "; ".join(filter(None, [rule.why_none, *reasons])) or wording("nothing-to-measure")


def _times(rules: Sequence[RuleSummary], reason: Reason) -> list[int]:
    return [dict(rule.reasons).get(reason, 0) if reason not in OPEN else 0 for rule in rules]


def _where(reason: Reason, rules: Sequence[RuleSummary], wording: Wording, named: Callable[[str, Wording], str]) -> str:
    found = [(rule.id, times) for rule, times in zip(rules, _times(rules, reason), strict=True) if times]
    if reason is Reason.NOT_SELECTED and len(found) > _MANY:
        said = wording("in-rules", n=sum(times for _, times in found), rules=len(found))
    else:
        said = "; ".join(f"{named(rule, wording)}: {wording.number(times)}" for rule, times in found)
    return f"{wording(reason.value)} ({said})"


def account_text(account: Account, wording: Wording) -> str:
    """What became of the rows and cells of a table."""
    if account.state != "read":
        return wording(f"state-{account.state}")
    said = wording("account", rows=account.rows, judged=account.judged, rejected=account.rejected)
    if account.refused:
        said += ", " + wording("account-refused", n=account.refused)
    if account.apart:
        said += ", " + wording("account-apart", n=account.apart)
    if account.outside:
        said += ", " + wording("account-outside", n=account.outside)
    if account.unreadable_cells:
        said += ", " + wording("account-cells", n=account.unreadable_cells)
    return said
