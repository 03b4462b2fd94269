"""What a form can measure at all, and which of that its bounds leave."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from checker.forms.base import Bounded
from checker.forms.coverage import Coverage
from checker.forms.frequency import Frequency
from checker.forms.occupancy import Occupancy
from checker.forms.rate import Rate
from checker.forms.share import Share
from checker.forms.streak import Streak
from checker.lint.desk import Desk, parsed
from checker.lint.ranges import Range, range_of
from checker.rules.bounds import check_bound
from checker.rules.rulebook import Rule

_LOWER = {"at_least", "more_than", "exactly"}
_UPPER = {"at_most", "less_than", "exactly"}
_STRICT = {"more_than", "less_than"}


class Scale(NamedTuple):
    """What can be measured: from the low to the high end, and whether only whole numbers."""

    range: Range
    whole: bool = False


class Asked(NamedTuple):
    """A bound, and between which values it lies."""

    key: str
    value: Range


def scale_of(desk: Desk, rule: Rule) -> Scale | None:
    """What a rule's form can measure; None where nothing is known of that."""
    match rule.require:
        case Frequency() | Coverage() | Streak() | Occupancy():
            return Scale(Range(Fraction(0), None), whole=True)
        case Share(base=base):
            return Scale(Range(Fraction(0), Fraction(1) if base is None else None))
        case Rate(part=part, whole=whole):
            return Scale(_ratio(desk, rule, part, whole))
        case _:
            return None


def asked(desk: Desk, rule: Rule) -> list[Asked]:
    """The bounds of a rule, with the least and the greatest value that each can have, also for a part of a window."""
    form = rule.require
    if not isinstance(form, Bounded):
        return []
    scope = desk.scope(desk.subjects(rule).record)
    found = []
    for key, text in form.bounds():
        bound = check_bound(text, scope, desk.book.parameters)
        value = Range(bound.value, bound.value) if bound.value is not None else range_of(parsed(text), scope)
        prorated = getattr(form, "partial", None) == "prorate"
        if prorated:
            value = Range(_least(value.low), _greatest(value.high))
        if prorated or getattr(form, "round", None) is not None:
            value = Range(*(end if end is None else Fraction(turn(end)) for end, turn in zip(value, (floor, ceil), strict=True)))
        found.append(Asked(key, value))
    return found


def excluded(scale: Scale, bounds: Iterable[Asked]) -> bool:
    """Whether nothing that can be measured satisfies the bounds, be they as lenient as they can be."""
    low, high, strict = scale.range.low, scale.range.high, False
    for key, value in bounds:
        if key in _LOWER and value.low is not None:
            least = _whole_from(value.low, key) if scale.whole else value.low
            strict = (key in _STRICT and not scale.whole and (low is None or least >= low)) or (strict and least == low)
            low = least if low is None else max(low, least)
    upper_strict = False
    for key, value in bounds:
        if key in _UPPER and value.high is not None:
            most = _whole_to(value.high, key) if scale.whole else value.high
            upper_strict = (key in _STRICT and not scale.whole and (high is None or most <= high)) or (
                upper_strict and most == high
            )
            high = most if high is None else min(high, most)
    return low is not None and high is not None and (low > high or (low == high and (strict or upper_strict)))


def unrestricting(scale: Scale, bound: Asked) -> bool:
    """Whether everything that can be measured satisfies a bound, be it as severe as it can be."""
    low, high = scale.range
    match bound.key:
        case "at_least":
            return low is not None and bound.value.high is not None and bound.value.high <= low
        case "more_than":
            return low is not None and bound.value.high is not None and bound.value.high < low
        case "at_most":
            return high is not None and bound.value.low is not None and bound.value.low >= high
        case "less_than":
            return high is not None and bound.value.low is not None and bound.value.low > high
        case _:
            return scale.range.single and bound.value == scale.range


def _least(end: Fraction | None) -> Fraction | None:
    """That end, or 0, of which the part of a short window is not far."""
    return None if end is None else min(end, Fraction(0))


def _greatest(end: Fraction | None) -> Fraction | None:
    return None if end is None else max(end, Fraction(0))


def _whole_from(value: Fraction, key: str) -> Fraction:
    return Fraction(floor(value) + 1 if key in _STRICT else ceil(value))


def _whole_to(value: Fraction, key: str) -> Fraction:
    return Fraction(ceil(value) - 1 if key in _STRICT else floor(value))


def _ratio(desk: Desk, rule: Rule, part: str, whole: str) -> Range:
    """The ratio of sums lies between the least and the greatest ratio of single rows."""
    if part.strip() == whole.strip():
        return Range(Fraction(1), Fraction(1))
    scope = desk.scope(desk.related(rule).record)
    parts, wholes = range_of(parsed(part), scope), range_of(parsed(whole), scope)
    low, high = Fraction(0), Fraction(1)
    if parts.low is not None and parts.low > 0 and wholes.high is not None and wholes.high > 0:
        low = min(parts.low / wholes.high, high)
    if parts.high is not None and parts.high >= 0 and wholes.low is not None and wholes.low > 0:
        high = min(parts.high / wholes.low, high)
    return Range(low, high)
