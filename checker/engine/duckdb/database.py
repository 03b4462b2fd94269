"""DuckDB, the embedded engine: the tables of a submission, on files and in memory."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, assert_never

import _duckdb as duckdb  # the engine itself: the package `duckdb` around it takes three times as long to load

from checker.engine.duckdb import keeping
from checker.engine.duckdb.faults import engine_fault, interruptible, reason_of
from checker.engine.duckdb.macros import MACROS
from checker.engine.duckdb.parquet import BOUNDS, COLUMNS, ROWS, TEXTS, file_of, is_plain, longest_of, shape
from checker.engine.duckdb.sources import (
    appending,
    csv_reading,
    empty,
    kinds,
    parquet_reading,
    parted,
    rows_reading,
    stream_reading,
)
from checker.engine.duckdb.statements import Connected
from checker.engine.limits import disk_spent
from checker.engine.protocol import StrictReadError
from checker.errors import LimitError, RecordsError
from checker.model.quoting import literal, quoted
from checker.model.sql import Sql
from checker.records.values import (
    CsvSource,
    ParquetShape,
    ParquetSource,
    PartsSource,
    RowsSource,
    StreamSource,
    UnreadableParquetError,
)
from checker.tables.names import raw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checker.model.kinds import Kinds
    from checker.model.schema import Record
    from checker.records.values import Rows, Table

_FOLDS = "expression_rewriter"
"""It splits the texts that are handed over into cells before the statement runs, and then carries each of them along."""


class Duck(Connected):
    """The engine of a run (`checker.engine.protocol.Engine`): what it connects to, and the tables of a submission."""

    def make(self, record: Record, statement: Sql | str) -> None:
        """Makes `t_<record>`, of `raw_<record>` alone; beside others it is copied where the same was made before."""
        for each in self.made_before.making(record.name, statement, self.given(statement, {})):
            self.run(each)

    def changed(self, record: Record) -> None:
        """The rows of `raw_<record>` are not any more those that were loaded."""
        self.made_before.changed(record.name)

    @property
    def macros(self) -> Mapping[str, str]:
        """What the statements about cells have in common: by name and parameters, an expression."""
        return MACROS

    def kinds(self, record: Record, table: Table | None) -> Kinds:
        """The columns that the table is made of, with the kinds of those that need not be read as any text is."""
        return kinds(record, table)

    def keep(self, record: Record, table: Table) -> Table:
        """The table of a CSV file as a Parquet file. Raises StrictReadError as `load` does."""
        return keeping.kept(self, record, table)

    def proven(self, record: Record, table: Table, trusted: Collection[str]) -> Table:
        """A table of files, with it noted of each column of text whether all of its texts are plain; the trusted fields are."""
        return keeping.proven(self, record, table, trusted)

    def set_down(self, view: str) -> None:
        """Computes the rows of a view once: from then on it shows a Parquet file of them."""
        path = self.own_file(f"{view}.{next(self._numbers)}.parquet")
        self.run(f"COPY (FROM {quoted(view)}) TO {literal(path)} (FORMAT parquet)")
        self.check_disk()
        self.run(f"CREATE OR REPLACE VIEW {quoted(view)} AS FROM READ_PARQUET({literal(path)})")

    def plain(self, texts: str) -> bool:
        """Whether all texts of a query for one column, `cell`, are plain: as they are, they are the values."""
        ((odd,),) = self.rows(f"SELECT COUNT_IF(NOT {is_plain('cell')}) FROM ({texts})")
        return not odd

    def unfilled(self, record: Record, table: Table | None, names: Collection[str]) -> str:
        """The condition that some row of a table, as it was loaded, has no cell in one of these fields."""
        if table is None or not isinstance(table.source, ParquetSource):
            return f"EXISTS (FROM {raw(record)} WHERE {' OR '.join(f'{quoted(name)} IS NULL' for name in names)})"
        # Where no cell of a column is empty, the statistics of a file tell it, if it is asked of that column alone.
        file = file_of(table.source.paths, len(table.source.shape.columns))
        numbers = [column.number for column in table.columns if column.field in names]
        return f"({' OR '.join(f'EXISTS (FROM {file} WHERE c{number} IS NULL)' for number in numbers)})"

    def script(self, record: Record, table: Table) -> tuple[str, ...]:
        """The statements that make `raw_<record>` of a file wherever it is; none of what is not read from a file as it is."""
        match table.source:
            case CsvSource(keep=None) as source:
                return (csv_reading(record, table, source),)
            case ParquetSource(keep=None) as source:
                return parquet_reading(record, table, source)
            case _:
                return ()

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
        taken = [column.number for column in table.columns if column.field is not None and record.field(column.field) is not None]
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
        # What was noted is what the last part says.
        self.made_before.changed(record.name)
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
            raise LimitError(disk_spent(self._limits.disk, str(Path(self._folder).parent)))

    def describe(self, path: Path) -> ParquetShape:
        """Reads what a Parquet file says of itself. Raises UnreadableParquetError."""
        file = literal(path)
        try:
            ((rows,),) = self._cursor().execute(ROWS.format(file=file)).fetchall()
            tree = self._cursor().execute(COLUMNS.format(file=file)).fetchall()
            bounds = [] if rows <= self.tuning.few_rows else self._cursor().execute(BOUNDS.format(file=file)).fetchall()
            ((unpacked, packed, wide),) = self._cursor().execute(TEXTS.format(file=file)).fetchall()
            found = shape(tree, bounds, rows)._replace(unpacked=unpacked, packed=packed)
            longest = None if found.bomb else longest_of(found, wide, path)
            ((most,),) = [(0,)] if longest is None else self._cursor().execute(longest).fetchall()
            return found._replace(longest=most)
        except duckdb.Error as error:
            self.revive(error)
            raise UnreadableParquetError(reason_of(error)) from error

    @contextmanager
    def _without(self, optimizer: str) -> Iterator[None]:
        """Has a large engine do without that optimizer meanwhile; a small one optimizes nothing."""
        if not self._small:
            self._connection.execute(f"SET disabled_optimizers = '{', '.join([*self._disabled, optimizer])}'")
        yield
        if not self._small:
            self._disable()
