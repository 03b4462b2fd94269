"""The statements that make `raw_<record>`: `_row`, and one column of text per declared field, submitted or not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import count

from checker.engine.duckdb.parquet import file_of, is_filled, is_number, kind_of, text_of
from checker.model.kinds import TEXT, Kinds
from checker.model.quoting import literal, quoted
from checker.model.schema import Field, FieldType, Record
from checker.records.values import OPEN, UNREADABLE, Batch, CsvSource, ParquetColumn, ParquetSource, Table
from checker.tables.names import apart, raw

NOT_CANONICAL = "not canonical"
TYPES = {FieldType.DATE: "DATE", FieldType.INTEGER: "BIGINT", FieldType.NUMBER: "BIGINT", FieldType.BOOLEAN: "BOOLEAN"}
"""The types of which the cells of a field may all be."""


def empty(record: Record, name: str | None = None) -> str:
    """The statement that makes the table of a record without any rows, under its own name or another."""
    cells = ", ".join(f"{quoted(field.name)} VARCHAR" for field in record.fields)
    table = raw(record) if name is None else quoted(name)
    return f"CREATE OR REPLACE TABLE {table} (_row BIGINT, {cells})"


def csv_reading(record: Record, table: Table, source: CsvSource) -> str:
    """The statement that reads a CSV file."""
    return (
        f"CREATE OR REPLACE TABLE {raw(record)} AS SELECT _row, {cells(record, table)} FROM "
        f"(SELECT ROW_NUMBER() OVER () AS _row, * FROM ({csv_cells(table, source)}))"
    )


def csv_cells(table: Table, source: CsvSource) -> str:
    """The query for the cells of a CSV file, in its order."""
    shape = ", ".join(f"'c{column.number}': 'VARCHAR'" for column in table.columns)
    options = (
        f"header = false, skip = {source.skip}, delim = '{source.delimiter}', quote = '\"', escape = '\"', "
        f"auto_detect = false, hive_partitioning = false, compression = 'none', null_padding = false, strict_mode = true, "
        f"columns = {{{shape}}}"
    )
    return f"SELECT * FROM READ_CSV({literal(source.path)}, {options})"


def canonical(cell: str, kind: str) -> str:
    """Whether a cell is empty, or the text that a value of that type has, so that the value tells it."""
    return f"{cell} IS NOT DISTINCT FROM CAST(TRY_CAST({cell} AS {kind}) AS VARCHAR)"


def csv_values(table: Table, source: CsvSource, typed: Mapping[int, str]) -> str:
    """The query for the cells of a CSV file, those of the columns `typed` as values; it fails where one is not canonical."""

    def cell(number: int) -> str:
        name = f"c{number}"
        if number not in typed:
            return name
        value = f"TRY_CAST({name} AS {typed[number]})"
        return f"CASE WHEN {canonical(name, typed[number])} THEN {value} ELSE ERROR('{NOT_CANONICAL}') END AS {name}"

    return f"SELECT {', '.join(cell(column.number) for column in table.columns)} FROM ({csv_cells(table, source)})"


def parquet_reading(record: Record, table: Table, source: ParquetSource) -> tuple[str, str]:
    """The statements that look into a Parquet file wherever it is asked for: `raw_<record>`, then `filed_<record>`.

    The second has the columns of a kind (`kinds`) as they stand in the file, and the text of all others.
    """
    columns = source.shape.columns
    dense = not source.shape.blank_rows or any(column.filled for column in columns)
    asked = [] if dense else [is_filled(columns)]
    found = kinds(record, table).of
    # Of one file the number is told without reading any row.
    begins = ", ".join(str(part.begin) for part in source.parts)
    at = "file_row_number" if len(source.parts) == 1 else f"([{begins}][CAST(file_index AS BIGINT) + 1] + file_row_number)"

    if source.apart:
        asked.append(f"NOT ({at} + 1) IN (SELECT _row FROM {quoted(apart(record))})")
    some = f" WHERE {' AND '.join(asked)}" if asked else ""
    text = _texts(table, columns)

    def view(name: str, as_they_are: Collection[str]) -> str:
        kept = {column.number for column in table.columns if column.field in as_they_are}

        def cell(number: int) -> str:
            return f"c{number}" if number in kept else text(number)

        return (
            f"CREATE OR REPLACE VIEW {quoted(f'{name}_{record.name}')} AS "
            f"SELECT {at} AS _at, {at} + 1 AS _row, "
            f"{cells(record, table, cell)} FROM {file_of(source.paths, len(columns))}{some}"
        )

    return view("raw", ()), view("filed", found)


def kinds(record: Record, table: Table | None) -> Kinds:
    """The columns that the table is made of, with the kinds of those that need not be read as any text is."""
    if table is None or not isinstance(table.source, ParquetSource):
        return TEXT
    fields = [(field, column.number - 1) for column in table.columns if (field := record.field(column.field or "")) is not None]
    columns = table.source.shape.columns
    found = ((field.name, kind_of(field, columns[index])) for field, index in fields)
    return Kinds("filed", {name: kind for name, kind in found if kind is not None})


def rows_reading(record: Record, table: Table, taken: Sequence[int]) -> str:
    """The statement that adds rows at hand.

    It is given how many went before, how many these are, and by what their cells are parted; then the text of each of those
    columns of the table.
    """
    names = "".join(f", UNNEST(STRING_SPLIT(${at}, $3)) AS t{number}" for at, number in enumerate(taken, 4))
    texts = cells(record, table, "NULLIF(t{}, '')".format)
    return f"INSERT INTO {raw(record)} SELECT $1 + nth, {texts} FROM (SELECT UNNEST(RANGE(1, $2 + 1)) AS nth{names})"


def stream_reading(record: Record, table: Table, types: Sequence[str]) -> str:
    """The statement that takes a stream of Arrow, of columns of those types: the first is what a row is known by."""
    columns = [ParquetColumn("", kind) for kind in types[1:]]
    names = ", ".join(f"c{number}" for number in range(1, len(columns) + 1))
    texts = cells(record, table, _texts(table, columns))
    return (
        f"CREATE OR REPLACE TABLE {raw(record)} AS SELECT ROW_NUMBER() OVER () AS _row, {texts}, _key "
        f"FROM (SELECT * FROM stream AS stream(_key, {names}) WHERE {is_filled(columns)})"
    )


def _texts(table: Table, columns: Sequence[ParquetColumn]) -> Callable[[int], str]:
    """The text of a cell by the number of its column; of a number, with the sign before decimals that its field declares."""
    marks = {column.number: column.decimal for column in table.columns if is_number(columns[column.number - 1].type)}
    listed = {column.number for column in table.columns if column.listed}

    def text(number: int) -> str:
        plain = text_of(f"c{number}", columns[number - 1].type, listed=number in listed)
        return plain if marks.get(number, ".") == "." else f"REPLACE({plain}, '.', {literal(marks[number])})"

    return text


def parted(batch: Batch) -> list[str]:
    """A sign that stands in no cell, and each column as one text with it between the cells: nothing is taken apart faster."""
    for number in count():
        # It overlaps with no other of its kind, so that it can only be where it was put.
        sign = f"\x1e{number or ''}\x1f"
        texts = [sign.join(column) for column in batch]
        if all(text.count(sign) == len(column) - 1 for text, column in zip(texts, batch, strict=True)):
            return [sign, *texts]
    raise AssertionError


def appending(record: Record, whole: str, begin: int) -> str:
    """The statement that adds the rows of a part to those before it, of which there are so many."""
    fields = ", ".join(quoted(field.name) for field in record.fields)
    return f"INSERT INTO {quoted(whole)} SELECT {begin} + _row, {fields} FROM {raw(record)}"


def cells(record: Record, table: Table, cell: Callable[[int], str] = "c{}".format) -> str:
    """A cell for each declared field, whether its column was submitted or not; `cell` is that of a column's number."""
    found = {column.field: column.number for column in table.columns if column.field}
    given = {name: literal(text) for name, text in table.given}
    texts = (
        given.get(field.name) or (cell(found[field.name]) if field.name in found else _missing(record, field, table))
        for field in record.fields
    )
    return ", ".join(f"{text} AS {quoted(field.name)}" for text, field in zip(texts, record.fields, strict=True))


def _missing(record: Record, field: Field, table: Table) -> str:
    """The cell of a column that was not submitted: empty where the field has a default, else not told.

    Where the column may well have been submitted under a misspelt header, it is not told either; nor is one with a default
    where there is a column that nobody knows.
    """
    if any(column.near == field.name for column in table.columns):
        return f"'{UNREADABLE}'"
    if field.default is not None:
        return f"'{UNREADABLE}'" if any(column.strange for column in table.columns) else "CAST(NULL AS VARCHAR)"
    return f"'{OPEN if field.name in (record.begins, record.ends) else UNREADABLE}'"
