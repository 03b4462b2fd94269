"""What a run needs of an engine. `checker.api`, and who else makes an engine, choose which one it is; no other module knows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from checker.errors import EngineError

if TYPE_CHECKING:
    from checker.model.kinds import Kinds
    from checker.model.schema import Record
    from checker.model.sql import Sql
    from checker.records.values import ParquetShape, Table
    from checker.request import Tuning
    from checker.tables.schema import RunTable

_T = TypeVar("_T")


class StrictReadError(EngineError):
    """A file is not the regular table that its header promises; it must be repaired before it is read."""


class Statements(Protocol):
    """Runs statements over tables, with values and tables that are given by name."""

    tuning: Tuning

    @property
    def version(self) -> str:
        """The name and version of the engine."""

    def set(self, parameters: Mapping[str, object]) -> None:
        """Gives values to the parameters that statements name."""

    def read(self, tables: Mapping[str, str]) -> None:
        """From now on statements that name one of these tables of rows (`checker.tables.readings`) read what is given for it."""

    def run(self, statement: Sql | str, **parameters: object) -> None:
        """Executes a statement whose result is not wanted; a text needs just these `parameters`, which hold for this once."""

    def rows(self, statement: Sql | str, **parameters: object) -> list[tuple[Any, ...]]:
        """All rows that a statement gives; a text needs just these `parameters`, which hold for this once."""

    def table(self, name: str, query: Sql | str, **parameters: object) -> None:
        """Makes a table of what a query gives, in place of one of that name; as to parameters, see `run`."""

    def empty(self, table: RunTable) -> None:
        """Makes a table without rows, in place of that of an earlier run over the same tables."""

    def once(self, statement: str) -> None:
        """Makes a table of nothing else, whatever was submitted; databases beside each other share it."""

    def insert(self, table: RunTable, rows: Iterable[Sequence[object]]) -> None:
        """Appends rows of plain values to a table in one statement."""

    def each(self, work: Callable[[_T], None], items: Iterable[_T], size: Callable[[_T], int]) -> None:
        """Does the work for all items, side by side if that is faster, the largest first; they must not hang together."""

    def copy(self, query: str, path: Path, options: str) -> None:
        """Writes what a query gives to a file. Raises OSError where that cannot be written."""

    def given(self, statement: Sql | str, once: Mapping[str, object]) -> dict[str, object]:
        """The values of the parameters that a statement needs; `once` hold for this statement."""


class Submitted(Protocol):
    """Reads what was submitted, and makes of each record `raw_<record>`, a table of texts, and `t_<record>`, one of values."""

    def describe(self, path: Path) -> ParquetShape:
        """Reads what a Parquet file says of itself. Raises UnreadableParquetError."""

    def take(self, stream: object) -> list[tuple[object, ...]]:
        """The rows of a small stream of Arrow."""

    def load(self, record: Record, table: Table | None) -> Table | None:
        """Makes `raw_<record>`: `_row` and one text column per declared field, whether it was submitted or not.

        Gives the table, of which it is now known where the parts begin that it is put together from. Raises StrictReadError
        when a file turns out to be irregular.
        """

    def keep(self, record: Record, table: Table) -> Table:
        """The table of a CSV file in a form that is quicker to read again. Raises StrictReadError as `load` does."""

    def proven(self, record: Record, table: Table, trusted: Collection[str]) -> Table:
        """A table of files, with it noted of each column of text whether all of its texts are plain; the trusted fields are."""

    def set_down(self, view: str) -> None:
        """Computes the rows of a view once: from then on it shows what was computed."""

    def plain(self, texts: str) -> bool:
        """Whether all texts of a query for one column, `cell`, are plain: as they are, they are the values."""

    def kinds(self, record: Record, table: Table | None) -> Kinds:
        """The columns that the table is made of, with the kinds of those that need not be read as any text is."""

    def make(self, record: Record, statement: Sql | str) -> None:
        """Makes `t_<record>`, of `raw_<record>` alone, or of what else `kinds` names."""

    def changed(self, record: Record) -> None:
        """The rows of `raw_<record>` are not any more those that were loaded."""

    def unfilled(self, record: Record, table: Table | None, names: Collection[str]) -> str:
        """The condition that some row of a table, as it was loaded, has no cell in one of these fields."""

    def script(self, record: Record, table: Table) -> tuple[str, ...]:
        """The statements that make `raw_<record>` of a file wherever it is; none of what is not read from a file as it is."""

    @property
    def macros(self) -> Mapping[str, str]:
        """What the statements about cells have in common: by name and parameters, an expression."""


class Engine(Statements, Submitted, Protocol):
    """Both, for one run."""

    def expect(self, *, small: bool) -> None:
        """Prepares for a small submission, or for a large one."""

    def join_as_written(self) -> None:
        """From now on what is joined to a table is kept in memory, and not that table, whatever the engine expects of them."""
