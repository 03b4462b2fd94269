"""The parts of the text report that condense findings: what is still due, and what was measured where rules are satisfied."""

from __future__ import annotations

from collections.abc import Sequence

from checker.model.measures import MeasureKind
from checker.model.report import Finding, Report, RuleSummary
from checker.model.words import Verdict
from checker.report.grouping import alike, grouped, in_order, of_verdict, rule_of, subject_text
from checker.report.page import Page
from checker.report.say.bounds import bounds_text
from checker.report.say.measured import FEW, figure_text, is_figure, measured, spread, top
from checker.report.say.message import describe_windows
from checker.report.say.windows import window_names
from checker.report.say.wording import Wording


def write_pending(report: Report, page: Page, wording: Wording, *, whole: bool = True) -> None:
    """Writes what is still due, rule by rule; of a few subjects also what there is so far. Else than `whole` what is listed."""
    findings = dict(grouped(of_verdict(report, Verdict.PENDING), lambda finding: finding.rule))
    listed = {name: sum(finding.windows for finding in own) for name, own in findings.items()}
    pending = [(rule, n) for rule in report.rules if (n := rule.count(Verdict.PENDING) if whole else listed.get(rule.id, 0))]
    if not pending:
        return
    page.section(wording("still-due"))
    for rule, count in pending:
        own = findings.get(rule.id, [])
        days = [finding.due for finding in own if finding.due is not None]
        due = wording("due-next", n=count, day=min(days)) if days else wording("due-many", n=count)
        windows = window_names((finding.window for finding in own if finding.window), wording)
        page.line(f"{rule.id}: {rule.title.in_(wording.language)}", hang=2)
        page.line(due + (f" ({windows})" if windows else ""), indent=2, hang=2, style="cyan")
        if len({(finding.subject.record, finding.subject.row) for finding in own}) <= FEW and listed.get(rule.id) == count:
            _write_each(in_order(own, report), rule, page, wording, "cyan")


def write_measured(report: Report, page: Page, wording: Wording) -> None:
    """Writes the ratios and totals that satisfied their rules: of many subjects, the topmost and how far the others spread.

    Where a rule judged one subject only, what was measured of it, whatever it is.
    """
    told = measured(report)
    if not told:
        return
    page.section(wording("measured"))
    rule = rule_of(report)
    for name, own in told:
        page.line(f"{name}: {rule(name).title.in_(wording.language)}", hang=2)
        if not is_figure(own[0]):
            _write_each(in_order(own, report), rule(name), page, wording, "green")
            continue
        totals = rule(name).form == "total"
        # Where each subject has a bound of its own, it is said beside each.
        differ = not totals and len({item.required for item in own}) > 1
        if not totals and not differ:
            page.line(wording("bound", bounds=bounds_text(own[0].required, MeasureKind.RATIO, wording)), indent=2, hang=2)
        shown, others = top(own)
        for item in in_order(shown, report):
            window = f", {wording.window(item.window)}" if item.window else ""
            said = f"{subject_text(item.subject)}{window}: {figure_text(item, wording)}"
            if differ:
                said += f"; {wording('bound', bounds=bounds_text(item.required, MeasureKind.RATIO, wording))}"
            page.line(said, indent=2, hang=2, style="green")
        if others:
            said = wording("totals-agree", n=len(others)) if totals else spread(others, wording, others=bool(shown))
            page.line(said, indent=2, hang=2, style="green")


def _write_each(findings: Sequence[Finding], rule: RuleSummary, page: Page, wording: Wording, style: str) -> None:
    """Writes the message of each subject, once of windows that are alike."""
    for subject, own in grouped(findings, lambda item: item.subject):
        for group in alike(own):
            page.line(f"{subject_text(subject)}: {describe_windows(group, rule, wording)}", indent=2, hang=2, style=style)
