"""SQL as a value: literal pieces, and slots that a run fills. Nothing is ever searched for or replaced in a piece."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from checker.model.quoting import quoted


@dataclass(frozen=True, slots=True)
class Given:
    """A value that is given with the statement, under that name."""

    name: str


@dataclass(frozen=True, slots=True)
class Rows:
    """A table that is read under that alias; a run may read another in its place."""

    table: str
    alias: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a statement that depends on what a run finds."""

    name: str


Slot = Given | Rows | Part
Piece = str | Slot

_NONE: Mapping[str, str] = MappingProxyType({})


class Sql(NamedTuple):
    """A statement, or a part of one, in pieces."""

    pieces: tuple[Piece, ...]

    @classmethod
    def of(cls, *parts: str | Sql) -> Sql:
        """These parts, one after the other."""
        return cls(tuple(piece for part in parts for piece in (part.pieces if isinstance(part, Sql) else (part,))))

    @classmethod
    def joined(cls, between: str, parts: Iterable[str | Sql]) -> Sql:
        """These parts, with the same text between each two."""
        spread = [each for part in parts for each in (between, part)]
        return cls.of(*spread[1:])

    def filled(self, parts: Mapping[Slot, Sql]) -> Sql:
        """The same with what stands in some of its slots."""
        return Sql.of(*(parts.get(piece, Sql((piece,))) if not isinstance(piece, str) else piece for piece in self.pieces))

    def reading(self, slot: Rows, table: str) -> Sql:
        """The same, where another table is read in the place of one."""
        return self.filled({slot: Sql((quoted(table),))})

    @property
    def needs(self) -> frozenset[str]:
        """The names of the values that are to be given with it."""
        return frozenset(piece.name for piece in self.pieces if isinstance(piece, Given))

    @property
    def size(self) -> int:
        """How long it is, by which it is estimated how long it takes to plan it."""
        return sum(len(piece) for piece in self.pieces if isinstance(piece, str))

    def text(self, read: Mapping[str, str] = _NONE) -> str:
        """The SQL, in which some tables are read in the place of others."""
        return "".join(piece if isinstance(piece, str) else _shown(piece, read) for piece in self.pieces)


def _shown(slot: Slot, read: Mapping[str, str]) -> str:
    match slot:
        case Given(name):
            return f"${name}"
        case Rows(table):
            return quoted(read.get(table, table))
        case Part(name):
            raise KeyError(name)
