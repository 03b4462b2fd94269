"""What was measured without being required: a row for each value of an indicator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from checker.model.indicators import Indicator, IndicatorState, IndicatorValue
from checker.model.measures import MeasureKind
from checker.report.grouping import subject_text
from checker.report.say.indicators import value_text
from checker.report.say.wording import Wording
from checker.report.tables import Cell, Table, above, body_name, identities
from checker.words.amounts import Amount

COLUMNS = ("column-indicator", "column-subject", "column-window", "column-indicator-value")
DETAILS = (
    *("column-least", "column-greatest", "column-of-ratio-part", "column-of-ratio-whole", "column-from", "column-until"),
    *("column-body", "column-under", "column-indicator-id", "column-body-id", "column-subject-id"),
)


def indicators_table(indicators: Iterable[Indicator], wording: Wording) -> Table:
    """The values of indicators in their order, those of a subject in the order of their windows, made when they are read."""
    return Table("indicators", COLUMNS + DETAILS, _rows(indicators, wording), len(DETAILS))


def _rows(indicators: Iterable[Indicator], wording: Wording) -> Iterator[tuple[Cell, ...]]:
    for each in indicators:
        for value in each.values:
            yield _row(each, value, wording)


def _row(indicator: Indicator, value: IndicatorValue, wording: Wording) -> tuple[Cell, ...]:
    window, subject = value.window, value.subject
    body, identity = identities(subject)
    return (
        *(indicator.title.in_(wording.language), subject_text(subject)),
        *("" if window is None else wording.window(window), _value(indicator.kind, value, wording)),
        *(_cell(value.low), _cell(value.high)),
        *([_interval(*ends, wording) for ends in value.ratio] or (None, None)),
        *((None, None) if window is None else (window.first, window.last)),
        *(body_name(subject, wording), above(subject), indicator.id, body, identity),
    )


def _value(kind: MeasureKind, value: IndicatorValue, wording: Wording) -> Cell:
    """The number, where it is known and no percentage; else what is to be said."""
    if value.state is IndicatorState.VALUE and value.low == value.high and value.low is not None and not kind.ratio:
        return _cell(value.low)
    return value_text(kind, value, wording)


def _interval(low: Amount | None, high: Amount | None, wording: Wording) -> Cell:
    return _cell(low) if low == high and low is not None else wording.interval(low, high)


def _cell(end: Amount | None) -> Cell:
    return end if end is None or isinstance(end, int | Decimal) else str(end)
