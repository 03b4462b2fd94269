"""Queries for columns that show how they are written, and so make cells doubtful (docs/meaning.md, section 2).

Days that one of two formats reads as one day and the other as another, beside cells that only the second reads; numbers with
three figures after a point, beside cells that are written with other separators. And words that stand for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from sqlglot import exp

from checker.forms.measure import template
from checker.model.formats import contradict, pattern
from checker.model.plan import OddPlan
from checker.model.quoting import literal
from checker.model.schema import Field, FieldType, Record
from checker.plan.emit.printing import plain
from checker.plan.logical.tables import as_written
from checker.tables.names import state

_DOTS = "^-?[0-9]{1,3}([.][0-9]{3}){2,}(,[0-9]+)?$|^-?[0-9]{1,3}([.][0-9]{3})+,[0-9]+$"
_COMMA = "^-?[0-9]+,[0-9]+$"
_COMMAS = "^-?[0-9]{1,3}(,[0-9]{3})+[.][0-9]+$|^-?[0-9]{1,3}(,[0-9]{3}){2,}$"
_EITHER = "^-?[0-9]{1,3}[.][0-9]{3}$"

NOTHING = (
    *("n/a", "n.a.", "#n/a", "none", "null", "nil", "nan", "unknown", "tbd", "không", "không có", "chưa có", "trống"),
    *("không rõ", "chưa rõ", "...", "..", ".", "…", "–", "—", "/", "_", "__"),
    *(sign * times for sign in "-?*" for times in range(1, 6)),
)
"""Words that people write where there is nothing to write."""

_SPLIT = "|"

_LONGEST = max(len(word.encode()) for word in NOTHING)


def odd(record: Record, dialect: str) -> tuple[OddPlan, ...]:
    """The ways in which cells of a record can be doubtful."""
    if record.made:
        return ()
    return tuple(each for field in record.fields for each in (*_days(record, field, dialect), *_numbers(record, field, dialect)))


def nothing_said(record: Record) -> dict[str, exp.Expression]:
    """Of the required fields of plain text, whether a cell says that there is nothing, in words that nobody declared."""
    found = {}
    for field in record.fields:
        if field.required and field.type is FieldType.TEXT and not field.enum and field.ref is None:
            cell = exp.column(field.name, table="r")
            # In one text: the engine takes longer to prepare some forty than to take it apart.
            words = template(f"LIST_CONTAINS(STRING_SPLIT({literal(_SPLIT.join(NOTHING))}, '{_SPLIT}'), LOWER(:cell))", cell=cell)
            long = exp.Literal.number(_LONGEST)
            found[field.name] = template("STRLEN(:cell) <= :long AND :words", cell=cell, long=long, words=words)
    return found


def _days(record: Record, field: Field, dialect: str) -> Iterator[OddPlan]:
    for first, second in combinations(field.writing.formats, 2):
        if contradict(first, second):
            one, other = _day(first), _day(second)
            yield _plan(record, field, dialect, (first, second), f"NOT {other} IS NULL AND {one} IS NULL", f"{one} <> {other}")


def _numbers(record: Record, field: Field, dialect: str) -> Iterator[OddPlan]:
    if field.type is FieldType.NUMBER and (field.writing.decimal, field.writing.thousands) == (".", ""):
        proof = f"({_like(_DOTS)} OR ({_like(_COMMA)} AND NOT BOOL_OR({_like(_COMMAS)}) OVER ()))"
        yield _plan(record, field, dialect, (), proof, _like(_EITHER))


def _plan(record: Record, field: Field, dialect: str, formats: tuple[str, ...], proof: str, doubt: str) -> OddPlan:
    cell = plain(as_written(field, exp.column(field.name)), dialect)
    cells = f'SELECT _row, {cell} AS cell FROM "raw_{record.name}"'
    seen = f"SELECT _row, cell, COALESCE({proof}, FALSE) AS proof, COALESCE({doubt}, FALSE) AS doubt FROM ({cells})"
    asked = ", ".join(
        f"COUNT_IF({each}), MIN(_row) FILTER (WHERE {each}), ARG_MIN(cell, _row) FILTER (WHERE {each})"
        for each in ("proof", "doubt")
    )
    unknown = {f'"{field.name}"': "NULL", f'"{state(field.name)}"': "3"}
    unknown |= {f'"{end}"': "NULL" for end, name in (("_begins", record.begins), ("_ends", record.ends)) if name == field.name}
    put = ", ".join(f"{column} = {value}" for column, value in unknown.items())
    return OddPlan(
        field.name,
        formats,
        f"SELECT {asked} FROM ({seen})",
        f'UPDATE "t_{record.name}" SET {put} WHERE _row IN (SELECT _row FROM ({seen}) WHERE doubt)',
    )


def _day(form: str) -> str:
    """The day that a cell is by a format."""
    return f"CASE WHEN {_like(f'^{pattern(form)}$')} THEN CAST(TRY_STRPTIME(cell, {literal(form)}) AS DATE) END"


def _like(regex: str) -> str:
    return f"REGEXP_MATCHES(cell, {literal(regex)})"
