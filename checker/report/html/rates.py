"""Rates against their bounds: what the small bars show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from checker.model.measures import MeasureKind
from checker.model.report import Finding, Report, Required
from checker.model.words import GRAVEST, Verdict
from checker.report.grouping import grouped, in_order, is_submission, subject_text
from checker.report.html.charts import scaled
from checker.report.say.bounds import bounds_text, ratio_bounds
from checker.report.say.measured import spread, top
from checker.report.say.message import ratio_text
from checker.report.say.wording import Wording
from checker.words.amounts import as_fraction

_MOST = 12
_JUDGED = (Verdict.VIOLATED, Verdict.WAIVED, Verdict.UNDETERMINED, Verdict.PENDING, Verdict.SATISFIED)


@dataclass(frozen=True, slots=True)
class Bar:
    """The rate of one subject: from nothing to `low` it certainly is, to `high` it may be; both are per cent."""

    name: str
    said: str
    verdict: Verdict
    verdict_text: str
    low: str
    high: str
    bounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rate:
    """A rule about a rate: its bound, the bars that tell most, and how far the others spread."""

    rule: str
    title: str
    bound: str
    bars: tuple[Bar, ...]
    others: tuple[str, ...]


def rates_of(report: Report, wording: Wording) -> tuple[Rate, ...]:
    """The rules about rates that measured anything, in the order of the rulebook."""
    measured = [
        finding
        for finding in report.findings
        if finding.measured is not None and finding.measured.kind.ratio and finding.verdict in _JUDGED
    ]
    of_rule = dict(grouped(measured, lambda finding: finding.rule))
    return tuple(
        _rate(rule.id, rule.title.in_(wording.language), in_order(of_rule[rule.id], report), wording)
        for rule in report.rules
        if rule.id in of_rule
    )


def _rate(rule: str, title: str, findings: Sequence[Finding], wording: Wording) -> Rate:
    """Those that do not satisfy the rule come first, the lowest rate foremost; then the topmost body."""
    # Where each subject has a bound of its own, each bar says it.
    alike = len({each.required for each in findings if each.required}) <= 1
    required = next((each.required for each in findings if each.required and alike), ())
    amiss = sorted((each for each in findings if each.verdict is not Verdict.SATISFIED), key=_gravity)
    shown, others = top([each for each in findings if each.verdict is Verdict.SATISFIED])
    said = [spread(others, wording, others=bool(shown))] if others else []
    if len(amiss) > _MOST:
        said.append(wording("page-more-below", n=len(amiss) - _MOST))
    return Rate(
        rule=rule,
        title=title,
        bound=_bound(required, wording),
        bars=tuple(_bar(each, wording, own=not alike) for each in (*amiss[:_MOST], *shown)),
        others=tuple(said),
    )


def _bound(required: Sequence[Required], wording: Wording) -> str:
    return wording("bound", bounds=bounds_text(required, MeasureKind.RATIO, wording)) if required else ""


def _bar(finding: Finding, wording: Wording, *, own: bool) -> Bar:
    low, high = _ends(finding)
    name = wording("submission-itself") if is_submission(finding.subject) else subject_text(finding.subject)
    return Bar(
        name=name + (f", {wording.window(finding.window)}" if finding.window else ""),
        said="; ".join(filter(None, (ratio_text(finding, wording), _bound(finding.required, wording) if own else ""))),
        verdict=finding.verdict,
        verdict_text=wording(finding.verdict.value),
        low=scaled(low),
        high=scaled(high),
        bounds=tuple(scaled(bound) for bound in ratio_bounds(finding.required)),
    )


def _ends(finding: Finding) -> tuple[Fraction, Fraction]:
    """The least and the greatest the rate can be, as far as its parts tell."""
    measured = finding.measured
    if measured is None:
        return Fraction(0), Fraction(1)
    low, high, least, most = map(as_fraction, (measured.low, measured.high, measured.whole_low, measured.whole_high))
    return (
        low / most if low is not None and most else Fraction(0),
        min(high / least, Fraction(1)) if high is not None and least else Fraction(1),
    )


def _gravity(finding: Finding) -> tuple[int, Fraction]:
    return GRAVEST.index(finding.verdict), _ends(finding)[0]
