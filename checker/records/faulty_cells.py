"""Takes a second look at a workbook for the cells that its reader gives as empty although they are not.

These are errors (`#N/A`), and formulas that were written by a program and never calculated.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO
from xml.parsers import expat

_CHUNK = 1 << 20
_SUSPECT = re.compile(rb"""\bt=["']e["']|<(?:\w+:)?f[\s/>]""")
_LONGEST_SUSPECT = 40

Cells = Mapping[tuple[int, int], str]
"""What stands in the cells at (row, column), both from 1."""


def faulty_cells(file: Path, sheet: str) -> Cells:
    """The cells of a sheet of an .xlsx workbook that hold an error, or a formula that was never calculated."""
    with zipfile.ZipFile(file) as book:
        part = _part(book, sheet)
        if part is None:
            return {}
        with book.open(part) as stream:
            if not any(_SUSPECT.search(piece) for piece in _overlapping(stream)):
                return {}
        with book.open(part) as stream:
            found = _SheetCells()
            found.parse(stream)
            return found.faulty


def _overlapping(stream: IO[bytes]) -> Iterator[bytes]:
    tail = b""
    while chunk := stream.read(_CHUNK):
        yield tail + chunk
        tail = chunk[-_LONGEST_SUSPECT:]


def _part(book: zipfile.ZipFile, sheet: str) -> str | None:
    """The name of the part that holds the sheet."""
    targets: dict[str, str] = {}
    ids: dict[str, str] = {}

    def relationship(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "Relationship":
            targets[attributes["Id"]] = attributes["Target"]

    def listed(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "sheet":
            ids[attributes["name"]] = next((value for key, value in attributes.items() if key.endswith(":id")), "")

    for part, start in (("xl/_rels/workbook.xml.rels", relationship), ("xl/workbook.xml", listed)):
        parser = expat.ParserCreate()
        parser.StartElementHandler = start
        parser.Parse(book.read(part), True)  # noqa: FBT003 -- expat takes it by position only
    if sheet not in ids:
        return None
    target = targets[ids[sheet]]
    return target[1:] if target.startswith("/") else posixpath.normpath(f"xl/{target}")


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
        self._prefix = name.removesuffix(_local(name))
        self._parser.StartElementHandler = self._start

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match name.removeprefix(self._prefix):
            case "c":
                self._column = _column(attributes["r"]) if "r" in attributes else self._column + 1
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


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _column(reference: str) -> int:
    """The number of the column of a reference such as `AB12`."""
    number = 0
    for letter in reference.rstrip("0123456789"):
        number = number * 26 + ord(letter.upper()) - ord("A") + 1
    return number
