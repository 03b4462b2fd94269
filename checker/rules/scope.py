"""What the names in an expression mean: fields of a record, fields behind references, parameters."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from checker.errors import nearest
from checker.model.schema import Field, FieldType, Record
from checker.rules.exact import Typed
from checker.rules.grammar import offset_of, path_of
from checker.rules.tokens import PredicateError
from checker.words.message import message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlglot import exp

    from checker.rules.rulebook import Parameter

BUILT_IN = frozenset({"as_of", "period_start", "period_end"})
"""Parameters that every run has: days."""


class Sight(NamedTuple):
    """An indicator as an expression sees it: a number with limits, as a field would be, and, when asked, what bars it there."""

    field: Field
    barred: Callable[[], PredicateError | None] = lambda: None


class Scope(NamedTuple):
    """What names in an expression may mean: fields of `record`, through references those of others, parameters.

    `indicators` are those about the record, by name.
    """

    record: Record
    records: Mapping[str, Record]
    parameters: Mapping[str, Parameter]
    indicators: Mapping[str, Sight] = MappingProxyType({})

    def column(self, node: exp.Column) -> Typed:
        """The field that a path leads to. Raises PredicateError."""
        path, record, at = path_of(node), self.record, offset_of(node)
        if len(path) == 1 and record.field(path[0]) is None and path[0] in self.indicators:
            barred = self.indicators[path[0]].barred()
            if barred is not None:
                raise PredicateError(barred.code, barred.message, barred.fix, at)
            return Typed(node, FieldType.NUMBER)
        for name, following in pairwise(path):
            found = _field(name, record, at)
            target = self.records.get(found.ref or "")
            if target is None:
                fix = message("expr-not-a-reference-fix", name=name)
                wrong = message("expr-not-a-reference", name=name, record=record.name, following=following)
                if found.separators:
                    wrong, fix = message("expr-through-a-list", name=name), message("expr-through-a-list-fix", name=name)
                raise PredicateError("not-a-reference", wrong, fix, at)
            record, at = target, at + len(name) + 1
        found = _field(path[-1], record, at, tuple(self.indicators) if len(path) == 1 else ())
        return Typed(node, found.type, field=found, enum=found.enum)

    def parameter(self, node: exp.Placeholder) -> Typed:
        """The parameter of that name, and of which type its values are. Raises PredicateError."""
        if node.name in BUILT_IN:
            return Typed(node, FieldType.DATE)
        parameter = self.parameters.get(node.name)
        if parameter is None:
            raise unknown_parameter(node.name, self.parameters, offset_of(node))
        values = tuple(dated.value for dated in parameter.values)
        numbers = [value for value in values if isinstance(value, Fraction)]
        for number in numbers:
            if (number * 10**6).denominator != 1:
                wrong = message("expr-inexact", name=node.name, value=number)
                fix = message("expr-inexact-fix")
                raise PredicateError("inexact", wrong, fix, offset_of(node))
        if len(numbers) < len(values):
            return Typed(node, FieldType.TEXT, values=values)
        whole = all(number.denominator == 1 for number in numbers)
        return Typed(node, FieldType.INTEGER if whole else FieldType.NUMBER, values=values)


def unknown_parameter(name: str, parameters: Mapping[str, Parameter], offset: int) -> PredicateError:
    """The error for a parameter that the rulebook does not have."""
    known = tuple(f":{each}" for each in (*parameters, *sorted(BUILT_IN)))
    wrong, fix = message("expr-unknown-parameter", name=name), message("expr-unknown-parameter-fix", known=", ".join(known))
    return PredicateError("unknown-parameter", wrong, fix, offset, nearest(f":{name}", known))


def _field(name: str, record: Record, at: int, also: tuple[str, ...] = ()) -> Field:
    found = record.field(name)
    if found is not None:
        return found
    known = (*(entry.name for entry in record.fields), *also)
    instead = None if name == record.name else nearest(name, known)
    if name == record.name:
        wrong, fix = message("expr-record-itself", name=name), message("expr-record-itself-fix")
    else:
        wrong = message("not-a-field-of", field=name, record=record.name)
        fix = message("expr-unknown-field-fix", known=", ".join(known), name=name)
    raise PredicateError("unknown-field", wrong, fix, at, instead)
