"""The parts of a YAML or JSON file: what a submission says of itself, and its tables."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from checker.errors import Place, Problem, RecordsError
from checker.model.blanks import bare
from checker.model.schema import Record
from checker.records.manifest import Entry
from checker.records.matching import match_columns
from checker.records.values import Cell, Column, ListedLines, Reading, RowsSource, Table, unreadable, unsplit

_PARTS = ("submission", "tables")


@dataclass(frozen=True, slots=True)
class Tree:
    """A file of nested values: where each key stands, and the lines of the rows of each table."""

    value: object
    place: Callable[[tuple[str, ...]], Place]
    lines: Callable[[str], Sequence[int]]


@dataclass(frozen=True, slots=True)
class TreeTable:
    """What stands under the name of a table, be it a list of rows or not; `lines` are theirs."""

    name: str
    place: Place
    value: object
    lines: Sequence[int]

    def blank(self) -> bool:
        """Whether there is nothing in it."""
        return not self.value

    def read(self, record: Record) -> Reading:
        """The rows as text. An empty list is a table of all columns without rows."""
        if not isinstance(self.value, list):
            fix = "Write a list of mappings, or [] if there are no rows."
            return Reading(None, (Problem("not-a-list", f"'{self.name}' is not a list of rows", fix, self.place),))
        if not self.value:
            columns = tuple(Column(field.name, number, field.name) for number, field in enumerate(record.fields, 1))
            return Reading(self._table(record, columns, ()))
        # A mapping keeps the order of first appearance, which a set would lose.
        keys = list({key: None for row in self.value if isinstance(row, dict) for key in row})
        matched = match_columns(record, list(enumerate(keys, 1)), self.place, numbered=False)
        problems = (*matched.problems, *self._not_mappings(self.value))
        if not matched.known:
            return Reading(None, problems, matched.notices)
        filled = [
            (cells, line) for row, line in zip(self.value, self.lines, strict=True) if _said(cells := tuple(_cells(row, keys)))
        ]
        table = self._table(record, matched.columns, [cells for cells, _ in filled], [line for _, line in filled])
        return Reading(table, problems, matched.notices)

    def _table(
        self, record: Record, columns: tuple[Column, ...], rows: Sequence[tuple[Cell, ...]], at: Sequence[int] = ()
    ) -> Table:
        first = at[0] if at else self.place.line or 1
        lines = ListedLines(at, numbered=False)
        return Table(record.name, self.place.file, None, RowsSource(rows), columns, first, lines)

    def _not_mappings(self, rows: Iterable[object]) -> Iterator[Problem]:
        lines = ListedLines(self.lines)
        for number, row in enumerate(rows, 1):
            if not isinstance(row, dict):
                place = Place(self.place.file, lines.at(number), row=number if lines.shared(number) else None)
                what = f"this row of '{self.name}' is not a mapping; all of its cells are unreadable"
                yield Problem("not-a-mapping", what, "Write {field: value, …}.", place)


def read_yaml(file: Path, shown: str, most: int) -> Tree:
    """Reads a YAML file of at most so many bytes. Raises RecordsError."""
    from checker.yaml_tree import YamlError, load  # noqa: PLC0415 -- only YAML pays for the parser

    try:
        document = load(file, shown, most)
    except YamlError as error:
        raise RecordsError(*error.problems) from error

    def lines(name: str) -> Sequence[int]:
        tables = document.value["tables"] if isinstance(document.value, dict) else None
        rows = tables[name] if isinstance(tables, dict) else None
        count = len(rows) if isinstance(rows, list) else 0
        return [document.places["tables", name, index].line or 1 for index in range(count)]

    return Tree(document.value, lambda path: document.places[path], lines)


def submission_parts(tree: Tree) -> tuple[tuple[Entry, ...], tuple[TreeTable, ...]]:
    """The manifest and the tables of a file that is a whole submission. Raises RecordsError."""
    parts = _mapping(tree, tree.value, ())
    if unknown := [_unknown_part(key, tree.place((key,))) for key in parts if key not in _PARTS]:
        raise RecordsError(*unknown)
    tables = _mapping(tree, parts.get("tables"), ("tables",)) if parts.get("tables") is not None else {}
    if not tables:
        what, fix = "there are no tables in the file", "Write tables: {name: [{field: value}, …]}."
        raise RecordsError(Problem("no-table", what, fix, tree.place(())))
    return _entries(tree, parts.get("submission"), ("submission",)), tuple(
        TreeTable(name, tree.place(("tables", name)), value, tree.lines(name)) for name, value in tables.items()
    )


def manifest_entries(tree: Tree) -> tuple[Entry, ...]:
    """The manifest of a file that is nothing else, under `submission:` or not. Raises RecordsError."""
    if isinstance(tree.value, dict) and list(tree.value) == ["submission"]:
        return _entries(tree, tree.value["submission"], ("submission",))
    return _entries(tree, tree.value, ())


def _entries(tree: Tree, value: object, path: tuple[str, ...]) -> tuple[Entry, ...]:
    if value is None:
        return ()
    entries = []
    for key, said in _mapping(tree, value, path).items():
        place = tree.place((*path, key))
        if said is not None and not isinstance(said, str):
            what, fix = f"'{key}' is not a plain value", f"Write {key}: value."
            raise RecordsError(Problem("not-a-value", what, fix, place))
        entries.append(Entry(key, said, place))
    return tuple(entries)


def _mapping(tree: Tree, value: object, path: tuple[str, ...]) -> Mapping[str, object]:
    if isinstance(value, dict):
        return value
    what = f"'{path[-1]}' is not a mapping" if path else "the file is not a mapping"
    fix = "Write submission: {period: …} and tables: {name: [{field: value}, …]}."
    raise RecordsError(Problem("not-a-mapping", what, fix, tree.place(path)))


def _unknown_part(key: str, place: Place) -> Problem:
    near = difflib.get_close_matches(key, _PARTS, n=1)
    fix = f"Did you mean '{near[0]}'?" if near else "Put tables under 'tables:', all else under 'submission:'."
    return Problem("unknown-key", f"'{key}' is no part of a submission", fix, place)


def _said(cells: Iterable[Cell]) -> bool:
    """Whether any cell of a row is filled."""
    return any(cell is not None and bare(cell) for cell in cells)


def _cells(row: object, keys: Sequence[str]) -> Iterator[Cell]:
    if not isinstance(row, dict):
        yield from [unsplit(row if isinstance(row, str) else _text(row))] * len(keys)
        return
    for key in keys:
        value = row.get(key)
        yield value or None if value is None or isinstance(value, str) else unreadable(_text(value))


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
