"""A Markdown document in which texts stay texts: nothing that was submitted is markup, a link, or a call for somebody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TextIO

from checker.display_width import visible
from checker.report.say.wording import Wording
from checker.report.tables import Cell, Table, shown

_JOINER = "\u2060"
"""A sign that is not seen; it parts what a site would turn into a link after the markup was read: `@name`, `#12`."""

_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"} | {sign: f"\\{sign}" for sign in "\\`*_[]|~$"})
_CALLS = re.compile(r"[@#](?=\w)")
_LINKS = re.compile(r"(?<=[A-Za-z]):(?=//)|(?<=\bwww)\.|(?<=\bmailto):", re.IGNORECASE)
_LEADING = re.compile(r"^(?:[-+=#]|\d+(?=[.)]))")


@lru_cache(maxsize=4096)
def escaped(text: str) -> str:
    """The text on one line, so that a reader sees it as it is; titles and remedies come again and again."""
    line = " ".join(visible(text).split()).translate(_MARKUP)
    line = _LINKS.sub(r"\\\g<0>", line)
    line = _CALLS.sub(rf"\g<0>{_JOINER}", line)
    return _LEADING.sub(_escaped_start, line)


def _escaped_start(found: re.Match[str]) -> str:
    start = found[0]
    return f"{start}{_JOINER}" if start[0].isdecimal() else f"\\{start}"


class Document:
    """Writes paragraphs, lists and tables to a stream."""

    def __init__(self, stream: TextIO, wording: Wording) -> None:
        self.wording = wording
        self._stream = stream
        self._begun = False
        self._listing = False

    def heading(self, level: int, text: str) -> None:
        """A heading of that level, the first one being that of the document."""
        self._block(f"{'#' * level} {escaped(text)}")

    def paragraph(self, text: str, *, strong: bool = False) -> None:
        """A paragraph."""
        self._block(f"**{escaped(text)}**" if strong else escaped(text))

    def item(self, text: str, *, label: str = "", level: int = 0) -> None:
        """An item of a list, at a level of it; a label stands before its text, or alone."""
        said = ": ".join(filter(None, (f"**{escaped(label)}**" if label else "", escaped(text) if text else "")))
        lead = "" if self._listing else "\n"
        self._stream.write(f"{lead}{'  ' * level}- {said}\n")
        self._listing = True

    def table(self, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
        """A table; the columns are named by their keys, numbers stand to the right."""
        self.grid([self.wording(key) for key in columns], rows)

    def grid(self, headers: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
        """A table under headers that are in no catalogue."""
        right = [bool(rows) and all(_is_number(row[place]) for row in rows) for place in range(len(headers))]
        head = _row([*map(escaped, headers)])
        rule = _row(["--:" if number else "---" for number in right])
        self._block("\n".join([head, rule, *(_row([self._cell(cell) for cell in row]) for row in rows)]))

    def named_table(self, level: int, table: Table) -> None:
        """A table under its name, as a heading of that level, without its details."""
        self.heading(level, self.wording(table.name))
        shown = len(table.columns) - table.details
        self.table(table.columns[:shown], [row[:shown] for row in table.rows])

    def _cell(self, cell: Cell) -> str:
        value = shown(cell, self.wording)
        if value is None:
            return ""
        return escaped(value if isinstance(value, str) else self.wording.number(value))

    def _block(self, text: str) -> None:
        self._stream.write(f"\n{text}\n" if self._begun else f"{text}\n")
        self._begun, self._listing = True, False


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, int)
