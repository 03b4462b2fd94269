"""The rows and columns of a sheet that are hidden, and hold something; how an .xlsx workbook says so."""

from __future__ import annotations

import re
from collections.abc import Iterable

from checker.display_width import column_letters

_HIDDEN = b"hidden="
_TAG = re.compile(rb"""<(?:\w+:)?(row|col)\s([^>]*?\bhidden=["'](?:1|true)["'][^>]*)>(</)?""")
_NUMBER = re.compile(rb"""\b(r|min|max)=["']([0-9]{1,7})["']""")
_NAMED_EACH = 10


class Hidden:
    """What is hidden of a sheet: numbers of rows, and spans of columns; of an .xlsx workbook in all pieces so far."""

    def __init__(self) -> None:
        self.rows: list[int] = []
        self.columns: list[tuple[int, int]] = []

    def take(self, piece: bytes) -> None:
        """Looks through one more piece, which no tag is cut in two by."""
        if _HIDDEN not in piece:
            return
        for kind, attributes, ends in _TAG.findall(piece):
            numbers = {name: int(digits) for name, digits in _NUMBER.findall(attributes)}
            if kind == b"col" and {b"min", b"max"} <= numbers.keys():
                self.columns.append((numbers[b"min"], numbers[b"max"]))
            elif kind == b"row" and b"r" in numbers and not (ends or attributes.endswith(b"/")):
                self.rows.append(numbers[b"r"])

    def said(self, last_column: int) -> tuple[str, str]:
        """The rows, and the columns up to that one, as people write them: `5, 7-9`; empty where there are none."""
        columns = ((first, min(end, last_column)) for first, end in self.columns if first <= last_column)
        rows = ((str(first), str(end)) for first, end in _spans(self.rows))
        return _listed(rows), _listed((column_letters(first), column_letters(end)) for first, end in columns)


def _spans(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Numbers in ascending order as spans of those that follow one another."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] + 1 == number:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def _listed(found: Iterable[tuple[str, str]]) -> str:
    said = [first if first == last else f"{first}-{last}" for first, last in found]
    return ", ".join([*said[:_NAMED_EACH], *(["…"] if len(said) > _NAMED_EACH else [])])
