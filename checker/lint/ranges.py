"""Between which values an expression certainly lies, by the declared limits of its fields and the values of parameters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from functools import singledispatch
from typing import NamedTuple

from sqlglot import exp

from checker.model.schema import Field, FieldType
from checker.rules.scope import Scope

Number = Fraction | None
"""An end; None is without end. Days are counted as `date.toordinal` does."""


class Range(NamedTuple):
    """All numbers from `low` to `high`, both included."""

    low: Number = None
    high: Number = None

    @property
    def single(self) -> bool:
        """Whether there is only one value."""
        return self.low is not None and self.low == self.high


ANY = Range()
_CALENDAR: dict[type[exp.Expression], Range] = {
    exp.Year: Range(Fraction(1), Fraction(9999)),
    exp.Month: Range(Fraction(1), Fraction(12)),
    exp.Day: Range(Fraction(1), Fraction(31)),
}
_NUMERIC = {FieldType.INTEGER, FieldType.NUMBER}


def field_of(node: exp.Column, scope: Scope) -> Field:
    """The field that a checked path leads to; of an indicator, one that would have its values."""
    found = scope.column(node).field
    return scope.indicators[node.name].field if found is None else found


def constant(node: exp.Expression) -> Fraction | str | bool | None:
    """The value of a literal: a number, the ordinal of a day, a text, or true or false; None for anything else."""
    match node:
        case exp.Paren():
            return constant(node.this)
        case exp.Literal():
            return node.name if node.is_string else Fraction(node.name)
        case exp.Boolean():
            return bool(node.this)
        case exp.Cast():
            return Fraction(date.fromisoformat(node.this.name).toordinal())
        case exp.Neg():
            value = constant(node.this)
            return -value if isinstance(value, Fraction) else None
        case _:
            return None


@singledispatch
def range_of(node: exp.Expression, scope: Scope) -> Range:  # noqa: ARG001 -- what the others need
    """The range of a checked numeric or date expression; `ANY` where it cannot be told."""
    return ANY


@range_of.register(exp.Literal)
@range_of.register(exp.Cast)
def _(node: exp.Expression, _: Scope) -> Range:
    value = constant(node)
    return Range(value, value) if isinstance(value, Fraction) else ANY


@range_of.register
def _(node: exp.Column, scope: Scope) -> Range:
    field = field_of(node, scope)
    return Range(_fraction(field.min), _fraction(field.max)) if field.type in _NUMERIC else ANY


@range_of.register
def _(node: exp.Placeholder, scope: Scope) -> Range:
    parameter = scope.parameters.get(node.name)
    return range_of_values([dated.value for dated in parameter.values] if parameter else [])


@range_of.register
def _(node: exp.Paren, scope: Scope) -> Range:
    return range_of(node.this, scope)


@range_of.register
def _(node: exp.Neg, scope: Scope) -> Range:
    return _negative(range_of(node.this, scope))


@range_of.register(exp.Abs)
@range_of.register(exp.Length)
@range_of.register(exp.Count)
def _(*_: object) -> Range:
    return Range(Fraction(0), None)


@range_of.register(exp.Year)
@range_of.register(exp.Month)
@range_of.register(exp.Day)
def _(node: exp.Expression, _: Scope) -> Range:
    return _CALENDAR[type(node)]


@range_of.register
def _(node: exp.Add, scope: Scope) -> Range:
    return _plus(range_of(node.this, scope), range_of(node.expression, scope))


@range_of.register
def _(node: exp.Sub, scope: Scope) -> Range:
    return _plus(range_of(node.this, scope), _negative(range_of(node.expression, scope)))


@range_of.register
def _(node: exp.Mul, scope: Scope) -> Range:
    return _times(range_of(node.this, scope), range_of(node.expression, scope))


@range_of.register
def _(node: exp.Div, scope: Scope) -> Range:
    by = range_of(node.expression, scope)
    if by.low is None or by.high is None or by.low <= 0:
        return ANY
    return _times(range_of(node.this, scope), Range(1 / by.high, 1 / by.low))


@range_of.register
def _(node: exp.Coalesce, scope: Scope) -> Range:
    return _hull([range_of(part, scope) for part in (node.this, *node.expressions)])


def range_of_values(values: Sequence[Fraction | str]) -> Range:
    """From the least to the greatest of some numbers."""
    numbers = [value for value in values if isinstance(value, Fraction)]
    return Range(min(numbers), max(numbers)) if numbers and len(numbers) == len(values) else ANY


def _fraction(value: object) -> Number:
    return None if value is None else Fraction(str(value))


def _negative(one: Range) -> Range:
    return Range(None if one.high is None else -one.high, None if one.low is None else -one.low)


def _plus(one: Range, other: Range) -> Range:
    low = None if one.low is None or other.low is None else one.low + other.low
    high = None if one.high is None or other.high is None else one.high + other.high
    return Range(low, high)


def _times(one: Range, other: Range) -> Range:
    """The product; told only where both are finite, or neither can be negative."""
    ends = [a * b for a in one if a is not None for b in other if b is not None]
    if len(ends) == len(one) * len(other):
        return Range(min(ends), max(ends))
    if one.low is not None and other.low is not None and one.low >= 0 and other.low >= 0:
        return Range(one.low * other.low, None)
    return ANY


def _hull(parts: list[Range]) -> Range:
    lows, highs = [part.low for part in parts], [part.high for part in parts]
    low = None if None in lows else min(low for low in lows if low is not None)
    high = None if None in highs else max(high for high in highs if high is not None)
    return Range(low, high)
