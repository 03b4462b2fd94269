"""Papers: facts, tables and lines over time under a title, written as text, Markdown, a page, a workbook or JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from checker.report.say.wording import Wording
from checker.report.tables import Table


class Line(NamedTuple):
    """How a figure moves: a value for each point, None where there is none; those of a share lie between 0 and 1."""

    name: str
    values: Sequence[Fraction | None]
    share: bool = True


class Chart(NamedTuple):
    """Lines under a name, over points that have names too."""

    name: str
    points: Sequence[str]
    lines: Sequence[Line]


class Paper(NamedTuple):
    """What is written. `data` are the members of the same as JSON, `made` the day that a workbook says it is of."""

    wording: Wording
    title: str
    facts: Sequence[tuple[str, str]]
    tables: Sequence[Table]
    said: Sequence[str]
    data: Mapping[str, object]
    made: date
    charts: Sequence[Chart] = ()
