"""How the values of a rule that is said again are compared with those of the rule it is built on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from checker.forms.base import LOWER, Tighter
from checker.forms.streak import Streak
from checker.rules.bounds import Duration, check_duration, read_number

if TYPE_CHECKING:
    from checker.forms.base import Form
    from checker.rules.rulebook import Parameter

PARAMETER = re.compile(r":([a-z][a-z0-9_]*)")
_DAYS = {"day": 1, "month": 31, "year": 366}
"""The most days that one of them has."""

_EVER = date.min


def tighter(form: Form, key: str, before: object, now: object) -> bool:
    """Whether the value of a key that is no bound asks for at least as much as the one before."""
    match form.tighter.get(key):
        case Tighter.GIVEN:
            return before is None and now is not None
        case _ if before is None or now is None:
            return False
        case Tighter.SMALLER:
            old, new = read_number(str(before)), read_number(str(now))
            return old is not None and new is not None and new <= old
        case Tighter.SHORTER:
            return _shorter(check_duration(str(before)), check_duration(str(now)))
        case _:
            return False


def _shorter(before: Duration, now: Duration) -> bool:
    """Whether a span of time is certainly no longer than the one before."""
    if before.months_by is not now.months_by:
        return False
    if (before.unit == "day") is (now.unit == "day"):
        months = {"day": 1, "month": 1, "year": 12}
        return now.count * months[now.unit] <= before.count * months[before.unit]
    least = {"day": 1, "month": 28, "year": 365}
    return now.count * _DAYS[now.unit] <= before.count * least[before.unit]


def reads_its_days(form: Form) -> bool:
    """Whether a rule that is in force for longer asks it of more rows, which may be what was missing."""
    lower = isinstance(form, Streak) and any(key in LOWER for key, _ in form.bounds())
    return lower or getattr(form, "partial", None) is not None


def steps(text: str, parameters: Mapping[str, Parameter]) -> dict[date, Fraction] | None:
    """A bound's values by the day from which they hold; None for an expression."""
    number = read_number(text)
    if number is not None:
        return {_EVER: number}
    match = PARAMETER.fullmatch(text.strip())
    parameter = parameters.get(match[1]) if match else None
    if parameter is None:
        return None
    return {each.first or _EVER: each.value for each in parameter.values if isinstance(each.value, Fraction)}


def value_on(values: Mapping[date, Fraction], day: date) -> Fraction | None:
    """The value that holds on that day."""
    begun = [first for first in values if first <= day]
    return values[max(begun)] if begun else None
