"""DuckDB, the embedded engine: its connections, statements and rows, and what becomes of its errors."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache, partial
from itertools import count
from pathlib import Path
from threading import get_ident, local
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import finalize

import _duckdb as duckdb  # the engine itself: the package `duckdb` around it takes three times as long to load

from checker.display_width import encodable
from checker.engine import limits as limiting
from checker.engine.duckdb.connection import BROKEN, detach, limit, start
from checker.engine.duckdb.faults import engine_fault, first_line, interruptible, reason_of
from checker.engine.duckdb.made_before import MadeBefore
from checker.engine.limits import Limits
from checker.errors import CheckerError, EngineError, LimitError, Problem, RecordsError
from checker.model.quoting import literal, quoted
from checker.model.sql import Sql
from checker.processors import processors
from checker.records.readers.parquet_file import broken
from checker.request import USUAL, Tuning
from checker.temporary import temporary_folder
from checker.words.message import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checker.tables.schema import RunTable

_UNOPTIMIZED = "PRAGMA disable_optimizer"
_LOSES_COLUMNS = "compressed_materialization"
"""DuckDB 2.0.0 loses a column of some joins when this optimizer packs it into fewer bits."""
_JOINS = ("join_order", "build_side_probe_side")
_LIFTS = "common_subexpressions"
"""DuckDB 2.0.0 takes what two TRY(…) of a statement have in common out of both, and then fails where either would be NULL."""
_PARSED = 1000
"""So many statements are kept as they were parsed: those of the cases of some ten rules."""
_OVERFLOWS = (duckdb.OutOfRangeException, duckdb.ConversionException)
_T = TypeVar("_T")


class Connected:
    """One in-memory database for one run.

    For a `small` submission what takes time is planning the many statements, not running them: each runs on one thread
    and several side by side, and they are not optimized (docs/decisions/0007-small-and-large.md).
    `workers` is how many side by side, by default as many as there are processors. What finds no room within the `limits`
    goes to files of a temporary folder, which nobody else may read and which is gone when the run is. `beside` is another
    one, whose engine this is a further database of: to start an engine takes as long as to ask a tenth of a small submission.
    All statements of such a database are run by the thread that made it. `shared` is what others find in this one (`once`).
    """

    made_before: MadeBefore
    parse: Callable[[str], duckdb.Statement]

    def __init__(
        self,
        workers: int | None = None,
        limits: Limits = limiting.NONE,
        *,
        beside: Connected | None = None,
        tuning: Tuning = USUAL,
    ) -> None:
        self.tuning = tuning
        self._workers = 1 if beside is not None else workers or processors()
        self._limits = limits
        self._parameters: dict[str, object] = {}
        self._read: dict[str, str] = {}
        self._small = False
        self._disabled = [_LOSES_COLUMNS]
        self._shown: dict[Path, str] = {}
        self._owner = get_ident()
        self._folder = str(temporary_folder(self))
        self._numbers = count(1)
        self._beside = beside
        self.shared: str | None = None
        self._connect()

    def _connect(self) -> None:
        """Makes the database, which is empty: in the engine of another one, or in its own, which is started for it."""
        self._own = local()
        if self._beside is not None:
            self.made_before = MadeBefore(self._beside.made_before)
            self.parse = self._beside.parse
            self._starting = self._beside.further(self)
            return
        # Starting the engine takes as long as reading a small submission, and leaves the interpreter free to do so.
        pool = ThreadPoolExecutor(1)
        self._starting = pool.submit(start, self._folder, self._limits)
        pool.shutdown(wait=False)
        self.made_before = MadeBefore()
        self.parse = lru_cache(maxsize=_PARSED)(partial(_parsed, self._starting))

    def revive(self, error: duckdb.Error) -> None:
        """Makes an empty database in place of one that this error broke, so that other files are not blamed for it."""
        if isinstance(error, BROKEN):
            if self._beside is not None:
                self._beside.revive(error)
            self._connect()

    def further(self, owner: Connected) -> Future[duckdb.DuckDBPyConnection]:
        """A connection to a further database of this engine, which goes when its owner does."""
        name, connection = f"run{next(self._numbers)}", self._connection.cursor()
        connection.execute(f"ATTACH ':memory:' AS {name}")
        # What is made is made there; the macros are those of this one.
        connection.execute(f"SET search_path = '{name},memory'")
        finalize(owner, detach, self._connection, connection, name)
        ready = Future[duckdb.DuckDBPyConnection]()
        ready.set_result(connection)
        return ready

    @property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        return self._starting.result()

    def expect(self, *, small: bool) -> None:
        """Prepares for a small submission, or for a large one."""
        self._small = small
        if small:
            self.run("SET threads = 1")
            self.run(_UNOPTIMIZED)
        else:
            self._disable()
        if not small and self._limits.memory is None and self.tuning.memory is not None:
            self._limits = self._limits._replace(memory=self.tuning.memory)
            limit(self._connection, self._limits)

    @property
    def version(self) -> str:
        """The name and version of the engine."""
        return f"DuckDB {duckdb.__version__}"

    def set(self, parameters: Mapping[str, object]) -> None:
        """Gives values to the parameters that statements name."""
        self._parameters.update(parameters)

    def read(self, tables: Mapping[str, str]) -> None:
        """From now on statements that name one of these tables of rows (`checker.tables.readings`) read what is given for it."""
        self._read.update(tables)

    def join_as_written(self) -> None:
        """From now on what is joined to a table is kept in memory, and not that table, whatever the engine expects of them."""
        if not self._small:
            self._disable(*_JOINS)

    def each(self, work: Callable[[_T], None], items: Iterable[_T], size: Callable[[_T], int]) -> None:
        """Does the work for all items, side by side if that is faster, the largest first; they must not hang together."""
        ordered = sorted(items, key=size, reverse=True)
        if not self._small or self._workers == 1:
            for item in ordered:
                work(item)
            return
        with ThreadPoolExecutor(self._workers) as pool:
            for _ in pool.map(work, ordered):
                pass

    def run(self, statement: Sql | str, **parameters: object) -> None:
        """Executes a statement whose result is not wanted; a text needs just these `parameters`, which hold for this once."""
        self._execute(statement, parameters)

    def rows(self, statement: Sql | str, **parameters: object) -> list[tuple[Any, ...]]:
        """All rows that a statement gives; a text needs just these `parameters`, which hold for this once."""
        with self._faults():
            return self._computed(lambda: self._sent(statement, parameters).fetchall())

    def copy(self, query: str, path: Path, options: str) -> None:
        """Writes what a query gives to a file. Raises OSError where that cannot be written."""
        try:
            with interruptible():
                self._cursor().execute(f"COPY ({query}) TO {literal(path)} ({options}, USE_TMP_FILE FALSE)")
        except duckdb.Error as error:
            if isinstance(error, duckdb.IOException) and str(path) in str(error):
                number = errno.ENOSPC if "No space left" in str(error) else errno.EIO
                raise OSError(number, first_line(error)) from error
            raise self._fault(error) from error

    def table(self, name: str, query: Sql | str, **parameters: object) -> None:
        """Makes a table of what a query gives, in place of one of that name; as to parameters, see `run`."""
        made = f"CREATE OR REPLACE TABLE {quoted(name)} AS "
        self.run(made + query if isinstance(query, str) else Sql.of(made, query), **parameters)

    def empty(self, table: RunTable) -> None:
        """Makes a table without rows, in place of that of an earlier run over the same tables."""
        self.run(f"CREATE OR REPLACE TABLE {quoted(table.name)} ({', '.join(map(' '.join, table.columns))})")

    def once(self, statement: str) -> None:
        """Makes a table of nothing else, whatever was submitted; databases beside each other find that of the first."""
        first = self._beside
        if first is None or first.shared not in {None, statement}:
            self.run(statement)
        elif first.shared is None:
            first.run(statement)
            first.shared = statement

    def insert(self, table: RunTable, rows: Iterable[Sequence[object]]) -> None:
        """Appends rows of plain values to a table in one statement."""
        columns = list(zip(*rows, strict=True))
        if not columns:
            return
        cells = ", ".join(f"UNNEST(CAST(? AS {kind}[]))" for _, kind in table.columns)
        with self._faults():
            insertion = self.parse(f"INSERT INTO {quoted(table.name)} SELECT {cells}")
            self._cursor().execute(insertion, [list(column) for column in columns])

    def given(self, statement: Sql | str, once: Mapping[str, object]) -> dict[str, object]:
        """The values of the parameters that a statement needs; `once` hold for this statement."""
        needed = dict(once)
        if isinstance(statement, Sql):
            known = self._parameters | needed
            needed = {name: known[name] for name in sorted(statement.needs)}
        return {name: encodable(value) if isinstance(value, str) else value for name, value in needed.items()}

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        """The connection of the thread that asks: each has its own."""
        if get_ident() == self._owner or not self._small:
            return self._connection
        if not hasattr(self._own, "cursor"):
            self._own.cursor = self._connection.cursor()
            self._own.cursor.execute(_UNOPTIMIZED)
        cursor: duckdb.DuckDBPyConnection = self._own.cursor
        return cursor

    def _execute(self, statement: Sql | str, once: Mapping[str, object] | None = None) -> None:
        with self._faults():
            self._computed(lambda: self._sent(statement, once or {}))

    def _sent(self, statement: Sql | str, once: Mapping[str, object]) -> duckdb.DuckDBPyConnection:
        sql = statement if isinstance(statement, str) else statement.text(self._read)
        values, sent = self.given(statement, once), sql if self._beside is None else self.parse(sql)
        return self._cursor().execute(sent, values) if values else self._cursor().execute(sent)

    def _computed(self, work: Callable[[], _T]) -> _T:
        """Does the work; anew, and from now on without taking anything out of TRY, where a number is too great to be computed."""
        try:
            return work()
        except _OVERFLOWS:
            if self._small or _LIFTS in self._disabled:
                raise
            self._disable(_LIFTS)
            return work()

    def _disable(self, *optimizers: str) -> None:
        """Has the engine do without these optimizers too from now on."""
        self._disabled += [name for name in optimizers if name not in self._disabled]
        self._connection.execute(f"SET disabled_optimizers = '{', '.join(self._disabled)}'")

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            with interruptible():
                yield
        except duckdb.Error as error:
            raise self._fault(error) from error

    def _fault(self, error: duckdb.Error) -> CheckerError:
        """What to tell of an error: whether the limits, the submission or the program is to be fixed."""
        said, beyond = str(error), isinstance(error, duckdb.OutOfMemoryException)
        if "max_temp_directory_size" in said or (isinstance(error, duckdb.IOException) and self._folder in said):
            allowed = self._limits.disk if beyond else None
            return LimitError(limiting.disk_spent(allowed, str(Path(self._folder).parent)))
        if beyond:
            return LimitError(limiting.memory_spent(self._limits))
        self.revive(error)
        damaged = [*self._damaged()]
        return RecordsError(*damaged) if damaged else EngineError(engine_fault(error))

    def _damaged(self) -> Iterator[Problem]:
        """The Parquet files that cannot be read to their end: their rows are looked at late, wherever one is asked for."""
        for path, shown in tuple(self._shown.items()):
            try:
                self._connection.cursor().execute(f"SELECT MAX(HASH(file)) FROM READ_PARQUET({literal(path)}) AS file").fetchall()
            except duckdb.Error as error:
                self.revive(error)
                yield broken(shown, message("reader-reports", text=reason_of(error)))


def _parsed(starting: Future[duckdb.DuckDBPyConnection], sql: str) -> duckdb.Statement:
    """One statement, parsed: databases of one engine send the same ones again, and a quarter of their time is that."""
    (statement,) = starting.result().extract_statements(sql)
    return statement
