"""What was measured where rules are satisfied: which findings tell it, and how far the others spread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from operator import itemgetter

from checker.model.measures import MeasureKind
from checker.model.report import Finding, Report, Subject
from checker.model.words import Verdict
from checker.report.grouping import grouped, is_body, of_verdict
from checker.report.say.bounds import ratio_bounds, ratio_of
from checker.report.say.message import ratio_text, total_text
from checker.report.say.wording import Wording

FEW = 3
"""So many subjects are each told of; of more, the topmost."""


def measured(report: Report) -> list[tuple[str, list[Finding]]]:
    """The satisfied findings of which a reader wants to know the figure, by rule in the rulebook's order.

    These are ratios and totals, and whatever was measured of a rule's only subject.
    """
    alone = _alone(report)
    satisfied = [item for item in of_verdict(report, Verdict.SATISFIED) if item.measured]
    told = [item for item in satisfied if is_figure(item) or item.rule in alone]
    place = {summary.id: number for number, summary in enumerate(report.rules)}
    told.sort(key=lambda item: place[item.rule])
    return grouped(told, lambda item: item.rule)


def is_figure(item: Finding) -> bool:
    """Whether what was measured of many subjects can be told in a line."""
    return item.measured is not None and (item.measured.kind.ratio or item.measured.kind is MeasureKind.SUM)


def _alone(report: Report) -> set[str]:
    """The rulebook's rules that judged one subject only."""
    first: dict[str, Subject] = {}
    listed: Counter[str] = Counter()
    several = {rule.id for rule in report.rules if not rule.own}
    for item in report.findings:
        # Most findings are of a rule that is known to have several subjects.
        if item.rule not in several and item.verdict is not Verdict.NOT_APPLICABLE:
            listed[item.rule] += item.windows
            if first.setdefault(item.rule, item.subject) != item.subject:
                several.add(item.rule)
    judged = {
        rule.id: sum(count for _, count in rule.counts) - rule.count(Verdict.NOT_APPLICABLE) for rule in report.rules if rule.own
    }
    return {name for name in first if name not in several and listed[name] == judged.get(name)}


def figure_text(item: Finding, wording: Wording) -> str:
    """A ratio, or a total, with what it is of."""
    if item.measured is not None and item.measured.kind is MeasureKind.SUM:
        return total_text(item, item.measured, wording)
    return ratio_text(item, wording)


def top(findings: Sequence[Finding]) -> tuple[Sequence[Finding], Sequence[Finding]]:
    """The findings of the topmost body, if there is one, and the others; a few are all shown."""
    if len(findings) <= FEW:
        return findings, ()
    level = min(len(item.subject.path) for item in findings)
    top = {item.subject for item in findings if len(item.subject.path) == level and is_body(item.subject)}
    if len(top) != 1:
        return (), findings
    return [item for item in findings if item.subject in top], [item for item in findings if item.subject not in top]


def spread(findings: Sequence[Finding], wording: Wording, *, others: bool) -> str:
    """How many were measured, and between which ends; `others` says that some of them are told of already."""
    # Of thousands many are alike.
    told = [item for item in findings if item.measured is not None and item.measured.exact]
    groups = grouped(told, lambda item: item.measured and (item.measured.low, item.measured.whole_low))
    exact = [(ratio, own[0], len(own)) for _, own in groups if (ratio := ratio_of(own[0].measured)) is not None]
    if not exact:
        return wording("intervals", n=len(findings))
    count = sum(n for *_, n in exact)
    ends = min(exact, key=itemgetter(0)), max(exact, key=itemgetter(0))
    low, high = (wording.percent(ratio, ratio_bounds(item.required)) for ratio, item, _ in ends)
    said = wording("spread-others" if others else "spread", n=count, low=low, high=high)
    inexact = len(findings) - count
    return f"{said}; {wording('intervals', n=inexact)}" if inexact else said
