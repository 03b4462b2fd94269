"""Where the rows of a table stand in what was submitted."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol


class Lines(Protocol):
    """Tells the line of a file, or the row of a sheet, on which a data row begins."""

    @property
    def numbered(self) -> bool:
        """Whether columns have numbers there: true of CSV files and sheets, not of YAML and JSON."""

    @property
    def characters(self) -> bool:
        """Whether the column of a cell counts the characters of its line: true of YAML and JSON."""

    def at(self, row: int) -> int:
        """The line of a data row, counted from 1."""

    def shared(self, row: int) -> bool:
        """Whether other rows stand on the line of a data row."""

    def cell(self, row: int, header: str | None) -> tuple[int, int] | None:
        """The line and column of a cell, where it has a place of its own.

        Without a header it is the cell that the whole row was made of, if it is only one, or where a row begins beside others.
        """

    def key(self, row: int) -> str | None:
        """What the row is known by, where there are no lines."""


class ListedLines(NamedTuple):
    """The line of every data row, written down while reading."""

    lines: Sequence[int]
    numbered: bool = True
    cells: Callable[[int, str | None], tuple[int, int] | None] | None = None

    @property
    def characters(self) -> bool:
        """Whether the column of a cell counts the characters of its line."""
        return self.cells is not None

    def at(self, row: int) -> int:
        """The line of a data row, counted from 1."""
        return self.lines[row - 1]

    def shared(self, row: int) -> bool:
        """Whether other rows stand on the line of a data row."""
        return list(self.lines[max(row - 2, 0) : row + 1]).count(self.lines[row - 1]) > 1

    def cell(self, row: int, header: str | None) -> tuple[int, int] | None:
        """The line and column of a cell; of what is not there, where the row begins if others share its line."""
        if self.cells is None:
            return None
        found = self.cells(row, header) if header is not None else None
        return self.cells(row, None) if found is None and self.shared(row) else found

    def key(self, row: int) -> str | None:  # noqa: ARG002 -- as of all lines
        """There are lines."""
        return None


class RowNumbers(NamedTuple):
    """The rows of a file that has no lines: each has its own number."""

    numbered: bool = False
    characters: bool = False

    def at(self, row: int) -> int:
        """The number of a data row, counted from 1."""
        return row

    def shared(self, row: int) -> bool:  # noqa: ARG002 -- as of all lines
        """No other row has the same number."""
        return False

    def cell(self, row: int, header: str | None) -> tuple[int, int] | None:  # noqa: ARG002 -- as of all lines
        """A cell has no place of its own."""
        return None

    def key(self, row: int) -> str | None:  # noqa: ARG002 -- as of all lines
        """A row has a number."""
        return None


class KeyedRows:
    """The rows of a table of a database: each has a key, or, if the table has none, a number in the order of its cells."""

    numbered = False
    characters = False

    def __init__(self) -> None:
        self._keys: list[str] = []

    def clear(self) -> None:
        """Forgets all keys, since the rows are read anew."""
        self._keys.clear()

    def add(self, keys: Sequence[str]) -> None:
        """Notes the keys of the next rows."""
        self._keys += keys

    def at(self, row: int) -> int:
        """The number of a data row, counted from 1."""
        return row

    def shared(self, row: int) -> bool:  # noqa: ARG002 -- as of all lines
        """No other row has the same number."""
        return False

    def cell(self, row: int, header: str | None) -> tuple[int, int] | None:  # noqa: ARG002 -- as of all lines
        """A cell has no place of its own."""
        return None

    def key(self, row: int) -> str | None:
        """The key of a row, such as `id=17`; its number where the table has no key."""
        return (self._keys[row - 1] if row <= len(self._keys) else None) or f"row {row}"
