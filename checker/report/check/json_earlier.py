"""What the JSON says of the earlier reports that a run was compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.model.earlier import Earlier
from checker.model.report import Report, SinceRevision
from checker.report.json_values import period_json

if TYPE_CHECKING:
    from checker.report.check.json_shape import BaselineJson, EarlierJson, PreviousJson, SinceJson


def previous_json(report: Report) -> PreviousJson | None:
    """The previous report, and how many violations are repeated since."""
    earlier = report.previous
    if earlier is None:
        return None
    return {
        **_earlier(earlier),
        "repeated": report.repeated,
    }


def baseline_json(report: Report) -> BaselineJson | None:
    """The baseline, how many violations it knows and does not know, and which of its own are gone."""
    earlier = report.baseline
    if earlier is None:
        return None
    return {
        **_earlier(earlier),
        "known": report.known,
        "new": report.new,
        "gone": [{"rule": each.rule, "subject": each.subject, "window": each.window} for each in report.gone],
    }


def since_json(since: SinceRevision | None) -> SinceJson | None:
    """The revision since which changes are told, and what was so then already."""
    if since is None:
        return None
    return {
        "name": since.name,
        "commit": since.commit,
        "left_out": {verdict.value: n for verdict, n in since.left_out},
    }


def _earlier(earlier: Earlier) -> EarlierJson:
    return {"file": earlier.file, "rulebook_version": earlier.rulebook_version, "period": period_json(earlier.period)}
