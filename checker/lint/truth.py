"""Which truth values a predicate can have at all: a decision over the finitely many kinds of values its fields can take.

Every field is tried with the values that the predicate tells apart: those of an enumeration, true and false, the limits, the
numbers and days it is compared with and those between them, an empty and an unknown cell. What is not a comparison of one
field with constants counts as something that may be anything its ranges allow. So a truth value that is not found is
certainly impossible; where there are too many combinations to try, all are held to be possible.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from fractions import Fraction
from itertools import pairwise, product
from math import ceil, floor, prod
from typing import NamedTuple

from sqlglot import exp

from checker.lint.ranges import Range, constant, field_of, range_of
from checker.model.schema import Field, FieldType
from checker.rules.grammar import path_of
from checker.rules.scope import Scope

Truth = bool | None
"""True, false, or None: unknown."""

EVERY: frozenset[Truth] = frozenset({True, False, None})
_MOST_TRIED = 20_000
_ORDER = (exp.LT, exp.LTE, exp.GT, exp.GTE)
_COMPARISON = (exp.EQ, exp.NEQ, *_ORDER)
_MIRRORED: dict[type[exp.Expression], type[exp.Expression]] = {exp.LT: exp.GT, exp.GT: exp.LT, exp.LTE: exp.GTE, exp.GTE: exp.LTE}


class Cell(Enum):
    """What a cell can be besides a value."""

    EMPTY = "empty"
    UNKNOWN = "unknown"
    OTHER = "other"
    """Some text that the predicate does not name."""


Value = Fraction | str | bool | Cell | None
"""What stands in a field; for a part that is looked at as a whole, its truth."""


class Leaf(NamedTuple):
    """A part of a predicate without `and`, `or` and `not`.

    `key` names what is tried for it: its only field, or itself where it is looked at `as_a_whole`.
    """

    key: str
    as_a_whole: bool


def possible(
    tree: exp.Expression, given: Sequence[exp.Expression], scope: Scope, certain: Sequence[exp.Expression] = ()
) -> frozenset[Truth]:
    """The truth values that a predicate can have of rows of which none of the given predicates is false.

    A row of which one is unknown may be selected all the same. The `certain` predicates are true.
    """
    leaves, domains = _domains((tree, *given, *certain), scope)
    if prod(map(len, domains.values())) > _MOST_TRIED:
        return EVERY
    found: set[Truth] = set()
    for values in product(*domains.values()):
        cells = dict(zip(domains, values, strict=True))
        selected = all(_truth(each, cells, leaves) is not False for each in given)
        if selected and all(_truth(each, cells, leaves) is True for each in certain):
            found.add(_truth(tree, cells, leaves))
            if len(found) == len(EVERY):
                break
    return frozenset(found)


def _leaves(node: exp.Expression) -> Iterator[exp.Expression]:
    match node:
        case exp.And() | exp.Or():
            yield from _leaves(node.this)
            yield from _leaves(node.expression)
        case exp.Not() | exp.Paren():
            yield from _leaves(node.this)
        case exp.Boolean():
            pass
        case _:
            yield node


def _truth(node: exp.Expression, cells: Mapping[str, Value], leaves: Mapping[int, Leaf]) -> Truth:
    """Kleene's logic over the leaves."""
    match node:
        case exp.Paren():
            return _truth(node.this, cells, leaves)
        case exp.Not():
            inner = _truth(node.this, cells, leaves)
            return None if inner is None else not inner
        case exp.And() | exp.Or():
            sides = (_truth(node.this, cells, leaves), _truth(node.expression, cells, leaves))
            decisive = isinstance(node, exp.Or)
            return decisive if decisive in sides else None if None in sides else not decisive
        case exp.Boolean():
            return bool(node.this)
        case _:
            leaf = leaves[id(node)]
            return _leaf(node, cells[leaf.key], as_a_whole=leaf.as_a_whole)


def _leaf(node: exp.Expression, value: Value, *, as_a_whole: bool) -> Truth:
    if as_a_whole:
        return value if isinstance(value, bool) else None
    if isinstance(node, exp.Is):
        return None if value is Cell.UNKNOWN else value is Cell.EMPTY
    return None if value is Cell.EMPTY or value is Cell.UNKNOWN else _compared(node, value)


def _compared(node: exp.Expression, value: Value) -> bool:
    """Whether a comparison of one field with constants holds of a value."""
    match node:
        case exp.Column():
            return value is True
        case exp.In():
            return any(value == constant(part) for part in node.expressions)
        case exp.Like():
            pattern = re.escape(node.expression.name).replace("%", ".*").replace("_", ".")
            return re.fullmatch(pattern, str(value), re.DOTALL) is not None
        case exp.Between():
            return _ordered(exp.GTE, value, constant(node.args["low"])) and _ordered(exp.LTE, value, constant(node.args["high"]))
        case _:
            kind, other = type(node), constant(node.expression)
            if other is None:
                kind, other = _MIRRORED.get(kind, kind), constant(node.this)
            return _ordered(kind, value, other)


def _ordered(kind: type[exp.Expression], value: Value, other: Value) -> bool:
    if kind is exp.EQ or kind is exp.NEQ:
        return (value == other) is (kind is exp.EQ)
    if not isinstance(value, Fraction) or not isinstance(other, Fraction):
        raise TypeError(f"{value} and {other} have no order")
    if kind is exp.LT or kind is exp.GTE:
        return (value < other) is (kind is exp.LT)
    return (value > other) is (kind is exp.GT)


# -- the values that are tried ----------------------------------------------------------------------------------------


def _domains(trees: Sequence[exp.Expression], scope: Scope) -> tuple[dict[int, Leaf], dict[str, list[Value]]]:
    """The leaves of some predicates by the identity of their nodes, and what is tried for each key."""
    leaves: dict[int, Leaf] = {}
    domains: dict[str, list[Value]] = {}
    compared: dict[str, tuple[exp.Column, list[exp.Expression]]] = {}
    for node in (node for tree in trees for node in _leaves(tree)):
        column = _column_of(node)
        if column is not None and _is_told_apart(node, field_of(column, scope)):
            leaf = Leaf(".".join(path_of(column)), as_a_whole=False)
            compared.setdefault(leaf.key, (column, []))[1].append(node)
        else:
            leaf = Leaf(f"({node.sql('duckdb')})", as_a_whole=True)
            domains[leaf.key] = sorted(_as_a_whole(node, scope), key=str)
        leaves[id(node)] = leaf
    return leaves, {**{key: _values(*found, scope) for key, found in compared.items()}, **domains}


def _column_of(leaf: exp.Expression) -> exp.Column | None:
    """The only field of a leaf that compares it with constants."""
    match leaf:
        case exp.Column():
            return leaf
        case exp.Is() | exp.Like():
            parts = [leaf.this]
        case exp.In():
            parts = [leaf.this, *leaf.expressions]
        case exp.Between():
            parts = [leaf.this, leaf.args["low"], leaf.args["high"]]
        case exp.EQ() | exp.NEQ() | exp.LT() | exp.LTE() | exp.GT() | exp.GTE():
            parts = [leaf.this, leaf.expression]
        case _:
            return None
    columns = [part for part in parts if isinstance(part, exp.Column)]
    others = [part for part in parts if not isinstance(part, exp.Column)]
    first_is_column = isinstance(parts[0], exp.Column) or isinstance(leaf, _COMPARISON)
    return columns[0] if len(columns) == 1 and first_is_column and all(constant(each) is not None for each in others) else None


def _is_told_apart(leaf: exp.Expression, field: Field) -> bool:
    """Whether the values tried of the field decide the leaf: not the order of texts, nor a pattern over any text."""
    if isinstance(leaf, exp.Like):
        return bool(field.enum) and isinstance(leaf.expression, exp.Literal)
    return field.type is not FieldType.TEXT or not isinstance(leaf, (*_ORDER, exp.Between))


def _values(column: exp.Column, leaves: Sequence[exp.Expression], scope: Scope) -> list[Value]:
    field = field_of(column, scope)
    constants = [
        value
        for leaf in leaves
        for node in leaf.find_all(exp.Literal, exp.Boolean, exp.Cast, exp.Neg)
        if (value := constant(node)) is not None
    ]
    found: list[Value] = [Cell.UNKNOWN]
    if field.default is None or len(path_of(column)) > 1:
        found.append(Cell.EMPTY)
    match field.type:
        case FieldType.BOOLEAN:
            return [*found, True, False]
        case FieldType.TEXT if field.enum:
            return [*found, *(value for value, _ in field.enum)]
        case FieldType.TEXT:
            return [*found, Cell.OTHER, *dict.fromkeys(value for value in constants if isinstance(value, str))]
        case _:
            numbers = [value for value in constants if isinstance(value, Fraction)]
            return [*found, *_numbers(numbers, range_of(column, scope), whole=field.type is not FieldType.NUMBER)]


def _numbers(constants: Sequence[Fraction], limits: Range, *, whole: bool) -> list[Fraction]:
    """The constants, what lies between, before and after them, and the limits; of these all that the field can have."""
    edges = [*constants, *(end for end in limits if end is not None)]
    near = [edge for value in edges for edge in (Fraction(floor(value)), Fraction(ceil(value)))] if whole else edges
    # Where nothing is compared and nothing limits the values, one stands for all of them.
    points = sorted(set(near)) or [Fraction(0)]
    points = [points[0] - 1, *points, points[-1] + 1]
    between = [(one + other) / 2 for one, other in pairwise(points)]
    tried = {*points, *(Fraction(floor(each)) if whole else each for each in between)}
    low, high = limits
    return sorted(
        each
        for each in tried
        if (not whole or each.denominator == 1) and (low is None or each >= low) and (high is None or each <= high)
    )


def _as_a_whole(leaf: exp.Expression, scope: Scope) -> frozenset[Truth]:
    """The truth values of a leaf that is more than one field and constants, by the ranges of its sides."""
    if not isinstance(leaf, _COMPARISON):
        return EVERY
    left, right = leaf.this, leaf.expression
    if isinstance(left, exp.Column) and isinstance(right, exp.Column) and path_of(left) == path_of(right):
        return frozenset({None, isinstance(leaf, exp.EQ | exp.LTE | exp.GTE)})
    for side, other in ((left, constant(right)), (right, constant(left))):
        if isinstance(leaf, exp.EQ | exp.NEQ) and isinstance(other, str) and _has_other_case(side, other):
            return frozenset({None, isinstance(leaf, exp.NEQ)})
    one, two = range_of(left, scope), range_of(right, scope)
    found: set[Truth] = {None}
    for truth, kind in ((True, type(leaf)), (False, _OPPOSITE[type(leaf)])):
        if _can(kind, one, two):
            found.add(truth)
    return frozenset(found)


_OPPOSITE: dict[type[exp.Expression], type[exp.Expression]] = {
    exp.EQ: exp.NEQ,
    exp.NEQ: exp.EQ,
    exp.LT: exp.GTE,
    exp.GTE: exp.LT,
    exp.LTE: exp.GT,
    exp.GT: exp.LTE,
}


def _can(kind: type[exp.Expression], one: Range, two: Range) -> bool:
    """Whether some number of one range and some of the other stand in that order."""
    if kind is exp.NEQ:
        return not (one.single and one == two)
    if kind is exp.EQ:
        return _can(exp.LTE, one, two) and _can(exp.GTE, one, two)
    if kind is exp.GT or kind is exp.GTE:
        one, two, kind = two, one, _MIRRORED[kind]
    if one.low is None or two.high is None:
        return True
    return one.low < two.high if kind is exp.LT else one.low <= two.high


def _has_other_case(node: exp.Expression, text: str) -> bool:
    """Whether the text has a letter that no lower, or upper, text has.

    A letter whose other case is several letters (`ß`) is no such one: the engine leaves it, or turns it into another one.
    """
    turn = str.lower if isinstance(node, exp.Lower) else str.upper if isinstance(node, exp.Upper) else None
    return turn is not None and any(turn(sign) != sign and len(turn(sign)) == 1 for sign in text)
