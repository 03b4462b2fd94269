"""What the text says of earlier reports: which violations are repeated, or known, how many, and how many are gone."""

from __future__ import annotations

from checker.model.report import Finding, Report, SinceRevision
from checker.report.page import Page
from checker.report.say.wording import Wording


def marks_text(finding: Finding, wording: Wording) -> str:
    """That a violation is repeated, and since when; that the baseline knows it; or nothing."""
    marks = [] if finding.repeated is None else [wording("repeated-since", period=finding.repeated)]
    return "; ".join([*marks, *([wording("known")] if finding.known else [])])


def earlier_text(report: Report, wording: Wording) -> list[str]:
    """How many violations are repeated, and how many known, new and gone, where there is a report to tell."""
    said = [] if report.run.since is None else [wording("since-of", said=since_text(report.run.since, wording))]
    if (previous := report.previous) is not None:
        said.append(wording("repeated-of", n=report.repeated, period=previous.period, file=previous.file))
    if (baseline := report.baseline) is not None:
        counts = {"known": report.known, "new": report.new, "gone": len(report.gone)}
        said.append(wording("known-of", **counts, period=baseline.period, file=baseline.file))
    return said


def since_text(since: SinceRevision, wording: Wording) -> str:
    """Since which revision changes are told, and how much is left out because it was so then."""
    verdicts = ", ".join(f"{wording(verdict.value)} {wording.number(n)}" for verdict, n in since.left_out)
    return wording("since-left-out" if verdicts else "since-all", name=since.name, commit=since.commit, verdicts=verdicts)


def write_earlier(report: Report, page: Page, wording: Wording) -> None:
    """Writes what there is to tell of earlier reports."""
    said = earlier_text(report, wording)
    if said:
        page.blank()
    for line in said:
        page.line(line, hang=2)
