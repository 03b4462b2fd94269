"""Rules that decided nothing, or the same of everybody, of a submission."""

from __future__ import annotations

from checker.lint.desk import Desk
from checker.model.report import Report, RuleSummary
from checker.model.words import Verdict
from checker.words.message import Message, all_of, message

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
        path, of = (*rule.path, "id"), report.run.submission
        counts = {verdict: summary.count(verdict) for verdict in Verdict if verdict is not Verdict.NOT_APPLICABLE}
        judged = sum(counts.values())
        if not judged:
            wrong = _with_reasons(message("lint-applies-to-nobody", rule=rule.id, submission=of), summary)
            desk.warn(path, "applies-to-nobody", wrong, message("lint-applies-to-nobody-fix"))
        elif counts[Verdict.UNDETERMINED] == judged:
            wrong = _with_reasons(message("lint-undetermined-for-all", rule=rule.id, submission=of), summary)
            fix = message("lint-undetermined-fix")
            desk.warn(path, "undetermined-for-all", wrong, fix)
        elif counts[Verdict.VIOLATED] == judged and judged >= _FEWEST:
            wrong = message("lint-violated-by-all", rule=rule.id, submission=of, n=judged)
            desk.warn(path, "violated-by-all", wrong, message("lint-violated-by-all-fix"))


def _with_reasons(said: Message, summary: RuleSummary) -> Message:
    """What is said of a rule, with how often each reason was why."""
    if not summary.reasons:
        return said
    found = (message("reason-counted", reason=message(reason), n=count) for reason, count in summary.reasons)
    return message("lint-for-reasons", said=said, reasons=all_of(found))
