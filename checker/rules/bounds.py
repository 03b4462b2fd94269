"""Bounds and durations as rulebooks write them: `85%`, `2/3`, `:name`, `members / 3`, `12 months`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, NamedTuple

from checker.rules.predicates import NUMERIC, check
from checker.rules.scope import BUILT_IN, Scope, unknown_parameter
from checker.rules.tokens import PredicateError
from checker.words.message import message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlglot import exp

    from checker.rules.rulebook import Parameter

_NUMBER = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,6})?")
_PERCENT = re.compile(r"([0-9]{1,18}(?:\.[0-9]{1,6})?)\s*%")
_FRACTION = re.compile(r"([0-9]{1,18})\s*/\s*([0-9]{1,18})")
_PARAMETER = re.compile(r":([a-z][a-z0-9_]*)")
_DURATION = re.compile(r"([0-9]{1,5})\s*(d|days?|working\s+days?|months?|years?)(?:\s+(end to end|or the next day))?")
_MAX_COUNT = {"day": 36_525, "working day": 26_000, "month": 1200, "year": 100}
_FIX = message("expr-bound-fix")


class Bound(NamedTuple):
    """One bound: a value, a parameter's name, or `tree / divisor` over the subject; exactly one of the three is set.

    `columns`, `parameters` and `indicators` are those of the tree, or the parameter itself. `percent` says how to show the value.
    """

    text: str
    value: Fraction | None = None
    parameter: str | None = None
    tree: exp.Expression | None = None
    divisor: Fraction = Fraction(1)
    percent: bool = False
    columns: tuple[tuple[str, ...], ...] = ()
    parameters: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()


class Months(StrEnum):
    """Where months lead from a day that not every month has, or from the last day of one."""

    CLIP = ""
    """To the same day of the month; where it has none, to its last."""
    END_TO_END = "end to end"
    """The same, and from the last day of a month to the last day of a month."""
    NEXT_DAY = "or the next day"
    """To the same day of the month; where it has none, to the first of the next month."""


@dataclass(frozen=True, slots=True)
class Duration:
    """A span of time, as long as it says on the calendar."""

    count: int
    unit: Literal["day", "working day", "month", "year"]
    months_by: Months = Months.CLIP

    @property
    def months(self) -> int | None:
        """How many months it has, where it is counted in them."""
        return {"month": self.count, "year": self.count * 12}.get(self.unit)


def read_number(text: str) -> Fraction | None:
    """The exact value of a number, percentage or fraction; None if the text is none of them, or divides by 0."""
    text = text.strip()
    if match := _PERCENT.fullmatch(text):
        return Fraction(match[1]) / 100
    if (match := _FRACTION.fullmatch(text)) and int(match[2]):
        return Fraction(int(match[1]), int(match[2]))
    return Fraction(text) if _NUMBER.fullmatch(text) else None


def check_bound(text: str, scope: Scope | None, parameters: Mapping[str, Parameter]) -> Bound:
    """Reads a bound; an expression over the subject only where a scope is given. Raises PredicateError."""
    value = read_number(text)
    if value is not None:
        return Bound(text.strip(), value=value, percent="%" in text)
    if _FRACTION.fullmatch(text.strip()):
        raise PredicateError("bad-bound", message("expr-bound-by-zero", text=text), _FIX)
    if match := _PARAMETER.fullmatch(text.strip()):
        return _parameter_bound(match[1], parameters)
    if scope is None:
        raise PredicateError("bad-bound", message("expr-bad-bound", text=text), _FIX)
    checked = check(text, scope, wants=NUMERIC, divisible=True)
    return Bound(
        text.strip(),
        tree=checked.tree,
        divisor=checked.divisor,
        columns=checked.columns,
        parameters=checked.parameters,
        indicators=checked.indicators,
    )


def check_duration(text: str) -> Duration:
    """Reads `365d`, `30 days`, `10 working days`, `12 months` or `1 year`. Raises PredicateError."""
    match = _DURATION.fullmatch(text.strip())
    fix = message("expr-bad-duration-fix")
    if not match:
        raise PredicateError("bad-duration", message("expr-bad-duration", text=text), fix)
    units: dict[str, Literal["day", "working day", "month", "year"]]
    units = {"d": "day", "w": "working day", "m": "month", "y": "year"}
    unit = units[match[2][0]]
    count = int(match[1])
    if not 1 <= count <= _MAX_COUNT[unit]:
        raise PredicateError("bad-duration", message("expr-long-duration", text=text), fix)
    if match[3] and unit not in {"month", "year"}:
        raise PredicateError("bad-duration", message("expr-months-only", word=match[3]), message("leave-it-out"))
    return Duration(count, unit, Months(match[3] or ""))


def _parameter_bound(name: str, parameters: Mapping[str, Parameter]) -> Bound:
    parameter = parameters.get(name)
    if parameter is None and name not in BUILT_IN:
        raise unknown_parameter(name, parameters, 0)
    if parameter is None or any(isinstance(dated.value, str) for dated in parameter.values):
        raise PredicateError(
            "wrong-type", message("expr-parameter-no-number", name=name), message("expr-parameter-no-number-fix")
        )
    percent = any("%" in dated.text for dated in parameter.values)
    return Bound(f":{name}", parameter=name, percent=percent, parameters=(name,))
