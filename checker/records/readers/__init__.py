"""The readers: one module for each format, and the table of them. Adding a format touches its module and this table."""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple, cast

from checker.records.readers.protocol import Read


class Reader(NamedTuple):
    """One format that is read: what it is called, by which ends of names it is known, and the module whose `read` reads it.

    A file of a format that is `several` holds any number of tables, and may say what a submission says of itself; another is
    one table. A database is known by the `schemes` that its address begins with. A reader that takes `folders` reads the
    files of its kind in a folder of such a name as one table.
    """

    title: str
    suffixes: tuple[str, ...]
    module: str
    several: bool = False
    folders: bool = False
    schemes: tuple[str, ...] = ()

    @property
    def read(self) -> Read:
        """Reads a document of the format; only now is its module loaded."""
        return cast("Read", import_module(f"checker.records.readers.{self.module}").read)


READERS = (
    Reader("CSV", (".csv", ".tsv"), "csv_file"),
    Reader("Parquet", (".parquet",), "parquet_file", folders=True),
    Reader("workbook", (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"), "workbook.opening", several=True),
    Reader("SQLite database", (".sqlite", ".sqlite3", ".db"), "sqlite_file", several=True),
    Reader("PostgreSQL database", (), "postgresql", several=True, schemes=("postgresql", "postgres")),
    Reader("YAML", (".yaml", ".yml"), "yaml_file", several=True),
    Reader("JSON, one row a line", (".ndjson", ".jsonl"), "ndjson_file"),
    Reader("JSON", (".json",), "json_file", several=True),
)


def reader_of(suffix: str) -> Reader | None:
    """The reader of files whose names end so."""
    return next((reader for reader in READERS if suffix in reader.suffixes), None)


def reader_of_address(scheme: str) -> Reader | None:
    """The reader of databases whose addresses begin so."""
    return next((reader for reader in READERS if scheme in reader.schemes), None)


TREES = tuple(suffix for reader in READERS if reader.module in {"yaml_file", "json_file"} for suffix in reader.suffixes)
"""The ends of names of files that may be the manifest of a folder."""

KINDS = ", ".join(suffix for reader in READERS for suffix in reader.suffixes)
"""The ends of names of all files that are read."""
