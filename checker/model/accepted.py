"""What can stand in a cell of a field, as the bounds of what is required of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from checker.model.formats import month_formats
from checker.model.report import Required, RuleSummary
from checker.model.schema import FALSE, TRUE, Field, FieldType, Precision
from checker.model.words import Text


@cache
def accepted(field: Field) -> tuple[Required, ...]:
    """The `type` of a field's values, then their limits, how they are written, and the values that it may be `one of`.

    Of a list these are its elements, `several` with those signs between them.

    Numbers are written with a `decimal` and `thousands`, days `as` each of their formats, `with time` if they may have one.
    """
    several = (Required("several", None, field.separators),) if field.separators else ()
    return (Required("type", None, field.type.value), *several, *_limits(field), *_forms(field), *_values(field))


def accepted_by(rule: RuleSummary) -> tuple[Required, ...]:
    """What can stand in the cells that a rule is about; nothing of a rule that is not about what can stand in a cell."""
    return () if rule.columns is None or rule.columns.read is None else accepted(rule.columns.read)


def _limits(field: Field) -> Iterator[Required]:
    for operator, limit in ((">=", field.min), ("<=", field.max)):
        if limit is not None:
            yield Required(operator, int(limit) if limit == int(limit) else limit, format(limit, "f"))


def _forms(field: Field) -> Iterator[Required]:
    if field.writing.decimal != ".":
        yield Required("decimal", None, field.writing.decimal)
    if field.writing.thousands:
        yield Required("thousands", None, field.writing.thousands)
    if field.writing.moments:
        yield Required("with time", None, "true")
    if field.type is FieldType.DATE:
        days = ("%Y-%m-%d", *field.writing.formats)
        months = ("%Y-%m", *month_formats(field.writing.formats)) if field.partial else ()
        years = ("%Y",) if field.precision is Precision.YEAR else ()
        yield from (Required("as", None, form) for form in dict.fromkeys((*days, *months, *years)))


def _values(field: Field) -> Iterator[Required]:
    if field.type is FieldType.BOOLEAN:
        truths = (*TRUE, *field.writing.true, *FALSE, *field.writing.false)
        yield from (Required("one of", None, word) for word in truths)
    words = dict(field.words)
    yield from (Required("one of", None, value, said=words.get(value, Text())) for value, _ in field.enum)
