"""Says what stands in the cells of a row: each by the title of its field, and in quotes as it stands in the file.

What means yes or no is said so, however it is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from checker.errors import Place
from checker.model.report import Evidence
from checker.model.schema import FALSE, TRUE, FieldType
from checker.report.say.fields import field_text
from checker.report.say.wording import Wording

_CELLS = 6


def cells_text(evidence: Evidence, wording: Wording, most: int | None = _CELLS) -> str:
    """The cells of a row that a rule read, the empty ones named first; so many at most."""
    return row_text(replace(evidence, values=tuple(sorted(evidence.values, key=lambda cell: bool(cell[1])))[:most]), wording)


def row_text(evidence: Evidence, wording: Wording) -> str:
    """The cells of a row in order, and why they are not believed, if so."""
    places, record = dict(evidence.reached), evidence.table
    cells = (cell_text(record, field, value, wording, places, unsplit=evidence.unsplit) for field, value in evidence.values)
    return ", ".join(cells) + "".join(wording(key) for key in ("contradicts", "unsplit") if getattr(evidence, key))


def cell_text(
    record: str,
    field: str,
    value: str | None,
    wording: Wording,
    places: Mapping[str, Place] = MappingProxyType({}),
    *,
    unsplit: bool = False,
) -> str:
    """What is in a cell, or that it is empty, or was not submitted, with its place if a reference leads to it."""
    title = field_text(record, field, wording)
    if value:
        meant = _yes_or_no(record, field, value, wording)
        return wording("cell", field=title, value=value) if meant is None else wording(meant, left=title)
    missing = "cell-missing-reached" if "." in field else "cell-missing"
    key = "cell-empty" if value is None or unsplit else missing
    return wording(key, field=title + _place(places.get(field), wording))


def _yes_or_no(record: str, path: str, value: str, wording: Wording) -> str | None:
    """The text for a cell of a boolean field that can be read; None of any other."""
    along = wording.names.along(record, path)
    if not along or along[-1][1].type is not FieldType.BOOLEAN:
        return None
    writing, word = along[-1][1].writing, value.strip().lower()
    if word in {*TRUE, *writing.true}:
        return "said-yes"
    return "said-no" if word in {*FALSE, *writing.false} else None


def _place(place: Place | None, wording: Wording) -> str:
    """Where a cell is to which a reference leads; nothing of one that is in the row itself."""
    if place is None:
        return ""
    near = place.file.replace("\\", "/").rpartition("/")[2]
    line = str(replace(place, file=near, column=None, row=None))
    return f" ({line if place.row is None else wording('row-of-line', line=line) + str(place.row)})"
