"""What the texts of a rulebook become: selections, checked trees over a row, parameters on a day, days moved by a span."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import lcm
from typing import TypeVar

from sqlglot import exp

from checker.errors import RulesError
from checker.forms.measure import template, tried
from checker.model.schema import Record
from checker.plan.logical.related_rows import REF
from checker.plan.logical.rows import Row, day, number
from checker.rules.predicates import Checked, PredicateError
from checker.rules.rulebook import Rulebook, Written

FIRST, LAST, AS_OF = (exp.Placeholder(this=name) for name in ("first", "last", "as_of"))
_BUILT_IN = {"as_of": AS_OF, "period_start": FIRST, "period_end": LAST}
_T = TypeVar("_T")


def resolve_terms(book: Rulebook, name: str) -> tuple[Record, tuple[Written, ...]]:
    """The record a term selects from in the end, and its predicates, outermost last."""
    predicates: list[Written] = []
    while name not in book.records:
        term = book.terms[name]
        if term.where is not None:
            predicates.append(term.where)
        name = term.of
    return book.records[name], tuple(reversed(predicates))


def at_reference(book: Rulebook, checked: Checked, row: Row) -> exp.Expression:
    """A checked predicate over a row, its parameters taken on the row's own day, else on the reference date."""
    anchor = REF if row.record.date is None else row.own(row.record.date)
    return tried(row.resolve(checked.tree, lambda name: placeholder(book, name, anchor)))


def placeholder(book: Rulebook, name: str, anchor: exp.Expression) -> exp.Expression:
    """What `:name` stands for in an expression that is read on the anchor day."""
    if name in _BUILT_IN:
        return _BUILT_IN[name].copy()
    value, values = parameter(book, name, anchor)[0], [each.value for each in book.parameters[name].values]
    # The engine takes a whole number in its query for one of 32 bits, and would calculate in these.
    whole = all(isinstance(each, Fraction) and each.denominator == 1 for each in values)
    return exp.cast(value, "BIGINT") if whole else value


def located(book: Rulebook, written: Written, read: Callable[[], _T]) -> _T:
    """What `read` gives; a PredicateError becomes a RulesError at the place where the text is written."""
    try:
        return read()
    except PredicateError as error:
        problem = book.problem(written.path, error.code, error.message, error.fix)
        raise RulesError(problem) from error


def parameter(book: Rulebook, name: str, anchor: exp.Expression, *, scaled: bool = False) -> tuple[exp.Expression, int]:
    """A parameter's value on the anchor day, NULL where it has none; `scaled`: as numerator over a common denominator."""
    values = book.parameters[name].values
    fractions = [value.value for value in values if isinstance(value.value, Fraction)]
    denominator = lcm(*(value.denominator for value in fractions)) if scaled else 1
    case = exp.Case()
    for value in reversed(values):
        literal = number(value.value * denominator) if isinstance(value.value, Fraction) else exp.Literal.string(value.value)
        if value.first is None and len(values) == 1:
            return literal, denominator
        since = "NOT :anchor IS NULL" if value.first is None else ":anchor >= :first"
        first = exp.null() if value.first is None else day(value.first)
        case = case.when(template(since, anchor=anchor, first=first), literal)
    return case, denominator
