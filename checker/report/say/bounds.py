"""Says what is required: the bounds of a finding, and by how much it misses them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from checker.model.measures import MeasureKind
from checker.model.report import Finding, Measured, Required
from checker.model.words import Verdict
from checker.report.say.wording import Wording
from checker.words.amounts import as_fraction, decimal_places

_PERCENT_PLACES = 6


def bounds_text(required: Sequence[Required], kind: MeasureKind, wording: Wording) -> str:
    """All bounds in words; a count's in whole numbers, with the expression that gave it."""
    return wording("and").join(_bound(bound, kind, wording) for bound in required if bound.operator != "within")


def any_time_text(required: Sequence[Required], wording: Wording) -> str:
    """How many there must be on every day, and how long there may be too few."""
    bounds = bounds_text(required, MeasureKind.OCCUPANCY, wording)
    within = next((bound.text for bound in required if bound.operator == "within"), None)
    if within is None:
        return wording("required-any-time", bounds=bounds)
    return wording("required-any-time-within", bounds=bounds, within=wording.span(within))


def ratio_bounds(required: Sequence[Required]) -> tuple[Fraction, ...]:
    """The values of the bounds that are known."""
    return tuple(value for bound in required if (value := as_fraction(bound.value)) is not None)


def ratio_of(measured: Measured | None) -> Fraction | None:
    """The ratio, if the data tell it exactly."""
    if measured is None or not measured.kind.ratio or not measured.exact:
        return None
    part, whole = as_fraction(measured.low), as_fraction(measured.whole_low)
    return part / whole if part is not None and whole else None


class Shortfall(NamedTuple):
    """By how many a count, or the part of a ratio, misses its bound: missing, or (`excess`) too many."""

    n: int
    excess: bool = False
    whole: int | None = None


def shortfall(finding: Finding) -> Shortfall | None:
    """What is certainly missing or too many for the first missed bound; None where no whole number says it.

    Of a pending duty it is what is still missing so far; of an undetermined one nothing is certain.
    """
    measured = finding.measured
    if measured is None or finding.verdict is Verdict.UNDETERMINED:
        return None
    whole = _whole(measured)
    if whole is None and measured.kind is not MeasureKind.COUNT:
        return None
    low, high = as_fraction(measured.low), as_fraction(measured.high)
    best = low if finding.verdict is Verdict.PENDING else high
    for bound in finding.required:
        value = as_fraction(bound.value)
        least, most = (None, None) if value is None else _integers(bound.operator, value * (whole or 1))
        if least is not None and best is not None and best < least <= (whole or least):
            return Shortfall(ceil(least - best), whole=whole)
        if most is not None and low is not None and low > most >= 0:
            # Of a share of a base, more may be counted than there are in the base.
            inside = whole is not None and low <= whole
            return Shortfall(ceil(low - most), excess=True, whole=whole if inside else None)
    return None


def _whole(measured: Measured) -> int | None:
    """The whole of a ratio, if it is certain and a count."""
    whole = as_fraction(measured.whole_low)
    if measured.kind is not MeasureKind.RATIO or measured.whole_low != measured.whole_high or not whole:
        return None
    return int(whole) if whole.denominator == 1 else None


def _integers(operator: str, value: Fraction) -> tuple[int | None, int | None]:
    """The least and the greatest integer that satisfy the bound; None where there is no such end."""
    match operator:
        case ">=":
            return ceil(value), None
        case ">":
            return floor(value) + 1, None
        case "<=":
            return None, floor(value)
        case "<":
            return None, ceil(value) - 1
        case "=" if value.denominator == 1:
            return int(value), int(value)
        case _:
            return None, None


def _bound(bound: Required, kind: MeasureKind, wording: Wording) -> str:
    value = as_fraction(bound.value)
    if value is None:
        shown = wording("bound-unknown", bound=written(bound, wording)) if bound.value is None else wording.number(bound.value)
        return _say(bound.operator, shown, wording)
    operator = bound.operator
    if kind.ratio:
        shown = _say(operator, _ratio(value, wording), wording)
        computed = any(letter.isalpha() for letter in bound.text) and not _is_told(bound.text)
        return f"{shown} [{written(bound, wording)}]" if computed else shown
    if kind.whole and value.denominator != 1:
        # Of a count, "at least 10/3" says no more and no less than "at least 4".
        least, most = _integers(operator, value)
        if least is not None:
            operator, value = ">=", Fraction(least)
        elif most is not None:
            operator, value = "<=", Fraction(most)
    shown = _say(operator, wording.number(value), wording)
    if bound.rounded is not None:
        return f"{shown} [{written(bound, wording)}, {wording(f'rounded-{bound.rounded}')}]"
    return shown if _is_told(bound.text) else f"{shown} [{written(bound, wording)}]"


def written(bound: Required, wording: Wording) -> str:
    """A bound as its rulebook has it, in ordinary words where there are such."""
    return bound.said.in_(wording.language) or " ".join(bound.text.split())


def _say(operator: str, value: str, wording: Wording) -> str:
    return wording(operator, value=value) if operator in {">=", ">", "<=", "<", "="} else value


def _ratio(value: Fraction, wording: Wording) -> str:
    places = decimal_places(value * 100)
    if places is None or places > _PERCENT_PLACES:
        return wording.number(value)
    return wording.number(value * 100) + "%"


def _is_told(text: str) -> bool:
    """Whether the value says as much as the text: it is a number, or a parameter and nothing else."""
    return (text.startswith(":") and text[1:].isidentifier()) or not any(
        letter.isalpha() or letter in "+*/-:" for letter in text.strip().removeprefix("-")
    )
