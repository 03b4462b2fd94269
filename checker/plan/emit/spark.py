"""Spark SQL, 4 or later: what it rewrites, what it cannot do.

It takes `spark.sql.ansi.enabled` and `spark.sql.ansi.doubleQuotedIdentifiers` to be set.
"""

from __future__ import annotations

from typing import Final, cast

from sqlglot import exp

from checker.plan.emit.dialect import (
    Dialect,
    Lowering,
    Op,
    RefusedError,
    checked_cast,
    is_condition,
    is_whole,
    of_kinds,
    plain_pattern,
    typed,
    unwrapped,
    without,
)

_LISTS: Final = "lists leave out what is NULL in other places"
_MACRO: Final = "it is a macro of the engine"
_LAST_ASCII: Final = 127

SIMPLE_OPS: dict[Op, str] = {
    "STRLEN": "OCTET_LENGTH",
    exp.StartsWith: "STARTSWITH",
    exp.ArgMax: "MAX_BY",
    exp.ArgMin: "MIN_BY",
    exp.LogicalOr: "BOOL_OR",
    exp.LogicalAnd: "BOOL_AND",
    exp.DateFromParts: "MAKE_DATE",
}


def _times(node: exp.Expr) -> exp.Expr:
    """Decimals are rounded there where their product has many digits; with a whole number written out it has no more places."""
    factors = (node.this, node.args["expression"])
    if all(map(is_whole, factors)) or any(isinstance(unwrapped(each), exp.Literal) and is_whole(each) for each in factors):
        return node
    raise RefusedError("Mul: a product of decimals is rounded")


def _divided(node: exp.Expr) -> exp.Expr:
    """Decimals are divided with few places there."""
    return exp.Div(this=exp.cast(node.this.copy(), "DOUBLE"), expression=node.args["expression"].copy(), typed=True, safe=False)


def _shifted(node: exp.Expr) -> exp.Expr:
    """A number of 32 bits is shifted within these, and `1 << 40` is 256."""
    return exp.BitwiseLeftShift(this=exp.cast(node.this.copy(), "BIGINT"), expression=node.args["expression"].copy())


def _tried(node: exp.Expr) -> exp.Expr:
    """TRY is known for each operation by itself: for a sum, whose parts are NULL only where all of it is to be."""
    return _tried_sum(unwrapped(node.this))


def _tried_sum(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.Add | exp.Sub):
        name = "TRY_ADD" if isinstance(node, exp.Add) else "TRY_SUBTRACT"
        parts = (_tried_sum(unwrapped(each)) for each in (node.this, node.args["expression"]))
        return exp.Anonymous(this=name, expressions=list(parts))
    if any(not isinstance(each, _CANNOT_FAIL) for each in node.walk()):
        raise RefusedError("Try: it is known for a sum of plain values alone")
    return node.copy()


_CANNOT_FAIL = (
    *(exp.Column, exp.Identifier, exp.Literal, exp.Null, exp.Boolean, exp.Paren, exp.Case, exp.If, exp.Coalesce),
    *(exp.Is, exp.Not, exp.And, exp.Or, exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.Greatest, exp.Least),
)


def _cast(node: exp.Expr) -> exp.Expr:
    """What is cast to a whole number is cut there, not rounded."""
    cast_node = cast("exp.Cast", node)
    inner = unwrapped(cast_node.this)
    if isinstance(inner, exp.Literal) and inner.is_string and inner.name.endswith("infinity"):
        raise RefusedError("Cast: there is no day before all others")
    whole = cast_node.to.this in exp.DataType.INTEGER_TYPES
    if whole and not (is_whole(inner) or is_condition(inner) or isinstance(inner, exp.Null)):
        raise RefusedError("Cast: to a whole number, of what may have decimals, which are cut")
    if isinstance(node, exp.TryCast):
        # Else sqlglot writes a plain CAST, and says nothing.
        node.set("safe", True)  # noqa: FBT003 -- an argument of the node
    return checked_cast(node)


def _months(node: exp.Expr) -> exp.Expr:
    """So many months."""
    return exp.Anonymous(this="MAKE_YM_INTERVAL", expressions=[exp.Literal.number(0), node.expressions[0].copy()])


def _distinct(node: exp.Expr) -> exp.Expr:
    """DISTINCT ON is written by sqlglot with a column more, which must be asked for by nobody."""
    if node.args.get("on") is None:
        return node
    around = node.parent_select.parent_select if node.parent_select is not None else None
    if around is None or any(isinstance(each, exp.Star) or each.is_star for each in around.expressions):
        raise RefusedError("Distinct: DISTINCT ON is not known, and its rows are asked for with all of their columns")
    return node


def _character(node: exp.Expr) -> exp.Expr:
    code = node.expressions[0] if node.expressions else node.this
    if isinstance(code, exp.Literal) and int(code.name) <= _LAST_ASCII:
        return node
    raise RefusedError("Chr: only the characters of ASCII have their number")


LOWERED_OPS: dict[Op, Lowering] = {
    exp.Mul: _times,
    exp.Div: _divided,
    exp.BitwiseLeftShift: _shifted,
    exp.Try: _tried,
    exp.Cast: _cast,
    exp.TryCast: _cast,
    exp.Chr: _character,
    exp.DataType: typed("DATE", "DECIMAL", "BIGINT", "INT", "TEXT", "VARCHAR", "BOOLEAN", "DOUBLE"),
    exp.RegexpLike: plain_pattern,
    exp.Join: of_kinds("INNER", "CROSS", "OUTER", "SEMI", "ANTI"),
    exp.Star: without("EXCLUDE and REPLACE are not known", "except_", "replace"),
    exp.Distinct: _distinct,
    "TO_MONTHS": _months,
    exp.CountIf: lambda node: node,
    exp.Extract: lambda node: node,
    exp.Contains: lambda node: node,
    exp.AnyValue: lambda node: node,
    exp.IgnoreNulls: lambda node: node,
}

UNSUPPORTED_OPS: dict[Op, str] = {
    "TRY_STRPTIME": "days are read by another pattern",
    "GCD": "it is not known",
    "LCM": "it is not known",
    exp.Lower: "some letters become two",
    exp.Length: "it may be that of a list",
    exp.Qualify: "sqlglot writes it with a column more",
    **dict.fromkeys((exp.Struct, exp.Dot, exp.PropertyEQ), _LISTS),
    **dict.fromkeys((exp.Lambda, exp.Transform, exp.Array, exp.ArrayConcat, exp.ArrayDistinct, exp.ArrayFilter), _LISTS),
    **dict.fromkeys((exp.ArrayAgg, "LIST_SUM", "LIST_REDUCE", "LIST_CONCAT"), _LISTS),
    **dict.fromkeys(("BARE", "CELL_STATE"), _MACRO),
}

SPARK = Dialect("spark", SIMPLE_OPS, LOWERED_OPS, UNSUPPORTED_OPS)
