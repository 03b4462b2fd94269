"""Which columns of the submitted tables a rule reads, so that those who fill them in can see what each is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checker.model.schema import Record
from checker.plan.logical.rows import Row
from checker.plan.logical.rule_query import RuleQuery

Column = tuple[str, str]
"""A record and one of its fields."""


def columns_read(query: RuleQuery) -> tuple[Column, ...]:
    """The columns that a rule reads, of its subject, of related rows and of what their references lead to, in order of name.

    Its query must have been made: a row knows which of its cells are read once they are.
    """
    site = query.site
    found = {column for row in (site.subject, site.related) for column in columns_of(row, site.book.records)}
    if query.link is not None:
        found |= {(record.name, field) for record, field in query.cells_of_link(query.link)}
    return tuple(sorted(found))


def columns_of(row: Row, records: Mapping[str, Record]) -> Iterator[Column]:
    """The columns that are read of a row, and of those that its references lead to."""
    for cell in row.cells:
        record: Record | None = row.record
        for name in cell.split("."):
            field = record.field(name) if record is not None else None
            if record is None or field is None:
                break
            yield record.name, name
            record = records.get(field.ref) if field.ref is not None else None
