"""A paper as a page of its own for any browser, with its lines drawn."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple, TextIO

from checker.report import Presentation
from checker.report.html.render import fill
from checker.report.papers import Chart, Line, Paper
from checker.report.say.wording import Wording
from checker.report.tables import Cell, Table, shown

WIDE, HIGH, _EDGE = 240, 60, 4


class _Drawn(NamedTuple):
    """A line: its name, its points as the page draws them, and its values in words."""

    name: str
    runs: Sequence[str]
    dots: Sequence[tuple[str, str, str]]


def write(paper: Paper, stream: TextIO, presentation: Presentation) -> None:  # noqa: ARG001 -- as all formats
    """Writes the page."""
    wording = paper.wording
    charts = [(chart.name, chart.points, [_drawn(line, chart, wording) for line in chart.lines]) for chart in paper.charts]
    tables = [_shown(table, wording) for table in paper.tables]
    size = {"wide": WIDE, "high": HIGH}
    stream.writelines(
        fill("paper.html", "paper.css", paper=paper, language=wording.language, tables=tables, charts=charts, size=size)
    )


def _shown(table: Table, wording: Wording) -> tuple[str, list[str], list[list[tuple[str, bool]]]]:
    kept = len(table.columns) - table.details
    head = [wording(key) for key in table.columns[:kept]]
    return wording(table.name), head, [[_cell(cell, wording) for cell in row[:kept]] for row in table.rows]


def _cell(cell: Cell, wording: Wording) -> tuple[str, bool]:
    """What stands in a cell, and whether it is a number."""
    value = shown(cell, wording)
    if value is None or isinstance(value, str):
        return value or "", False
    return wording.number(value), True


def _drawn(line: Line, chart: Chart, wording: Wording) -> _Drawn:
    """The line on a field of so many units, between the least and the greatest value; one that has gaps is in parts."""
    top = (
        Fraction(1)
        if line.share
        else max((value for value in line.values if value is not None), default=Fraction(1)) or Fraction(1)
    )
    step = Fraction(WIDE - 2 * _EDGE, max(len(chart.points) - 1, 1))
    runs: list[list[str]] = [[]]
    dots = []
    for number, (point, value) in enumerate(zip(chart.points, line.values, strict=True)):
        if value is None:
            runs.append([])
            continue
        at = (_units(_EDGE + number * step), _units(HIGH - _EDGE - (HIGH - 2 * _EDGE) * value / top))
        runs[-1].append(",".join(at))
        said = wording.percent(value) if line.share else wording.number(value.numerator)
        dots.append((*at, f"{point}: {said}"))
    return _Drawn(line.name, [" ".join(run) for run in runs if len(run) > 1], dots)


def _units(value: Fraction) -> str:
    return f"{float(round(value, 2)):.2f}"
