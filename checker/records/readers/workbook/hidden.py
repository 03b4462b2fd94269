"""The rows and columns of a sheet of an .xlsx workbook that are hidden, and hold something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_HIDDEN = b"hidden="
_TAG = re.compile(rb"""<(?:\w+:)?(row|col)\s([^>]*?\bhidden=["'](?:1|true)["'][^>]*)>(</)?""")
_NUMBER = re.compile(rb"""\b(r|min|max)=["']([0-9]{1,7})["']""")
_NAMED_EACH = 10


class Hidden:
    """What is hidden in all pieces of a sheet so far: numbers of rows, and spans of columns."""

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


def spans(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Numbers in ascending order as spans of those that follow one another."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] + 1 == number:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def listed(found: Iterable[tuple[str, str]]) -> str:
    """Spans as people write them: `5, 7-9`."""
    said = [first if first == last else f"{first}-{last}" for first, last in found]
    return ", ".join([*said[:_NAMED_EACH], *(["…"] if len(said) > _NAMED_EACH else [])])


def up_to(columns: Iterable[tuple[int, int]], last: int) -> Iterator[tuple[int, int]]:
    """The spans up to that column."""
    return ((first, min(end, last)) for first, end in columns if first <= last)
