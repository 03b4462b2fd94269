"""Walks over the records of a CSV file with the line each begins on, and fixes what a strict reader refuses."""

from __future__ import annotations

import csv
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from checker.errors import Place, Problem, RecordsError
from checker.model.blanks import bare
from checker.records.limits import Limits
from checker.records.lines import ListedLines
from checker.records.values import BATCH, UNREADABLE, Batch, Cell, CsvSource, PartsSource, RowsSource, Table, unreadable, unsplit
from checker.words.message import message

csv.field_size_limit(Limits().cell)  # a cell may hold the minutes of a year; by default, 131,072 signs are an error

_MOST = 100_000
"""A file of more rows that cannot be told apart is no table; each of them would be kept in memory."""

_NAMED_EACH = 20
"""How many bad rows of one kind are named one by one."""


class CsvRecord(NamedTuple):
    """One record and its first line; if quotes went wrong, at line `broken`, then it is a mere line of text."""

    line: int
    cells: list[str]
    broken: int | None = None


def csv_records(file: Path, delimiter: str) -> Iterator[CsvRecord]:
    """Every record of a UTF-8 file, blank lines included (without cells).

    Where quotes are wrong, every line that they swallow is a record of its own, and reading goes on after them.
    """
    tape: list[str] = []

    def taped() -> Iterator[str]:
        for text in stream:
            tape.append(text)
            yield text

    with file.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.reader(taped(), delimiter=delimiter, strict=True, skipinitialspace=True)
        line = 1
        while True:
            try:
                yield CsvRecord(line, next(reader))
            except StopIteration:
                return
            except csv.Error:
                for number, text in enumerate(tape, line):
                    cells = text.rstrip("\r\n").split(delimiter)
                    yield CsvRecord(number, [] if cells == [""] else cells, line)
            line += len(tape)
            tape.clear()


class CsvLines:
    """The lines of the rows of a CSV file that the engine reads: counted if that is enough, else looked up."""

    numbered = True
    characters = False

    def __init__(self, source: CsvSource, header_line: int, *, blank_lines: bool, quotes: bool) -> None:
        """`blank_lines` and `quotes` say whether there are any in the file."""
        self._source = source
        self._header_line = header_line
        self._blank_lines = blank_lines
        self._quotes = quotes
        self._steps: list[tuple[int, int]] | None = None

    def at(self, row: int) -> int:
        """The line of a data row, counted from 1."""
        if self._steps is None:
            self._steps = [] if self._is_even() else list(self._scan())
        index = bisect_right(self._steps, row, key=lambda step: step[0]) - 1
        return row + (self._steps[index][1] if index >= 0 else self._header_line)

    def shared(self, row: int) -> bool:  # noqa: ARG002 -- as of all lines
        """Every row of a CSV file begins on a line of its own."""
        return False

    def cell(self, row: int, header: str | None) -> tuple[int, int] | None:  # noqa: ARG002 -- as of all lines
        """Columns have numbers."""
        return None

    def key(self, row: int) -> str | None:  # noqa: ARG002 -- as of all lines
        """There are lines."""
        return None

    def _is_even(self) -> bool:
        """Whether every line is one row: none is blank, and quotes are closed on the line on which they are opened."""
        if self._blank_lines or not self._quotes:
            return not self._blank_lines
        with self._source.path.open(encoding="utf-8", newline="") as stream:
            return all(line.count('"') % 2 == 0 for line in stream)

    def _scan(self) -> Iterator[tuple[int, int]]:
        """(first row, line minus row) wherever that difference changes."""
        source, row, shift = self._source, 0, None
        for record in islice(csv_records(source.path, source.delimiter), source.skip, None):
            if record.cells:
                row += 1
                if record.line - row != shift:
                    shift = record.line - row
                    yield row, shift


class RepairedRows:
    """The rows of a CSV file of which every cell of a row that cannot be told apart is unreadable.

    They are looked through when they are made, for their `lines` and what is wrong with them, and read once more when they are
    asked for, so that those of a large file need not be held. Blank rows are none, nor are lines that are to be `left_out`.
    """

    def __init__(self, source: CsvSource, width: int, bad: _BadRows, left_out: Callable[[int], bool] | None) -> None:
        """`width` is the number of cells of a whole row. Raises RecordsError where too many rows are `bad`."""
        self._source, self._width, self._left_out = source, width, left_out
        self.lines = array("q")
        for record in self._records():
            self.lines.append(record.line)
            if self._is_broken(record):
                bad.note(record, width)
            else:
                for number, text in enumerate(record.cells, 1):
                    if _is_odd(text):
                        bad.note_cell(record.line, number)

    def __len__(self) -> int:
        return len(self.lines)

    def batches(self, columns: Sequence[int]) -> Iterator[Batch]:
        """The rows in their order, some at a time; of each the columns of those numbers."""
        rows = map(self._cells, self._records())
        while some := list(islice(rows, BATCH)):
            yield [[row[number - 1] or "" for row in some] for number in columns]

    def _records(self) -> Iterator[CsvRecord]:
        for record in islice(csv_records(self._source.path, self._source.delimiter), self._source.skip, None):
            if any(map(bare, record.cells)) and not (self._left_out is not None and self._left_out(record.line)):
                while len(record.cells) > self._width and not bare(record.cells[-1]):
                    record.cells.pop()
                yield record

    def _is_broken(self, record: CsvRecord) -> bool:
        return record.broken is not None or len(record.cells) != self._width

    def _cells(self, record: CsvRecord) -> list[Cell]:
        if self._is_broken(record):
            return [unsplit(cell) for cell in (record.cells + [""] * self._width)[: self._width]]
        return [unreadable(cell) if _is_odd(cell) else cell for cell in record.cells]


def _is_odd(text: str) -> bool:
    """Whether there are signs in a cell that no text has."""
    return "\0" in text or UNREADABLE in text


def repair(table: Table, left_out: Callable[[int], bool] | None = None) -> tuple[Table, tuple[Problem, ...]]:
    """The same table with rows instead of a file: every cell of a row that cannot be told apart is unreadable.

    Nothing is left out but blank rows, and lines that are to be `left_out`; each row that cannot be told apart has its problem
    (beyond twenty of a kind, one for the rest). Raises RecordsError where they are too many.
    """
    source = table.source
    if isinstance(source, PartsSource):
        parts, problems = zip(*map(repair, source.tables), strict=True)
        return replace(table, source=source._replace(tables=parts)), tuple(chain.from_iterable(problems))
    if not isinstance(source, CsvSource):
        return table, ()
    bad = _BadRows(table.file)
    rows = RepairedRows(source, len(table.columns), bad, left_out)
    return replace(table, source=RowsSource(rows), lines=ListedLines(rows.lines)), bad.problems()


class _BadRows:
    """Collects what is wrong with the rows of one file, naming only the first rows of each kind."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._found: dict[str, list[Problem]] = {}
        self._count: dict[str, int] = {}
        self._broken: set[int] = set()
        self._rows = 0

    def note(self, record: CsvRecord, width: int) -> None:
        """Notes a row that has the wrong number of cells, or was swallowed by quotes. Raises RecordsError of too many."""
        self._rows += 1
        if self._rows > _MOST:
            (first, *_), *_ = self._found.values()
            raise RecordsError(
                first, Problem("too-many-bad-rows", message("too-many-bad-rows", n=_MOST), first.fix, Place(self._file))
            )
        if record.broken is None:
            wrong = message("ragged-row", n=len(record.cells), width=width)
            self._add(Problem("ragged-row", wrong, message("ragged-row-fix"), Place(self._file, record.line)))
        elif record.broken not in self._broken:
            self._broken.add(record.broken)
            place = Place(self._file, record.broken)
            self._add(Problem("broken-quotes", message("broken-quotes"), message("broken-quotes-fix"), place))

    def note_cell(self, line: int, number: int) -> None:
        """Notes a cell with signs in it that no text has."""
        wrong = message("not-text", number=str(number))
        self._add(Problem("not-text", wrong, message("not-text-fix"), Place(self._file, line, number, numbered=True)))

    def _add(self, problem: Problem) -> None:
        self._count[problem.code] = self._count.get(problem.code, 0) + 1
        named = self._found.setdefault(problem.code, [])
        if len(named) < _NAMED_EACH:
            named.append(problem)

    def problems(self) -> tuple[Problem, ...]:
        """All that was found, by kind and line."""
        said: list[Problem] = []
        for code, named in self._found.items():
            said += named
            if (more := self._count[code] - len(named)) > 0:
                last = named[-1].place.line if named[-1].place else 0
                rest = message("more-of-the-same", n=more, line=str(last))
                said.append(Problem(code, rest, named[-1].fix, Place(self._file)))
        return tuple(said)
