"""Rules that decided nothing, or the same of everybody, of a submission."""

from __future__ import annotations

from checker.lint.desk import Desk
from checker.model.report import Report, RuleSummary
from checker.model.words import Verdict

_FEWEST = 3
"""Of fewer verdicts that all are alike nothing is concluded."""


def decided(desk: Desk, report: Report) -> None:
    """Notes the rules that applied to nobody, could not be decided of anybody, or were violated by all.

    That all satisfy a rule is what it is for, and is not noted.
    """
    summaries = {summary.id: summary for summary in report.rules}
    for rule in desk.book.rules:
        summary = summaries.get(rule.id)
        if summary is None:
            continue
        path, of = (*rule.path, "id"), f"of {report.run.submission}"
        counts = {verdict: summary.count(verdict) for verdict in Verdict if verdict is not Verdict.NOT_APPLICABLE}
        judged = sum(counts.values())
        if not judged:
            message = f"'{rule.id}' applied to nobody {of}{_reasons(summary)}"
            desk.warn(path, "applies-to-nobody", message, "See whether 'for', 'where' and 'in_force' say what is meant.")
        elif counts[Verdict.UNDETERMINED] == judged:
            message = f"'{rule.id}' could not be decided of anybody {of}{_reasons(summary)}"
            fix = "See whether the submission has the tables and columns that the rule reads, and parameters their values."
            desk.warn(path, "undetermined-for-all", message, fix)
        elif counts[Verdict.VIOLATED] == judged and judged >= _FEWEST:
            message = f"all that '{rule.id}' judged {of} violate it ({judged})"
            desk.warn(path, "violated-by-all", message, "See whether the rule asks for what the clause does.")


def _reasons(summary: RuleSummary) -> str:
    found = [f"{reason} {count}" for reason, count in summary.reasons]
    return f" ({', '.join(found)})" if found else ""
