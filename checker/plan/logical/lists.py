"""Lists in a cell: what its elements are, and which of them are keys of no row (docs/meaning.md, sections 2 and 8)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlglot import exp

from checker.forms.measure import template
from checker.model.lists import allowed, elements
from checker.model.schema import Field, Record
from checker.tables.names import BETWEEN, BETWEEN_SIGN, table

Enumerated = Callable[[exp.Expression], exp.Expression]
"""What a text in small letters is of the values of an enumerated field, NULL where it is none."""


def elements_of(field: Field, cell: exp.Expression) -> exp.Expression:
    """The different elements of a cell in their order, as one text; NULL where there are none."""
    return template(
        "ELEMENTS(:cell, :signs, :missing)",
        cell=cell,
        signs=exp.Literal.string(_pattern(field.separators)),
        missing=exp.Array(expressions=[exp.Literal.string(word) for word in ("", *field.writing.missing)]),
    )


def default_elements(field: Field) -> str:
    """The elements of the default of a list, as the text that stands for them."""
    values = (allowed(field, each) or each for each in elements(field, field.default or ""))
    return BETWEEN_SIGN.join(sorted(set(values)))


def values_of_elements(cast: exp.Expression, enumerated: Enumerated) -> exp.Expression:
    """The elements as values of an enumerated field; NULL where one is none of them."""
    values = [enumerated(exp.column("element")) for _ in range(2)]
    split = f"STRING_SPLIT(:cast, {BETWEEN})"
    return template(
        f"CASE WHEN LEN([element FOR element IN {split} IF :one IS NULL]) = 0 "
        f"THEN ARRAY_TO_STRING(LIST_SORT(LIST_DISTINCT([:other FOR element IN {split}])), {BETWEEN}) END",
        cast=cast,
        one=values[0],
        other=values[1],
    )


def apart(name: str, alias: str = "") -> exp.Expression:
    """The elements of a list as rows; of one that is not known, or has none, one row without."""
    column = exp.column(name, table=alias or None)
    return template(f"UNNEST(COALESCE(STRING_SPLIT(:value, {BETWEEN}), [NULL]))", value=column)


def dangling(record: Record, field: Field, target: Record) -> exp.Select:
    """The rows of which an element is the key of no row."""
    parts = exp.select("_row", apart(field.name).as_("element")).from_(exp.to_table(table(record.name)))
    keys = exp.select(exp.column(target.key or "").as_("element")).from_(exp.to_table(table(target.name)))
    lost = exp.select("e._row").distinct().from_(parts.subquery("e"))
    lost = lost.join(keys.subquery("k"), on=template("k.element = e.element"), join_type="left anti")
    return lost.where("NOT e.element IS NULL")


def referring(record: Record) -> Iterator[Field]:
    """The lists of a record whose elements are keys of another."""
    return (field for field in record.fields if field.elements_of is not None)


def _pattern(separators: str) -> str:
    """A pattern of the signs that part elements."""
    return "[" + "".join("\\" + sign if sign in "\\]^-[" else sign for sign in separators) + BETWEEN_SIGN + "]"
