"""The parts of the text report that condense findings: what is still due, and what was measured where rules are satisfied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from operator import itemgetter

from checker.model.report import Finding, Report, RuleSummary, Subject
from checker.model.words import Verdict
from checker.report.bounds import RATIOS, bounds_text, ratio_bounds, ratio_of
from checker.report.grouping import alike, grouped, in_order, is_body, of_verdict, rule_of, subject_text
from checker.report.message import describe_windows, ratio_text, total_text
from checker.report.page import Page
from checker.report.windows import window_names
from checker.report.wording import Wording

_FEW = 3


def write_pending(report: Report, page: Page, wording: Wording) -> None:
    """Writes what is still due, rule by rule; of a few subjects also what there is so far."""
    pending = [rule for rule in report.rules if rule.count(Verdict.PENDING)]
    if not pending:
        return
    page.section(wording("still-due"))
    findings = dict(grouped(of_verdict(report, Verdict.PENDING), lambda finding: finding.rule))
    for rule in pending:
        own = findings.get(rule.id, [])
        days = [finding.due for finding in own if finding.due is not None]
        count = rule.count(Verdict.PENDING)
        due = wording("due-next", n=count, day=min(days).isoformat()) if days else wording("due-many", n=count)
        windows = window_names((finding.window for finding in own if finding.window), wording)
        page.line(f"{rule.id}: {rule.title.in_(wording.language)}", hang=2)
        page.line(due + (f" ({windows})" if windows else ""), indent=2, hang=2, style="cyan")
        if len({finding.subject for finding in own}) <= _FEW and sum(finding.windows for finding in own) == count:
            _write_each(in_order(own, report), rule, page, wording, "cyan")


def write_measured(report: Report, page: Page, wording: Wording) -> None:
    """Writes the ratios and totals that satisfied their rules: of many subjects, the topmost and how far the others spread.

    Where a rule judged one subject only, what was measured of it, whatever it is.
    """
    alone = _alone(report)
    satisfied = [item for item in of_verdict(report, Verdict.SATISFIED) if item.measured]
    measured = [item for item in satisfied if _is_figure(item) or item.rule in alone]
    if not measured:
        return
    page.section(wording("measured"))
    rule = rule_of(report)
    place = {summary.id: number for number, summary in enumerate(report.rules)}
    measured.sort(key=lambda item: place[item.rule])
    for name, own in grouped(measured, lambda item: item.rule):
        page.line(f"{name}: {rule(name).title.in_(wording.language)}", hang=2)
        if not _is_figure(own[0]):
            _write_each(in_order(own, report), rule(name), page, wording, "green")
            continue
        totals = rule(name).form == "total"
        if not totals:
            page.line(wording("bound", bounds=bounds_text(own[0].required, "ratio", wording)), indent=2, hang=2)
        shown, others = _top(own)
        for item in in_order(shown, report):
            window = f", {item.window.label}" if item.window else ""
            said = f"{subject_text(item.subject)}{window}: {_said(item, wording)}"
            page.line(said, indent=2, hang=2, style="green")
        if others:
            said = wording("totals-agree", n=len(others)) if totals else _spread(others, wording, others=bool(shown))
            page.line(said, indent=2, hang=2, style="green")


def _is_figure(item: Finding) -> bool:
    """Whether what was measured of many subjects can be told in a line."""
    return item.measured is not None and item.measured.kind in {*RATIOS, "sum"}


def _alone(report: Report) -> set[str]:
    """The rulebook's rules that judged one subject only."""
    first: dict[str, Subject] = {}
    listed: Counter[str] = Counter()
    several = set()
    for item in report.findings:
        if item.verdict is not Verdict.NOT_APPLICABLE:
            listed[item.rule] += item.windows
            if first.setdefault(item.rule, item.subject) != item.subject:
                several.add(item.rule)
    judged = {
        rule.id: sum(count for _, count in rule.counts) - rule.count(Verdict.NOT_APPLICABLE) for rule in report.rules if rule.own
    }
    return {name for name in first if name not in several and listed[name] == judged.get(name)}


def _write_each(findings: Sequence[Finding], rule: RuleSummary, page: Page, wording: Wording, style: str) -> None:
    """Writes the message of each subject, once of windows that are alike."""
    for subject, own in grouped(findings, lambda item: item.subject):
        for group in alike(own):
            page.line(f"{subject_text(subject)}: {describe_windows(group, rule, wording)}", indent=2, hang=2, style=style)


def _said(item: Finding, wording: Wording) -> str:
    if item.measured is not None and item.measured.kind == "sum":
        return total_text(item, item.measured, wording)
    return ratio_text(item, wording)


def _top(findings: Sequence[Finding]) -> tuple[Sequence[Finding], Sequence[Finding]]:
    """The findings of the topmost body, if there is one, and the others; a few are all shown."""
    if len(findings) <= _FEW:
        return findings, ()
    level = min(len(item.subject.path) for item in findings)
    top = {item.subject for item in findings if len(item.subject.path) == level and is_body(item.subject)}
    if len(top) != 1:
        return (), findings
    return [item for item in findings if item.subject in top], [item for item in findings if item.subject not in top]


def _spread(findings: Sequence[Finding], wording: Wording, *, others: bool) -> str:
    exact = [(ratio, item) for item in findings if (ratio := ratio_of(item.measured)) is not None]
    if not exact:
        return wording("intervals", n=len(findings))
    ends = min(exact, key=itemgetter(0)), max(exact, key=itemgetter(0))
    low, high = (wording.percent(ratio, ratio_bounds(item.required)) for ratio, item in ends)
    said = wording("spread-others" if others else "spread", n=len(exact), low=low, high=high)
    inexact = len(findings) - len(exact)
    return f"{said}; {wording('intervals', n=inexact)}" if inexact else said
