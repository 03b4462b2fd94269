"""Reads the tables of a PostgreSQL database, which hands them over as Arrow; nothing is written to it.

What the address holds of users and passwords is never shown, whatever goes wrong.
"""

from __future__ import annotations

import weakref
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from checker.errors import CheckerError, Place, Problem, RecordsError
from checker.model.blanks import fold
from checker.model.quoting import literal, quoted
from checker.model.schema import Record
from checker.records.lines import KeyedRows
from checker.records.manifest import SHEETS, Entry
from checker.records.readers.addresses import with_options, without_secrets
from checker.records.readers.protocol import Body, Contents, Document, HeadRow, Means, require_whole
from checker.records.stating.layout import Cut
from checker.records.values import Column, StreamSource, Take
from checker.words.message import message

if TYPE_CHECKING:
    from adbc_driver_manager.dbapi import Connection

_AS_THEY_ARE = frozenset(
    ["bool", "int2", "int4", "int8", "float4", "float8", "numeric", "date", "timestamp", "timestamptz", "text", "varchar"]
)
_NO_TEXT = frozenset(["bytea", "json", "jsonb"])
"""The types of cells that are handed over; all others but lists are turned into text by the database."""

_TABLES = """SELECT c.relname, GREATEST(c.reltuples, 0)::bigint
FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname = ANY(current_schemas(false))
  AND pg_table_is_visible(c.oid) ORDER BY c.relname"""
_COLUMNS = """SELECT a.attname, t.typname, COALESCE(a.attnum = ANY(i.indkey), false)
FROM pg_attribute AS a JOIN pg_type AS t ON t.oid = a.atttypid
LEFT JOIN pg_index AS i ON i.indrelid = a.attrelid AND i.indisprimary
WHERE a.attrelid = {table}::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum"""


def read(document: Document, means: Means) -> Contents:
    """The tables and views that are found without naming a schema."""
    if means.take is None:
        wrong, fix = message("database-needs-engine"), message("database-needs-engine-fix")
        raise RecordsError(Problem("no-driver", wrong, fix, Place(document.shown)))
    database = Database(document, _connected(document, means.limits.seconds), means.take)
    names = {str(name): int(str(rows)) for name, rows in database.rows(_TABLES)}
    tables = tuple(PostgresTable(database, name, rows) for name, rows in names.items() if fold(name) not in SHEETS)
    if not tables:
        wrong, fix = message("no-table-for-user"), message("no-table-for-user-fix")
        raise RecordsError(Problem("no-table", wrong, fix, Place(document.shown)))
    entries = [entry for name in names if fold(name) in SHEETS for entry in database.entries(name)]
    return Contents(tables, tuple(entries))


def _connected(document: Document, seconds: int) -> Connection:
    """A connection that only reads, and sees the database as it is now. Raises RecordsError."""
    try:
        from adbc_driver_postgresql import dbapi  # noqa: PLC0415 -- only a database pays for its driver
    except ImportError:
        wrong, fix = message("no-driver"), message("no-driver-fix")
        raise RecordsError(Problem("no-driver", wrong, fix, Place(document.shown))) from None
    with faults(document):
        connection: Connection = dbapi.connect(with_options(document.address or "", connect_timeout=min(seconds, 30)))
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute(f"SET LOCAL statement_timeout = {seconds * 1000}")
        return connection


@contextmanager
def faults(document: Document) -> Iterator[None]:
    """Turns what goes wrong with a database into a problem that tells no secret."""
    try:
        yield
    except CheckerError:
        raise
    except Exception as error:  # noqa: BLE001 -- whatever the driver raises, it must not show the address
        raise RecordsError(fault(document, str(error))) from None


def fault(document: Document, reported: str) -> Problem:
    """The problem of a database that cannot be reached or read, in its own words but without what is secret."""
    why = message("reader-reports", text=without_secrets(reported, document.address or ""))
    return Problem("broken-database", message("broken-database", why=why), message("database-fix"), Place(document.shown))


class PostgresColumn(NamedTuple):
    """A column of a table: its name, its type, and whether it is part of the key."""

    name: str
    type: str
    key: bool

    @property
    def cell(self) -> str:
        """What is asked for, so that it comes as something that can be read."""
        name = quoted(self.name)
        return name if self.type in _AS_THEY_ARE | _NO_TEXT or self.type.startswith("_") else f"CAST({name} AS text) AS {name}"


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Database:
    """A database that is read in one transaction, which ends when nobody refers to it any more."""

    document: Document
    connection: Connection = field(repr=False)
    take: Take
    lock: Lock = field(default_factory=Lock, repr=False)

    def __post_init__(self) -> None:
        weakref.finalize(self, self.connection.close)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """What a query gives that gives little. Raises RecordsError."""
        with self.stream(query) as stream:
            return self.take(stream)

    @contextmanager
    def stream(self, query: str) -> Iterator[object]:
        """What a query gives, as a stream of Arrow that is to be read before the next query. Raises RecordsError."""
        # Tables are read side by side, and a connection gives one at a time.
        with self.lock, faults(self.document), self.connection.cursor() as cursor:
            cursor.execute(query)
            yield cursor.fetch_arrow()

    def columns(self, table: str) -> list[PostgresColumn]:
        """The columns of a table."""
        found = self.rows(_COLUMNS.format(table=literal(quoted(table))))
        return [PostgresColumn(str(name), str(kind), bool(key)) for name, kind, key in found]

    def entries(self, table: str) -> Iterator[Entry]:
        """The lines of a manifest: the first two columns."""
        names = [f"CAST({quoted(column.name)} AS text)" for column in self.columns(table)][:2]
        if len(names) == 2:  # noqa: PLR2004 -- a key and a value
            for key, text in self.rows(f"SELECT {', '.join(names)} FROM {quoted(table)} ORDER BY 1, 2"):
                yield Entry(str(key or ""), None if text is None else str(text), Place(self.document.shown, sheet=table))


@dataclass(frozen=True, slots=True)
class PostgresTable:
    """A table or view of a database, not yet read; `rows` is how many rows it has, as the database estimates."""

    database: Database
    name: str
    rows: int

    @property
    def place(self) -> Place:
        """The table."""
        return Place(self.database.document.shown, sheet=self.name)

    def blank(self) -> bool:
        """Whether there is nothing in it."""
        return not self.database.rows(f"SELECT 1 FROM {quoted(self.name)} LIMIT 1")

    def head(self, record: Record, cut: Cut | None = None) -> PostgresHead:  # noqa: ARG002 -- its columns have names of their own
        """The columns. Raises RecordsError."""
        require_whole(cut)
        return PostgresHead(self, self.database.columns(self.name))


@dataclass(frozen=True, slots=True)
class PostgresHead:
    """The columns of a table of a database."""

    table: PostgresTable
    columns: Sequence[PostgresColumn]
    numbered: bool = False
    notices: tuple[Problem, ...] = ()

    @property
    def rows(self) -> tuple[HeadRow]:
        """The names of the columns."""
        return (HeadRow(self.table.place, [column.name for column in self.columns]),)

    def filled(self, header: int, columns: Collection[int]) -> Collection[int]:  # noqa: ARG002 -- as of all heads
        """No column is without a name."""
        return ()

    def body(self, header: int, columns: tuple[Column, ...]) -> Body:  # noqa: ARG002 -- as of all heads
        """The rows in the order of their key, or of all their columns."""
        names = [quoted(column.name) for column in self.columns]
        key = [column.name for column in self.columns if column.key]
        shown = " || ', ' || ".join(f"{literal(f'{name}=')} || CAST({quoted(name)} AS text)" for name in key) or "''"
        order = ", ".join(map(quoted, key)) or ", ".join(f"CAST({name} AS text)" for name in names)
        cells = ", ".join(column.cell for column in self.columns)
        query = f"SELECT {shown} AS _key, {cells} FROM {quoted(self.table.name)} ORDER BY {order}"
        database, keys = self.table.database, KeyedRows()
        source = StreamSource(partial(database.stream, query), partial(fault, database.document), keys, self.table.rows)
        return Body(source, 1, keys)
