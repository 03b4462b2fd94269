"""How far the cells of a sheet reach that say where they are, found without looking at each of them.

Rows follow one another, so that the last cell of a piece of the XML is the lowest one but for strays: one search tells whether
there is any. Only of pieces with strays each cell is looked at.
"""

from __future__ import annotations

import re
from functools import lru_cache

from checker.records.readers.workbook.sheet_cells import column_number

_START = b'<c r="'
_PLAIN = re.compile(rb'<c r="([A-Z])([0-9]{1,7})"')
_CELL = re.compile(rb"""<c(?: r="([A-Z]{1,3})([0-9]{1,7})")?[\s/>]""")
_LETTERS = 26


class Reach:
    """The lowest row and the rightmost column of all pieces so far, at least; and how many cells there are, roughly.

    `known` turns false where a cell does not say where it is.
    """

    def __init__(self) -> None:
        self.known = True
        self.cells = self.row = self.column = 0

    def take(self, piece: bytes) -> None:
        """Looks through one more piece, which no tag is cut in two by."""
        if not self.known or b"<c" not in piece:
            return
        last = _PLAIN.match(piece, piece.rfind(_START)) if _START in piece else None
        if last is not None and self.column <= _LETTERS:
            self.row = max(self.row, int(last[2]))
            self.column = max(self.column, column_number(last[1].decode()))
            strays, below = _beyond(self.column, *_two_digits(self.row))
            if strays.search(piece) is None:
                self.row = max(self.row, below)
                self.cells += piece.count(_START)
                return
        self._each(piece)

    def _each(self, piece: bytes) -> None:
        found = _CELL.findall(piece)
        if not found:
            return
        self.cells += len(found)
        letters = {letters for letters, _ in found}
        if b"" in letters:
            self.known = False
            return
        self.row = max(self.row, *(int(digits) for _, digits in found), 0)
        self.column = max(self.column, *(column_number(each.decode()) for each in letters))


def _two_digits(number: int) -> tuple[int, int]:
    """The first two digits of a number, and how many follow."""
    more = max(len(str(number)) - 2, 0)
    return number // 10**more, more


@lru_cache
def _beyond(column: int, head: int, more: int) -> tuple[re.Pattern[bytes], int]:
    """What finds cells beyond a column and below the last row that begins with those digits; and that row."""
    lowest = (head + 1) * 10**more - 1
    tens, ones = divmod(head, 10)
    rows = [f"[0-9]{{1,{more + 1}}}"]
    if tens > 1:
        rows.append(f"[1-{tens - 1}][0-9]{{{more + 1}}}")
    if tens:
        rows.append(f"{tens}[0-{ones}][0-9]{{{more}}}")
    within = f"[A-{chr(ord('A') + column - 1)}](?:{'|'.join(reversed(rows))})"
    return re.compile(rf'<c(?! r="{within}")[\s/>]'.encode()), lowest
