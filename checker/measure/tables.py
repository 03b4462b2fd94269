"""How a record's text becomes a typed table, and which rows share a key (docs/meaning.md, sections 2 and 3).

`raw_<record>` has `_row` and one text column per declared field; a cell that begins with U+FFFD is unreadable, and a cell
that is just U+FFFD belongs to a column that was not submitted.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from sqlglot import exp

from checker.forms.measure import all_of, template
from checker.measure.rows import number, state, table
from checker.model.plan import Statement
from checker.model.schema import Field, FieldType, Record

UNREADABLE = "\ufffd"
_TRUE, _FALSE = ("true", "yes", "1", "có"), ("false", "no", "0", "không")
_SPACE = " \t\r\n\u00a0\ufeff"


def typed(record: Record, dialect: str) -> tuple[Statement, ...]:
    """The statements that make `t_<record>` from `raw_<record>`: trimmed cells, then readings, then states and defaults."""
    cells = exp.select("_row").from_(exp.to_table(f"raw_{record.name}"), copy=False)
    readings = exp.select("_row").from_("cells", copy=False)
    values = exp.select("_row").from_("readings", copy=False)
    space = exp.Literal.string(_SPACE)
    for field in record.fields:
        cell, read = exp.column(field.name), exp.column(f"_read_{field.name}")
        trimmed = template("NULLIF(TRIM(NFC_NORMALIZE(:cell), :space), '')", cell=cell, space=space)
        cells = cells.select(trimmed.as_(field.name, copy=False), copy=False)
        readings = readings.select(cell, _read(field, cell).as_(read.name, copy=False), copy=False)
        values = values.select(
            _value(field, cell, read).as_(field.name, copy=False),
            _state(cell, read).as_(state(field.name), copy=False),
            copy=False,
        )
    query = values.with_("cells", as_=cells, copy=False).with_("readings", as_=readings, copy=False)
    if record.key is None:
        marked = (
            exp.select("*", "TRUE AS _first", "FALSE AS _doubt").from_("typed", copy=False).with_("typed", as_=query, copy=False)
        )
        return (create(table(record.name), marked, dialect),)
    return (
        create(f"typed_{record.name}", query, dialect),
        create(f"shared_{record.name}", _shared(record, record.key), dialect),
        create(table(record.name), _marked(record, record.key), dialect),
    )


def create(name: str, query: exp.Expression, dialect: str) -> Statement:
    """`CREATE TABLE name AS query`."""
    created = exp.Create(this=exp.to_table(name), kind="TABLE", expression=query)
    return Statement(created.sql(dialect, identify=True))


def _shared(record: Record, key: str) -> exp.Select:
    """One row per key that several rows share: the first of them, and whether they differ in any field."""
    columns = [exp.column(name) for field in record.fields for name in (field.name, state(field.name))]
    versions = exp.Count(this=exp.Distinct(expressions=[exp.Tuple(expressions=columns)]))
    return (
        exp.select(
            exp.column(key).as_("key", copy=False),
            template("MIN(_row)").as_("first_row", copy=False),
            template(":n > 1", n=versions).as_("differ", copy=False),
        )
        .from_(f"typed_{record.name}", copy=False)
        .where(template("NOT :key IS NULL", key=exp.column(key)), copy=False)
        .group_by(exp.column(key), copy=False)
        .having("COUNT(*) > 1", copy=False)
    )


def _marked(record: Record, key: str) -> exp.Select:
    return (
        exp.select(
            exp.Column(this=exp.Star(), table=exp.to_identifier("r")),
            template("COALESCE(r._row = k.first_row, TRUE)").as_("_first", copy=False),
            template("COALESCE(k.differ OR r._row <> k.first_row, FALSE)").as_("_doubt", copy=False),
        )
        .from_(exp.to_table(f"typed_{record.name}").as_("r", copy=False), copy=False)
        .join(
            exp.to_table(f"shared_{record.name}").as_("k", copy=False),
            on=exp.EQ(this=exp.column("key", table="k"), expression=exp.column(key, table="r")),
            join_type="left",
            copy=False,
        )
    )


def _state(cell: exp.Expression, read: exp.Expression) -> exp.Expression:
    """0 as submitted, 1 unreadable, 2 not submitted."""
    return template(
        "CASE WHEN :cell IS NULL THEN 0 WHEN :cell = :mark THEN 2 WHEN :read IS NULL THEN 1 ELSE 0 END",
        cell=cell,
        mark=exp.Literal.string(UNREADABLE),
        read=read,
    )


def _value(field: Field, cell: exp.Expression, read: exp.Expression) -> exp.Expression:
    if field.default is None:
        return read
    default = _read(field, exp.Literal.string(field.default))
    return template("CASE WHEN :cell IS NULL THEN :default ELSE :read END", cell=cell, default=default, read=read)


def _read(field: Field, cell: exp.Expression) -> exp.Expression:
    """The cell as a value of the field's type; NULL where it cannot be one."""
    match field.type:
        case FieldType.TEXT if field.enum:
            return _enumerated(field, cell)
        case FieldType.TEXT:
            return template(
                "CASE WHEN NOT STARTS_WITH(:cell, :mark) THEN :text END",
                cell=cell,
                mark=exp.Literal.string(UNREADABLE),
                text=cell,
            )
        case FieldType.BOOLEAN:
            said = template("LOWER(:cell)", cell=cell)
            yes, no = said.isin(*_TRUE), said.copy().isin(*_FALSE)
            return template("CASE WHEN :yes THEN TRUE WHEN :no THEN FALSE END", yes=yes, no=no)
        case FieldType.INTEGER:
            return _ranged(field, _matching(cell, "-?[0-9]{1,18}", "BIGINT"))
        case FieldType.NUMBER:
            return _ranged(field, _matching(cell, "-?[0-9]{1,20}([.][0-9]{1,6})?", "DECIMAL(28, 6)"))
        case FieldType.DATE:
            return _date(field, cell)


def _matching(cell: exp.Expression, pattern: str, kind: str) -> exp.Expression:
    matches = template("REGEXP_MATCHES(:cell, :pattern)", cell=cell, pattern=exp.Literal.string(f"^{pattern}$"))
    return template(
        "CASE WHEN :matches THEN :value END", matches=matches, value=exp.TryCast(this=cell, to=exp.DataType.build(kind))
    )


def _ranged(field: Field, value: exp.Expression) -> exp.Expression:
    limits: list[exp.Expression] = []
    if field.min is not None:
        limits.append(exp.GTE(this=value, expression=number_of(field.min)))
    if field.max is not None:
        limits.append(exp.LTE(this=value, expression=number_of(field.max)))
    return template("CASE WHEN :inside THEN :value END", inside=all_of(*limits), value=value) if limits else value


def number_of(limit: Decimal) -> exp.Expression:
    """A declared limit as a literal."""
    return number(Fraction(limit))


def _date(field: Field, cell: exp.Expression) -> exp.Expression:
    readings = [_matching(cell, "[0-9]{4}-[0-9]{2}-[0-9]{2}", "DATE")]
    readings += [
        template("CAST(TRY_STRPTIME(:cell, :format) AS DATE)", cell=cell, format=exp.Literal.string(written))
        for written in field.formats
    ]
    return exp.Coalesce(this=readings[0], expressions=readings[1:]) if len(readings) > 1 else readings[0]


def _enumerated(field: Field, cell: exp.Expression) -> exp.Expression:
    said = template("LOWER(:cell)", cell=cell)
    case = exp.Case()
    for value, synonyms in field.enum:
        spellings = sorted({spelling.lower() for spelling in (value, *synonyms)})
        case = case.when(said.copy().isin(*spellings), exp.Literal.string(value))
    return case
