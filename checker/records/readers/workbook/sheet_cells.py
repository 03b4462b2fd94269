"""What the cells and sheets of an .xlsx workbook are called in its parts."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Mapping
from xml.parsers import expat

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
_LETTERS = 7
"""Longer names of columns are not reckoned with: nobody writes them, and the longest take hours."""


def local(name: str) -> str:
    """The name of an element without its prefix."""
    return name.rpartition(":")[2]


def column_number(reference: str) -> int:
    """The number of the column of a reference such as `AB12`, or `AB`; beyond all where none has so many letters."""
    number, letters = 0, reference.rstrip("0123456789")
    if len(letters) > _LETTERS:
        return LAST_COLUMN + 1
    for letter in letters:
        number = number * 26 + ord(letter.upper()) - ord("A") + 1
    return number


def sheet_parts(book: zipfile.ZipFile) -> Mapping[str, zipfile.ZipInfo]:
    """The parts that hold the sheets, by the names of these."""
    targets: dict[str, str] = {}
    ids: dict[str, str] = {}

    def relationship(name: str, attributes: dict[str, str]) -> None:
        if local(name) == "Relationship":
            targets[attributes["Id"]] = attributes["Target"]

    def listed(name: str, attributes: dict[str, str]) -> None:
        if local(name) == "sheet":
            ids[attributes["name"]] = next((value for key, value in attributes.items() if key.endswith(":id")), "")

    # Some programs write names with backslashes, or in other capitals than they refer to them by.
    parts = {_plain(info.filename): info for info in book.infolist()}
    for part, start in (("xl/_rels/workbook.xml.rels", relationship), ("xl/workbook.xml", listed)):
        parser = expat.ParserCreate()
        parser.StartElementHandler = start
        parser.Parse(book.read(parts[part]), True)  # noqa: FBT003 -- expat takes it by position only
    found: dict[str, zipfile.ZipInfo] = {}
    for sheet, identity in ids.items():
        target = targets.get(identity, "")
        info = parts.get(_plain(target[1:] if target.startswith("/") else posixpath.normpath(f"xl/{_plain(target)}")))
        if info is not None:
            found[sheet] = info
    return found


def _plain(part: str) -> str:
    return part.replace("\\", "/").lower()
