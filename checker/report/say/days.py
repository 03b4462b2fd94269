"""Says when something was, and between which days it had to be."""

from __future__ import annotations

from datetime import date

from checker.model.report import Finding, Measured, Required
from checker.model.words import Verdict
from checker.report.say.bounds import written
from checker.report.say.wording import Wording


def day_text(finding: Finding, measured: Measured, wording: Wording) -> str:
    """The day that was found: the latest one, or of a span of allowed days the first that is not too early."""
    if any(bound.operator == "within" for bound in finding.required):
        return _latest(finding, measured, wording)
    low, high = measured.low, measured.high
    if low is None or high is None:
        known = low if high is None else high
        if known is not None:
            return wording("first-perhaps", day=wording.number(known))
        return wording("unknown" if finding.verdict is Verdict.UNDETERMINED else "never")
    if low != high:
        return wording("first-range", low=wording.number(low), high=wording.number(high))
    return wording("first", day=wording.number(low)) + _missed(finding, low, wording)


def allowed_text(finding: Finding, wording: Wording, *, due: date | None) -> str:
    """The days on which it had to be."""
    first = finding.required[0]
    if first.operator == "within":
        return _fresh(first, due, wording)
    known = {bound.operator: bound.value for bound in finding.required if isinstance(bound.value, date)}
    rests_on = ", ".join(wording.span(written(bound, wording)) for bound in finding.required if bound.text)
    said = wording("allowed-unknown")
    if len(known) == len(finding.required):
        key = "allowed-between" if len(known) > 1 else {">=": "allowed-from", "<=": "allowed-until"}[first.operator]
        said = wording(key, first=known.get(">="), last=known.get("<="))
    return f"{said} [{rests_on}]" if rests_on else said


def _missed(finding: Finding, day: object, wording: Wording) -> str:
    """By how many days the day is too late or too early."""
    for bound in finding.required:
        if not isinstance(day, date) or not isinstance(bound.value, date):
            continue
        days = (day - bound.value).days
        if bound.operator == "<=" and days > 0:
            return wording("late", days=wording.several("days", days))
        if bound.operator == ">=" and days < 0:
            return wording("early", days=wording.several("days", -days))
    return ""


def _latest(finding: Finding, measured: Measured, wording: Wording) -> str:
    low, high = measured.low, measured.high
    if low is None:
        if high is not None:
            return wording("latest-perhaps", high=wording.number(high))
        return wording("unknown" if finding.verdict is Verdict.UNDETERMINED else "never")
    if high is None:
        return wording("latest-unknown", low=wording.number(low))
    if low == high:
        return wording("latest", day=wording.number(low))
    return wording("latest-range", low=wording.number(low), high=wording.number(high))


def _fresh(required: Required, due: date | None, wording: Wording) -> str:
    span = wording.span(required.text)
    if due is not None:
        return wording("fresh-by", span=span, due=due)
    if required.value is None:
        return wording("fresh", span=span)
    return wording("fresh-since", span=span, day=wording.number(required.value))
