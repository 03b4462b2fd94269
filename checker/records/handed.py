"""Which tables some bodies handed in and others did not, where what many handed in is judged as one (docs/meaning.md, 3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import NamedTuple

from checker.records.readers import reader_of
from checker.records.values import PartsSource, Table


class Span(NamedTuple):
    """The rows of a table that stand in one file, from the first to the last; None: to the end."""

    file: str
    first: int
    last: int | None


class Withheld(NamedTuple):
    """A table that some folders, archives or workbooks of a folder are without: where these are, and their files.

    `having` are the files of those in that folder that have it.
    """

    table: str
    at: tuple[str, ...]
    files: frozenset[str]
    having: frozenset[str]


@dataclass(slots=True)
class _Node:
    """A folder, archive or file, with the records of which rows stand in it."""

    at: str
    records: set[str] = field(default_factory=set)
    below: dict[str, _Node] = field(default_factory=dict)

    @property
    def alone(self) -> bool:
        """Whether it is a file with one table."""
        return not self.below and len(self.records) == 1

    @property
    def whole(self) -> bool:
        """Whether it may be all that somebody handed in, and not one table of it."""
        reader = None if self.below else reader_of(PurePath(self.at).suffix.lower())
        return reader is None or reader.several

    def files(self) -> Iterator[str]:
        """All files in it."""
        if not self.below:
            yield self.at
        for node in self.below.values():
            yield from node.files()


def spans(table: Table) -> tuple[Span, ...]:
    """Which rows of a table stand in which file, once they have been read."""
    if not isinstance(table.source, PartsSource):
        return (Span(table.file, 1, None),)
    begins = table.source.begins
    ends = (*begins[1:], None)
    return tuple(Span(part.file, begin + 1, end) for part, begin, end in zip(table.source.tables, begins, ends, strict=True))


def withheld(tables: Iterable[Table]) -> tuple[Withheld, ...]:
    """What was handed in without a table that others handed in, beside rows of a record that is common to both."""
    found = [*tables]
    if not any(isinstance(table.source, PartsSource) for table in found):
        return ()
    root = _Node("")
    for table in found:
        for file in dict.fromkeys(part.file for part in _parts(table)):
            node, at = root, PurePath()
            root.records.add(table.record)
            for name in PurePath(file).parts:
                at /= name
                node = node.below.setdefault(name, _Node(str(at)))
                node.records.add(table.record)
            node.at = file
    return tuple(_withheld(root, frozenset()))


def _parts(table: Table) -> tuple[Table, ...]:
    return table.source.tables if isinstance(table.source, PartsSource) else (table,)


def _withheld(folder: _Node, given: frozenset[str]) -> Iterator[Withheld]:
    """What is lacking in a folder and below; the tables `given` stand by themselves, and may have the rows of all."""
    given |= {record for node in folder.below.values() if node.alone for record in node.records}
    units = [node for node in folder.below.values() if node.whole]
    common: dict[str, set[str]] = {}
    for unit in units:
        for record in unit.records:
            common.setdefault(record, set()).update(unit.records)
    without: dict[str, list[_Node]] = {}
    for unit in units:
        for table in {table for record in unit.records for table in common[record]} - unit.records - given:
            without.setdefault(table, []).append(unit)
    for table, those in sorted(without.items()):
        files = frozenset(file for unit in those for file in unit.files())
        having = frozenset(file for unit in units if table in unit.records for file in unit.files())
        yield Withheld(table, tuple(sorted(unit.at for unit in those)), files, having)
    for unit in units:
        yield from _withheld(unit, given)
