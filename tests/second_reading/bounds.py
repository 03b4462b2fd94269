"""Bounds, intervals, and outcomes."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from tests.second_reading import book, syntax
from tests.second_reading.cells import INFINITE, End, Interval
from tests.second_reading.sense import Run
from tests.second_reading.tables import Row

SIGNS = {"at_least": ">=", "more_than": ">", "at_most": "<=", "less_than": "<", "exactly": "="}
LOWER = {">=", ">"}


@dataclass(frozen=True)
class Outcome:
    """What measuring says."""

    kind: str
    reason: str | None = None
    low: End | None = None
    high: End | None = None


@dataclass(frozen=True)
class Bound:
    """One bound; its value is None where it is unknown, or only known to lie `between` two ends."""

    sign: str
    value: Fraction | None
    between: Interval | None = None

    @property
    def ends(self) -> tuple[End, End] | None:
        """The least and the greatest that it may be, if something is known of it."""
        if self.between is not None:
            return self.between.low, self.between.high
        return None if self.value is None else (self.value, self.value)


def bounds(run: Run, says: Mapping[str, Any], row: Row, day: date | None, default: str | None = None) -> list[Bound]:
    """The bounds of a form, for a subject, as of a day."""
    found, how = [], says.get("round")
    for name, sign in SIGNS.items():
        if name in says:
            limit = value(run, str(says[name]), row, day)
            if isinstance(limit, Interval):
                found.append(Bound(sign, None, Interval(rounded(limit.low, how), rounded(limit.high, how))))
            else:
                found.append(Bound(sign, None if limit is None else Fraction(rounded(limit, how))))
    return found or [Bound(">=", book.number(default or "1"))]


def value(run: Run, text: str, row: Row, day: date | None) -> Fraction | Interval | None:
    """The value of a bound."""
    plain = book.number(text)
    if plain is not None:
        return plain
    found = run.value(syntax.parse(text), row, day)
    return found if isinstance(found, Fraction | Interval) else None


def rounded(number: End, how: str | None) -> End:
    """A number made whole; one that is infinite stays so."""
    if how is None or math.isinf(number):
        return number
    return Fraction({"up": math.ceil(number), "down": math.floor(number), "nearest": math.floor(number + Fraction(1, 2))}[how])


def joined(kinds: Iterable[str]) -> str:
    """What several bounds say together."""
    found = set(kinds)
    return "breached" if "breached" in found else "met" if found == {"met"} else "unknown"


def whole(low: End, high: End, bound: Bound) -> str:
    """Whether a whole number between two ends keeps a bound."""
    if bound.sign == "=" and bound.ends is not None and not any(map(math.isinf, bound.ends)):
        least, most = bound.ends
        if math.ceil(least) > math.floor(most):
            return "breached"
    return real(low, high, bound)


def real(low: End, high: End, bound: Bound) -> str:
    """Whether a number between two ends keeps a bound."""
    if bound.ends is None:
        return "unknown"
    least, most = bound.ends
    if bound.sign == "=":
        return "met" if low == high == least == most else "breached" if most < low or least > high else "unknown"
    ends = [kept(end, bound.sign, limit) for end in (low, high) for limit in (least, most)]
    return "met" if all(ends) else "unknown" if any(ends) else "breached"


def kept(end: End, sign: str, limit: End) -> bool:
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
