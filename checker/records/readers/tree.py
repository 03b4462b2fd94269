"""The parts of a YAML or JSON file: what a submission says of itself, and its tables."""

import difflib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from checker.errors import Place, Problem, RecordsError
from checker.model.blanks import bare
from checker.model.schema import Record
from checker.records.lines import ListedLines
from checker.records.manifest import LISTS, Entry
from checker.records.readers.protocol import Body, Contents, Document, HeadRow, NoTablesError, require_whole
from checker.records.stating.keys import speaks_of_tables
from checker.records.stating.layout import Cut
from checker.records.values import Cell, Column, ListedRows, RowsSource, unreadable, unsplit
from checker.words.message import message

_PARTS = ("submission", "tables")


class Figures(str):
    """The text of a number that stands in a file as one, with a point before its decimals."""

    __slots__ = ()


Cells = Callable[[int, str | None], tuple[int, int] | None]
"""The line and column of the value under a key of a row, which is told by its number from 0; without a key those of the row."""


class Marks(NamedTuple):
    """The line of each row of a table, and where its cells are."""

    lines: Sequence[int] = ()
    cells: Cells | None = None


class Tree(NamedTuple):
    """A file of nested values: where each key stands, and where the rows of each table are.

    The only table of a file that is nothing but a list of rows goes by the empty name.
    """

    value: object
    place: Callable[[tuple[str | int, ...]], Place]
    marks: Callable[[str], Marks]


class TreeTable(NamedTuple):
    """What stands under the name of a table, be it a list of rows or not."""

    name: str
    place: Place
    value: object
    marks: Marks

    def blank(self) -> bool:
        """Whether there is nothing in it."""
        return not self.value

    def head(self, record: Record, cut: Cut | None = None) -> "TreeHead":
        """The keys of the rows; an empty list is a table of all columns without rows. Raises RecordsError."""
        require_whole(cut)
        if not isinstance(self.value, list):
            wrong = message("not-a-list", table=self.name)
            raise RecordsError(Problem("not-a-list", wrong, message("not-a-list-fix"), self.place))
        # A mapping keeps the order of first appearance, which a set would lose.
        keys = list({key: None for row in self.value if isinstance(row, dict) for key in row})
        return TreeHead(self, self.value, keys if self.value else [field.name for field in record.fields])


class TreeHead(NamedTuple):
    """The keys of the rows of a table."""

    table: TreeTable
    values: Sequence[object]
    keys: Sequence[str]
    numbered: bool = False
    notices: tuple[Problem, ...] = ()

    @property
    def rows(self) -> tuple[HeadRow]:
        """The keys."""
        return (HeadRow(self.table.place, self.keys),)

    def filled(self, header: int, columns: Collection[int]) -> Collection[int]:  # noqa: ARG002 -- as of all heads
        """A key that is nothing but blanks may have data."""
        return columns

    def body(self, header: int, columns: tuple[Column, ...]) -> Body:  # noqa: ARG002 -- as of all heads
        """The rows as text."""
        by_key = dict(zip(self.keys, columns, strict=True))
        found = [(number, cells) for number, row in enumerate(self.values) if _said(cells := tuple(_cells(row, by_key)))]
        lines = [self.table.marks.lines[number] for number, _ in found]
        numbers = [number for number, _ in found]
        where = self.table.marks.cells
        at = ListedLines(
            lines, numbered=False, cells=None if where is None else lambda row, header: where(numbers[row - 1], header)
        )
        first = lines[0] if lines else self.table.place.line or 1
        return Body(RowsSource(ListedRows([cells for _, cells in found])), first, at, tuple(self._not_mappings()))

    def _not_mappings(self) -> Iterator[Problem]:
        lines, cells = ListedLines(self.table.marks.lines), self.table.marks.cells
        for number, row in enumerate(self.values, 1):
            if not isinstance(row, dict):
                place = Place(self.table.place.file, lines.at(number))
                if lines.shared(number):
                    begins = cells(number - 1, None) if cells is not None else None
                    place = place._replace(column=begins[1] if begins is not None else None, row=number)
                wrong = message("row-not-a-mapping", table=self.table.name)
                yield Problem("not-a-mapping", wrong, message("row-not-a-mapping-fix"), place)


def contents(tree: Tree, document: Document) -> Contents:
    """The manifest and the tables of a file that is a whole submission, or is a list of rows. Raises RecordsError."""
    if isinstance(tree.value, list):
        return Contents((TreeTable(document.name, tree.place(()), tree.value, tree.marks("")),))
    parts = _mapping(tree, tree.value, ())
    if unknown := [_unknown_part(key, tree.place((key,))) for key in parts if key not in _PARTS]:
        raise (RecordsError if len(unknown) < len(parts) else NoTablesError)(*unknown)
    tables = _mapping(tree, parts.get("tables"), ("tables",)) if parts.get("tables") is not None else {}
    if not tables:
        raise RecordsError(Problem("no-table", message("no-tables"), message("no-tables-fix"), tree.place(())))
    return Contents(
        tuple(TreeTable(name, tree.place(("tables", name)), value, tree.marks(name)) for name, value in tables.items()),
        _entries(tree, parts.get("submission"), ("submission",)),
    )


def manifest_entries(tree: Tree) -> tuple[Entry, ...]:
    """The manifest of a file that is nothing else, under `submission:` or not. Raises RecordsError."""
    if isinstance(tree.value, dict) and list(tree.value) == ["submission"]:
        return _entries(tree, tree.value["submission"], ("submission",))
    return _entries(tree, tree.value, ())


def _entries(tree: Tree, value: object, path: tuple[str, ...]) -> tuple[Entry, ...]:
    if value is None:
        return ()
    entries: list[Entry] = []
    for key, said in _mapping(tree, value, path).items():
        place = tree.place((*path, key))
        if isinstance(said, dict) and speaks_of_tables(key):
            entries += _nested(tree, said, (*path, key), (key,))
            continue
        if isinstance(said, list) and key in LISTS and all(isinstance(each, str) for each in said):
            entries.append(Entry(key, None, place, several=tuple(said)))
            continue
        if said is not None and not isinstance(said, str):
            wrong, fix = message("statement-not-a-value", key=key), message("statement-not-a-value-fix", key=key)
            raise RecordsError(Problem("not-a-value", wrong, fix, place))
        entries.append(Entry(key, said, place))
    return tuple(entries)


def _nested(tree: Tree, value: object, at: tuple[str | int, ...], path: tuple[str, ...]) -> Iterator[Entry]:
    """The texts below a key, each with the way to it; of several mappings in a list the way has the number."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from _nested(tree, below, (*at, key), (*path, key))
    elif isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
        for number, each in enumerate(value):
            yield from _nested(tree, each, (*at, number), (*path, str(number + 1)))
    else:
        key, place = ".".join(path), tree.place(at)
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            yield Entry(key, None, place, several=tuple(value), path=path)
        elif value is None or isinstance(value, str):
            yield Entry(key, value, place, path=path)
        else:
            wrong, fix = message("statement-not-a-value", key=key), message("statement-not-a-value-fix", key=key)
            raise RecordsError(Problem("not-a-value", wrong, fix, place))


def _mapping(tree: Tree, value: object, path: tuple[str, ...]) -> Mapping[str, object]:
    if isinstance(value, dict):
        return value
    wrong = message("part-not-a-mapping", part=path[-1]) if path else message("file-not-a-mapping")
    raise (RecordsError if path else NoTablesError)(
        Problem("not-a-mapping", wrong, message("not-a-mapping-fix"), tree.place(path))
    )


def _unknown_part(key: str, place: Place) -> Problem:
    near = difflib.get_close_matches(key, _PARTS, n=1)
    fix = message("suggestion", near=near[0]) if near else message("unknown-part-fix")
    return Problem("unknown-key", message("unknown-part", key=key), fix, place)


def _said(cells: Iterable[Cell]) -> bool:
    """Whether any cell of a row is filled."""
    return any(cell is not None and bare(cell) for cell in cells)


def _cells(row: object, columns: Mapping[str, Column]) -> Iterator[Cell]:
    """The cells under the keys of a row; of each key its column is known."""
    if not isinstance(row, dict):
        yield from [unsplit(row if isinstance(row, str) else _text(row))] * len(columns)
        return
    for key, column in columns.items():
        value = row.get(key)
        if isinstance(value, Figures):
            value = value.replace(".", column.decimal)
        if isinstance(value, list) and column.listed and all(isinstance(each, str) for each in value):
            # The elements stay apart, whatever signs there are in them.
            value = _text([str(each) for each in value]) if value else None
        yield value or None if value is None or isinstance(value, str) else unreadable(_text(value))


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
