"""DuckDB, the embedded engine: statements, rows and files."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from threading import get_ident, local
from typing import TYPE_CHECKING, Any, TypeVar, assert_never
from weakref import finalize

import _duckdb as duckdb  # the engine itself: the package `duckdb` around it takes three times as long to load

from checker.display_width import encodable
from checker.engine.duckdb import limits as limiting
from checker.engine.duckdb.connection import detach, limit, start
from checker.engine.duckdb.faults import engine_fault, first_line, interruptible, reason_of
from checker.engine.duckdb.limits import Limits, processors
from checker.engine.duckdb.made_before import MadeBefore
from checker.engine.duckdb.parquet import BOUNDS, COLUMNS, ROWS, shape
from checker.engine.duckdb.sources import (
    appending,
    csv_reading,
    empty,
    parquet_reading,
    parted,
    raw,
    rows_reading,
    stream_reading,
)
from checker.errors import CheckerError, EngineError, LimitError, Problem, RecordsError
from checker.model.quoting import literal, quoted
from checker.model.sql import Sql
from checker.records.readers.parquet_file import broken
from checker.records.values import (
    CsvSource,
    ParquetShape,
    ParquetSource,
    PartsSource,
    RowsSource,
    StreamSource,
    UnreadableParquetError,
)
from checker.request import USUAL, Tuning
from checker.temporary import temporary_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checker.model.schema import Record
    from checker.records.values import Rows, Table

_UNOPTIMIZED = "PRAGMA disable_optimizer"
_LOSES_COLUMNS = "compressed_materialization"
"""DuckDB 2.0.0 loses a column of some joins when this optimizer packs it into fewer bits."""
_JOINS = ("join_order", "build_side_probe_side")
_FOLDS = "expression_rewriter"
"""It splits the texts that are handed over into cells before the statement runs, and then carries each of them along."""
_LIFTS = "common_subexpressions"
"""DuckDB 2.0.0 takes what two TRY(…) of a statement have in common out of both, and then fails where either would be NULL."""
_OVERFLOWS = (duckdb.OutOfRangeException, duckdb.ConversionException)
_T = TypeVar("_T")


class StrictReadError(EngineError):
    """A file is not the regular table that its header promises; it must be repaired before it is read."""


class Duck:
    """One in-memory database for one run.

    For a `small` submission what takes time is planning the many statements, not running them: each runs on one thread
    and several side by side, and they are not optimized (docs/decisions/0007-small-and-large.md).
    `workers` is how many side by side, by default as many as there are processors. What finds no room within the `limits`
    goes to files of a temporary folder, which nobody else may read and which is gone when the run is. `beside` is another
    one, whose engine this is a further database of: to start an engine takes as long as to ask a tenth of a small submission.
    All statements of such a database are run by the thread that made it.
    """

    def __init__(
        self, workers: int | None = None, limits: Limits = limiting.NONE, *, beside: Duck | None = None, tuning: Tuning = USUAL
    ) -> None:
        self.tuning = tuning
        self._workers = 1 if beside is not None else workers or processors()
        self._limits = limits
        self._parameters: dict[str, object] = {}
        self._read: dict[str, str] = {}
        self._small = False
        self._disabled = [_LOSES_COLUMNS]
        self._own = local()
        self._shown: dict[Path, str] = {}
        self._owner = get_ident()
        self._folder = str(temporary_folder(self))
        self._numbers = count(1)
        self.made_before: MadeBefore = MadeBefore() if beside is None else MadeBefore(beside.made_before)
        if beside is not None:
            self._starting = beside.further(self)
            return
        # Starting the engine takes as long as reading a small submission, and leaves the interpreter free to do so.
        pool = ThreadPoolExecutor(1)
        self._starting = pool.submit(start, self._folder, limits)
        pool.shutdown(wait=False)

    def further(self, owner: Duck) -> Future[duckdb.DuckDBPyConnection]:
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

    def make(self, record: Record, statement: Sql | str) -> None:
        """Makes `t_<record>`, of `raw_<record>` alone; beside others it is copied where the same was made before."""
        for each in self.made_before.making(record.name, statement, self.given(statement, {})):
            self.run(each)

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

    def insert(self, table: str, types: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Appends rows of plain values to a table in one statement; `types` are those of its columns."""
        columns = list(zip(*rows, strict=True))
        if not columns:
            return
        cells = ", ".join(f"UNNEST(CAST(? AS {kind}[]))" for kind in types)
        with self._faults():
            self._cursor().execute(f"INSERT INTO {quoted(table)} SELECT {cells}", [list(column) for column in columns])

    def load(self, record: Record, table: Table | None) -> Table | None:
        """Makes `raw_<record>`: `_row` and one text column per declared field, whether it was submitted or not.

        Gives the table, of which it is now known where the parts begin that it is put together from. Raises StrictReadError
        when a file turns out to be irregular.
        """
        if table is None:
            self.run(empty(record))
            return None
        match table.source:
            case CsvSource() as source:
                self.read_csv(csv_reading(record, table, source))
            case ParquetSource() as source:
                self._shown |= {part.path: part.shown for part in source.parts}
                for view in parquet_reading(record, table, source):
                    self.run(view)
            case RowsSource(rows):
                self._take(record, table, rows)
            case StreamSource() as source:
                self._stream(record, table, source)
            case PartsSource() as source:
                return replace(table, source=self._join(record, source))
            case _:
                assert_never(table.source)
        return table

    def _take(self, record: Record, table: Table, rows: Rows) -> None:
        """Takes rows that the program reads by itself, batch by batch."""
        self.run(empty(record))
        taken = [column.number for column in table.columns if column.field is not None]
        insertion, begin = rows_reading(record, table, taken), 0
        with self._without(_FOLDS):
            for batch in self.made_before.noted(record.name, insertion, rows.batches(taken)):
                with self._faults():
                    self._cursor().execute(insertion, [begin, len(batch[0]), *parted(batch)])
                begin += len(batch[0])

    def take(self, stream: object) -> list[tuple[object, ...]]:
        """The rows of a small stream of Arrow."""
        return self._streamed(stream, "SELECT * FROM stream")

    def _stream(self, record: Record, table: Table, source: StreamSource) -> None:
        """Takes the rows of a database, and notes what each is known by."""
        try:
            with source.open() as stream:
                columns = self._streamed(stream, "DESCRIBE SELECT * FROM stream")
                self._streamed(stream, stream_reading(record, table, [str(kind) for _, kind, *_ in columns]))
        except duckdb.Error as error:
            raise RecordsError(source.fault(reason_of(error))) from error
        source.keys.clear()
        source.keys.add([key for (key,) in self.rows(f"SELECT _key FROM {raw(record)} ORDER BY _row")])
        self.run(f"ALTER TABLE {raw(record)} DROP COLUMN _key")

    def _streamed(self, stream: object, query: str) -> list[tuple[object, ...]]:
        """What a query about a stream of Arrow gives."""
        import duckdb as _  # noqa: F401, PLC0415 -- what looks into Arrow is set up by the package around the engine

        cursor = self._cursor()
        cursor.register("stream", stream)
        try:
            with interruptible():
                return cursor.execute(query).fetchall()
        finally:
            cursor.unregister("stream")

    def _join(self, record: Record, source: PartsSource) -> PartsSource:
        """Loads the parts one after the other, and puts their rows together."""
        whole, begins = f"parts_{record.name}", [0]
        self.run(empty(record, whole))
        for part in source.tables:
            self.load(record, part)
            self.run(appending(record, whole, begins[-1]))
            ((last,),) = self.rows(f"SELECT COALESCE(MAX(_row), {begins[-1]}) FROM {quoted(whole)}")
            begins.append(last)
            self.run(f"DROP {'VIEW' if isinstance(part.source, ParquetSource) else 'TABLE'} {raw(record)}")
        self.run(f"CREATE TABLE {raw(record)} AS FROM {quoted(whole)}")
        self.run(f"DROP TABLE {quoted(whole)}")
        return source._replace(begins=tuple(begins[:-1]))

    def read_csv(self, reading: str) -> list[tuple[Any, ...]]:
        """Executes a statement that reads a CSV file. Raises StrictReadError when it turns out to be irregular."""
        try:
            with interruptible():
                return self._cursor().execute(reading).fetchall()
        except (duckdb.InvalidInputException, duckdb.ConversionException) as error:
            raise StrictReadError(engine_fault(error)) from error
        except duckdb.Error as error:
            raise self._fault(error) from error

    def own_file(self, name: str) -> Path:
        """A file in the temporary folder of the run."""
        return Path(self._folder) / name

    def check_disk(self) -> None:
        """Raises LimitError where the files that are kept in the temporary folder take more than is allowed."""
        kept = sum(file.stat().st_size for file in Path(self._folder).glob("*.parquet"))
        if self._limits.disk is not None and kept > self._limits.disk:
            raise LimitError(limiting.disk_spent(self._limits.disk, str(Path(self._folder).parent)))

    def describe(self, path: Path) -> ParquetShape:
        """Reads what a Parquet file says of itself. Raises UnreadableParquetError."""
        file = literal(path)
        try:
            ((rows,),) = self._cursor().execute(ROWS.format(file=file)).fetchall()
            tree = self._cursor().execute(COLUMNS.format(file=file)).fetchall()
            bounds = [] if rows <= self.tuning.few_rows else self._cursor().execute(BOUNDS.format(file=file)).fetchall()
            return shape(tree, bounds, rows)
        except duckdb.Error as error:
            raise UnreadableParquetError(reason_of(error)) from error

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
        values = self.given(statement, once)
        return self._cursor().execute(sql, values) if values else self._cursor().execute(sql)

    def _computed(self, work: Callable[[], _T]) -> _T:
        """Does the work; anew, and from now on without taking anything out of TRY, where a number is too great to be computed."""
        try:
            return work()
        except _OVERFLOWS:
            if self._small or _LIFTS in self._disabled:
                raise
            self._disable(_LIFTS)
            return work()

    @contextmanager
    def _without(self, optimizer: str) -> Iterator[None]:
        """Has a large engine do without that optimizer meanwhile; a small one optimizes nothing."""
        if not self._small:
            self._connection.execute(f"SET disabled_optimizers = '{', '.join([*self._disabled, optimizer])}'")
        yield
        if not self._small:
            self._disable()

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
        damaged = [*self._damaged()]
        return RecordsError(*damaged) if damaged else EngineError(engine_fault(error))

    def _damaged(self) -> Iterator[Problem]:
        """The Parquet files that cannot be read to their end: their rows are looked at late, wherever one is asked for."""
        for path, shown in tuple(self._shown.items()):
            try:
                self._connection.cursor().execute(f"SELECT MAX(HASH(file)) FROM READ_PARQUET({literal(path)}) AS file").fetchall()
            except duckdb.Error as error:
                yield broken(shown, reason_of(error))
