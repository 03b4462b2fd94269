"""How a record's cells become a typed table, and which rows share a key (docs/meaning.md, sections 2 and 3).

`raw_<record>` has `_row` and one text column per declared field; a cell that begins with U+FFFD is unreadable, and a cell
that is just U+FFFD, or `OPEN`, belongs to a column that was not submitted. `filed_<record>` is the same, but for the columns
that have a kind: these are as they stand in the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

from sqlglot import exp

from checker.forms.measure import all_of, template
from checker.model.formats import TIME_OF_DAY, figures, pattern, signs
from checker.model.kinds import Kind, Reading
from checker.model.plan import FieldPlan, TablePlan
from checker.model.quoting import quoted
from checker.model.schema import FALSE, TRUE, Field, FieldType, Record, Writing
from checker.plan.emit.printing import plain
from checker.plan.logical.lists import default_elements, elements_of, values_of_elements
from checker.plan.logical.neighbours import lower_neighbour
from checker.plan.logical.partial_days import partial_days
from checker.plan.logical.rows import day, number
from checker.records.values import OPEN, UNREADABLE
from checker.tables.names import high_of, low_of, state, was_empty

INTEGER, NUMBER, LOWER = "BIGINT", "DECIMAL(28, 6)", "DECIMAL(29, 6)"
TYPES = {
    FieldType.TEXT: "VARCHAR",
    FieldType.INTEGER: INTEGER,
    FieldType.NUMBER: NUMBER,
    FieldType.DATE: "DATE",
    FieldType.BOOLEAN: "BOOLEAN",
}
"""The types of the values of fields."""


def typed(record: Record, dialect: str) -> TablePlan:
    """How `t_<record>` is made, field by field."""

    def columns(*named: tuple[exp.Expression, str]) -> str:
        return ", ".join(plain(tree.as_(name, copy=False), dialect) for tree, name in named)

    def from_text(field: Field) -> Iterator[tuple[Kind | None, Reading]]:
        cell, cast, read = exp.column(field.name), exp.column(f"_cast_{field.name}"), exp.column(f"_read_{field.name}")
        from_cells = Reading(
            columns((as_written(field, cell), field.name)),
            columns((_cast(field, cell), cast.name), *_lower(field, cell)),
            columns((cell.copy(), field.name), (_read(field, cell, cast), read.name), *_limited(field)),
            columns((_value(field, cell, read), field.name), (_state(field, cell, read), state(field.name)), *_more(field, cell)),
        )
        yield None, from_cells
        repeated = from_cells._replace(
            values=columns(
                (_value(field, cell, read), field.name),
                (_unread(field, cell, read), state(field.name)),
                *_more(field, cell),
            )
        )
        if field.type is FieldType.TEXT and not field.enum:
            repeated = repeated._replace(casts=columns((_whole(cell), cast.name)))
        yield Kind.REPEATED, repeated

    def from_typed(field: Field) -> Iterator[tuple[Kind, Reading]]:
        cell, read = exp.column(field.name), exp.column(f"_read_{field.name}")
        for kind, value in typed_values(field):
            unread = exp.Literal.number(0) if kind is Kind.SAME else _unread(None, cell, read)
            yield (
                kind,
                Reading(
                    columns((cell.copy(), field.name)),
                    "",
                    columns((cell.copy(), field.name), (value, read.name)),
                    columns(
                        (_value(field, cell, read), field.name), (unread, state(field.name)), *_more(field, cell, exact=True)
                    ),
                ),
            )

    def planned(field: Field) -> FieldPlan:
        (_, from_cells), *others = from_text(field)
        kinds = ((kind, reading) for kind, reading in (*others, *from_typed(field)) if kind is not None)
        return FieldPlan(field.name, from_cells, tuple(kinds))

    fields = tuple(map(planned, record.fields))
    ends = tuple(columns((tree, name)) for name, tree in _existence(record))
    marks = ("TRUE AS _first", "FALSE AS _doubt", "CAST(NULL AS VARCHAR) AS _via")
    marked = exp.select("*", *marks).from_("typed") if record.key is None else _marked(record.key)
    return TablePlan(record.name, fields, ends, plain(marked, dialect), record.key is not None, tuple(_declared(record)))


def _declared(record: Record) -> Iterator[tuple[str | None, str]]:
    """The names and types of all columns, in their order, each with the field that it is of."""
    yield None, f"{quoted('_row')} {INTEGER}"
    for field in record.fields:
        columns = {field.name: TYPES[field.type], state(field.name): "INTEGER"}
        if field.type is FieldType.NUMBER:
            columns[low_of(field.name)] = LOWER
        if field.partial:
            columns |= dict.fromkeys((low_of(field.name), high_of(field.name)), "DATE")
        if field.required and field.default is not None:
            columns[was_empty(field.name)] = "BOOLEAN"
        yield from ((field.name, f"{quoted(name)} {kind}") for name, kind in columns.items())
    marks = {"_first": "BOOLEAN", "_doubt": "BOOLEAN", "_via": "VARCHAR"}
    others = {**{column: "DATE" for column, _ in _existence(record)}, **marks}
    yield from ((None, f"{quoted(name)} {kind}") for name, kind in others.items())


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
            exp.cast(exp.null(), "VARCHAR").as_("_via", copy=False),
        )
        .from_(exp.to_table("typed").as_("r", copy=False), copy=False)
        .join(
            shared.subquery("k", copy=False),
            on=exp.EQ(this=exp.column("key", table="k"), expression=exp.column(key, table="r")),
            join_type="left",
            copy=False,
        )
    )


def _existence(record: Record) -> Iterator[tuple[str, exp.Expression]]:
    """The ends of a record's existence; both are unknown where they contradict each other."""
    asked = ((record.begins, "_begins", "-infinity"), (record.ends, "_ends", "infinity"))
    ends = {column: _end(record, name, never) for name, column, never in asked if name is not None}
    for column, end in ends.items():
        if len(ends) == 1:
            yield column, end
        else:
            yield (
                column,
                template(
                    "CASE WHEN :ends < :begins THEN NULL ELSE :end END", end=end, begins=ends["_begins"], ends=ends["_ends"]
                ),
            )


def _end(record: Record, name: str, never: str) -> exp.Expression:
    """One end of a record's existence: an empty cell, or no column, is open-ended, unless the field is required."""
    cell, read = exp.column(name), exp.column(f"_read_{name}")
    field = record.field(name)
    if field is not None and field.required:
        return read
    value = read if field is None else _value(field, cell, read)
    return template(
        "CASE WHEN NOT :value IS NULL THEN :value WHEN :cell IS NULL OR :cell = :open THEN :never END",
        value=value,
        cell=cell,
        open=exp.Literal.string(OPEN),
        never=exp.cast(exp.Literal.string(never), "DATE"),
    )


def _state(field: Field, cell: exp.Expression, read: exp.Expression) -> exp.Expression:
    """0 as submitted, 1 unreadable, 2 not submitted, 3 known to lie between two neighbours."""
    return template("CELL_STATE(:cell, :read, :other)", cell=cell, read=read, other=_unreadable_or_near(field))


def _unread(field: Field | None, cell: exp.Expression, read: exp.Expression) -> exp.Expression:
    """The state of a cell of a typed column: such a column was submitted."""
    other = _unreadable_or_near(field)
    return template("CASE WHEN :cell IS NULL OR NOT :read IS NULL THEN 0 ELSE :other END", cell=cell, read=read, other=other)


def _unreadable_or_near(field: Field | None) -> exp.Expression:
    if field is None or not (field.type is FieldType.NUMBER or field.partial):
        return exp.Literal.number(1)
    return template("CASE WHEN :low IS NULL THEN 1 ELSE 3 END", low=exp.column(low_of(field.name)))


def _lower(field: Field, cell: exp.Expression) -> Iterator[tuple[exp.Expression, str]]:
    """Of a number, the lower neighbour of a cell of more than six places; of a day, the first that a partial one may be."""
    if field.type is FieldType.NUMBER:
        yield lower_neighbour(cell, NUMBER), low_of(field.name)
    if field.partial:
        yield from ((each, name(field.name)) for each, name in zip(partial_days(field, cell), (low_of, high_of), strict=True))


def _limited(field: Field) -> Iterator[tuple[exp.Expression, str]]:
    """The same where it and the neighbour above lie within the limits; days have none."""
    if field.partial:
        yield from ((exp.column(name(field.name)), name(field.name)) for name in (low_of, high_of))
    if field.type is FieldType.NUMBER:
        low = exp.column(low_of(field.name))
        limits = _limits(field, low, above=exp.LT)
        yield _inside(low, *limits) if limits else low, low_of(field.name)


def _more(field: Field, cell: exp.Expression, *, exact: bool = False) -> Iterator[tuple[exp.Expression, str]]:
    """What else is kept: the neighbours of a number or a partial day, if there can be any; of a default, if it was empty."""
    if field.partial:
        for name in (low_of(field.name), high_of(field.name)):
            yield exp.cast(exp.null(), "DATE") if exact else exp.column(name), name
    if field.type is FieldType.NUMBER:
        name = low_of(field.name)
        yield exp.cast(exp.null(), NUMBER) if exact else exp.column(name), name
    if field.required and field.default is not None:
        yield template(":cell IS NULL", cell=cell), was_empty(field.name)


def _value(field: Field, cell: exp.Expression, read: exp.Expression) -> exp.Expression:
    if field.default is None:
        return read
    written = exp.Literal.string(default_elements(field) if field.separators else field.default)
    default = written if field.enum else _read(field, written, _cast(field, written))
    return template("CASE WHEN :cell IS NULL THEN :default ELSE :read END", cell=cell, default=default, read=read)


def as_written(field: Field, cell: exp.Expression) -> exp.Expression:
    """The cell as one of a field of which nothing is declared would be written, NULL where it is a word for an empty one.

    A number has a point before decimals and nothing between thousands, a day no time of day. What is not written as the field
    has it is marked as unreadable.
    """
    bare, writing = _trimmed(field, cell), field.writing
    if field.separators:
        return elements_of(field, bare)
    if writing.moments:
        return template("REGEXP_REPLACE(:cell, :time, '')", cell=bare, time=exp.Literal.string(TIME_OF_DAY))
    if (writing.decimal, writing.thousands) == (".", ""):
        return bare
    mark = exp.Literal.string(UNREADABLE)
    strange = template(
        "NOT :number AND NOT STARTS_WITH(:cell, :mark)", cell=bare, number=_like(bare, figures(writing)), mark=mark
    )
    plain = _without_signs(writing, bare)
    return template(
        "CASE WHEN :strange THEN CONCAT(:mark, :cell) ELSE :plain END", strange=strange, mark=mark, cell=bare, plain=plain
    )


def _without_signs(writing: Writing, cell: exp.Expression) -> exp.Expression:
    """A number with a point before its decimals, and nothing between thousands."""
    if writing.thousands:
        between = exp.Literal.string(f"[{signs(writing.thousands)}]")
        cell = template("REGEXP_REPLACE(:cell, :signs, '', 'g')", cell=cell, signs=between)
    return template("REPLACE(:cell, :mark, '.')", cell=cell, mark=exp.Literal.string(writing.decimal))


def _trimmed(field: Field, cell: exp.Expression) -> exp.Expression:
    """The cell in NFC without blanks around it, NULL where it is a word for an empty one."""
    bare = template("BARE(:cell)", cell=cell)
    if not field.writing.missing:
        return bare
    said = exp.Lower(this=bare.copy()).isin(*field.writing.missing)
    return template("CASE WHEN NOT :said THEN :cell END", said=said, cell=bare)


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
            return _tried(cell, INTEGER)
        case FieldType.NUMBER:
            return _tried(cell, NUMBER)
        case FieldType.DATE:
            return _tried(cell, "DATE")


def _whole(cell: exp.Expression) -> exp.Expression:
    """The cell if no sign of it was lost when it was decoded."""
    return template("CASE WHEN NOT CONTAINS(:cell, :mark) THEN :cell END", cell=cell, mark=exp.Literal.string(UNREADABLE))


def _tried(cell: exp.Expression, kind: str) -> exp.Expression:
    return exp.TryCast(this=cell.copy(), to=exp.DataType.build(kind))


def _read(field: Field, cell: exp.Expression, cast: exp.Expression) -> exp.Expression:
    """The cast cell as a value of the field; NULL where it cannot be one.

    The engine casts more than is written as it should be; what it writes as it was written needs no pattern, which is slow.
    """
    match field.type:
        case FieldType.TEXT if field.enum:
            several = values_of_elements(cast, lambda element: _enumerated(field, element)) if field.separators else None
            return several or _enumerated(field, cast)
        case FieldType.BOOLEAN:
            writing = field.writing
            yes, no = (cast.copy().isin(*words) for words in ((*TRUE, *writing.true), (*FALSE, *writing.false)))
            return template("CASE WHEN :yes THEN TRUE WHEN :no THEN FALSE END", yes=yes, no=no)
        case FieldType.INTEGER:
            written = template(
                "CAST(:cast AS VARCHAR) = :cell OR :matching", cast=cast, cell=cell, matching=_like(cell, "-?[0-9]+([.]0{1,2})?")
            )
            return _inside(cast, written, *_limits(field, cast))
        case FieldType.NUMBER:
            return _inside(cast, _like(cell, "-?[0-9]+([.][0-9]{1,6}0*)?"), *_limits(field, cast))
        case FieldType.DATE:
            written_so = template(
                "CASE WHEN STRLEN(:cell) = 10 AND CAST(:cast AS VARCHAR) = :cell THEN :cast END", cell=cell, cast=cast
            )
            formats = [_formatted(cell, written) for written in field.writing.formats]
            return exp.Coalesce(this=written_so, expressions=formats) if formats else written_so
        case _:
            return cast


def typed_values(field: Field) -> Iterator[tuple[Kind, exp.Expression]]:
    """The value of a cell of a typed column, for each kind that a column of the field can be of."""
    cell = exp.column(field.name)
    match field.type:
        case FieldType.DATE:
            floor = exp.cast(cell.copy(), "DATE")
            midnight = template(
                "CASE WHEN CAST(:floor AS TIMESTAMP) = :cell THEN :known END", floor=floor, cell=cell, known=_known_day(floor)
            )
            yield from ((Kind.SAME, cell), (Kind.WITHIN, _known_day(cell)), (Kind.MIDNIGHT, midnight))
        case FieldType.INTEGER | FieldType.NUMBER:
            value = exp.cast(cell, INTEGER if field.type is FieldType.INTEGER else NUMBER)
            limits = _limits(field, value)
            yield (Kind.WITHIN, _inside(value, *limits)) if limits else (Kind.SAME, value)
        case FieldType.BOOLEAN:
            yield Kind.SAME, cell
        case FieldType.TEXT if not field.enum:
            yield Kind.SAME, exp.cast(cell, "VARCHAR")


def _formatted(cell: exp.Expression, written: str) -> exp.Expression:
    """The day that is written in that format; the engine takes years of two figures, and `epoch`, for days in any."""
    parsed = template("CAST(TRY_STRPTIME(:cell, :format) AS DATE)", cell=cell, format=exp.Literal.string(written))
    return template("CASE WHEN :written THEN :day END", written=_like(cell, pattern(written)), day=_known_day(parsed))


def _known_day(value: exp.Expression) -> exp.Expression:
    """The day, if it is of the years 1 to 9999."""
    first, last = day(date.min), day(date.max)
    return template("CASE WHEN :value BETWEEN :first AND :last THEN :value END", value=value, first=first, last=last)


def _like(cell: exp.Expression, pattern: str) -> exp.Expression:
    return template("REGEXP_MATCHES(:cell, :pattern)", cell=cell, pattern=exp.Literal.string(f"^{pattern}$"))


def _inside(value: exp.Expression, *conditions: exp.Expression) -> exp.Expression:
    """The value where it is as it should be."""
    return template("CASE WHEN :inside THEN :value END", inside=all_of(*conditions), value=value)


def _limits(field: Field, value: exp.Expression, above: type[exp.LT | exp.LTE] = exp.LTE) -> list[exp.Expression]:
    limits: list[exp.Expression] = []
    if field.min is not None:
        limits.append(exp.GTE(this=value.copy(), expression=number_of(field.min)))
    if field.max is not None:
        limits.append(above(this=value.copy(), expression=number_of(field.max)))
    return limits


def number_of(limit: Decimal) -> exp.Expression:
    """A declared limit as a literal."""
    return number(Fraction(limit))


def _enumerated(field: Field, cast: exp.Expression) -> exp.Expression:
    case = exp.Case()
    for value, synonyms in field.enum:
        spellings = sorted({spelling.lower() for spelling in (value, *synonyms)})
        case = case.when(cast.copy().isin(*spellings), exp.Literal.string(value))
    return case
