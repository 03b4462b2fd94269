"""Which columns of the submitted tables a rule reads, so that those who fill them in can see what each is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checker.model.schema import Record
from checker.plan.logical.rows import Path, Row
from checker.plan.logical.rule_query import RuleQuery
from checker.plan.logical.texts import resolve_terms
from checker.rules.rulebook import Rulebook

Column = tuple[str, str]
"""A record and one of its fields."""


def columns_read(query: RuleQuery) -> tuple[Column, ...]:
    """The columns that a rule reads, of its subject, of related rows and of what their references lead to, in order of name.

    Its query must have been made: a row knows which of its cells are read once they are.
    """
    site = query.site
    found = {column for row in (site.subject, site.related) for column in columns_of(row, site.book.records)}
    if query.link is not None:
        found |= {(record.name, field) for record, field in query.linking.of_link(query.link)}
    return tuple(sorted({column for each in found for column in _submitted(each, site.book)}))


def _submitted(column: Column, book: Rulebook) -> Iterator[Column]:
    """The columns that are handed in of which one is made, if it is."""
    name, field = column
    record = book.records[name]
    if record.derivation is not None:
        for each in record.derivation.columns:
            if field in {each.name, record.key, record.date}:
                yield from _along(book.records[record.derivation.record], each.path, book.records)
    elif record.roll_call is not None:
        roll, marking = record.roll_call, resolve_terms(book, record.roll_call.present)[0]
        named = {"who": roll.who, "occasion": roll.occasion}
        if field in named:
            yield named[field], str(book.records[named[field]].key)
        if field == "date":
            yield roll.occasion, str(book.records[roll.occasion].date)
        if field == "present":
            yield from ((marking.name, each) for each in (roll.who_by, roll.occasion_by))
    else:
        yield column


def _along(record: Record, path: Path, records: Mapping[str, Record]) -> Iterator[Column]:
    """The columns along a path."""
    at: Record | None = record
    for name in path:
        field = at.field(name) if at is not None else None
        if at is None or field is None:
            return
        yield at.name, name
        at = records.get(field.ref) if field.ref is not None else None


def columns_of(row: Row, records: Mapping[str, Record]) -> Iterator[Column]:
    """The columns that are read of a row, and of those that its references lead to."""
    for cell in row.cells:
        yield from _along(row.record, tuple(cell.split(".")), records)
