"""The cells of a workbook as text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial

from checker.records.values import Cell

_REPEATED = 2
"""Where cells are repeated so often, the text of each is made once."""

_EXACT = 2**53
"""Below it every whole number is a float of its own."""


def cell_text(value: object, decimal: str = ".") -> Cell:
    """A cell as text: ISO dates, numbers without exponent and with the 15 digits that a spreadsheet can hold.

    `decimal` is what stands before the decimals of a number.
    """
    match value:
        case str():
            text = value
        case bool():
            text = "true" if value else "false"
        case float():
            text = _digits(value, decimal)
        case datetime() if value.time() == time():
            text = value.date().isoformat()
        case datetime() | date() | time():
            text = value.isoformat()
        case None:
            return None
        case _:
            text = str(value)
    return text or None


def column_texts(cells: Sequence[object], decimal: str = ".") -> Sequence[str]:
    """A column of cells as text, empty ones as the empty text. Most columns hold cells of one type, and then are not asked."""
    kinds = {*map(type, cells)} - {str}
    if not kinds:
        return cells  # type: ignore[return-value]  # all of them are text
    if len(kinds) == 1 and kinds <= {float, date}:
        text = partial(_digits, decimal=decimal) if kinds == {float} else date.isoformat
        different = {*cells}
        if _REPEATED * len(different) < len(cells):
            texts = {cell: cell if isinstance(cell, str) else text(cell) for cell in different}  # type: ignore[arg-type]
            return [texts[cell] for cell in cells]
        return [cell if isinstance(cell, str) else text(cell) for cell in cells]  # type: ignore[arg-type]
    return [cell_text(cell, decimal) or "" for cell in cells]


def _digits(value: float, decimal: str) -> str:
    if value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    # 0.1 + 0.2 is shown as 0.3 by every spreadsheet program: digits beyond the 15th are no data.
    return f"{Decimal(f'{value:.15g}'):f}".replace(".", decimal)
