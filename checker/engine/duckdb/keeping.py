"""Keeps large CSV files as Parquet, and sees what is so of all texts of a column."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from checker.engine.duckdb.parquet import CELL, file_of
from checker.engine.duckdb.sources import NOT_CANONICAL, TYPES, canonical, csv_cells, csv_values
from checker.engine.protocol import StrictReadError
from checker.model.quoting import literal
from checker.records.values import CsvSource, ParquetPart, ParquetSource, Table

if TYPE_CHECKING:
    from checker.engine.duckdb.database import Duck
    from checker.model.schema import Record


def kept(engine: Duck, record: Record, table: Table) -> Table:
    """The table with its cells as a Parquet file, which takes a fraction of the room and need not be parsed again.

    Where all cells of a column are numbers, days or truths, and written as these are, it has the values. Raises
    StrictReadError when the file turns out to be irregular.
    """
    if not isinstance(table.source, CsvSource):
        raise TypeError(table.source)
    source, path = table.source, engine.own_file(f"{record.name}.parquet")
    for typed in (_typed(engine, record, table, source), dict[int, str]()):
        try:
            engine.read_csv(f"COPY ({csv_values(table, source, typed)}) TO {literal(path)} (FORMAT parquet)")
        except StrictReadError as error:
            if not typed or NOT_CANONICAL not in str(error.problems[0].message):
                raise
        else:
            break
    engine.check_disk()
    shape = engine.describe(path)
    columns = tuple(column._replace(type=CELL) if column.type == "VARCHAR" else column for column in shape.columns)
    parts = (ParquetPart(path, table.file),)
    return replace(table, source=ParquetSource(parts, shape._replace(columns=columns, blank_rows=False)))


def proven(engine: Duck, record: Record, table: Table, trusted: Collection[str]) -> Table:
    """The table, with it noted of each column of text whether all of its texts are plain; the trusted fields are."""
    if not isinstance(table.source, ParquetSource):
        raise TypeError(table.source)
    source = table.source
    columns, asked = source.shape.columns, {field.name for field in record.fields if not field.enum} - set(trusted)
    plain = {column.number for column in table.columns if column.field in trusted}
    for number in (column.number for column in table.columns if column.field in asked):
        if columns[number - 1].type in {"VARCHAR", CELL}:
            few = "DISTINCT " if columns[number - 1].repeated else ""
            texts = f"SELECT {few}c{number} AS cell FROM {file_of(source.paths, len(columns))}"
            plain |= {number} if engine.plain(texts) else set()
    noted = tuple(column._replace(plain=number in plain) for number, column in enumerate(columns, 1))
    return replace(table, source=replace(source, shape=source.shape._replace(columns=noted)))


def _typed(engine: Duck, record: Record, table: Table, source: CsvSource) -> dict[int, str]:
    """The columns, by number, of which the first cells are all values of a type, and so perhaps all are."""
    fields = ((column.number, record.field(column.field or "")) for column in table.columns)
    kinds = {number: TYPES[field.type] for number, field in fields if field is not None and field.type in TYPES}
    if not kinds:
        return {}
    asked = ", ".join(f"BOOL_AND({canonical(f'c{number}', kind)})" for number, kind in kinds.items())
    found = engine.read_csv(f"SELECT {asked} FROM ({csv_cells(table, source)} LIMIT {engine.tuning.sampled_rows})")[0]
    return {number: kind for (number, kind), all_are in zip(kinds.items(), found, strict=True) if all_are}
