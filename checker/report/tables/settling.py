"""What would settle most of what is undetermined: a row for each group of cells on which the same findings depend."""

from __future__ import annotations

from collections.abc import Iterator

from checker.model.report import Report
from checker.report import ALL, Narrowing
from checker.report.say.places import Places
from checker.report.say.settling import group_cause, group_place
from checker.report.settling import settling_of
from checker.report.tables import Cell, Table


def settling_table(report: Report, places: Places, narrowing: Narrowing = ALL) -> Table:
    """The groups, those with most effect first."""
    columns = ("where", "column-open", "column-keeps", "column-settles", "column-rows", "column-rule-id")
    return Table("settling", columns, _rows(report, places, narrowing), 1)


def _rows(report: Report, places: Places, narrowing: Narrowing) -> Iterator[tuple[Cell, ...]]:
    for group in settling_of(report, narrowing).groups:
        where, cause = group_place(group, places), group_cause(group, places.wording)
        yield where, cause, group.keeps, group.settles, group.count or None, ", ".join(group.rules)
