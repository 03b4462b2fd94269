"""Compiled indicators: what a report says of each, and the statements that measure it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from checker.model.measures import MeasureKind
from checker.model.period import Per
from checker.model.query import Query
from checker.model.sql import Sql
from checker.model.words import Text

if TYPE_CHECKING:
    from checker.model.plan import RulePlan


class IndicatorPlan(NamedTuple):
    """One indicator: what a report says of it, and the statements that measure it; `indicators` are those that it names.

    `measure` has the whole meaning, as that of a rule has; passes put `one_key` or `plain` in its place.
    """

    id: str
    title: Text
    cites: tuple[str, ...]
    form: str
    restated: Text
    note: Text
    record: str
    kind: MeasureKind
    unit: Per | None
    windows: Sql | None
    terms: str | None
    measure: Query
    one_key: tuple[str, Query] | None
    plain: Query | None
    certain: tuple[tuple[str, str], ...]
    tables: tuple[str, ...]
    linking: tuple[tuple[str, str], ...] | None
    by_key: bool
    related: str | None
    climbs: str | None
    reads: tuple[str, ...]
    columns_read: tuple[tuple[str, str], ...]
    indicators: tuple[str, ...]


def measured_for(
    indicators: Iterable[IndicatorPlan], rules: Iterable[RulePlan], also: Iterable[str] = ()
) -> tuple[IndicatorPlan, ...]:
    """Those that rules name, and those with the ids `also`, with what these name, in their order."""
    wanted, found = {*also, *(name for rule in rules for name in rule.indicators)}, []
    # Each names none that stands after it.
    for each in reversed(tuple(indicators)):
        if each.id in wanted:
            wanted |= set(each.indicators)
            found.append(each)
    return tuple(reversed(found))
