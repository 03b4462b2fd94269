"""What a form says of its columns: what each is for, what may stand there, and which rules and clauses ask for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from checker.exchange.form import Column, Form, Sheet
from checker.exchange.values import accepted_of, empty_of
from checker.model.schema import Record
from checker.report.say.clauses import clause_text
from checker.report.say.wording import Wording
from checker.report.tables import Cell, Table

EXPLAINED = ("column-sheet", "column-column", "column-purpose", "column-accepts", "column-if-empty", "clause", "column-rules")
_CLAUSES = 6
READ_BY = ("column-sheet", "column-column", "column-rule", "clause", "column-severity")


def explained(form: Form) -> Table:
    """Every column of every sheet."""
    return Table("sheet-explained", EXPLAINED, _explained(form))


def read_by(form: Form) -> Table:
    """Every column with every rule that reads it."""
    return Table("sheet-read-by", READ_BY, _read_by(form))


def purpose_of(record: Record, name: str, wording: Wording) -> str:
    """What a column is to its table: what tells its rows apart, what they are called by, the day that they are about."""
    parts = {
        "purpose-key": record.key,
        "purpose-label": record.label,
        "purpose-parent": record.parent,
        "purpose-date": record.date,
        "purpose-begins": record.begins,
        "purpose-ends": record.ends,
        "purpose-belongs": next(iter(record.to_body), None),
    }
    said = [wording(key) for key, field in parts.items() if field == name]
    said += [wording("purpose-unique") for fields in record.unique if name in fields][:1]
    return "; ".join(said)


def clauses_of(column: Column, wording: Wording) -> str:
    """The first clauses of the rules that read a column, each once; the key of a table is read by nearly all rules."""
    clauses = list(dict.fromkeys(cite for rule in column.rules for cite in rule.cites))
    more = [wording("and-more", n=len(clauses) - _CLAUSES)] if len(clauses) > _CLAUSES else []
    return "; ".join([*clauses[:_CLAUSES], *more])


class Line(NamedTuple):
    """What is said of a column, `rules` being how many read it."""

    header: str
    purpose: str
    accepts: str
    if_empty: str
    clauses: str
    rules: int


def line_of(form: Form, sheet: Sheet, column: Column) -> Line:
    """What is said of a column of a sheet."""
    wording, field = form.wording, column.field
    return Line(
        column.header,
        purpose_of(sheet.record, field.name, wording),
        accepted_of(field, column.words, form.key_of(field), wording),
        empty_of(field, names_row=column.names_row, wording=wording),
        clauses_of(column, wording),
        len(column.rules),
    )


def _explained(form: Form) -> Iterator[tuple[Cell, ...]]:
    for sheet in form.sheets:
        for column in sheet.columns:
            yield (sheet.name, *line_of(form, sheet, column))


def _read_by(form: Form) -> Iterator[tuple[Cell, ...]]:
    for sheet in form.sheets:
        for column in sheet.columns:
            for rule in column.rules:
                title, clause = rule.title.in_(form.wording.language), clause_text(rule, form.wording)
                yield sheet.name, column.header, title, clause, rule.severity
