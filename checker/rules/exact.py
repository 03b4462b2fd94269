"""Typed expressions that keep their divisions apart: a value is a tree over a divisor, so nothing is rounded."""

from __future__ import annotations

from collections import Counter
from math import lcm
from typing import TYPE_CHECKING, NamedTuple

from sqlglot import exp

from checker.model.schema import Field, FieldType

if TYPE_CHECKING:
    from fractions import Fraction

Enum = tuple[tuple[str, tuple[str, ...]], ...]


class Typed(NamedTuple):
    """A checked part of an expression: its value is `tree / (over × the product of the parameters by)`.

    `enum` are the only values it can have, with their synonyms; `values` are those of a parameter or a text literal;
    `field` is set for a bare column.
    """

    tree: exp.Expression
    type: FieldType
    field: Field | None = None
    enum: Enum = ()
    values: tuple[Fraction | str, ...] = ()
    over: int = 1
    by: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether the value is the tree itself."""
        return self.over == 1 and not self.by

    def derived(self, tree: exp.Expression, kind: FieldType | None = None) -> Typed:
        """Another expression over the same divisor, of the same type unless said otherwise."""
        return self._replace(tree=tree, type=kind or self.type, field=None, enum=(), values=())


def divided(left: Typed, divisor: Fraction | str) -> Typed:
    """The quotient of an expression and a positive number, or a parameter of positive values."""
    if isinstance(divisor, str):
        return Typed(left.tree, FieldType.NUMBER, over=left.over, by=(*left.by, divisor))
    if divisor == 1:
        return left.derived(left.tree)
    scaled = _times(left.tree, divisor.denominator, ())
    return Typed(scaled, FieldType.NUMBER, over=left.over * divisor.numerator, by=left.by)


def multiplied(left: Typed, right: Typed, kind: FieldType) -> Typed:
    """The product of two expressions."""
    tree = exp.Mul(this=_factor(left.tree), expression=_factor(right.tree))
    return Typed(tree, kind, over=left.over * right.over, by=(*left.by, *right.by))


def common(*parts: Typed) -> tuple[list[exp.Expression], int, tuple[str, ...]]:
    """The trees of all parts over one divisor, and that divisor."""
    over = lcm(*(part.over for part in parts))
    by: Counter[str] = Counter()
    for part in parts:
        by |= Counter(part.by)
    trees = [_times(part.tree, over // part.over, tuple((by - Counter(part.by)).elements())) for part in parts]
    return trees, over, tuple(by.elements())


def _times(tree: exp.Expression, factor: int, parameters: tuple[str, ...]) -> exp.Expression:
    if factor != 1:
        tree = exp.Mul(this=_factor(tree), expression=exp.Literal.number(factor))
    for name in parameters:
        tree = exp.Mul(this=_factor(tree), expression=exp.Placeholder(this=name))
    return tree


def _factor(tree: exp.Expression) -> exp.Expression:
    return exp.Paren(this=tree) if isinstance(tree, exp.Add | exp.Sub | exp.Neg) else tree
