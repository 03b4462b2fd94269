"""Says how long gaps are, from which day to which."""

from __future__ import annotations

from collections.abc import Sequence

from checker.model.report import Finding, Required
from checker.report.say.wording import Wording
from checker.words.amounts import Amount


def gaps_text(findings: Sequence[Finding], wording: Wording) -> str:
    """Gaps of one length, each with its days; of many in one finding, how many they are and how long."""
    first = findings[0]
    if first.measured is None or first.measured.low is None or first.measured.high is None:
        return wording("unknown")
    low, high = _days(first.measured.low, wording), _days(first.measured.high, wording)
    length = low if low == high else wording("range", low=wording.number(first.measured.low), high=high)
    if first.windows > 1:
        return wording("gaps", n=first.windows, days=length)
    days = [
        wording(_key(finding), first=finding.window.first, last=finding.window.last)
        for finding in findings
        if finding.window is not None
    ]
    return f"{length} {', '.join(days)}"


def _key(finding: Finding) -> str:
    """The key by which the days of a gap are said: whether it begins with a row, or where none was submitted from before."""
    return "gap-no-earlier" if finding.measured is not None and finding.measured.whole_low == 0 else "gap"


def lengths_text(required: Sequence[Required], wording: Wording) -> str:
    """How long a gap may be."""
    return wording("and").join(wording(bound.operator, value=wording.span(bound.text)) for bound in required)


def _days(value: Amount, wording: Wording) -> str:
    return wording.several("days", int(str(value)))
