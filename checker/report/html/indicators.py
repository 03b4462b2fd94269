"""Indicators on the page: each with its values, a row for each subject and a column for each window.

Of those that say one thing of one and the same subject, such as the figures of a city, several are rows of one table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from checker.model.indicators import Indicator
from checker.model.period import Period
from checker.model.report import Report, Subject
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


@dataclass(frozen=True, slots=True)
class FactsView:
    """Indicators of one subject, each with its only value: title, what it measures, id, value."""

    subject: str
    facts: tuple[tuple[str, str, str, str], ...]


def indicators_of(report: Report, wording: Wording) -> tuple[IndicatorView | FactsView, ...]:
    """The indicators in the order of the rulebook."""
    return tuple(_views(report, wording))


def _views(report: Report, wording: Wording) -> Iterator[IndicatorView | FactsView]:
    for subject, found in groupby(report.indicators, _only):
        alike = tuple(found)
        if subject is None or len(alike) == 1:
            yield from (_view(each, wording) for each in alike)
        else:
            yield FactsView(subject_text(subject), tuple(_fact(each, wording) for each in alike))


def _only(indicator: Indicator) -> Subject | None:
    """The subject of whom an indicator says one thing, and nothing else; None where there is none."""
    if len(indicator.values) != 1 or indicator.left_out or indicator.values[0].window is not None:
        return None
    return indicator.values[0].subject


def _fact(indicator: Indicator, wording: Wording) -> tuple[str, str, str, str]:
    (value,) = indicator.values
    title, restated = (text.in_(wording.language) for text in (indicator.title, indicator.restated))
    return title, restated, indicator.id, value_text(indicator.kind, value, wording)


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
