"""Integrity rules derived from the records, `required` to `acyclic` (docs/meaning.md, section 8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sqlglot import exp

from checker.forms.measure import all_of, template
from checker.model.integrity import IntegrityId, IntegrityKind
from checker.model.plan import IntegrityPlan
from checker.model.schema import Field, FieldType, Record
from checker.model.words import Severity, Text
from checker.plan.emit.printing import plain
from checker.plan.logical.doubtful_columns import nothing_said
from checker.plan.logical.lists import dangling, referring
from checker.plan.logical.rows import Row
from checker.tables.names import state, table, was_empty
from checker.words.catalogue import languages
from checker.words.message import Words


class _Check(NamedTuple):
    fields: tuple[str, ...]
    kind: IntegrityKind
    failing: exp.Expression
    target: str | None = None
    beside: tuple[str, ...] = ()


def census(record: Record, records: Mapping[str, Record], dialect: str) -> tuple[str, str, tuple[IntegrityPlan, ...]]:
    """A statement that counts a record's rows, the same without looking up references, and the integrity rules.

    In order: all rows, those that stand for their key, doubtful ones; the failures of each integrity rule (NULL: not looked
    up); the cells that may be anything, of each field that rows are found by (see `finding_fields`); and those that say in
    words that there is nothing.
    """
    checks = tuple(_checks(record))
    row, nothing = Row(record, "r", records), nothing_said(record)

    def counting(*, references: bool) -> str:
        failing = (
            exp.CountIf(this=check.failing.copy()) if references or check.target is None else exp.null() for check in checks
        )
        counts = exp.select("COUNT(*)", "COUNT_IF(r._first)", "COUNT_IF(r._doubt)").select(*failing, copy=False)
        counts = counts.select(*(exp.CountIf(this=row.adrift((name,))) for name in finding_fields(record)), copy=False)
        # Of a large table it would take long to look at every key.
        words = (exp.CountIf(this=says) if references or name != record.key else exp.null() for name, says in nothing.items())
        counts = counts.select(*words, copy=False)
        return plain(_from(counts, record, records, references=references), dialect)

    # What all the statements have in common is written once.
    rows = plain(_from(exp.select(exp.column("_row", table="r")), record, records), dialect)
    plans = tuple(
        IntegrityPlan(
            id=str(IntegrityId(record.name, check.fields, check.kind)),
            title=_title(record, check),
            severity=Severity.MAJOR,
            record=record.name,
            fields=check.fields + check.beside,
            kind=check.kind,
            failing=f'{rows} WHERE {plain(check.failing, dialect)} ORDER BY "r"."_row"',
            target=check.target,
            read=record.field(check.fields[0]) if check.kind is IntegrityKind.ALLOWED else None,
        )
        for check in checks
    )
    return counting(references=True), counting(references=False), plans


def finding_fields(record: Record) -> tuple[str, ...]:
    """The fields by which rows are found: the key, references and dates."""
    return tuple(
        field.name for field in record.fields if field.name == record.key or field.ref is not None or field.type is FieldType.DATE
    )


def _from(select: exp.Select, record: Record, records: Mapping[str, Record], *, references: bool = True) -> exp.Select:
    select = select.from_(exp.to_table(table(record.name)).as_("r", copy=False), copy=False)
    for field in record.fields:
        target = records[field.ref] if field.ref is not None else None
        if not references or target is None or target.key is None:
            continue
        alias = f"to_{field.name}"
        same = exp.EQ(this=exp.column(target.key, table=alias), expression=exp.column(field.name, table="r"))
        select = select.join(
            exp.to_table(table(target.name)).as_(alias, copy=False),
            on=exp.and_(same, exp.column("_first", table=alias)),
            join_type="left",
            copy=False,
        )
    for field in referring(record) if references else ():
        target = records[field.elements_of or ""]
        if target.key is not None:
            lost = dangling(record, field, target).subquery(f"to_{field.name}", copy=False)
            select = select.join(lost, on=template(f'"to_{field.name}"._row = r._row'), join_type="left", copy=False)
    for fields in record.unique:
        alike = all_of(
            *(exp.EQ(this=exp.column(name, table="r"), expression=exp.column(name, table=_same(fields))) for name in fields)
        )
        select = select.join(_shared(record, fields).subquery(_same(fields), copy=False), on=alike, join_type="left", copy=False)
    if record.parent is not None and record.key is not None:
        cyclic = exp.to_table(f"cyclic_{record.name}").as_("up", copy=False)
        select = select.join(cyclic, on=template("up.row = r._row"), join_type="left", copy=False)
    return select


def _same(fields: tuple[str, ...]) -> str:
    """The alias of the rows that agree in those fields. Field names have no dot."""
    return ".".join(("same", *fields))


def _shared(record: Record, fields: tuple[str, ...]) -> exp.Select:
    """The values of those fields that several rows share, and the first of these rows."""
    columns = [exp.column(name) for name in fields]
    query = exp.select(*columns, template("MIN(_row)").as_("first_row", copy=False)).from_(exp.to_table(table(record.name)))
    return query.group_by(*columns, copy=False).having("COUNT(*) > 1", copy=False)


def _checks(record: Record) -> list[_Check]:
    found: list[_Check] = []
    if record.made:
        return found
    for field in record.fields:
        found += _of_cells(field)
    if record.begins is not None and record.ends is not None:
        ends, begins = (exp.column(name, table="r") for name in (record.ends, record.begins))
        reversed_ends = template(":ends < :begins", ends=ends, begins=begins)
        found.append(_Check((record.ends,), IntegrityKind.LIFESPAN, reversed_ends, beside=(record.begins,)))
    if record.key is not None:
        found.append(_Check((record.key,), IntegrityKind.UNIQUE, template("NOT r._first")))
    for fields in record.unique:
        again = template("r._row > :first", first=exp.column("first_row", table=_same(fields)))
        found.append(_Check(fields, IntegrityKind.UNIQUE, again))
    if record.parent is not None:
        found.append(_Check((record.parent,), IntegrityKind.ACYCLIC, template("NOT up.row IS NULL")))
    return found


def _of_cells(field: Field) -> Iterator[_Check]:
    """The checks of the cells of a field by themselves."""
    value, told = exp.column(field.name, table="r"), exp.column(state(field.name), table="r")
    there = exp.column("_row", table=f"to_{field.name}")
    if field.required:
        empty = template(":told = 2 OR (:told = 0 AND :value IS NULL)", told=told, value=value)
        if field.default is not None:
            empty = template(":told = 2 OR :empty", told=told, empty=exp.column(was_empty(field.name), table="r"))
        yield _Check((field.name,), IntegrityKind.REQUIRED, empty)
    # Any field can hold an unreadable cell, a plain text too: an error value of a workbook.
    yield _Check((field.name,), IntegrityKind.ALLOWED, template(":told = 1", told=told))
    if field.ref is not None:
        nowhere = template("NOT :value IS NULL AND :row IS NULL", value=value, row=there)
        yield _Check((field.name,), IntegrityKind.REFERENCE, nowhere, field.ref)
    if field.elements_of is not None:
        yield _Check((field.name,), IntegrityKind.REFERENCE, template("NOT :row IS NULL", row=there), field.elements_of)


def _title(record: Record, check: _Check) -> Text:
    return Text(tuple((language, _title_in(language, record, check)) for language in languages()))


def _title_in(language: str, record: Record, check: _Check) -> str:
    titles = _titles(record, check)
    return Words(language)(
        f"checked-{check.kind}",
        record=record.title.in_(language) or record.name,
        field=", ".join(titles[name].in_(language) or name for name in check.fields),
        beside=", ".join(titles[name].in_(language) or name for name in check.beside),
    )


def _titles(record: Record, check: _Check) -> dict[str, Text]:
    """The titles of the fields that are checked, in their order."""
    return {name: field.title for name in check.fields + check.beside if (field := record.field(name)) is not None}
