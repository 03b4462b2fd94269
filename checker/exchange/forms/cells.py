"""What a cell of a form looks like, and what stands in one that is filled in already."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from checker.exchange.values import word_of
from checker.model.schema import Field, FieldType
from checker.report.say.wording import Wording
from checker.report.tables import Cell

_TEXT = {"num_format": "@"}
_OTHERS = {"font_color": "#595959", "bg_color": "#EDEDED", "italic": True}
"""A row that is not the submitter's own."""


def styles(wording: Wording) -> Mapping[str, Mapping[str, object]]:
    """The styles of cells to be filled in: what is typed into one of text is never taken for a number, a day or a formula."""
    plain = {
        "word": _TEXT,
        "whole": {"num_format": "0"},
        "decimal": {"num_format": "General"},
        "calendar": {"num_format": wording("pattern-day-of-a-sheet"), "align": "left"},
    }
    header = {"valign": "top", "text_wrap": True, "bold": True, "bg_color": "#9C0006", "font_color": "#FFFFFF"}
    return {"must-header": header, **plain, **{f"others-{name}": {**style, **_OTHERS} for name, style in plain.items()}}


_STYLE_OF = {FieldType.INTEGER: "whole", FieldType.NUMBER: "decimal", FieldType.DATE: "calendar"}
_FIRST_DAY = date(1900, 3, 1)
"""Before it spreadsheet programs count days differently."""
_DIGITS = 15
"""So many a number of a spreadsheet keeps."""


def style_of(field: Field, *, own: bool = True) -> str:
    """The style of the cells of a field."""
    # A month would be made the first of its days in a cell for days.
    style = "word" if field.partial else _STYLE_OF.get(field.type, "word")
    return style if own else f"others-{style}"


def cell(field: Field, text: str | None, value: object, language: str) -> Cell:
    """What stands in the cell: the value if it has one, in the words of the language, else what was written."""
    if text is None or field.partial:
        return text
    match value:
        case bool():
            return word_of(field, "true" if value else "false", language)
        case str():
            return word_of(field, value, language)
        case Decimal() | int() | date() if _kept(value):
            return value
        case _:
            return text


def _kept(value: Decimal | date | int) -> bool:
    """Whether a spreadsheet program keeps the value exactly."""
    if isinstance(value, date):
        return value >= _FIRST_DAY
    return len(Decimal(value).normalize().as_tuple().digits) <= _DIGITS
