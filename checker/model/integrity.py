"""Rules about the file, which follow from the records: what kinds there are, and by which ids they go."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

_PREFIX = "records/"


class IntegrityKind(StrEnum):
    """What is asked of some fields of a record."""

    REQUIRED = "required"
    """No cell is empty, or the column missing."""
    ALLOWED = "allowed"
    """Each cell that is not empty can be read."""
    REFERENCE = "reference"
    """Each cell that is not empty is the key of a row there."""
    LIFESPAN = "lifespan"
    """The end of a row's existence, the first of the fields, is not before its beginning, the other."""
    UNIQUE = "unique"
    """No two rows have the same cells."""
    ACYCLIC = "acyclic"
    """No row is above itself."""


class IntegrityId(NamedTuple):
    """The id of such a rule."""

    record: str
    fields: tuple[str, ...]
    kind: IntegrityKind

    def __str__(self) -> str:
        """The id as reports and rulebooks have it."""
        return f"{_PREFIX}{self.record}/{'+'.join(self.fields)}/{self.kind}"


def is_integrity_id(name: str) -> bool:
    """Whether a rule that is named somewhere is one about the file, or would be."""
    return name.startswith(_PREFIX)


def record_of(name: str) -> str | None:
    """The record that such a rule is about, by the id that is written somewhere; None of other names."""
    return name.removeprefix(_PREFIX).partition("/")[0] if is_integrity_id(name) else None
