"""The values of the indicators that rules name, where these were judged."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from checker.model.indicators import IndicatorState, NamedValue, Reading
from checker.model.plan import RulePlan
from checker.model.quoting import literal
from checker.model.words import Reason
from checker.provenance.amounts import amount
from checker.run.session import Session

_ROWS = "SELECT subject, no, reason, doubtful, lacking, open, low, high FROM indicator_values WHERE indicator = {indicator}"
_Row = tuple[object, object, object, object, object, object]

NOT_SELECTED = Reading(None, None, IndicatorState.NONE, Reason.NOT_SELECTED)
"""What there is of a subject that the indicator is not about."""


class NamedValues:
    """What is asked for, by rule, subject and window; of a large submission each is looked up by itself."""

    def __init__(self, run: Session) -> None:
        self._run = run
        self._plans = {each.id: each for each in run.indicators}
        self._found: dict[str, dict[tuple[int, int], _Row]] = {}

    def of(self, rule: RulePlan, subject: int, no: int) -> tuple[NamedValue, ...]:
        """The values of what a rule names, of a subject in a window; what has none is not told apart by days either."""
        return tuple(self._value(name, subject, 0 if rule.unit is None else no) for name in rule.indicators)

    def _value(self, name: str, subject: int, no: int) -> NamedValue:
        plan, row = self._plans[name], self._rows(name, subject).get((subject, no))
        found = NOT_SELECTED if row is None else reading(*row)
        return NamedValue(name, plan.title, plan.kind, found.low, found.high, found.state, found.reason)

    def _rows(self, name: str, subject: int) -> dict[tuple[int, int], _Row]:
        query = _ROWS.format(indicator=literal(name))
        if self._run.large:
            return dict(_keyed(self._run.engine.rows(f"{query} AND subject = {subject}")))
        if name not in self._found:
            self._found[name] = dict(_keyed(self._run.engine.rows(query)))
        return self._found[name]


def readings(run: Session, indicator: str) -> Iterator[tuple[int, int, Reading]]:
    """What was measured of an indicator: the row of each subject, the number of the window, and the value."""
    for (subject, no), row in _keyed(run.engine.rows(f"{_ROWS.format(indicator=literal(indicator))} ORDER BY subject, no")):
        yield subject, no, reading(*row)


def reading(reason: object, doubtful: object, lacking: object, opened: object, low: object, high: object, *of: object) -> Reading:
    """How a value stands, from its row; what is not over may have nothing to measure so far: a ratio's ends lie crosswise."""
    if reason is not None:
        return Reading(None, None, IndicatorState.NONE, Reason(str(reason)))
    least, most, *rest = (end if isinstance(end, Decimal) else None for end in (low, high, *of))
    if opened and least is not None and most is not None and least > most:
        return Reading(None, None, IndicatorState.OPEN, Reason.NOTHING_TO_MEASURE)
    state = IndicatorState.OPEN if opened else IndicatorState.PERHAPS if doubtful or lacking else IndicatorState.VALUE
    ends = tuple(map(amount, rest))
    ratio = (ends[:2], ends[2:]) if any(end is not None for end in ends) else ()
    return Reading(amount(least), amount(most), state, ratio=ratio)  # type: ignore[arg-type]


def _keyed(rows: list[tuple[Any, ...]]) -> Iterator[tuple[tuple[int, int], _Row]]:
    for subject, no, reason, doubtful, lacking, opened, low, high in rows:
        yield (subject, no), (reason, doubtful, lacking, opened, low, high)
