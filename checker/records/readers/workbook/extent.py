"""Looks through the parts of an .xlsx workbook before its reader opens them: how far each sheet reaches, and what is no sheet.

The reader keeps a place in memory for every cell from the first to the last: one stray cell in the far corner would take more
memory than there is, and end the process. Ordinary sheets are looked through with one search for references to cells; only
where that leaves a doubt is the XML followed.
"""

from __future__ import annotations

import copy
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Self
from xml.parsers import expat

from checker.display_width import column_letters
from checker.records.readers.workbook.hidden import Hidden
from checker.records.readers.workbook.reach import Reach
from checker.records.readers.workbook.sheet_cells import LAST_COLUMN, LAST_ROW, column_number, local
from checker.words.message import Message, message

_CHUNK = 1 << 20
_SPARSE = 4_000_000
"""So many cells are read whatever of them is filled."""
_FILLED = 4
"""Of more, at least one of so many must be filled."""
_LARGE = 200_000_000
_PACKED = 100
"""By how much a large part may have been packed: figures and words are by 5 to 30."""

_OTHER_PREFIX = re.compile(rb":c[\s/>]")
"""Where it occurs, a cell may be written so, or it stands in a text: then the XML is followed."""
_FORMULA, _OTHER_FORMULA = re.compile(rb"<f[\s/>]"), re.compile(rb":f[\s/>]")  # each is looked for by two signs, which is fast


class UnfitWorkbookError(Exception):
    """A workbook, or a part of it, is not as spreadsheet programs write it; says why."""

    def __init__(self, why: Message) -> None:
        super().__init__(str(why))
        self.why = why

    def __reduce__(self) -> tuple[type[Self], tuple[Message]]:
        """It is given from one process to another with what it says in any language."""
        return type(self), (self.why,)


@dataclass(slots=True)
class Extent:
    """How far a sheet reaches, and how many cells it has.

    It is `suspect` if a cell may hold an error, or a formula without a value. `lowest` and `rightmost` are the cells there.
    `hidden` is what is not shown of it.
    """

    cells: int = 0
    first_row: int = 1
    first_column: int = 1
    last_row: int = 0
    last_column: int = 0
    lowest: str = ""
    rightmost: str = ""
    suspect: bool = False
    hidden: Hidden = field(default_factory=Hidden)

    @property
    def too_far(self) -> bool:
        """Whether nearly all of what would have to be read is empty."""
        area = (self.last_row - self.first_row + 1) * (self.last_column - self.first_column + 1)
        return area > max(_SPARSE, _FILLED * self.cells)

    @property
    def beyond(self) -> bool:
        """Whether a cell is where no sheet has one."""
        return self.last_row > LAST_ROW or self.last_column > LAST_COLUMN


def check_parts(book: zipfile.ZipFile) -> None:
    """Raises UnfitWorkbookError where what the reader opens at once, such as the shared texts, is no part of a workbook."""
    names = [info.filename.replace("\\", "/").lower() for info in book.infolist()]
    if len(set(names)) < len(names):
        raise UnfitWorkbookError(message("workbook-two-parts"))
    for name, info in zip(names, book.infolist(), strict=True):
        if name.endswith((".xml", ".rels")) and "/worksheets/" not in name:
            for _ in pieces(book, info):
                pass


def extent(book: zipfile.ZipFile, part: zipfile.ZipInfo) -> Extent:
    """How far the sheet in that part reaches. Raises UnfitWorkbookError."""
    found, reach, plain = Extent(), Reach(), True
    for number, piece in enumerate(pieces(book, part)):
        if number == 0:
            plain = piece.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and b"\0" not in piece
        plain = plain and (b":" not in piece or _OTHER_PREFIX.search(piece) is None)
        found.suspect = found.suspect or _is_suspect(piece)
        found.hidden.take(piece)
        reach.take(piece)
    found.cells, found.last_row, found.last_column = reach.cells, reach.row, reach.column
    # Where no cell was found, they may go by another name.
    if not (plain and reach.known and reach.cells) or found.too_far or found.beyond:
        suspect, hidden = found.suspect, found.hidden
        with book.open(_whole(part)) as stream:
            found = _Followed().follow(stream)
        found.suspect, found.hidden = suspect, hidden
    return found


def _is_suspect(piece: bytes) -> bool:
    # A single sign is looked for in a tenth of the time, and most sheets have no apostrophes and colons.
    return (
        b't="e"' in piece
        or (b"'" in piece and b"t='e'" in piece)
        or _FORMULA.search(piece) is not None
        or (b":" in piece and _OTHER_FORMULA.search(piece) is not None)
    )


def pieces(book: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """A part in pieces that end before a tag begins. Raises UnfitWorkbookError where it is no XML as workbooks have it."""
    kept, size = b"", 0
    with book.open(_whole(info)) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > _LARGE and size > _PACKED * info.compress_size:
                raise UnfitWorkbookError(message("workbook-packed", part=info.filename))
            if b"<!DOCTYPE" in chunk:
                raise UnfitWorkbookError(message("workbook-declares", part=info.filename))
            end = chunk.rfind(b"<")
            if end < 0:
                kept += chunk
                if len(kept) > _CHUNK:
                    raise UnfitWorkbookError(message("workbook-long-text", part=info.filename))
                continue
            yield kept + chunk[:end]
            kept = chunk[end:]
    yield kept


def _whole(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """The part as long as it is, not as it says: the reader does not heed what it says."""
    whole = copy.copy(info)
    whole.file_size = 1 << 62
    return whole


class _Followed:
    """Follows the XML of a sheet for the cells that hold something."""

    def __init__(self) -> None:
        self._found = Extent(first_row=LAST_ROW, first_column=LAST_COLUMN)
        self._row = self._column = 0
        self._filled = False
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def follow(self, stream: IO[bytes]) -> Extent:
        """Reads the whole part."""
        self._parser.ParseFile(stream)
        return self._found if self._found.cells else Extent()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match local(name):
            case "row":
                self._row = _number(attributes.get("r", ""), self._row + 1)
                self._column = 0
            case "c":
                letters = attributes.get("r", "").rstrip("0123456789")
                self._row = _number(attributes.get("r", "")[len(letters) :], self._row)
                self._column = column_number(letters) if letters else self._column + 1
                self._filled = False
            case "v" | "t" | "f":
                self._parser.CharacterDataHandler = self._text

    def _text(self, text: str) -> None:
        self._filled = self._filled or bool(text)

    def _end(self, name: str) -> None:
        self._parser.CharacterDataHandler = None
        if local(name) != "c" or not self._filled:
            return
        found = self._found
        found.cells += 1
        found.first_row = min(found.first_row, self._row)
        found.first_column = min(found.first_column, self._column)
        if self._row > found.last_row:
            found.last_row, found.lowest = self._row, f"{column_letters(self._column)}{self._row}"
        if self._column > found.last_column:
            found.last_column, found.rightmost = self._column, f"{column_letters(self._column)}{self._row}"


def _number(digits: str, otherwise: int) -> int:
    return int(digits[:20]) if digits.isascii() and digits.isdecimal() else otherwise
