"""The statements that make `raw_<record>`: `_row`, and one column of text per declared field, submitted or not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from checker.measure.parquet import file_of, is_blank, kind_of, text_of
from checker.model.plan import TEXT, Kinds
from checker.model.schema import Field, FieldType, Record
from checker.records.values import OPEN, UNREADABLE, CsvSource, ParquetSource, Table

NOT_CANONICAL = "not canonical"
TYPES = {FieldType.DATE: "DATE", FieldType.INTEGER: "BIGINT", FieldType.NUMBER: "BIGINT", FieldType.BOOLEAN: "BOOLEAN"}
"""The types of which the cells of a field may all be."""


def quoted(name: str) -> str:
    """A name in SQL."""
    return '"' + name.replace('"', '""') + '"'


def raw(record: Record) -> str:
    """The name of a record's table of text, in SQL."""
    return quoted(f"raw_{record.name}")


def empty(record: Record) -> str:
    """The statement that makes the table of a record that was not submitted."""
    cells = ", ".join(f"CAST(NULL AS VARCHAR) AS {quoted(field.name)}" for field in record.fields)
    return f"CREATE OR REPLACE TABLE {raw(record)} AS SELECT CAST(0 AS BIGINT) AS _row, {cells} WHERE FALSE"


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
    file = str(source.path).replace("'", "''")
    return f"SELECT * FROM READ_CSV('{file}', {options})"


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
    some = "" if dense else f" WHERE NOT {is_blank(columns)}"
    found = kinds(record, table).of

    def view(name: str, as_they_are: Collection[str]) -> str:
        kept = {column.number for column in table.columns if column.field in as_they_are}

        def cell(number: int) -> str:
            return f"c{number}" if number in kept else text_of(f"c{number}", columns[number - 1].type)

        return (
            f"CREATE OR REPLACE VIEW {quoted(f'{name}_{record.name}')} AS "
            "SELECT file_row_number AS _at, file_row_number + 1 AS _row, "
            f"{cells(record, table, cell)} FROM {file_of(source.path, len(columns))}{some}"
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


def rows_reading(record: Record, table: Table) -> str:
    """The statement that takes rows at hand, which it is given as one JSON text."""
    taken = "".join(f", cells[{number}] AS c{number}" for number in range(1, len(table.columns) + 1))
    return (
        f"CREATE OR REPLACE TABLE {raw(record)} AS SELECT _row, {cells(record, table)} "
        f"FROM (SELECT ROW_NUMBER() OVER () AS _row{taken} "
        "FROM (SELECT UNNEST(FROM_JSON(?, '[[\"VARCHAR\"]]')) AS cells))"
    )


def cells(record: Record, table: Table, cell: Callable[[int], str] = "c{}".format) -> str:
    """A cell for each declared field, whether its column was submitted or not; `cell` is that of a column's number."""
    found = {column.field: column.number for column in table.columns if column.field}
    texts = (cell(found[field.name]) if field.name in found else _missing(record, field, table) for field in record.fields)
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
