"""Says the values of indicators: a number, a percentage, or between which ends it lies, and how it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from checker.model.indicators import Indicator, IndicatorState, IndicatorValue, NamedValue, Reading
from checker.model.measures import MeasureKind
from checker.model.report import Finding, Subject
from checker.report.grouping import grouped
from checker.report.say.wording import Wording
from checker.words.amounts import as_fraction


def value_text(
    kind: MeasureKind, value: IndicatorValue | NamedValue | Reading, wording: Wording, bounds: Sequence[Fraction] = ()
) -> str:
    """The value, with what is to be said of it; a percentage contradicts none of the bounds."""
    if value.state is IndicatorState.NONE:
        return wording("indicator-none", why=wording(str(value.reason)))
    if value.reason is not None:
        return wording("indicator-nothing-so-far")
    said = _interval_text(kind, value, wording, bounds)
    return said if value.state is IndicatorState.VALUE else wording(f"indicator-{value.state}", value=said)


def _interval_text(
    kind: MeasureKind, value: IndicatorValue | NamedValue | Reading, wording: Wording, bounds: Sequence[Fraction]
) -> str:
    """The value, or between which ends it lies; of a ratio in percent, where ends that look the same are one."""
    if not kind.ratio:
        return wording.interval(value.low, value.high)
    low, high = (None if exact is None else wording.percent(exact, bounds) for exact in map(as_fraction, (value.low, value.high)))
    if low is None or high is None:
        return wording.interval(value.low, value.high)
    return low if low == high else wording("range", low=low, high=high)


def named_text(finding: Finding, wording: Wording) -> str:
    """The indicators that the rule of a finding names, each with its value."""
    return "; ".join(
        wording("indicator-is", title=each.title.in_(wording.language), value=value_text(each.kind, each, wording))
        for each in finding.named
    )


def series(indicator: Indicator) -> Iterator[tuple[Subject, list[IndicatorValue]]]:
    """The subjects, each with its values in the order of their windows."""
    yield from grouped(indicator.values, lambda value: value.subject)


def series_text(indicator: Indicator, values: list[IndicatorValue], wording: Wording) -> str:
    """The values of a subject, each with its window."""
    return "; ".join(
        value_text(indicator.kind, each, wording)
        if each.window is None
        else wording("indicator-in-window", window=wording.window(each.window), value=value_text(indicator.kind, each, wording))
        for each in values
    )
