"""What a Parquet file says of itself, and the text of its typed cells (docs/meaning.md, section 2), in the engine's SQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from checker.model.kinds import Kind
from checker.model.quoting import literal
from checker.model.schema import Field, FieldType
from checker.records.values import UNREADABLE, ParquetColumn, ParquetShape

PLACES, DIGITS = 6, 22
"""How many digits a number may have after the point and before it."""

_DECIMAL = """CASE WHEN CONTAINS(CAST({0} AS VARCHAR), '.') THEN RTRIM(RTRIM(CAST({0} AS VARCHAR), '0'), '.')
ELSE CAST({0} AS VARCHAR) END"""
_FLOAT = f"""CASE WHEN NOT ISFINITE({{0}}) THEN '{UNREADABLE}' || CAST({{0}} AS VARCHAR)
WHEN CONTAINS(CAST({{0}} AS VARCHAR), 'e') THEN CASE
  WHEN CAST(TRY_CAST(CAST({{0}} AS VARCHAR) AS DECIMAL(38, 15)) AS {{1}}) = {{0}}
  THEN RTRIM(RTRIM(CAST(TRY_CAST(CAST({{0}} AS VARCHAR) AS DECIMAL(38, 15)) AS VARCHAR), '0'), '.')
  WHEN CAST(TRY_CAST(CAST({{0}} AS VARCHAR) AS DECIMAL(38, 37)) AS {{1}}) = {{0}}
  THEN RTRIM(CAST(TRY_CAST(CAST({{0}} AS VARCHAR) AS DECIMAL(38, 37)) AS VARCHAR), '0')
  ELSE CAST({{0}} AS VARCHAR) END
ELSE REGEXP_REPLACE(CAST({{0}} AS VARCHAR), '[.]0$', '') END"""
_MOMENT = """CASE WHEN CAST(CAST({0} AS DATE) AS TIMESTAMP) = {0} THEN CAST(CAST({0} AS DATE) AS VARCHAR)
ELSE REPLACE(CAST({0} AS VARCHAR), ' ', 'T') END"""
_INSTANT = "REPLACE(CAST(MAKE_TIMESTAMP(EPOCH_US({0})) AS VARCHAR), ' ', 'T') || 'Z'"
_TEXT = f"CASE WHEN CONTAINS({{0}}, '{UNREADABLE}') THEN '{UNREADABLE}' || {{0}} ELSE {{0}} END"
_LIST = f"""CASE WHEN LIST_COUNT({{0}}) < LEN({{0}}) THEN {{2}} WHEN LEN({{0}}) > 0
THEN {_TEXT.format("CAST(TO_JSON({0}) AS VARCHAR)")} END"""
"""The same text as a list has in JSON; one in which an element is missing has none."""

_OWN = "CAST({0} AS VARCHAR)"
_INTEGERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER")
"""The types of integers of at most 64 bits with sign."""

_MOMENTS = ("TIMESTAMP", "TIMESTAMP_NS", "TIMESTAMP_MS", "TIMESTAMP_S")

CELL = "cell"
"""The type of a column that has the cells of a CSV file as they are."""

_CELLS = {
    CELL: "{0}",
    "VARCHAR": _TEXT,
    "DECIMAL": _DECIMAL,
    **dict.fromkeys(("FLOAT", "DOUBLE"), _FLOAT),
    **dict.fromkeys(_MOMENTS, _MOMENT),
    "TIMESTAMP WITH TIME ZONE": _INSTANT,
    **dict.fromkeys((*_INTEGERS, "UBIGINT", "HUGEINT", "UHUGEINT", "BOOLEAN", "DATE", "TIME", "UUID"), _OWN),
}
"""The text of a cell {0} of the type {1}; {2} marks one that has none."""

_NO_TEXT = "CASE WHEN NOT {0} IS NULL THEN {2} END"

COLUMNS = "SELECT name, COALESCE(num_children, 0), duckdb_type FROM PARQUET_SCHEMA({file})"
ROWS = "SELECT num_rows FROM PARQUET_FILE_METADATA({file})"
BOUNDS = """SELECT path_in_schema,
  BOOL_AND(COALESCE(stats_null_count = 0, FALSE)) AS full,
  BOOL_AND(COALESCE(stats_min_value >= '!' AND stats_max_value < CHR(128), FALSE)) AS visible,
  BOOL_AND(COALESCE(stats_null_count = num_values, FALSE) OR COALESCE(
    stats_min_value SIMILAR TO '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}'
    AND stats_max_value SIMILAR TO '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}', FALSE)) AS days,
  BOOL_AND(CONTAINS(encodings, 'DICTIONARY')) AS repeated
FROM PARQUET_METADATA({file}) GROUP BY path_in_schema"""
"""What the statistics of a file tell for certain of each column: that no cell is empty; that each text begins with a sign
that can be seen; that all dates are of the years 1 to 9999; that each text is written once."""


TEXTS = """SELECT COALESCE(SUM(total_uncompressed_size), 0), COALESCE(SUM(total_compressed_size), 0),
  COALESCE(LIST(DISTINCT path_in_schema ORDER BY path_in_schema)
    FILTER (total_uncompressed_size > GREATEST(1000000, 1000 * num_values)), [])
FROM PARQUET_METADATA({file}) WHERE type = 'BYTE_ARRAY'"""
"""How many bytes the texts of a file have, and as they are packed; and the columns in which some text may be very long."""

LONGEST = "SELECT GREATEST({longest}) FROM {file}"


def longest_of(shape: ParquetShape, wide: Iterable[str], path: Path) -> str | None:
    """The query for the longest text of those columns; None where there is none of them."""
    numbers = [number for number, column in enumerate(shape.columns, 1) if column.header in wide and column.type == "VARCHAR"]
    longest = ", ".join(f"COALESCE(MAX(STRLEN(c{number})), 0)" for number in numbers)
    return LONGEST.format(longest=longest, file=file_of([path], len(shape.columns))) if numbers else None


def file_of(paths: Sequence[Path], width: int) -> str:
    """The rows of files of so many columns, which are called c1, c2 … whatever their headers are."""
    names = ", ".join(f"c{number}" for number in range(1, width + 1))
    return f"READ_PARQUET([{', '.join(map(literal, paths))}], hive_partitioning = false) AS file({names})"


def shape(tree: Iterable[tuple[str, int, str]], bounds: Iterable[tuple[str, bool, bool, bool, bool]], rows: int) -> ParquetShape:
    """The shape of a file from what `COLUMNS`, `BOUNDS` and `ROWS` give of it."""
    told = {path: known for path, *known in bounds}
    columns = []
    for header, kind in _top(tree):
        full, visible, days, repeated = told.get(header, [False] * 4)
        filled = full and (visible or kind != "VARCHAR")
        columns.append(ParquetColumn(header, kind, filled, kind == "DATE" and days, kind == "VARCHAR" and repeated))
    return ParquetShape(tuple(columns), rows)


def _top(tree: Iterable[tuple[str, int, str]]) -> Iterable[tuple[str, str]]:
    """The columns among the nodes of a schema, which stand in the order of a walk, the root first."""
    below = 0
    for name, children, kind in list(tree)[1:]:
        if below == 0:
            yield name, kind
        below += children - (below > 0)


def text_of(cell: str, kind: str, *, listed: bool = False) -> str:
    """The text of a cell of that type; a cell of a type that has no text is unreadable, if it is not empty.

    A list of texts has one where the column is `listed`: its field takes a list.
    """
    form = _LIST if listed and kind == "VARCHAR[]" else _CELLS.get(kind.partition("(")[0], _NO_TEXT)
    return form.format(cell, kind, literal(f"{UNREADABLE}{kind}"))


def is_number(kind: str) -> bool:
    """Whether cells of that type are numbers, which may have decimals."""
    return kind.partition("(")[0] in {"DECIMAL", "FLOAT", "DOUBLE"}


def is_filled(columns: Sequence[ParquetColumn]) -> str:
    """Whether some cell of a row is filled; not true where none is.

    Asked one after the other until one is: most rows are told by their first cell that is no text.
    """
    text = "NOT CONTAINS(BLANKS(), LEFT({0}, 1)) OR TRIM({0}, BLANKS()) <> ''"
    ordered = sorted(enumerate(columns, 1), key=lambda numbered: numbered[1].type == "VARCHAR")
    filled = ((text if column.type == "VARCHAR" else "NOT {0} IS NULL").format(f"c{number}") for number, column in ordered)
    return f"({' OR '.join(filled)})"


def is_plain(cell: str) -> str:
    """Whether the text of a cell begins and ends with a sign that can be seen, and has but those of ASCII, or is empty."""
    seen = f"{cell} >= '!' AND RIGHT({cell}, 1) > ' ' AND STRLEN({cell}) = LENGTH({cell}) AND NOT CONTAINS({cell}, CHR(0))"
    return f"({cell} IS NULL OR ({seen}))"


def kind_of(field: Field, column: ParquetColumn) -> Kind | None:
    """How that column gives the values of a field; None if only its text does."""
    if field.separators:
        return None
    if field.writing.missing:
        return Kind.REPEATED if column.repeated else None
    if column.repeated and not (column.plain and field.type is FieldType.TEXT and not field.enum):
        return Kind.REPEATED
    name, _, size = column.type.partition("(")
    kind = Kind.SAME if field.min is None and field.max is None else Kind.WITHIN
    match field.type:
        case FieldType.DATE if name in _MOMENTS:
            return None if field.writing.moments else Kind.MIDNIGHT
        case FieldType.DATE:
            kind, direct = (Kind.SAME if column.days else Kind.WITHIN), name == "DATE"
        case FieldType.INTEGER:
            direct = name in _INTEGERS
        case FieldType.NUMBER:
            direct = name in _INTEGERS or (name == "DECIMAL" and _fits(size))
        case FieldType.BOOLEAN:
            direct = name == "BOOLEAN"
        case FieldType.TEXT:
            direct = not field.enum and (_CELLS.get(name) == _OWN or column.plain)
    return kind if direct else None


def _fits(size: str) -> bool:
    """Whether decimals of that size, such as `10,2)`, all have at most 22 digits before the point and 6 after it."""
    digits, places = map(int, size.rstrip(")").split(","))
    return places <= PLACES and digits - places <= DIGITS
