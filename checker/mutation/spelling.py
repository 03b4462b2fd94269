"""Writes a tree of the grammar as the rule language writes it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import singledispatch

from sqlglot import exp

from checker.rules.grammar import FUNCTIONS, path_of

_SIGNS: Mapping[type[exp.Expression], str] = {
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
    exp.Add: "+",
    exp.Sub: "-",
    exp.Mul: "*",
    exp.Div: "/",
    exp.And: "and",
    exp.Or: "or",
}
_WORDS = {node: word for word, node in FUNCTIONS.items()}
_WORDED = exp.In | exp.Like | exp.Between | exp.Is
_LEVELS: tuple[tuple[type[exp.Expression], ...], ...] = (
    (exp.Or,),
    (exp.And,),
    (exp.Not,),
    (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.In, exp.Like, exp.Between, exp.Is),
    (exp.Add, exp.Sub),
    (exp.Mul, exp.Div),
    (exp.Neg,),
)


@singledispatch
def written(node: exp.Expression) -> str:
    """The expression as the rule language writes it."""
    return node.name


def _joined(node: exp.Expression) -> str:
    return f"{_part(node.this, node)} {_SIGNS[type(node)]} {_part(node.expression, node, right=True)}"


def _called(node: exp.Expression) -> str:
    return f"{_WORDS[type(node)]}({', '.join(map(written, (node.this, *node.expressions)))})"


for _kind in _SIGNS:
    written.register(_kind, _joined)
for _kind in _WORDS:
    written.register(_kind, _called)


@written.register
def _(node: exp.Not) -> str:
    return _worded(node.this, "not ") if isinstance(node.this, _WORDED) else f"not {_part(node.this, node)}"


@written.register(exp.In)
@written.register(exp.Like)
@written.register(exp.Between)
@written.register(exp.Is)
def _(node: exp.Expression) -> str:
    return _worded(node, "")


@written.register
def _(node: exp.Neg) -> str:
    return f"-{_part(node.this, node)}"


@written.register
def _(node: exp.Paren) -> str:
    return f"({written(node.this)})"


@written.register
def _(node: exp.Column) -> str:
    return ".".join(path_of(node))


@written.register
def _(node: exp.Placeholder) -> str:
    return f":{node.name}"


@written.register
def _(node: exp.Cast) -> str:
    return f"date '{node.this.name}'"


@written.register
def _(node: exp.Interval) -> str:
    return f"{node.this.name} {node.args['unit'].name.lower()}{'' if node.this.name == '1' else 's'}"


@written.register
def _(node: exp.Boolean) -> str:
    return "true" if node.this else "false"


@written.register
def _(node: exp.Literal) -> str:
    return "'" + node.name.replace("'", "''") + "'" if node.is_string else node.name


def _worded(node: exp.Expression, negation: str) -> str:
    left = _part(node.this, node)
    match node:
        case exp.In():
            return f"{left} {negation}in ({', '.join(map(written, node.expressions))})"
        case exp.Like():
            return f"{left} {negation}like {written(node.expression)}"
        case exp.Between():
            return f"{left} {negation}between {written(node.args['low'])} and {written(node.args['high'])}"
        case _:
            return f"{left} is {negation}null"


def _part(node: exp.Expression, whole: exp.Expression, *, right: bool = False) -> str:
    """An operand, in brackets where it would be read otherwise without."""
    own, outer = _level(node), _level(whole)
    loose = own < outer or (own == outer and right)
    return f"({written(node)})" if loose else written(node)


def _level(node: exp.Expression) -> int:
    return next((level for level, kinds in enumerate(_LEVELS) if isinstance(node, kinds)), len(_LEVELS))
