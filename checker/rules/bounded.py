"""Which values a bound may have: a ratio lies between 0 and 1, and no count is negative."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from checker.forms.base import Bounded
from checker.forms.rate import Rate
from checker.forms.share import Share
from checker.forms.target import Target

_PERCENT = 100


class Refusal(NamedTuple):
    """Why a value cannot be a bound, what to do about it, and what was probably meant."""

    message: str
    fix: str
    instead: str | None = None


def is_ratio(form: Bounded) -> bool:
    """Whether what the form bounds is a ratio."""
    return isinstance(form, Rate | Share | Target)


def refusal(form: Bounded, value: Fraction, text: str) -> Refusal | None:
    """Why that value, written so, is no bound of the form; None where it is one."""
    # The rows that are counted need not be among those of a base of their own, and a target may be surpassed.
    most = 1 if is_ratio(form) and not isinstance(form, Target) and getattr(form, "base", None) is None else None
    if value >= 0 and (most is None or value <= most):
        return None
    if most is None:
        return Refusal(f"a {'ratio' if is_ratio(form) else 'count'} is never {value}", "Write a number of at least 0.")
    percent = f"{text}%" if 0 < value <= _PERCENT and "%" not in text and not text.startswith(":") else None
    return Refusal(f"a ratio lies between 0 and 1, and {text} does not", "Write 85%, 0.85 or 2/3.", percent)
