"""The kinds of columns by which a file gives the values of a field, and how cells become values."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple


class Kind(StrEnum):
    """How a column of a file gives the values of a field by a shorter way than that from any text."""

    SAME = "same"
    """Each cell that is not empty is a value."""
    WITHIN = "within"
    """A cell is a value if it lies within the limits."""
    MIDNIGHT = "midnight"
    """A moment is a day if it is its midnight."""
    REPEATED = "repeated"
    """Text that the file keeps once for all its cells, and the engine trims once, as long as it need not decide anything."""


class Kinds(NamedTuple):
    """The columns of `<relation>_<record>`, which its table is made of: their kinds, by field. Without one they are text."""

    relation: str = "raw"
    of: Mapping[str, Kind] = MappingProxyType({})


TEXT = Kinds()
"""All columns are text."""


class Reading(NamedTuple):
    """How the cells of a field become values, stage by stage; each is a list of columns in SQL."""

    cells: str
    casts: str
    readings: str
    values: str
