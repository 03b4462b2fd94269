"""Looks through an .ods workbook before it is read, and finds what is hidden in it: its reader tells of sheets only."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from html import unescape
from pathlib import Path

from checker.records.readers.workbook.extent import pieces
from checker.records.readers.workbook.hidden import Hidden
from checker.records.readers.workbook.sheets import Grid

_CONTENT = "content.xml"
_CONCEALED = re.compile(rb"""visibility=["'](?:collapse|filter)["']""")
_TAG = re.compile(rb"""<(?:\w+:)?(table|table-row|table-column)(?=[\s/>])([^>]*)>""")
_NAME = re.compile(rb"""(?:^|[\s:])name=["']([^"']*)["']""")
_REPEATED = re.compile(rb"""repeated=["']([0-9]{1,7})["']""")


def conceals(file: Path) -> bool:
    """Whether anything is hidden in an .ods workbook; never in another kind. Raises UnfitWorkbookError if it must not be read."""
    if not zipfile.is_zipfile(file):
        return False
    found = False
    with zipfile.ZipFile(file) as zipped:
        if _CONTENT in zipped.namelist():
            for piece in pieces(zipped, zipped.getinfo(_CONTENT)):
                found = found or _CONCEALED.search(piece) is not None
    return found


def hidden_in(file: Path, grids: Mapping[str, Grid]) -> Mapping[str, Hidden]:
    """What is hidden of each sheet of an .ods workbook, by its name: rows are counted, of which there may be very many."""
    with zipfile.ZipFile(file) as zipped:
        return _counted(zipped, grids)


def _counted(zipped: zipfile.ZipFile, grids: Mapping[str, Grid]) -> Mapping[str, Hidden]:
    found: dict[str, Hidden] = {}
    hidden, grid, row, column = Hidden(), Grid(None, (), None), 1, 1
    for piece in pieces(zipped, zipped.getinfo(_CONTENT)):
        for kind, attributes in _TAG.findall(piece):
            repeated = _REPEATED.search(attributes)
            times = int(repeated[1]) if repeated is not None else 1
            concealed = _CONCEALED.search(attributes) is not None
            if kind == b"table":
                named = _NAME.search(attributes)
                name = unescape(named[1].decode()) if named is not None else ""
                hidden, grid, row, column = found.setdefault(name, Hidden()), grids.get(name, grid), 1, 1
            elif kind == b"table-row":
                if concealed:
                    last = min(row + times, len(grid.rows) + 1)
                    hidden.rows += [number for number in range(row, last) if any(cell != "" for cell in grid.rows[number - 1])]
                row += times
            else:
                if concealed:
                    hidden.columns.append((column, column + times - 1))
                column += times
    return found
