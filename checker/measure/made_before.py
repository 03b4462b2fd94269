"""Typed tables that were made once: of the same few rows, as cases have them, to copy one takes a tenth of the time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Iterable, Iterator
from itertools import count
from typing import Final

from checker.model.quoting import quoted
from checker.model.sql import Sql
from checker.records.values import Batch

_MOST: Final = 64
"""So many tables are kept: an empty one takes a megabyte."""


class MadeBefore:
    """What a database takes from tables that others beside it made, and keeps for them; the first, which is none's, does not."""

    def __init__(self, others: MadeBefore | None = None) -> None:
        self._alone = others is None
        self._names: OrderedDict[Hashable, str] = OrderedDict() if others is None else others._names
        self._numbers: Iterator[int] = count(1) if others is None else others._numbers
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

    def making(self, record: str, statement: Sql, given: dict[str, object]) -> Iterator[Sql | str]:
        """What makes the typed table of a record by a statement that reads its rows alone, or as a copy of one made before."""
        if record not in self._rows:
            yield statement
            return
        table, content = quoted(f"t_{record}"), (statement, *given.items(), self._rows[record])
        if content in self._names:
            self._names.move_to_end(content)
            yield f"CREATE TABLE {table} AS FROM {self._names[content]}"
            return
        yield statement
        name = self._names[content] = f"memory.made_{next(self._numbers)}"
        yield f"CREATE TABLE {name} AS FROM {table}"
        if len(self._names) > _MOST:
            yield f"DROP TABLE {self._names.popitem(last=False)[1]}"
