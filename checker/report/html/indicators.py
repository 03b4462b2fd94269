"""Indicators on the page: each with its values, a row for each subject and a column for each window."""

from __future__ import annotations

from dataclasses import dataclass

from checker.model.indicators import Indicator
from checker.model.period import Period
from checker.model.report import Report
from checker.report.grouping import subject_text
from checker.report.say.indicators import series, value_text
from checker.report.say.wording import Wording

_MOST = 200
"""So many subjects are listed of each."""


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """An indicator: the windows, and of each subject what it is in each of them; `more` says how much is not listed."""

    id: str
    title: str
    restated: str
    windows: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    more: str


def indicators_of(report: Report, wording: Wording) -> tuple[IndicatorView, ...]:
    """The indicators in the order of the rulebook."""
    return tuple(_view(each, wording) for each in report.indicators)


def _view(indicator: Indicator, wording: Wording) -> IndicatorView:
    found = sorted({each.window for each in indicator.values if each.window is not None}, key=lambda window: window.first)
    windows: list[Period | None] = [*found] or [None]
    rows, left = list[tuple[str, tuple[str, ...]]](), indicator.left_out
    for subject, values in series(indicator):
        if len(rows) == _MOST:
            left += len(values)
            continue
        said = {each.window: value_text(indicator.kind, each, wording) for each in values}
        # Of whom no window is due, why there is none stands in the first.
        first, *others = windows
        told = (said.get(first) or said.get(None, ""), *(said.get(window, "") for window in others))
        rows.append((subject_text(subject), told))
    return IndicatorView(
        id=indicator.id,
        title=indicator.title.in_(wording.language),
        restated=indicator.restated.in_(wording.language),
        windows=tuple(wording.window(each) for each in found),
        rows=tuple(rows),
        more=wording("indicator-more", n=left) if left else "",
    )
