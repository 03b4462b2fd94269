"""Small mistakes in predicates and expressions: what might have been written instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

from sqlglot import exp

from checker.mutation.spelling import written
from checker.rules.grammar import parse
from checker.rules.tokens import PredicateError

Siblings = Mapping[str, tuple[tuple[str, ...], ...]]
"""By the name of a field: the values of each enumeration that a field of that name has in some record."""

_OPPOSITE: Mapping[type[exp.Expression], type[exp.Expression]] = {
    exp.EQ: exp.NEQ,
    exp.NEQ: exp.EQ,
    exp.LT: exp.GTE,
    exp.LTE: exp.GT,
    exp.GT: exp.LTE,
    exp.GTE: exp.LT,
}
_STRICTNESS: Mapping[type[exp.Expression], type[exp.Expression]] = {
    exp.LT: exp.LTE,
    exp.LTE: exp.LT,
    exp.GT: exp.GTE,
    exp.GTE: exp.GT,
}
_OTHER: Mapping[type[exp.Expression], type[exp.Expression]] = {
    exp.And: exp.Or,
    exp.Or: exp.And,
    exp.Add: exp.Sub,
    exp.Sub: exp.Add,
}
_NEXT_UP = (exp.GT, exp.LTE)
"""With a whole number on their right, strictness turns these into the same with the number below: the one above is left."""


def variants(text: str, siblings: Siblings) -> Iterator[tuple[str, str]]:
    """(what was changed, the changed text) for each small mistake; some of them may not be valid where the text stands."""
    try:
        tree = parse(text)
    except PredicateError:
        return
    for index, node in enumerate(tree.find_all(exp.Expression)):
        for what, instead in _instead(node, siblings):
            copy = tree.copy()
            twin = list(copy.find_all(exp.Expression))[index]
            twin.replace(instead.copy())
            yield what, written(instead if twin is copy else copy)


def _instead(node: exp.Expression, siblings: Siblings) -> Iterator[tuple[str, exp.Expression]]:
    """What might stand in the place of that node, and what kind of mistake it is."""
    kind = type(node)
    if kind in _STRICTNESS:
        yield "strictness", _rebuilt(_STRICTNESS[kind], node)
    if kind in _OPPOSITE:
        yield "negation", _rebuilt(_OPPOSITE[kind], node)
    if kind in _OTHER:
        yield "operator", _rebuilt(_OTHER[kind], node)
    if isinstance(node, exp.And | exp.Or | exp.Add | exp.Sub | exp.Mul | exp.Div):
        yield "dropped part", node.this
        if not isinstance(node.this, kind) and not isinstance(node, exp.Div):
            yield "dropped part", node.expression
    yield from _other_part(node, siblings)
    if _is_condition(node):
        yield "negation", exp.Not(this=node.copy())


def _other_part(  # noqa: C901 -- one for each kind of part
    node: exp.Expression, siblings: Siblings
) -> Iterator[tuple[str, exp.Expression]]:
    match node:
        case exp.Not():
            yield "negation", node.this
        case exp.In():
            for left_out in range(len(node.expressions) if len(node.expressions) > 1 else 0):
                kept = [part for index, part in enumerate(node.expressions) if index != left_out]
                yield "dropped value", exp.In(this=node.this.copy(), expressions=[part.copy() for part in kept])
        case exp.Abs() | exp.Lower() | exp.Upper() | exp.Coalesce():
            yield "dropped function", node.this
        case exp.Boolean():
            yield "other value", exp.Boolean(this=not node.this)
        case exp.Cast():
            for days in (-1, 1):
                yield "bound by one", _moved(node, days)
        case exp.Interval():
            now = int(node.this.name)
            for count in (now - 1, now + 1) if now > 1 else (now + 1,):
                yield "span", exp.Interval(this=exp.Literal.string(str(count)), unit=node.args["unit"].copy())
        case exp.Literal(is_string=True):
            yield from (("other value", exp.Literal.string(word)) for word in _other_words(node, siblings))
        case exp.Literal():
            yield from (("bound by one", exp.Literal.number(str(number))) for number in _other_numbers(node))


def _rebuilt(kind: type[exp.Expression], node: exp.Expression) -> exp.Expression:
    return kind(this=node.this.copy(), expression=node.expression.copy())


def _is_condition(node: exp.Expression) -> bool:
    """Whether the node stands where a condition stands, and has no opposite of its own."""
    if isinstance(node.parent, exp.Not):
        return False
    if isinstance(node, exp.In | exp.Like | exp.Between | exp.Is | exp.Contains):
        return True
    return isinstance(node, exp.Column) and isinstance(node.parent, exp.And | exp.Or | exp.Paren | None)


def _moved(day: exp.Cast, days: int) -> exp.Expression:
    try:
        moved = date.fromisoformat(day.this.name) + timedelta(days=days)
    except (ValueError, OverflowError):
        return day
    return exp.Cast(this=exp.Literal.string(moved.isoformat()), to=exp.DataType.build("date"))


def _other_numbers(literal: exp.Literal) -> list[Decimal]:
    """The numbers beside it that no other mistake leads to; one unit is one of its last decimal place."""
    value = Decimal(literal.name)
    unit = Decimal(1).scaleb(int(value.as_tuple().exponent))
    parent = literal.parent
    if unit == 1 and type(parent) in _STRICTNESS and parent is not None:
        upwards = isinstance(parent, _NEXT_UP) == (parent.expression is literal)
        return [value + 1 if upwards else value - 1]
    idle = isinstance(parent, exp.Add | exp.Sub)  # To add nothing is to drop the part.
    return [number for number in (value - unit, value + unit) if number or not idle]


def _other_words(literal: exp.Literal, siblings: Siblings) -> list[str]:
    """For a value of an enumeration: the next one of it that is not named beside it."""
    parent = literal.parent
    if parent is None or not isinstance(parent.this, exp.Column):
        return []
    beside = {part.name for part in parent.find_all(exp.Literal)}
    found: list[str] = []
    for values in siblings.get(parent.this.name, ()):
        if literal.name in values:
            at = values.index(literal.name)
            found += [word for word in (*values[at + 1 :], *values[:at]) if word not in beside][:1]
    return list(dict.fromkeys(found))
