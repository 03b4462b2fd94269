"""Which values a bound may have: a ratio lies between 0 and 1, and no count is negative."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from checker.forms.base import Bounded
from checker.forms.rate import Rate
from checker.forms.share import Share
from checker.forms.target import Target
from checker.words.message import Message, message

_PERCENT = 100


class Refusal(NamedTuple):
    """Why a value cannot be a bound, what to do about it, and what was probably meant."""

    message: Message
    fix: Message
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
        wrong = message("ratio-negative" if is_ratio(form) else "count-negative", value=str(value))
        return Refusal(wrong, message("negative-fix"))
    percent = f"{text}%" if 0 < value <= _PERCENT and "%" not in text and not text.startswith(":") else None
    return Refusal(message("ratio-outside", text=text), message("ratio-outside-fix"), percent)
