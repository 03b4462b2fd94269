"""Whether two values may be compared: alike in type, and no enumerated field with a value it cannot have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from checker.errors import nearest
from checker.model.schema import FieldType
from checker.rules.grammar import path_of
from checker.rules.tokens import PredicateError

if TYPE_CHECKING:
    from checker.rules.exact import Typed

PERSONS_WORDS = {
    FieldType.TEXT: "text",
    FieldType.INTEGER: "an integer",
    FieldType.NUMBER: "a number",
    FieldType.DATE: "a date",
    FieldType.BOOLEAN: "true or false",
}
_NUMERIC = {FieldType.INTEGER, FieldType.NUMBER}


def shown(node: exp.Expression) -> str:
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
            return "the part in brackets"
        case _:
            return "the expression here"


def check_alike(left: Typed, right: Typed, first: exp.Expression, second: exp.Expression, offset: int) -> None:
    """Raises PredicateError where the two can never sensibly be compared."""
    if left.type is not right.type and not {left.type, right.type} <= _NUMERIC:
        kinds = f"{shown(first)} is {PERSONS_WORDS[left.type]}, and {shown(second)} is {PERSONS_WORDS[right.type]}"
        fix = _mend_for(left, right, first, second)
        at = next((offset_or(node, offset) for node in (first, second) if isinstance(node, exp.Literal)), offset)
        raise PredicateError("wrong-type", f"{kinds}: they cannot be compared", fix, at)
    for one, other, source, literal in ((left, right, first, second), (right, left, second, first)):
        if not one.enum:
            continue
        of = f" (a value of {shown(literal)})" if isinstance(literal, exp.Placeholder) else ""
        for value in other.values:
            _check_value(one, str(value), source, offset_or(literal, offset), of)
        mine, theirs = (dict(side.enum).keys() for side in (one, other))
        if theirs and not mine & theirs:
            message = f"{shown(first)} and {shown(second)} have no value in common"
            raise PredicateError("never-equal", message, "Compare fields that can be equal.", offset)


def check_order(typed: Typed, node: exp.Expression, offset: int) -> None:
    """Raises PredicateError for values that have no order: enumerated ones, and true and false."""
    if typed.enum or typed.type is FieldType.BOOLEAN:
        message = f"the values of {shown(node)} have no order"
        raise PredicateError("no-order", message, "Use '=', '<>' or 'in (…)'.", offset)


def offset_or(node: exp.Expression, otherwise: int) -> int:
    """The offset of a node, or another one if it has none."""
    at = node.meta.get("offset")
    return at if isinstance(at, int) else otherwise


def _mend_for(left: Typed, right: Typed, first: exp.Expression, second: exp.Expression) -> str:
    kinds = {left.type, right.type}
    literal = next((node for node in (first, second) if isinstance(node, exp.Literal)), None)
    if literal is not None and FieldType.DATE in kinds and literal.is_string:
        return f"Write a day as date '{literal.name}'."
    if literal is not None and FieldType.TEXT in kinds:
        if literal.is_string:
            return "Write a number without quotation marks, or give the field the type text under 'records:'."
        return f"Put text in single quotes ('{literal.name}'), or give the field a numeric type under 'records:'."
    return "Compare values of one type; the types of fields are declared under 'records:'."


def _check_value(typed: Typed, value: str, source: exp.Expression, offset: int, of: str = "") -> None:
    known = tuple(canonical for canonical, _ in typed.enum)
    if value in known:
        return
    for canonical, synonyms in typed.enum:
        if value.casefold() in {word.casefold() for word in (canonical, *synonyms)}:
            message = f"'{value}'{of} is another word for the value '{canonical}' of {shown(source)}"
            raise PredicateError("impossible-value", message, f"Write '{canonical}'.", offset, None if of else canonical)
    message = f"{shown(source)} cannot be '{value}'{of}"
    instead = None if of else nearest(value, known)
    raise PredicateError("impossible-value", message, f"Its values are: {', '.join(known)}.", offset, instead)
