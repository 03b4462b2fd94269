"""PostgreSQL, 15 or later, with a database in UTF-8 whose collation is that of `C`: what it rewrites, what it cannot do."""

from __future__ import annotations

from typing import Final

from sqlglot import exp

from checker.plan.emit.dialect import (
    Dialect,
    Lowering,
    Op,
    checked_cast,
    is_condition,
    of_kinds,
    plain_pattern,
    typed,
    without,
)

_LISTS: Final = "there are no functions of lists"
_MACRO: Final = "it is a macro of the engine"
_NO_TRY: Final = "what fails cannot be made NULL"

SIMPLE_OPS: dict[Op, str] = {
    "STRLEN": "OCTET_LENGTH",
    "GCD": "GCD",
    "LCM": "LCM",
    exp.StartsWith: "STARTS_WITH",
    exp.DateFromParts: "MAKE_DATE",
}


def _count_if(node: exp.Expr) -> exp.Expr:
    """Not a sum, as sqlglot would have it: that is NULL where there is nothing to count."""
    return exp.Filter(this=exp.Count(this=exp.Star()), expression=exp.Where(this=node.this.copy()))


def _max(node: exp.Expr) -> exp.Expr:
    """There is no greatest of conditions."""
    _one(node)
    return exp.LogicalOr(this=node.this.copy()) if is_condition(node.this) else node


def _some(node: exp.Expr) -> exp.Expr:
    """Some value that is not NULL: the greatest is one."""
    return exp.Max(this=node.this.this.copy() if isinstance(node, exp.IgnoreNulls) else node.this.copy())


def _contains(node: exp.Expr) -> exp.Expr:
    return exp.paren(exp.GT(this=exp.func("STRPOS", node.this.copy(), node.args["expression"].copy()), expression=_number(0)))


def _whole_part(node: exp.Expr) -> exp.Expr:
    """A part of a date is a number with decimals there, which would be divided otherwise."""
    if isinstance(node.parent, exp.Cast):
        return node
    return exp.cast(node.copy(), "BIGINT")


def _divided(node: exp.Expr) -> exp.Expr:
    """Whole numbers are divided without a rest there."""
    return exp.Div(this=exp.cast(node.this.copy(), "DOUBLE"), expression=node.args["expression"].copy(), typed=True, safe=False)


def _months(node: exp.Expr) -> exp.Expr:
    """So many months, whose number has 32 bits there."""
    return exp.Anonymous(this="MAKE_INTERVAL", expressions=[_number(0), exp.cast(node.expressions[0].copy(), "INT")])


def _number(value: int) -> exp.Expr:
    return exp.Literal.number(value)


_types = typed("DATE", "DECIMAL", "BIGINT", "INT", "TEXT", "VARCHAR", "BOOLEAN", "DOUBLE", "INT128")


def _type(node: exp.Expr) -> exp.Expr:
    """What has 128 bits is a number of as many digits."""
    known = _types(node)
    return exp.DataType.build("DECIMAL(39, 0)") if known.this is exp.DataType.Type.INT128 else known


_one = without("the first so many are not known", "expressions", "count")

LOWERED_OPS: dict[Op, Lowering] = {
    exp.CountIf: _count_if,
    exp.Max: _max,
    exp.Min: _one,
    exp.AnyValue: _some,
    exp.IgnoreNulls: _some,
    exp.Contains: _contains,
    exp.Extract: _whole_part,
    exp.Div: _divided,
    "TO_MONTHS": _months,
    exp.Mul: lambda node: node,
    exp.ArrayAgg: lambda node: node,
    exp.Chr: lambda node: node,
    exp.DataType: _type,
    exp.Cast: checked_cast,
    exp.RegexpLike: plain_pattern,
    exp.Join: of_kinds("INNER", "CROSS", "OUTER"),
    exp.Star: without("EXCLUDE and REPLACE are not known", "except_", "replace"),
    exp.Group: without("GROUP BY ALL is not known", "all"),
}

UNSUPPORTED_OPS: dict[Op, str] = {
    exp.Try: _NO_TRY,
    exp.TryCast: _NO_TRY,
    "TRY_STRPTIME": _NO_TRY,
    exp.Lower: "it depends on the locale of the database",
    exp.Length: "it may be that of a list",
    exp.Qualify: "it is not known",
    exp.ArgMax: "it is not known",
    exp.ArgMin: "it is not known",
    exp.Struct: "the parts of a row have no names",
    exp.Dot: "the parts of a row have no names",
    exp.PropertyEQ: "the parts of a row have no names",
    exp.BitwiseLeftShift: "bits that are shifted out are lost, where DuckDB fails",
    **dict.fromkeys((exp.Lambda, exp.Transform, exp.Array, exp.ArrayConcat, exp.ArrayDistinct, exp.ArrayFilter), _LISTS),
    **dict.fromkeys(("LIST_SUM", "LIST_REDUCE", "LIST_CONCAT"), _LISTS),
    **dict.fromkeys(("BARE", "CELL_STATE"), _MACRO),
}

POSTGRES = Dialect("postgres", SIMPLE_OPS, LOWERED_OPS, UNSUPPORTED_OPS, inlines=True)
