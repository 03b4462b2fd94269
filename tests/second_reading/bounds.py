"""Bounds, intervals, and outcomes."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from tests.second_reading import book, syntax
from tests.second_reading.sense import Run
from tests.second_reading.tables import Row

SIGNS = {"at_least": ">=", "more_than": ">", "at_most": "<=", "less_than": "<", "exactly": "="}
LOWER = {">=", ">"}
End = Fraction | float
INFINITE = math.inf


@dataclass(frozen=True)
class Outcome:
    """What measuring says."""

    kind: str
    reason: str | None = None
    low: End | None = None
    high: End | None = None


@dataclass(frozen=True)
class Bound:
    """One bound; its value is None where it is unknown."""

    sign: str
    value: Fraction | None


def bounds(run: Run, says: Mapping[str, Any], row: Row, day: date | None, default: str | None = None) -> list[Bound]:
    """The bounds of a form, for a subject, as of a day."""
    found = []
    for name, sign in SIGNS.items():
        if name in says:
            found.append(Bound(sign, rounded(value(run, str(says[name]), row, day), says.get("round"))))
    return found or [Bound(">=", book.number(default or "1"))]


def value(run: Run, text: str, row: Row, day: date | None) -> Fraction | None:
    """The value of a bound."""
    plain = book.number(text)
    if plain is not None:
        return plain
    found = run.value(syntax.parse(text), row, day)
    return found if isinstance(found, Fraction) else None


def rounded(number: Fraction | None, how: str | None) -> Fraction | None:
    """A bound made whole."""
    if number is None or how is None:
        return number
    return Fraction({"up": math.ceil(number), "down": math.floor(number), "nearest": math.floor(number + Fraction(1, 2))}[how])


def joined(kinds: Iterable[str]) -> str:
    """What several bounds say together."""
    found = set(kinds)
    return "breached" if "breached" in found else "met" if found == {"met"} else "unknown"


def whole(low: End, high: End, bound: Bound) -> str:
    """Whether a whole number between two ends keeps a bound."""
    if bound.value is None:
        return "unknown"
    if bound.sign == "=" and (bound.value.denominator != 1):
        return "breached"
    return real(low, high, bound)


def real(low: End, high: End, bound: Bound) -> str:
    """Whether a number between two ends keeps a bound."""
    limit = bound.value
    if limit is None:
        return "unknown"
    if bound.sign == "=":
        return "met" if low == high == limit else "breached" if limit < low or limit > high else "unknown"
    ends = [kept(end, bound.sign, limit) for end in (low, high)]
    return "met" if all(ends) else "unknown" if any(ends) else "breached"


def kept(end: End, sign: str, limit: Fraction) -> bool:
    """Whether a number keeps a bound."""
    return {">=": end >= limit, ">": end > limit, "<=": end <= limit, "<": end < limit}[sign]


def counted(low: End, high: End, limits: list[Bound], *, over: bool = True) -> str:
    """The outcome of a count; in a window that is not over it may still grow."""
    if over:
        return joined(whole(low, high, limit) for limit in limits)
    for limit in limits:
        if limit.value is not None and limit.sign not in LOWER and real(low, INFINITE, limit) == "breached":
            return "breached"
    if all(limit.sign in LOWER and whole(low, INFINITE, limit) == "met" for limit in limits):
        return "met"
    return "open"
