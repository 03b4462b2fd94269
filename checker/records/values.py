"""What a submission is once it has been read: tables of text that remember where every row came from."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple, Protocol, TypeAlias

from checker.errors import Place, Problem
from checker.model.period import Period
from checker.model.schema import Stated
from checker.records.lines import KeyedRows, Lines
from checker.records.stating.layout import Statement

Cell = str | None
"""The text of a cell; None is an empty one."""

_CELL = 10
"""How many bytes of text a cell has, roughly."""

BATCH = 10_000
"""So many rows are given to the engine at a time."""

UNREADABLE = "\ufffd"
"""A cell whose text begins with this sign is unreadable, whatever its field; what follows is what was found there."""

UNSPLIT = UNREADABLE + "\x02"
"""So begins a filled cell of a row that could not be split into cells: nothing is wrong with the cell by itself."""

OPEN = UNREADABLE + "\x01"
"""The cell of an end of a lifespan whose column was not submitted: what it holds is not known, and existence is open there."""


def unreadable(text: str) -> str:
    """The cell that stands for something that cannot be read."""
    return text if text.startswith(UNREADABLE) else UNREADABLE + text


def unsplit(text: str) -> str:
    """The cell that was perhaps found in a row that could not be split into cells."""
    return UNSPLIT + text if text else UNREADABLE


class Manifest(NamedTuple):
    """What a submission says of itself. None is: it does not say. `rulebook_at` is where it names the rulebook."""

    rulebook: str | None = None
    period: Period | None = None
    as_of: date | None = None
    submitted_by: str | None = None
    title: str | None = None
    encoding: str | None = None
    waivers: str | None = None
    parts: str | None = None
    stated: Stated = Stated()
    every_row: bool = False
    rulebook_at: Place | None = None
    tables: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class CsvSource:
    """A well-encoded (UTF-8) file for the engine to read by itself.

    `skip` counts the records up to and including the header, each blank line being one. Blank lines after it are no
    rows; no other row is blank throughout. `keep` holds on to the temporary directory that the file may lie in.
    """

    path: Path
    delimiter: str
    skip: int
    keep: object = field(default=None, repr=False, compare=False)


Batch = Sequence[Sequence[str]]
"""Some rows, column by column; an empty cell is the empty text."""


class Rows(Protocol):
    """Rows that are read when they are asked for: a cell for each column, and none that is blank throughout."""

    def __len__(self) -> int:
        """How many they are, or, before they were read for the first time, at most are."""

    def batches(self, columns: Sequence[int]) -> Iterator[Batch]:
        """The rows in their order, some at a time; of each the columns of those numbers."""


class ListedRows(NamedTuple):
    """Rows that are at hand."""

    rows: Sequence[tuple[Cell, ...]]

    def __len__(self) -> int:
        return len(self.rows)

    def batches(self, columns: Sequence[int]) -> Iterator[Batch]:
        """The rows in their order, some at a time; of each the columns of those numbers."""
        for start in range(0, len(self.rows), BATCH):
            some = self.rows[start : start + BATCH]
            yield [[row[number - 1] or "" for row in some] for number in columns]


class RowsSource(NamedTuple):
    """Rows that the program reads by itself, and gives to the engine in batches."""

    rows: Rows


class ParquetColumn(NamedTuple):
    """One column of a Parquet file: its header, the engine's name for its type, and what the file tells of its cells.

    It is `filled` if none of them is empty or blank; of `days` if all of them are days of the years 1 to 9999, or empty;
    `repeated` if it is text of which each cell is written once, and then referred to; and `plain` if it is known that all
    texts are such as they are compared, without anything to trim or to normalise.
    """

    header: str
    type: str
    filled: bool = False
    days: bool = False
    repeated: bool = False
    plain: bool = False


class ParquetShape(NamedTuple):
    """What a Parquet file says of itself: its columns in their order, how many rows it has, and whether any may be blank.

    Its texts have so many bytes, `packed` and `unpacked`; `longest` is the longest of them, if some may be very long.
    """

    columns: tuple[ParquetColumn, ...]
    rows: int
    blank_rows: bool = True
    packed: int = 0
    unpacked: int = 0
    longest: int = 0

    @property
    def bomb(self) -> bool:
        """Whether its texts are packed more tightly than those of any table."""
        return self.unpacked > _LARGE and self.unpacked > _PACKED * self.packed


_LARGE, _PACKED = 100_000_000, 200
"""Of so many bytes it is looked at by how much they are packed: figures and words are by 5 to 30."""

Describe = Callable[[Path], ParquetShape]
"""Reads what a Parquet file says of itself. Raises UnreadableParquetError."""


Take = Callable[[object], list[tuple[object, ...]]]
"""The rows of a small stream of Arrow."""


class UnreadableParquetError(ValueError):
    """A file is no Parquet file that can be read; says why."""


class ParquetPart(NamedTuple):
    """One of the files that the rows of a table are in, what messages call it, and how many rows there are before its own."""

    path: Path
    shown: str
    begin: int = 0


@dataclass(frozen=True, slots=True)
class ParquetSource:
    """Parquet files of the same columns for the engine to read by itself. `keep` is that of `CsvSource`.

    Where none of the columns is filled, some rows may be blank throughout: these are no rows. Of rows that are set `apart` the
    engine has a table.
    """

    parts: tuple[ParquetPart, ...]
    shape: ParquetShape
    keep: object = field(default=None, repr=False, compare=False)
    apart: bool = False

    @property
    def paths(self) -> tuple[Path, ...]:
        """Where the files lie."""
        return tuple(part.path for part in self.parts)


@dataclass(frozen=True, slots=True)
class StreamSource:
    """The rows of a table of a database, which gives them as a stream of Arrow: first what each is known by, then its cells.

    `fault` is the problem of a stream that breaks off; `rows` is how many rows there are, roughly.
    """

    open: Callable[[], AbstractContextManager[object]]
    fault: Callable[[str], Problem]
    keys: KeyedRows
    rows: int


class PartsSource(NamedTuple):
    """The rows of several tables of one record, one after the other. When they have been read it is known where each begins."""

    tables: "tuple[Table, ...]"
    begins: tuple[int, ...] = ()


Source: TypeAlias = "CsvSource | ParquetSource | RowsSource | StreamSource | PartsSource"
"""The rows of a table, as the engine is given them."""


class Column(NamedTuple):
    """One submitted column: its header as written, its 1-based number, and the declared field it was matched to.

    `near` is the field that is not there and that the header may be misspelt for; it is `strange` if nobody knows the column.
    `decimal` stands before the decimals of numbers in its text: of cells that hold numbers and no text, a reader writes it so.
    In a column that `fills` an empty cell means what stands above. Of one that is `listed` a cell may be a list.
    """

    header: str
    number: int
    field: str | None = None
    near: str | None = None
    strange: bool = False
    decimal: str = "."
    fills: bool = False
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The rows submitted for one record, with their columns in source order. `first_line` is that of the first row.

    `given` are the values that all its rows have of some fields, by the name of its file or sheet. Of the fields to `fill_down`
    an empty cell means what stands above.
    """

    record: str
    file: str
    sheet: str | None
    source: Source
    columns: tuple[Column, ...]
    first_line: int
    lines: Lines = field(repr=False, compare=False)
    given: tuple[tuple[str, str], ...] = ()
    fill_down: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """How many bytes of text it has, roughly."""
        match self.source:
            case CsvSource(path):
                return path.stat().st_size
            case ParquetSource(shape=shape):
                return _CELL * len(self.columns) * shape.rows
            case RowsSource(rows):
                return _CELL * len(self.columns) * len(rows)
            case StreamSource(rows=count):
                return _CELL * len(self.columns) * count
            case PartsSource(tables):
                return sum(table.size for table in tables)

    def has(self, field: str) -> bool:
        """Whether there is a column of that field, or a value that all rows have."""
        return any(column.field == field for column in self.columns) or any(name == field for name, _ in self.given)

    def place(self, row: int, field: str | None = None) -> Place:
        """Where a data row, counted from 1, stands, or its cell in the column of that field."""
        if isinstance(self.source, PartsSource):
            part = bisect_right(self.source.begins, row - 1) - 1
            return self.source.tables[part].place(row - self.source.begins[part], field)
        if isinstance(self.source, ParquetSource) and len(self.source.parts) > 1:
            part_of = self.source.parts[bisect_right(self.source.parts, row - 1, key=lambda each: each.begin) - 1]
            return Place(part_of.shown, row - part_of.begin)
        column = next((each for each in self.columns if each.field == field), None) if field is not None else None
        if (key := self.lines.key(row)) is not None:
            return Place(self.file, sheet=self.sheet, key=key)
        nth = row if self.lines.shared(row) else None
        line, at = self.lines.at(row), None
        if (cell := self.lines.cell(row, None if column is None else column.header)) is not None:
            line, at = cell
        elif column is not None and self.lines.numbered:
            at = column.number
        return Place(self.file, line, at, self.sheet, nth, numbered=self.sheet is None and not self.lines.characters)


class Submission(NamedTuple):
    """The tables that were found for the declared records, in the order of the records.

    `unreadable` names the records that were handed in but have no table here, with the place of what was handed in;
    each of them has its problem. It `sets_apart` rows that are no rows of their table.
    """

    tables: tuple[Table, ...]
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()
    unreadable: tuple[tuple[str, Place], ...] = ()
    sets_apart: bool = True


class Reading(NamedTuple):
    """What came of reading one table: no table if it could not be read, and then at least one problem."""

    table: Table | None
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()
