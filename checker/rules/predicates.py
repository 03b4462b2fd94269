"""Checks predicates and expressions against the declared records, and makes exact sqlglot trees of them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from sqlglot import exp

from checker.rules.compare import PERSONS_WORDS
from checker.rules.grammar import parse, path_of
from checker.rules.scope import BUILT_IN, Scope
from checker.rules.tokens import PredicateError
from checker.rules.typer import DATE, NUMERIC, PREDICATE, Typer, wanted
from checker.words.message import message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from checker.model.schema import Field, FieldType

__all__ = ["BUILT_IN", "DATE", "NUMERIC", "PREDICATE", "Checked", "PredicateError", "Scope", "check", "mistakes", "path_of"]


class Checked(NamedTuple):
    """A checked expression. Its true value is `tree / divisor`; in predicates `divisor` is always 1.

    Columns of the tree are read with `path_of`; parameters, built-in ones included, are `exp.Placeholder`. `columns`
    are the distinct paths, `parameters` the distinct parameters of the rulebook, `indicators` those that are named; `field` is
    set for one bare column.
    """

    tree: exp.Expression
    type: FieldType
    columns: tuple[tuple[str, ...], ...]
    parameters: tuple[str, ...]
    field: Field | None = None
    divisor: Fraction = Fraction(1)
    indicators: tuple[str, ...] = ()


def mistakes(
    text: str, scope: Scope, wants: frozenset[FieldType], unread: Callable[[exp.Expression], bool]
) -> list[PredicateError]:
    """What is wrong with an expression: of the parts that 'and', 'or' and 'not' join, what is wrong with each.

    Nothing is said of a part that is `unread`, for what it names is wrong itself.
    """
    try:
        tree = parse(text)
    except PredicateError as error:
        return [error]
    whole: list[PredicateError] = []
    if not unread(tree):
        try:
            check(text, scope, wants=wants)
        except PredicateError as error:
            whole.append(error)
        else:
            return []
    found: list[PredicateError] = []
    for part in _parts(tree):
        if not unread(part):
            try:
                Typer(scope).typed(part)
            except PredicateError as error:
                found.append(error)
    return found or whole


def _parts(tree: exp.Expression) -> Iterator[exp.Expression]:
    match tree:
        case exp.And() | exp.Or():
            yield from _parts(tree.this)
            yield from _parts(tree.expression)
        case exp.Not() | exp.Paren():
            yield from _parts(tree.this)
        case _:
            yield tree


_MENDS = {
    PREDICATE: message("expr-want-predicate-fix"),
    NUMERIC: message("expr-want-number-fix"),
    DATE: message("expr-want-date-fix"),
}


def check(text: str, scope: Scope, *, wants: frozenset[FieldType], divisible: bool = False) -> Checked:
    """Parses and type-checks an expression of one of the wanted types.

    Only a `divisible` one may have a `divisor` other than 1: for others a division outside a comparison is an error.
    Raises PredicateError.
    """
    typer = Typer(scope)
    typed = typer.typed(parse(text))
    if typed.type not in wants:
        wrong = message("expr-other-type", kind=PERSONS_WORDS[typed.type], wanted=wanted(wants))
        raise PredicateError("wrong-type", wrong, _MENDS[wants], 0)
    if typed.by or (typed.over != 1 and not divisible):
        fix = message("expr-division-outside-fix")
        raise PredicateError("division", message("expr-division-outside"), fix, 0)
    names = dict.fromkeys(node.name for node in typed.tree.find_all(exp.Placeholder) if node.name not in BUILT_IN)
    return Checked(
        tree=typed.tree,
        type=typed.type,
        columns=tuple(typer.columns),
        parameters=tuple(sorted(names)),
        field=typed.field,
        divisor=Fraction(typed.over),
        indicators=tuple(typer.indicators),
    )
