"""Takes a second look at a workbook for the cells that its reader gives as empty although they are not.

These are errors (`#N/A`), and formulas that were written by a program and never calculated.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO
from xml.parsers import expat

from checker.records.readers.workbook.sheet_cells import column_number, local

Cells = Mapping[tuple[int, int], str]
"""What stands in the cells at (row, column), both from 1."""


def faulty_cells(file: Path, part: zipfile.ZipInfo) -> Cells:
    """The cells of the sheet in that part of a workbook that hold an error, or a formula that was never calculated."""
    with zipfile.ZipFile(file) as book, book.open(part) as stream:
        found = _SheetCells()
        found.parse(stream)
        return found.faulty


class _SheetCells:
    """Follows the XML of a sheet, and notes the faulty cells."""

    def __init__(self) -> None:
        self.faulty: dict[tuple[int, int], str] = {}
        self._prefix = ""
        self._row = self._column = 0
        self._kind = ""
        self._value: list[str] = []
        self._formula: list[str] | None = None
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._root
        self._parser.EndElementHandler = self._end

    def parse(self, stream: IO[bytes]) -> None:
        """Reads the whole part."""
        self._parser.ParseFile(stream)

    def _root(self, name: str, _: dict[str, str]) -> None:
        self._prefix = name.removesuffix(local(name))
        self._parser.StartElementHandler = self._start

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match name.removeprefix(self._prefix):
            case "c":
                self._column = column_number(attributes["r"]) if "r" in attributes else self._column + 1
                self._kind = attributes.get("t", "n")
                self._formula = None
            case "f":
                self._formula, self._value = [], []
                self._parser.CharacterDataHandler = self._formula.append
            case "v" if self._formula is not None or self._kind == "e":
                self._value = []
                self._parser.CharacterDataHandler = self._value.append
            case "row":
                self._row = int(attributes.get("r", self._row + 1))
                self._column = 0

    def _end(self, name: str) -> None:
        self._parser.CharacterDataHandler = None
        if name.removeprefix(self._prefix) != "c":
            return
        if self._kind == "e":
            self.faulty[self._row, self._column] = "".join(self._value) or "#ERROR"
        # A formula whose value is the empty text is calculated, and has the kind "str".
        elif self._formula is not None and not self._value and self._kind != "str":
            self.faulty[self._row, self._column] = "=" + "".join(self._formula)
