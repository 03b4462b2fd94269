"""Reads the tables of a SQLite database; the database itself turns every cell into text."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count, islice, repeat
from math import isfinite
from urllib.parse import quote

from checker.errors import Place, Problem, RecordsError
from checker.files import require_regular
from checker.model.blanks import bare, fold
from checker.model.quoting import literal, quoted
from checker.model.schema import Record
from checker.records.limits import Limits
from checker.records.lines import KeyedRows
from checker.records.manifest import SHEETS, Entry
from checker.records.readers.protocol import Body, Contents, Document, HeadRow, Means, require_whole
from checker.records.stating.layout import Cut
from checker.records.values import BATCH, UNREADABLE, Batch, Column, RowsSource, unreadable
from checker.words.message import Message, message

_LISTED = (
    "SELECT name, type FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
    "ORDER BY name"
)
_CAREFULLY = ("PRAGMA trusted_schema = OFF", "PRAGMA cell_size_check = ON", "PRAGMA query_only = ON")
_STEPS = 1_000_000
_A_SECOND, _A_BYTE = 20_000_000, 10
"""So many steps of the database are reckoned a second, and for a byte of its file: a query that takes more is given up."""


def read(document: Document, means: Means) -> Contents:
    """The tables and views of a database; one that is called as a manifest is holds keys and values."""
    require_regular(document.path)
    database = Database(document, means.limits)
    names = {str(name): kind == "view" for name, kind in database.rows(_LISTED)}
    tables = tuple(SqliteTable(database, name, view) for name, view in names.items() if fold(name) not in SHEETS)
    if not tables:
        wrong, fix = message("no-table-in-database"), message("no-table-in-database-fix")
        raise RecordsError(Problem("no-table", wrong, fix, Place(document.shown)))
    entries = [entry for name in names if fold(name) in SHEETS for entry in database.entries(name)]
    return Contents(tables, tuple(entries))


@dataclass(frozen=True, slots=True)
class Database:
    """A SQLite database, opened anew whenever something is asked, and never written to."""

    document: Document
    limits: Limits

    def rows(self, query: str) -> Iterator[tuple[object, ...]]:
        """What a query gives. Raises RecordsError where the file is no database, or damaged, or a view has no end."""
        most = (self.limits.seconds * _A_SECOND + self.document.path.stat().st_size * _A_BYTE) // _STEPS
        try:
            uri = f"file:{quote(str(self.document.path.resolve()))}?mode=ro"
            with closing(sqlite3.connect(uri, uri=True)) as connection:
                connection.text_factory = lambda written: written.decode("utf-8", "replace")
                connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, self.limits.cell)
                steps = count()
                connection.set_progress_handler(lambda: next(steps) > most, _STEPS)
                for pragma in (*_CAREFULLY, f"PRAGMA hard_heap_limit = {self.limits.memory // 4}"):
                    connection.execute(pragma)
                yield from connection.execute(query)
        except (sqlite3.Error, MemoryError) as error:
            wrong = message("broken-database", why=_why(error))
            raise RecordsError(
                Problem("broken-database", wrong, message("broken-database-fix"), Place(self.document.shown))
            ) from error

    def columns(self, table: str) -> list[tuple[str, bool]]:
        """The columns of a table, each with whether it is part of its key."""
        found = self.rows(f"SELECT name, pk FROM PRAGMA_TABLE_XINFO({literal(table)}) WHERE hidden <> 1 ORDER BY cid")
        return [(str(name), bool(key)) for name, key in found]

    def entries(self, table: str) -> Iterator[Entry]:
        """The lines of a manifest: the first two columns."""
        names = [quoted(name) for name, _ in self.columns(table)][:2]
        if len(names) == 2:  # noqa: PLR2004 -- a key and a value
            for key, text in self.rows(f"SELECT {', '.join(names)} FROM {quoted(table)} ORDER BY 1, 2"):
                yield Entry(cell_text(key), cell_text(text) or None, Place(self.document.shown, sheet=table))


def _why(error: sqlite3.Error | MemoryError) -> Message:
    if isinstance(error, MemoryError):
        return message("database-memory")
    if isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
        return message("database-endless")
    return message("reader-reports", text=str(error))


@dataclass(frozen=True, slots=True)
class SqliteTable:
    """A table or view of a database, not yet read."""

    database: Database
    name: str
    view: bool

    @property
    def place(self) -> Place:
        """The table."""
        return Place(self.database.document.shown, sheet=self.name)

    def blank(self) -> bool:
        """Whether there is nothing in it; a view, which may have no end, is not asked."""
        return not self.view and not list(self.database.rows(f"SELECT 1 FROM {quoted(self.name)} LIMIT 1"))

    def head(self, record: Record, cut: Cut | None = None) -> SqliteHead:  # noqa: ARG002 -- its columns have names of their own
        """The columns. Raises RecordsError."""
        require_whole(cut)
        return SqliteHead(self, self.database.columns(self.name))


@dataclass(frozen=True, slots=True)
class SqliteHead:
    """The columns of a table of a database."""

    table: SqliteTable
    columns: Sequence[tuple[str, bool]]
    numbered: bool = False
    notices: tuple[Problem, ...] = ()

    @property
    def rows(self) -> tuple[HeadRow]:
        """The names of the columns."""
        return (HeadRow(self.table.place, [name for name, _ in self.columns]),)

    def filled(self, header: int, columns: Collection[int]) -> Collection[int]:  # noqa: ARG002 -- as of all heads
        """No column is without a name."""
        return ()

    def body(self, header: int, columns: tuple[Column, ...]) -> Body:  # noqa: ARG002 -- as of all heads
        """The rows in the order of their key."""
        rows = SqliteRows(
            self.table, tuple(name for name, _ in self.columns), tuple(name for name, key in self.columns if key), columns
        )
        return Body(RowsSource(rows), 1, rows.keys)


@dataclass(frozen=True, slots=True)
class SqliteRows:
    """The rows of a table of a database, each known by its key."""

    table: SqliteTable
    names: tuple[str, ...]
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    keys: KeyedRows = field(default_factory=KeyedRows)

    def __len__(self) -> int:
        ((found,),) = self.table.database.rows(f"SELECT COUNT(*) FROM {quoted(self.table.name)}")
        return found if isinstance(found, int) else 0

    def batches(self, columns: Sequence[int]) -> Iterator[Batch]:
        """The rows in the order of their key, or of all their columns, some at a time."""
        self.keys.clear()
        key, every = [*map(quoted, self.key)], [*map(quoted, self.names)]
        asked = ", ".join((*key, *every))
        marks = [*["."] * len(key), *(column.decimal for column in self.columns)]
        rows = self.table.database.rows(f"SELECT {asked} FROM {quoted(self.table.name)} ORDER BY {', '.join(key or every)}")
        while some := [*islice(rows, BATCH)]:
            texts = [[*map(cell_text, cells, repeat(mark))] for cells, mark in zip(zip(*some, strict=True), marks, strict=True)]
            filled = [number for number, cells in enumerate(zip(*texts[len(key) :], strict=True)) if any(map(bare, cells))]
            if len(filled) < len(some):
                texts = [[column[number] for number in filled] for column in texts]
            if filled:
                self.keys.add([self._key(cells) for cells in zip(*texts[: len(key)], strict=True)] or [""] * len(filled))
                yield [texts[len(key) + number - 1] for number in columns]

    def _key(self, cells: Sequence[str]) -> str:
        return ", ".join(f"{name}={cell}" for name, cell in zip(self.key, cells, strict=True))


def cell_text(value: object, decimal: str = ".") -> str:
    """A cell as text: numbers with as few digits as tell them apart, and without exponent, that sign before decimals."""
    match value:
        case None:
            return ""
        case str():
            return value if UNREADABLE not in value else unreadable(value)
        case float() if isfinite(value):
            return f"{Decimal(repr(value)):f}".removesuffix(".0").replace(".", decimal)
        case int():
            return str(value)
        case _:
            return unreadable("bytes" if isinstance(value, bytes) else str(value))
