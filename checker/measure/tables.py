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


def typed(record: Record, dialect: str) -> Statement:
    """The statement that makes `t_<record>` from `raw_<record>`.

    In stages, so that nothing is computed twice: trimmed cells, what they are cast to, readings, then values and states.
    """
    cells = exp.select("_row").from_(exp.to_table(f"raw_{record.name}"), copy=False)
    casts = exp.select("*").from_("cells", copy=False)
    readings = exp.select("_row").from_("casts", copy=False)
    values = exp.select("_row").from_("readings", copy=False)
    space = exp.Literal.string(_SPACE)
    for field in record.fields:
        cell, cast, read = exp.column(field.name), exp.column(f"_cast_{field.name}"), exp.column(f"_read_{field.name}")
        trimmed = template("NULLIF(TRIM(NFC_NORMALIZE(:cell), :space), '')", cell=cell, space=space)
        cells = cells.select(trimmed.as_(field.name, copy=False), copy=False)
        casts = casts.select(_cast(field, cell).as_(cast.name, copy=False), copy=False)
        readings = readings.select(cell, _read(field, cast).as_(read.name, copy=False), copy=False)
        values = values.select(
            _value(field, cell, read).as_(field.name, copy=False),
            _state(cell, read).as_(state(field.name), copy=False),
            copy=False,
        )
    for name, column, never in ((record.begins, "_begins", "-infinity"), (record.ends, "_ends", "infinity")):
        if name is not None:
            values = values.select(_end(record, name, never).as_(column, copy=False), copy=False)
    query = values.with_("cells", as_=cells, copy=False)
    query = query.with_("casts", as_=casts, copy=False).with_("readings", as_=readings, copy=False)
    if record.key is None:
        marked = (
            exp.select("*", "TRUE AS _first", "FALSE AS _doubt").from_("typed", copy=False).with_("typed", as_=query, copy=False)
        )
        return create(table(record.name), marked, dialect)
    marked = _marked(record.key).with_("typed", as_=query, materialized=True, copy=False)
    return create(table(record.name), marked, dialect)


def create(name: str, query: exp.Expression, dialect: str) -> Statement:
    """`CREATE TABLE name AS query`."""
    created = exp.Create(this=exp.to_table(name), kind="TABLE", expression=query)
    return Statement(created.sql(dialect, identify=True, copy=False))


def _marked(key: str) -> exp.Select:
    """The rows, and whether each is the first of its key."""
    column = exp.column(key)
    shared = (
        exp.select(column.as_("key", copy=False), template("MIN(_row)").as_("first_row", copy=False))
        .from_("typed", copy=False)
        .where(template("NOT :key IS NULL", key=column), copy=False)
        .group_by(column, copy=False)
        .having("COUNT(*) > 1", copy=False)
    )
    return (
        exp.select(
            exp.Column(this=exp.Star(), table=exp.to_identifier("r")),
            template("COALESCE(r._row = k.first_row, TRUE)").as_("_first", copy=False),
            exp.false().as_("_doubt", copy=False),
        )
        .from_(exp.to_table("typed").as_("r", copy=False), copy=False)
        .join(
            shared.subquery("k", copy=False),
            on=exp.EQ(this=exp.column("key", table="k"), expression=exp.column(key, table="r")),
            join_type="left",
            copy=False,
        )
    )


def doubts(record: Record, dialect: str) -> Statement | None:
    """Marks the rows of `t_<record>` that share their key and so only may count; needed only where some do."""
    if record.key is None:
        return None
    columns = [exp.column(name) for field in record.fields for name in (field.name, state(field.name))]
    versions = exp.Count(this=exp.Distinct(expressions=[exp.Tuple(expressions=columns)]))
    key = exp.column(record.key)
    shared = (
        exp.select(key.as_("key", copy=False), template(":n > 1", n=versions).as_("differ", copy=False))
        .from_(exp.to_table(table(record.name)), copy=False)
        .where(template("NOT :key IS NULL", key=key), copy=False)
        .group_by(key, copy=False)
        .having("COUNT(*) > 1", copy=False)
    )
    update = exp.Update(
        this=exp.to_table(table(record.name)),
        expressions=[template("_doubt = (k.differ OR NOT _first)")],
        from_=exp.From(this=shared.subquery("k", copy=False)),
        where=exp.Where(
            this=exp.EQ(this=exp.column("key", table="k"), expression=exp.column(record.key, table=table(record.name)))
        ),
    )
    return Statement(update.sql(dialect, identify=True, copy=False))


def _end(record: Record, name: str, never: str) -> exp.Expression:
    """One end of a record's existence: an empty cell is open-ended, unless the field is required."""
    cell, read = exp.column(name), exp.column(f"_read_{name}")
    field = record.field(name)
    if field is not None and field.required:
        return read
    value = read if field is None else _value(field, cell, read)
    infinite = exp.cast(exp.Literal.string(never), "DATE")
    return template(
        "CASE WHEN NOT :value IS NULL THEN :value WHEN :cell IS NULL THEN :never END", value=value, cell=cell, never=infinite
    )


def _state(cell: exp.Expression, read: exp.Expression) -> exp.Expression:
    """0 as submitted, 1 unreadable, 2 not submitted."""
    return template(
        "CASE WHEN :cell IS NULL OR NOT :read IS NULL THEN 0 WHEN :cell = :mark THEN 2 ELSE 1 END",
        cell=cell,
        mark=exp.Literal.string(UNREADABLE),
        read=read,
    )


def _value(field: Field, cell: exp.Expression, read: exp.Expression) -> exp.Expression:
    if field.default is None:
        return read
    default = _read(field, _cast(field, exp.Literal.string(field.default)))
    return template("CASE WHEN :cell IS NULL THEN :default ELSE :read END", cell=cell, default=default, read=read)


def _cast(field: Field, cell: exp.Expression) -> exp.Expression:
    """What the cell is compared as: text in lower case where case does not matter, else a value of the field's type."""
    match field.type:
        case FieldType.TEXT if not field.enum:
            return template(
                "CASE WHEN NOT STARTS_WITH(:cell, :mark) THEN :cell END",
                cell=cell,
                mark=exp.Literal.string(UNREADABLE),
            )
        case FieldType.TEXT | FieldType.BOOLEAN:
            return template("LOWER(:cell)", cell=cell)
        case FieldType.INTEGER:
            return _matching(cell, "-?[0-9]+", "BIGINT")
        case FieldType.NUMBER:
            return _matching(cell, "-?[0-9]+([.][0-9]{1,6})?", "DECIMAL(28, 6)")
        case FieldType.DATE:
            return _date(field, cell)


def _read(field: Field, cast: exp.Expression) -> exp.Expression:
    """The cast cell as a value of the field; NULL where it cannot be one."""
    match field.type:
        case FieldType.TEXT if field.enum:
            return _enumerated(field, cast)
        case FieldType.BOOLEAN:
            yes, no = (cast.copy().isin(*spellings) for spellings in (_TRUE, _FALSE))
            return template("CASE WHEN :yes THEN TRUE WHEN :no THEN FALSE END", yes=yes, no=no)
        case FieldType.INTEGER | FieldType.NUMBER:
            return _ranged(field, cast)
        case _:
            return cast


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


def _enumerated(field: Field, cast: exp.Expression) -> exp.Expression:
    case = exp.Case()
    for value, synonyms in field.enum:
        spellings = sorted({spelling.lower() for spelling in (value, *synonyms)})
        case = case.when(cast.copy().isin(*spellings), exp.Literal.string(value))
    return case
