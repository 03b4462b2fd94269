"""The values of the indicators that rules name, where these were judged."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from checker.model.indicators import IndicatorState, NamedValue
from checker.model.plan import RulePlan
from checker.model.quoting import literal
from checker.model.words import Reason
from checker.provenance.amounts import amount
from checker.run.session import Session
from checker.words.amounts import Amount

_ROWS = "SELECT subject, no, reason, doubtful, lacking, open, low, high FROM indicator_values WHERE indicator = {indicator}"
_Row = tuple[object, ...]


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
        face = (name, plan.title, plan.kind)
        if row is None:
            return NamedValue(*face, None, None, IndicatorState.NONE, Reason.NOT_SELECTED)
        reason, doubtful, lacking, opened, low, high = row
        if reason is not None:
            return NamedValue(*face, None, None, IndicatorState.NONE, Reason(str(reason)))
        ends = (end if isinstance(end, Decimal) else None for end in (low, high))
        found = standing(*ends, doubtful=doubtful, lacking=lacking, opened=opened)
        return NamedValue(*face, found.low, found.high, found.state, found.reason)

    def _rows(self, name: str, subject: int) -> dict[tuple[int, int], _Row]:
        query = _ROWS.format(indicator=literal(name))
        if self._run.large:
            return dict(_keyed(self._run.engine.rows(f"{query} AND subject = {subject}")))
        if name not in self._found:
            self._found[name] = dict(_keyed(self._run.engine.rows(query)))
        return self._found[name]


class Standing(NamedTuple):
    """The ends of a value, how it stands, and why there is none."""

    low: Amount | None
    high: Amount | None
    state: IndicatorState
    reason: Reason | None = None


def standing(low: Decimal | None, high: Decimal | None, *, doubtful: object, lacking: object, opened: object) -> Standing:
    """How a value stands; what is not over may have nothing to measure so far, and then a ratio's ends lie crosswise."""
    if opened and low is not None and high is not None and low > high:
        return Standing(None, None, IndicatorState.OPEN, Reason.NOTHING_TO_MEASURE)
    state = IndicatorState.OPEN if opened else IndicatorState.PERHAPS if doubtful or lacking else IndicatorState.VALUE
    return Standing(amount(low), amount(high), state)


def _keyed(rows: list[tuple[int, ...]]) -> Iterator[tuple[tuple[int, int], _Row]]:
    for subject, no, *rest in rows:
        yield (subject, no), tuple(rest)
