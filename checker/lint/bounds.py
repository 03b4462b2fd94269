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
from checker.words.message import Message, all_of, message

_PLAIN_TOTAL = {"of", "where", "by", "via", "declared", "count", "sum", "tolerance"}


def bounds(desk: Desk) -> None:
    """Notes bounds that cannot be met, and those that ask for nothing."""
    for rule in desk.book.requirements:
        scale, found, path = scale_of(desk, rule), asked(desk, rule), desk.form_path(rule)
        if isinstance(rule.require, Total) and rule.require.model_fields_set <= _PLAIN_TOTAL:
            _total(desk, rule, rule.require)
        if scale is None:
            continue
        if found and excluded(scale, found):
            named = all_of(f"'{each.key}'" for each in found)
            wrong = message("lint-bound-never", bounds=named, scale=_lies(scale))
            desk.warn((*path, found[-1].key), "bound-never-met", wrong, message("lint-bound-never-fix"))
            continue
        if isinstance(rule.require, Ratio) and rule.require.nothing is not None:
            continue  # A bound that any ratio meets asks that there be one.
        for each in found:
            if unrestricting(scale, each):
                wrong = message("lint-bound-always", key=each.key, scale=_lies(scale))
                desk.warn((*path, each.key), "bound-always-met", wrong, message("lint-bound-always-fix"))


def _total(desk: Desk, rule: Rule, form: Total) -> None:
    """A declared number that is below every sum, or above every sum, that the rows can have."""
    declared = range_of(parsed(form.declared), desk.scope(desk.subjects(rule).record))
    one = Range(Fraction(1), Fraction(1))
    each = one if form.sum is None else range_of(parsed(form.sum), desk.scope(desk.related(rule).record))
    tolerance = Fraction(Decimal(form.tolerance))
    too_low = declared.high is not None and each.low is not None and each.low >= 0 and declared.high + tolerance < 0
    too_high = declared.low is not None and each.high is not None and each.high <= 0 and declared.low - tolerance > 0
    if too_low or too_high:
        key = "lint-total-count" if form.sum is None else "lint-total-sum"
        wrong = message(key, ends=_lies(Scale(declared)))
        fix = message("lint-total-fix")
        desk.warn((*desk.form_path(rule), "declared"), "bound-never-met", wrong, fix)


def _lies(scale: Scale) -> Message:
    """Between which ends a value lies."""
    low, high = ("" if end is None else str(end) for end in scale.range)
    ends = "at" if low and low == high else "between" if low and high else "from" if low else "up-to"
    whole = "-whole" if scale.whole else ""
    return message(f"lint-lies-{ends}{whole}", low=low, high=high)
