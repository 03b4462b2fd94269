"""Whether two values may be compared: alike in type, and no enumerated field with a value it cannot have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from checker.errors import nearest
from checker.model.schema import FieldType
from checker.rules.grammar import path_of
from checker.rules.tokens import PredicateError
from checker.words.message import Message, message

if TYPE_CHECKING:
    from checker.rules.exact import Typed

PERSONS_WORDS = {
    FieldType.TEXT: message("type-text"),
    FieldType.INTEGER: message("type-integer"),
    FieldType.NUMBER: message("type-number"),
    FieldType.DATE: message("type-date"),
    FieldType.BOOLEAN: message("type-boolean"),
}
_NUMERIC = {FieldType.INTEGER, FieldType.NUMBER}


def shown(node: exp.Expression) -> Message | str:
    """How a message names a part of an expression."""
    match node:
        case exp.Column():
            return f"'{'.'.join(path_of(node))}'"
        case exp.Placeholder():
            return f"':{node.name}'"
        case exp.Literal() | exp.Boolean():
            return node.sql("duckdb").lower() if isinstance(node, exp.Boolean) else node.sql("duckdb")
        case exp.Cast():
            return f"date '{node.this.name}'"
        case exp.Paren():
            return message("shown-brackets")
        case _:
            return message("shown-expression")


def check_alike(left: Typed, right: Typed, first: exp.Expression, second: exp.Expression, offset: int) -> None:
    """Raises PredicateError where the two can never sensibly be compared."""
    if left.type is not right.type and not {left.type, right.type} <= _NUMERIC:
        wrong = message(
            "expr-not-compared",
            first=shown(first),
            kind=PERSONS_WORDS[left.type],
            second=shown(second),
            other=PERSONS_WORDS[right.type],
        )
        fix = _mend_for(left, right, first, second)
        at = next((offset_or(node, offset) for node in (first, second) if isinstance(node, exp.Literal)), offset)
        raise PredicateError("wrong-type", wrong, fix, at)
    for one, other, source, literal in ((left, right, first, second), (right, left, second, first)):
        if not one.enum:
            continue
        for value in other.values:
            _check_value(one, str(value), source, literal, offset_or(literal, offset))
        mine, theirs = (dict(side.enum).keys() for side in (one, other))
        if theirs and not mine & theirs:
            wrong = message("expr-nothing-in-common", first=shown(first), second=shown(second))
            raise PredicateError("never-equal", wrong, message("expr-nothing-in-common-fix"), offset)


def check_order(typed: Typed, node: exp.Expression, offset: int) -> None:
    """Raises PredicateError for values that have no order: enumerated ones, and true and false."""
    if typed.enum or typed.type is FieldType.BOOLEAN:
        wrong = message("expr-no-order", what=shown(node))
        raise PredicateError("no-order", wrong, message("expr-no-order-fix"), offset)


def offset_or(node: exp.Expression, otherwise: int) -> int:
    """The offset of a node, or another one if it has none."""
    at = node.meta.get("offset")
    return at if isinstance(at, int) else otherwise


def _mend_for(left: Typed, right: Typed, first: exp.Expression, second: exp.Expression) -> Message:
    kinds = {left.type, right.type}
    literal = next((node for node in (first, second) if isinstance(node, exp.Literal)), None)
    if literal is not None and FieldType.DATE in kinds and literal.is_string:
        return message("expr-day-fix", name=literal.name)
    if literal is not None and FieldType.TEXT in kinds:
        if literal.is_string:
            return message("expr-number-fix")
        return message("expr-text-fix", name=literal.name)
    return message("expr-alike-fix")


def _check_value(typed: Typed, value: str, source: exp.Expression, given: exp.Expression, offset: int) -> None:
    known = tuple(canonical for canonical, _ in typed.enum)
    if value in known:
        return
    of_parameter = isinstance(given, exp.Placeholder)
    named = message("expr-a-value-of", value=value, parameter=shown(given)) if of_parameter else f"'{value}'"
    for canonical, synonyms in typed.enum:
        if value.casefold() in {word.casefold() for word in (canonical, *synonyms)}:
            wrong = message("expr-another-word", value=named, canonical=canonical, field=shown(source))
            fix = message("expr-write-value", value=canonical)
            raise PredicateError("impossible-value", wrong, fix, offset, None if of_parameter else canonical)
    wrong, fix = message("expr-cannot-be", field=shown(source), value=named), message("expr-values-are", known=", ".join(known))
    raise PredicateError("impossible-value", wrong, fix, offset, None if of_parameter else nearest(value, known))
