"""Says what stands in the cells of a row: each by the title of its field, and in quotes as it stands in the file.

What means yes or no is said so, however it is written; of a day of which only the month or the year is given, what is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from checker.errors import Place
from checker.model.partial_days import may_be
from checker.model.report import Evidence
from checker.model.schema import FALSE, TRUE, Field, FieldType
from checker.report.say.fields import field_text
from checker.report.say.wording import Wording

_CELLS = 6


def cells_text(evidence: Evidence, wording: Wording, most: int | None = _CELLS) -> str:
    """The cells of a row that a rule read, the empty ones named first; so many at most."""
    return row_text(evidence._replace(values=tuple(sorted(evidence.values, key=lambda cell: bool(cell[1])))[:most]), wording)


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
        along = wording.names.along(record, field)
        meant = None if not along else _meant(along[-1][1], value)
        return wording("cell", field=title, value=value) if meant is None else wording(meant, left=title, value=value)
    missing = "cell-missing-reached" if "." in field else "cell-missing"
    key = "cell-empty" if value is None or unsplit else missing
    return wording(key, field=title + _place(places.get(field), wording))


def _meant(field: Field, value: str) -> str | None:
    """The text for a cell that means yes or no, or a day of which a part is missing; None of any other."""
    if field.type is FieldType.BOOLEAN:
        writing, word = field.writing, value.strip().lower()
        if word in {*TRUE, *writing.true}:
            return "said-yes"
        return "said-no" if word in {*FALSE, *writing.false} else None
    days = may_be(field, value.strip())
    if days is None:
        return None
    return "cell-month" if days[0].month == days[1].month else "cell-year"


def _place(place: Place | None, wording: Wording) -> str:
    """Where a cell is to which a reference leads; nothing of one that is in the row itself."""
    if place is None:
        return ""
    near = place.file.replace("\\", "/").rpartition("/")[2]
    line = str(place._replace(file=near, column=None, row=None))
    return f" ({line if place.row is None else wording('row-of-line', line=line) + str(place.row)})"
