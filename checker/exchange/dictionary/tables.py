"""The data dictionary as tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.exchange.explained import line_of
from checker.exchange.form import Form, Sheet
from checker.report.tables import Cell, Table

_COLUMNS = (
    *("column-column", "column-name-in-rules", "column-purpose", "column-accepts", "column-if-empty", "column-also", "clause"),
    "column-rules",
)
_WORDS = ("column-column", "column-word", "column-value", "column-synonyms")


@dataclass(frozen=True, slots=True)
class Part:
    """One table of those that are handed in: its title and name, its columns, and the words that some of them take."""

    title: str
    name: str
    columns: Table
    words: Table | None


def parts(form: Form) -> Iterator[Part]:
    """The tables in the order of the rulebook."""
    for sheet in form.sheets:
        listed = Table("dictionary-words", _WORDS, list(_words(sheet)))
        columns = Table("dictionary", _COLUMNS, list(_columns(form, sheet)))
        yield Part(sheet.title, sheet.record.name, columns, listed if listed.rows else None)


def _columns(form: Form, sheet: Sheet) -> Iterator[tuple[Cell, ...]]:
    for column in sheet.columns:
        line, field = line_of(form, sheet, column), column.field
        names = dict.fromkeys((*(text for _, text in field.title.variants), *field.headers))
        also = ", ".join(name for name in names if name != line.header)
        yield line.header, field.name, line.purpose, line.accepts, line.if_empty, also, line.clauses, line.rules


def _words(sheet: Sheet) -> Iterator[tuple[Cell, ...]]:
    for column in sheet.columns:
        for word, (value, others) in zip(column.words, column.field.enum, strict=False):
            yield column.header, word, value, ", ".join(each for each in others if each != word)
