"""The faults seeded into the faulty submission (`faults.yaml`), and every verdict that each of them must get."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from generator.tables import Row, Tables

_FILE = Path(__file__).with_name("faults.yaml")
_VERDICTS = ("violated", "undetermined", "satisfied")


@dataclass(frozen=True, slots=True)
class Edit:
    """What is done (`change`, `drop` or `repeat`) to the row of that key, and the cells it gets."""

    what: str
    table: str
    key: str
    cells: Row

    @classmethod
    def read(cls, entry: dict[str, Any]) -> Edit:
        """Reads `{change: table, key: …, cells: {…}}` and its like."""
        what = next(word for word in ("change", "drop", "repeat") if word in entry)
        return cls(what, entry[what], entry["key"], entry.get("cells", {}))

    def apply(self, tables: Tables) -> None:
        """Makes the edit in these tables."""
        rows = tables[self.table]
        index = next(i for i, row in enumerate(rows) if _key(row) == self.key)
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


def _key(row: Row) -> str:
    """The id of a row; of a table without ids the first two cells."""
    return str(row["id"]) if "id" in row else " ".join(map(str, list(row.values())[:2]))


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


def faults() -> list[Fault]:
    """All faults, in the order in which they are listed and made."""
    return [
        Fault(entry["fault"], tuple(map(Edit.read, entry["edits"])), tuple(map(Expected.read, entry["expect"])))
        for entry in yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    ]


def seed(tables: Tables, seeded: list[Fault]) -> None:
    """Makes all edits in these tables."""
    for fault in seeded:
        for edit in fault.edits:
            edit.apply(tables)
