"""What was measured without being required: a row for each value of an indicator."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from checker.model.report import Report
from checker.report.grouping import subject_text
from checker.report.say.indicators import value_text
from checker.report.say.wording import Wording
from checker.report.tables import Cell, Table
from checker.words.amounts import Amount


def indicators_table(report: Report, wording: Wording) -> Table:
    """The values of all indicators, those of a subject in the order of their windows."""
    columns = (
        *("column-indicator", "column-subject", "column-window", "column-indicator-value", "column-least", "column-greatest"),
        "column-indicator-id",
    )
    return Table("indicators", columns, _rows(report, wording), 3)


def _rows(report: Report, wording: Wording) -> Iterator[tuple[Cell, ...]]:
    for each in report.indicators:
        for value in each.values:
            window = wording.window(value.window) if value.window is not None else ""
            said = value_text(each.kind, value, wording)
            ends = (_cell(value.low), _cell(value.high))
            yield each.title.in_(wording.language), subject_text(value.subject), window, said, *ends, each.id


def _cell(end: Amount | None) -> Cell:
    return end if end is None or isinstance(end, int | Decimal) else str(end)
