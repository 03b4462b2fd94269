"""Shows a case of a rulebook as an example: the records that were handed in, in the words of the reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from checker.exchange.values import word_of
from checker.handbook.book import Handbook
from checker.model.schema import Field, FieldType, Record
from checker.records.matching import Names
from checker.report.say.wording import Wording
from checker.rules.cases import Row, RuleCase


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table, under its title and the titles of the columns that are filled in."""

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A case: what it is an example of, what it shows, for which period and as of which day, and its tables."""

    label: str
    name: str
    when: str
    tables: tuple[Rows, ...]


def example(book: Handbook, case: RuleCase, key: str, wording: Wording) -> Example:
    """The case in the language of the wording; `key` says what it is an example of.

    Its name is in the rulebook's language, and nobody can tell in which of several.
    """
    tables = tuple(_rows(record, rows, wording) for record, rows in _tables(book, case))
    when = {"period": wording.window(case.period), "day": case.as_of or case.period.last}
    shown = wording(key), "" if book.several else case.name
    return Example(*shown, wording("handbook-when" if case.as_of is None else "handbook-when-as-of", **when), tables)


def _tables(book: Handbook, case: RuleCase) -> Iterable[tuple[Record, tuple[Row, ...]]]:
    names = Names(book.records.values())
    found = ((names.match(name), rows) for name, rows in case.tables.items())
    return ((book.records[name], rows) for name, rows in found if name is not None)


def _rows(record: Record, rows: tuple[Row, ...], wording: Wording) -> Rows:
    names = Names(record.fields)
    matched = [{names.match(column): cell for column, cell in row.items()} for row in rows]
    fields = [field for field in record.fields if any(field.name in row for row in matched)]
    return Rows(
        record.title.in_(wording.language) or record.name,
        tuple(field.title.in_(wording.language) or field.name for field in fields),
        tuple(tuple(_cell(field, row.get(field.name), wording) for field in fields) for row in matched),
    )


def _cell(field: Field, cell: str | None, wording: Wording) -> str:
    if cell is None:
        return ""
    if field.type is FieldType.DATE:
        try:
            return wording.day(date.fromisoformat(cell))
        except ValueError:
            return cell
    return word_of(field, cell, wording.language) if field.enum or field.type is FieldType.BOOLEAN else cell
