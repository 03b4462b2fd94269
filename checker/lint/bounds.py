"""Bounds that nothing can meet, or that everything meets."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from checker.forms.base import Ratio
from checker.forms.total import Total
from checker.lint.desk import Desk, parsed
from checker.lint.ranges import Range, range_of
from checker.lint.scales import Scale, asked, excluded, scale_of, unrestricting
from checker.rules.rulebook import Rule

_PLAIN_TOTAL = {"of", "where", "by", "via", "declared", "count", "sum", "tolerance"}


def bounds(desk: Desk) -> None:
    """Notes bounds that cannot be met, and those that ask for nothing."""
    for rule in desk.book.rules:
        scale, found, path = scale_of(desk, rule), asked(desk, rule), desk.form_path(rule)
        if isinstance(rule.require, Total) and rule.require.model_fields_set <= _PLAIN_TOTAL:
            _total(desk, rule, rule.require)
        if scale is None:
            continue
        if found and excluded(scale, found):
            said = " and ".join(f"'{each.key}'" for each in found)
            message = f"nothing can meet {said}: what is measured lies {_words(scale)}"
            desk.warn((*path, found[-1].key), "bound-never-met", message, "Correct the bound: no subject can satisfy the rule.")
            continue
        if isinstance(rule.require, Ratio) and rule.require.nothing is not None:
            continue  # A bound that any ratio meets asks that there be one.
        for each in found:
            if unrestricting(scale, each):
                message = f"everything meets '{each.key}': what is measured lies {_words(scale)}"
                desk.warn((*path, each.key), "bound-always-met", message, "Correct or remove the bound: nobody can violate it.")


def _total(desk: Desk, rule: Rule, form: Total) -> None:
    """A declared number that is below every sum, or above every sum, that the rows can have."""
    declared = range_of(parsed(form.declared), desk.scope(desk.subjects(rule).record))
    one = Range(Fraction(1), Fraction(1))
    each = one if form.sum is None else range_of(parsed(form.sum), desk.scope(desk.related(rule).record))
    tolerance = Fraction(Decimal(form.tolerance))
    too_low = declared.high is not None and each.low is not None and each.low >= 0 and declared.high + tolerance < 0
    too_high = declared.low is not None and each.high is not None and each.high <= 0 and declared.low - tolerance > 0
    if too_low or too_high:
        message = (
            f"no {'count' if form.sum is None else 'sum'} of rows can be equal to 'declared', whose limits are {_ends(declared)}"
        )
        fix = "Correct 'declared', or the limits of its fields: no subject can satisfy the rule."
        desk.warn((*desk.form_path(rule), "declared"), "bound-never-met", message, fix)


def _words(scale: Scale) -> str:
    kind = " as a whole number" if scale.whole else ""
    return f"{_ends(scale.range)}{kind}"


def _ends(found: Range) -> str:
    low, high = (None if end is None else str(end) for end in found)
    if low is not None and high is not None:
        return f"between {low} and {high}" if low != high else f"at {low}"
    return f"from {low} upwards" if low is not None else f"up to {high}"
