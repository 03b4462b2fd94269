"""Typed tables that were made once: of the same few rows, as cases have them, to copy one takes a tenth of the time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Final

from checker.model.quoting import quoted
from checker.model.sql import Sql
from checker.records.values import Batch

_MOST: Final = 64
"""So many tables are kept: an empty one takes a megabyte."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """The tables that are kept, by what they were made of; the one asked for last is the last."""

    names: OrderedDict[Hashable, str] = field(default_factory=OrderedDict)
    numbers: Iterator[int] = field(default_factory=count)


class MadeBefore:
    """What a database takes from tables that others beside it made, and keeps for them; the first, which is none's, does not."""

    def __init__(self, others: MadeBefore | None = None) -> None:
        self._alone = others is None
        self.kept: _Kept = _Kept() if others is None else others.kept
        self._rows: dict[str, Hashable] = {}

    def noted(self, record: str, insertion: str, batches: Iterable[Batch]) -> Iterator[Batch]:
        """The rows that a statement inserts for a record, as they are, of which it is noted what they say."""
        seen = []
        for batch in batches:
            if not self._alone:
                seen.append(tuple(map(tuple, batch)))
            yield batch
        if not self._alone:
            self._rows[record] = (insertion, *seen)

    def changed(self, record: str) -> None:
        """The rows of a record are not any more what was inserted: its typed table is made of them as they are."""
        self._rows.pop(record, None)

    def making(self, record: str, statement: Sql | str, given: dict[str, object]) -> Iterator[Sql | str]:
        """What makes the typed table of a record by a statement that reads its rows alone, or as a copy of one made before."""
        if record not in self._rows:
            yield statement
            return
        table, content, names = quoted(f"t_{record}"), (statement, *given.items(), self._rows[record]), self.kept.names
        if content in names:
            names.move_to_end(content)
            yield f"CREATE TABLE {table} AS FROM {names[content]}"
            return
        yield statement
        name = names[content] = f"memory.made_{next(self.kept.numbers)}"
        yield f"CREATE TABLE {name} AS FROM {table}"
        if len(names) > _MOST:
            yield f"DROP TABLE {names.popitem(last=False)[1]}"
