"""What a dialect of SQL makes of the trees of plans, which are written as DuckDB means them.

Every kind of node must be accounted for: it means the same there (`SAME`), it is a function of another name, it is rewritten,
or it is refused, with the reason. What nobody has looked at is refused too: a statement may be missing in a dialect, but never
mean something else in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, cast

from sqlglot import exp

Op = type[exp.Expr] | str
"""A kind of node; of a function that the parser does not know, its name."""

Lowering = Callable[[exp.Expr], exp.Expr]

SAME = frozenset(
    {
        *(exp.Identifier, exp.Column, exp.Literal, exp.Alias, exp.Null, exp.Boolean, exp.Paren, exp.Placeholder, exp.Var),
        *(exp.And, exp.Or, exp.Not, exp.Is, exp.In, exp.Between, exp.Exists, exp.Tuple),
        *(exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.NullSafeEQ, exp.NullSafeNEQ),
        *(exp.Case, exp.If, exp.Coalesce, exp.Nullif, exp.Greatest, exp.Least),
        *(exp.DPipe, exp.Neg, exp.Add, exp.Sub, exp.Mod, exp.IntDiv, exp.Abs, exp.Interval),
        *(exp.Select, exp.From, exp.Join, exp.Where, exp.Group, exp.Having, exp.Order, exp.Ordered, exp.Limit, exp.Distinct),
        *(exp.Union, exp.Subquery, exp.With, exp.CTE, exp.Table, exp.TableAlias, exp.Values, exp.Star),
        *(exp.Window, exp.WindowSpec, exp.Filter, exp.Count, exp.Sum, exp.Min, exp.Max, exp.LogicalOr, exp.LogicalAnd),
        *(exp.RowNumber, exp.Lead, exp.Lag, exp.DataTypeParam),
    }
)
"""What has the same meaning in all of them, as far as no dialect says otherwise."""

_PLAIN_PATTERN = re.compile(r"(?:[ A-Za-z0-9/:_-]|\[\.\]|\[0-9\]|\{[0-9]+(?:,[0-9]+)?\}|[\^$?+*|()])*")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class RefusedError(Exception):
    """A node that a dialect cannot say; the text is the reason."""


class UntranslatedError(ValueError):
    """A statement that a dialect cannot say. Whoever adds an engine for it reads the `reasons`."""

    def __init__(self, dialect: str, reasons: tuple[str, ...]) -> None:
        super().__init__(f"{dialect}: {'; '.join(reasons)}")
        self.reasons = reasons


class Dialect(NamedTuple):
    """A dialect: its name, what it calls functions, what it rewrites, and what it refuses, with the reason.

    `native` is the dialect in which trees are written. With `inlines`, a step of a query can be told not to be made whole.
    """

    name: str
    simple: Mapping[Op, str] = {}
    lowered: Mapping[Op, Lowering] = {}
    unsupported: Mapping[Op, str] = {}
    native: bool = False
    inlines: bool = False

    def lower(self, tree: exp.Expr) -> None:
        """Rewrites all that is below a node, what is deepest first. Raises UntranslatedError with every reason."""
        if self.native:
            return
        reasons: dict[str, None] = {}
        for node in reversed([*tree.walk()][1:]):
            try:
                lowered = self._lowered(node)
            except RefusedError as refused:
                reasons[str(refused)] = None
            else:
                if lowered is not node:
                    node.replace(lowered)
        if reasons:
            raise UntranslatedError(self.name, tuple(sorted(reasons)))

    def _lowered(self, node: exp.Expr) -> exp.Expr:
        op = operation(node)
        if op in self.unsupported:
            raise RefusedError(f"{shown(op)}: {self.unsupported[op]}")
        if op in self.lowered:
            return self.lowered[op](node)
        if op in self.simple:
            return exp.Anonymous(this=self.simple[op], expressions=[each.copy() for each in _arguments(node)])
        if op in SAME:
            return node
        raise RefusedError(f"{shown(op)}: nobody has looked at it")


def operation(node: exp.Expr) -> Op:
    """What a node is looked up by."""
    return node.name.upper() if isinstance(node, exp.Anonymous) else type(node)


def shown(op: Op) -> str:
    """An operation as it is written in a list of what is refused."""
    return op if isinstance(op, str) else op.__name__


def unwrapped(node: exp.Expr) -> exp.Expr:
    """A node without the parentheses around it."""
    while isinstance(node, exp.Paren):
        node = node.this
    return node


def is_condition(node: exp.Expr) -> bool:
    """Whether a node is true or false for certain."""
    kinds = (exp.And, exp.Or, exp.Not, exp.Is, exp.In, exp.Between, exp.Exists, exp.Boolean, exp.EQ, exp.NEQ, exp.LT, exp.LTE)
    return isinstance(unwrapped(node), (*kinds, exp.GT, exp.GTE))


def is_day(node: exp.Expr) -> bool:
    """Whether a node is a day for certain, or a moment; of what a run gives, only days are cast to days."""
    inner = unwrapped(node)
    if isinstance(inner, exp.Literal):
        return inner.is_string and (_ISO_DAY.fullmatch(inner.name) is not None or inner.name == "-infinity")
    if isinstance(inner, exp.Cast):
        return inner.to.this is exp.DataType.Type.DATE
    return isinstance(inner, exp.Var | exp.Add | exp.Sub) or (isinstance(inner, exp.Nullif) and is_day(inner.expression))


def is_whole(node: exp.Expr) -> bool:
    """Whether a node is a whole number for certain."""
    inner = unwrapped(node)
    if isinstance(inner, exp.Literal):
        return not inner.is_string and inner.name.isdigit()
    if isinstance(inner, exp.Add | exp.Sub | exp.Mul | exp.IntDiv | exp.Mod):
        return is_whole(inner.this) and is_whole(inner.expression)
    if isinstance(inner, exp.Cast) and not isinstance(inner, exp.TryCast):
        return inner.to.this in exp.DataType.INTEGER_TYPES
    return is_whole(inner.this) if isinstance(inner, exp.Neg) else isinstance(inner, exp.Extract | exp.Count | exp.CountIf)


def plain_pattern(node: exp.Expr) -> exp.Expr:
    """A match with a pattern that says the same everywhere; refused with any other."""
    pattern = node.args["expression"]
    if isinstance(pattern, exp.Literal) and _PLAIN_PATTERN.fullmatch(pattern.name):
        return node
    raise RefusedError("RegexpLike: patterns mean something else there, but for the plainest")


def checked_cast(node: exp.Expr) -> exp.Expr:
    """A cast of which it is plain that it gives the same: not from a text whose spelling is not seen, nor to one."""
    cast_node = cast("exp.Cast", node)
    kind, inner = cast_node.to.this, unwrapped(cast_node.this)
    if isinstance(inner, exp.Null):
        return node
    if kind is exp.DataType.Type.DATE and not is_day(inner):
        raise RefusedError("Cast: to DATE, of what may be a text, which is read otherwise")
    if kind in exp.DataType.TEXT_TYPES and not (isinstance(inner, exp.Literal) and inner.is_string):
        raise RefusedError("Cast: to TEXT, of a value that may be spelt otherwise")
    return node


def typed(*known: str) -> Lowering:
    """Data types, of which only these are known."""
    types = {exp.DataType.Type[name] for name in known}

    def check(node: exp.Expr) -> exp.Expr:
        if node.this not in types:
            raise RefusedError(f"DataType: there is no {cast('exp.DataType', node).this.value}")
        return node

    return check


def without(reason: str, *arguments: str) -> Lowering:
    """A node that is the same, but not with these arguments."""

    def check(node: exp.Expr) -> exp.Expr:
        if any(node.args.get(argument) for argument in arguments):
            raise RefusedError(f"{type(node).__name__}: {reason}")
        return node

    return check


def of_kinds(*kinds: str) -> Lowering:
    """A join, of these kinds only."""

    def check(node: exp.Expr) -> exp.Expr:
        kind = f"{node.args.get('method') or ''} {node.args.get('kind') or ''}".strip()
        if kind and kind not in kinds:
            raise RefusedError(f"Join: there is no {kind} JOIN")
        return node

    return check


def _arguments(node: exp.Expr) -> Iterator[exp.Expr]:
    for value in node.args.values():
        yield from (each for each in (value if isinstance(value, list) else [value]) if isinstance(each, exp.Expr))
