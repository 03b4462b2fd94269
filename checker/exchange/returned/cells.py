"""Marks cells of a sheet, and lets it show notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from string import ascii_letters

from checker.display_width import column_letters
from checker.exchange.returned.styles import Mark, Styles
from checker.exchange.returned.tags import Change, Tag, scan
from checker.records.readers.workbook.sheet_cells import column_number

_AFTER_NOTES = frozenset(
    {
        *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"),
        "AlternateContent",
    }
)
"""What stands after the reference to the drawing of notes in a sheet."""

_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["']([A-Za-z]+[0-9]+):([A-Za-z]+[0-9]+)["']""")

Place = tuple[int, int]
"""The row and the column of a cell, from 1."""


@dataclass
class SheetPart:
    """The part of a sheet, with what is changed in it."""

    text: bytes
    styles: Styles
    marks: Mapping[Place, Mark]
    chosen: bool = True
    notes_by: str | None = None
    _row: Tag | None = None
    _number: int = 0
    _column: int = 0
    _waiting: list[int] = field(default_factory=list)
    _columns: list[tuple[int, int, int]] = field(default_factory=list)
    _rows: dict[int, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._change = Change(self.text)
        for row, column in sorted(self.marks):
            self._rows.setdefault(row, []).append(column)
        self.notes: str | None = None
        """The id of the drawing of its notes, if it has one."""
        self._after: tuple[int, str] | None = None
        self._past_cells = False
        scan(self.text, self._begin, self._end, self._passes)

    def made(self) -> bytes:
        """The part as it is then. Where `notes_by` was said, it shows the notes of the drawing with that id."""
        if self.notes_by is not None and self.notes is None and self._after is not None:
            at, prefix = self._after
            namespace = _relationships(self.text)
            self._change.put(at, at, f'<{prefix}legacyDrawing xmlns:r="{namespace}" r:id="{self.notes_by}"/>')
        return self._change.made()

    def _passes(self, name: str) -> bool:
        """Whether the element is one of those within rows in which nothing is marked, or was."""
        return self._row is not None and (
            not (self._waiting or self.styles.has_marks) or name.rpartition(":")[2] not in {"c", "row"}
        )

    def _begin(self, tag: Tag) -> None:
        match tag.name:
            case "c" if self._row is not None:
                self._cell(tag)
            case "row":
                self._begin_row(tag)
            case "col" if "style" in tag.attributes:
                first, last = int(tag.attributes["min"]), int(tag.attributes["max"])
                self._columns.append((first, last, int(tag.attributes["style"])))
            case "sheetView" if not self.chosen and tag.attribute("tabSelected") in {"1", "true"}:
                self._change.rewrite(tag, {"tabSelected": "0"})
            case "legacyDrawing" if tag.depth == 1:
                self.notes = tag.attribute("id")
        if tag.depth == 1 and self._past_cells and self._after is None and tag.name in _AFTER_NOTES:
            self._after = (tag.start, tag.prefix if tag.name != "AlternateContent" else "")

    def _begin_row(self, tag: Tag) -> None:
        self._number = int(tag.attributes.get("r", self._number + 1))
        self._row, self._column = tag, 0
        self._waiting = list(self._rows.get(self._number, ()))
        if self._waiting:
            # What it says of how far it reaches is no more than a hint.
            self._change.rewrite(tag, {"spans": None}, opened=True)

    def _cell(self, tag: Tag) -> None:
        reference = tag.attributes.get("r")
        self._column = column_number(reference) if reference else self._column + 1
        self._add_before(self._column, tag.start, tag.prefix)
        style = int(tag.attributes.get("s", "0"))
        if self._waiting and self._waiting[0] == self._column:
            self._waiting.pop(0)
            mark = self.marks[self._number, self._column]
            self._change.rewrite(tag, {"s": str(self.styles.marked(style, mark))})
        elif (plain := self.styles.unmarked(style)) is not None:
            self._change.rewrite(tag, {"s": str(plain)})

    def _end(self, name: str, at: int, depth: int) -> None:
        if name == "row" and self._row is not None:
            self._add_before(None, self._row.end if self._row.closed else at, self._row.prefix)
            if self._row.closed and self._rows.get(self._number):
                self._change.put(self._row.end, self._row.end, f"</{self._row.prefix}row>")
            self._row = None
        elif name == "sheetData":
            self._past_cells = True
        elif depth == 0 and self._after is None:
            self._after = (at, _prefix(self.text))

    def _add_before(self, column: int | None, at: int, prefix: str) -> None:
        """Adds the empty cells that are marked and are not there, up to that column."""
        while self._waiting and (column is None or self._waiting[0] < column):
            missing = self._waiting.pop(0)
            style = self.styles.marked(self._style_of(missing), self.marks[self._number, missing])
            self._change.put(at, at, f'<{prefix}c r="{column_letters(missing)}{self._number}" s="{style}"/>')

    def _style_of(self, column: int) -> int:
        """The style of a cell that is not there: that of its row, or else of its column."""
        row = self._row.attributes if self._row is not None else {}
        if row.get("customFormat") in {"1", "true"} and "s" in row:
            return int(row["s"])
        return next((style for first, last, style in self._columns if first <= column <= last), 0)


def shown_at(text: bytes) -> Callable[[Place], Place]:
    """Where what is at a cell of that sheet can be seen: of cells that are merged only the first is shown."""
    ranges = []
    for found in _MERGED.finditer(text):
        (top, left), (bottom, right) = place_of(found[1].decode()), place_of(found[2].decode())
        ranges.append((top, left, bottom, right))

    def shown(place: Place) -> Place:
        row, column = place
        within = (each for each in ranges if each[0] <= row <= each[2] and each[1] <= column <= each[3])
        return next(((top, left) for top, left, _, _ in within), place)

    return shown if ranges else lambda place: place


def place_of(reference: str) -> Place:
    """The row and the column of a cell that is called so: `B7`."""
    return int(reference.lstrip(ascii_letters) or 0), column_number(reference)


def _prefix(text: bytes) -> str:
    found: list[str] = []
    scan(text, lambda tag: found.append(tag.prefix) if not found else None)
    return found[0]


def _relationships(text: bytes) -> str:
    """The name of the vocabulary in which ids of references are written; there are two standards."""
    strict = b"http://purl.oclc.org/ooxml/spreadsheetml/main" in text[:4000]
    if strict:
        return "http://purl.oclc.org/ooxml/officeDocument/relationships"
    return "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
