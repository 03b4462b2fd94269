"""What people call the records, fields and rules of a rulebook, and the headers under which a submission has its columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from checker.model.law import Source
from checker.model.schema import Field, Record
from checker.model.words import Text


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a run: of its records and their fields, of rules and exceptions by id, of the regulations that these cite.

    `headers` are those of the columns of a submission, by record and field.
    """

    records: Mapping[str, Record] = field(default_factory=dict)
    titles: Mapping[str, Text] = field(default_factory=dict)
    headers: Mapping[tuple[str, str], str] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)

    def along(self, record: str, path: str) -> tuple[tuple[Record, Field], ...]:
        """The fields of a dotted path, each with the record that it is of; none of a path that leads nowhere."""
        found: list[tuple[Record, Field]] = []
        for name in path.split("."):
            at = self.records.get(record)
            of = None if at is None else at.field(name)
            if at is None or of is None:
                return ()
            found.append((at, of))
            record = of.ref or ""
        return tuple(found)
