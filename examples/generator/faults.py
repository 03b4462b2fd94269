"""The faults seeded into a faulty submission, read from a file, and every verdict that each of them must get."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from generator.tables import Row, Tables

Key = str | dict[str, object]
"""The id of a row, or of a table without ids its first two cells; or some of its cells."""
_VERDICTS = ("violated", "undetermined", "satisfied")


@dataclass(frozen=True, slots=True)
class Edit:
    """What is done (`change`, `drop` or `repeat`) to the row of that key, and the cells it gets."""

    what: str
    table: str
    key: Key
    cells: Row

    @classmethod
    def read(cls, entry: dict[str, Any]) -> Edit:
        """Reads `{change: table, key: …, cells: {…}}` and its like."""
        what = next(word for word in ("change", "drop", "repeat") if word in entry)
        return cls(what, entry[what], entry["key"], entry.get("cells", {}))

    def apply(self, tables: Tables) -> None:
        """Makes the edit in these tables."""
        rows = tables[self.table]
        index = next(i for i, row in enumerate(rows) if _is(row, self.key))
        if unknown := self.cells.keys() - rows[index].keys():
            raise KeyError(f"{self.table} has no {sorted(unknown)}")
        edited = rows[index] | self.cells
        match self.what:
            case "change":
                rows[index] = edited
            case "drop":
                del rows[index]
            case _:
                rows.insert(index + 1, edited)


def _is(row: Row, key: Key) -> bool:
    if isinstance(key, dict):
        return all(str(row[name]) == str(cell) for name, cell in key.items())
    return key == (str(row["id"]) if "id" in row else " ".join(map(str, list(row.values())[:2])))


@dataclass(frozen=True, slots=True)
class Expected:
    """A verdict that a fault must get. `window` is `-` for a rule without windows."""

    rule: str
    subject: str
    window: str
    verdict: str

    @classmethod
    def read(cls, entry: dict[str, str]) -> Expected:
        """Reads `{violated: rule, subject: …, window: …}` and its like."""
        verdict = next(word for word in _VERDICTS if word in entry)
        return cls(entry[verdict], entry["subject"], entry.get("window", "-"), verdict)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, or looks wrong, and what must be said of it."""

    what: str
    edits: tuple[Edit, ...]
    expected: tuple[Expected, ...]


def faults(file: Path) -> list[Fault]:
    """All faults of a file, in the order in which they are listed and made."""
    return [
        Fault(entry["fault"], tuple(map(Edit.read, entry["edits"])), tuple(map(Expected.read, entry["expect"])))
        for entry in yaml.safe_load(file.read_text(encoding="utf-8"))
    ]


def seed(tables: Tables, seeded: list[Fault]) -> None:
    """Makes all edits in these tables."""
    for fault in seeded:
        for edit in fault.edits:
            edit.apply(tables)
