"""Files a submission as a user would: as one JSON file, or as a folder of Parquet files, typed where their cells allow it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

import duckdb

from tests.oracle.cells import Near, Null, Table, read_value, trimmed
from tests.oracle.submissions import Filing

TYPES = {
    "integer": ("VARCHAR", "BIGINT", "INTEGER", "DOUBLE"),
    "number": ("VARCHAR", "DECIMAL(12, 6)", "DECIMAL(18, 8)", "DOUBLE"),
    "date": ("VARCHAR", "DATE", "TIMESTAMP", "TIMESTAMP_NS"),
    "boolean": ("VARCHAR", "BOOLEAN"),
}

Fits = Callable[[str], bool]
"""Whether a type of columns has the value that a text says."""

FITS: Mapping[str, Fits] = {
    "INTEGER": lambda text: -(2**31) <= Fraction(text) < 2**31,
    "DOUBLE": lambda text: Fraction(str(float(text))) == Fraction(text),
    "DECIMAL(12, 6)": lambda text: abs(Fraction(text)) < 10**6,
    "DECIMAL(18, 8)": lambda text: abs(Fraction(text)) < 10**10,
    "TIMESTAMP_NS": lambda text: "1678" <= text[:4] <= "2261",
}


def fits_any(_text: str) -> bool:
    """All other types have every value."""
    return True


def filed(folder: Path, filing: Filing, book: Mapping[str, Any]) -> Path:
    """Where the submission lies; every other one that has no blank row, which would be no row, is of Parquet files."""
    if any(table.held for table in filing.tables.values()):
        return of_many(folder, filing)
    tables = {name: [dict(row) for row in table.rows] for name, table in filing.tables.items()}
    blank = any(not any(map(trimmed, row.values())) for rows in tables.values() for row in rows)
    sign = crc32(repr(tables).encode())
    if blank or sign % 2 or not all(table.columns for table in filing.tables.values()):
        path = folder / "submission.json"
        for name, rows in tables.items():
            for field, spec in book["records"][name]["fields"].items() if sign % 3 else ():
                if "list" in (spec or {}) and "enum" not in spec:
                    for row in rows:
                        if cell := row.get(field):
                            row[field] = apart(spec, cell)  # type: ignore[assignment]
        path.write_text(json.dumps({"submission": {}, "tables": tables}, ensure_ascii=False), encoding="utf-8")
        return path
    path = folder / "submission"
    path.mkdir(exist_ok=True)
    for old in path.iterdir():
        old.unlink()
    for name, table in filing.tables.items():
        kinds = [chosen(book["records"][name]["fields"].get(column) or {}, table, column, sign) for column in table.columns]
        write(_connection(), path / f"{name}.parquet", table, kinds)
    return path


def apart(spec: Mapping[str, Any], cell: str) -> object:
    """A list as one; of one element, or with a word for an empty cell, it stays a text."""
    parts = re.split(f"[{spec['list']}]", cell)
    return parts if len(parts) > 1 else cell


def of_many(folder: Path, filing: Filing) -> Path:
    """Where the submission lies that several handed in, each a file of JSON."""
    path = folder / "submissions"
    path.mkdir(exist_ok=True)
    for old in path.iterdir():
        old.unlink()
    for at, part in enumerate(sorted({part for table in filing.tables.values() for part in table.held})):
        tables = {
            name: [
                {column: row.get(column) for column in table.columns}
                for row, of in zip(table.rows, table.parts, strict=True)
                if of == part
            ]
            for name, table in filing.tables.items()
            if part in table.held
        }
        # No two files are the very same.
        written = json.dumps({"submission": {}, "tables": tables}, ensure_ascii=False) + " " * at
        (path / f"{part}.json").write_text(written, encoding="utf-8")
    return path


@cache
def _connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def chosen(declared: Mapping[str, Any], table: Table, column: str, sign: int) -> str:
    """A type that all cells of the column have."""
    kinds = TYPES.get(declared.get("type", "text"), ("VARCHAR",))
    texts = [text for row in table.rows if (text := trimmed(row.get(column)))]
    values = [read_value({key: value for key, value in declared.items() if key == "type"}, text) for text in texts]
    readable = all(value is not Null.UNKNOWN for value in values)
    if any(isinstance(value, Near) for value in values):
        kinds = tuple(kind for kind in kinds if kind in {"VARCHAR", "DOUBLE"})
    kinds = tuple(kind for kind in kinds if not readable or all(FITS.get(kind, fits_any)(text) for text in texts))
    return kinds[crc32(column.encode(), sign) % len(kinds)] if readable else "VARCHAR"


def write(connection: duckdb.DuckDBPyConnection, path: Path, table: Table, kinds: Sequence[str]) -> None:
    """Writes a table; a cell of a typed column that has only white space is empty."""
    columns = ", ".join(f'"{column}" {kind}' for column, kind in zip(table.columns, kinds, strict=True))
    connection.execute(f"CREATE OR REPLACE TABLE filed ({columns})").fetchall()
    cells = [
        row.get(column) if kind == "VARCHAR" else value_of(kind, trimmed(row.get(column)))
        for row in table.rows
        for column, kind in zip(table.columns, kinds, strict=True)
    ]
    if cells:
        row_of_cells = f"({', '.join('?' * len(kinds))})"
        connection.execute(f"INSERT INTO filed VALUES {', '.join([row_of_cells] * len(table.rows))}", cells).fetchall()
    connection.execute(f"COPY filed TO '{path}' (FORMAT parquet)").fetchall()


def value_of(kind: str, text: str) -> object:
    """The cell as the database takes it for that type."""
    return (read_value({"type": "boolean"}, text) if kind == "BOOLEAN" else text) if text else None
