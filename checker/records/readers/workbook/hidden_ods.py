"""The rows and columns of an .ods workbook that are hidden, and hold something: its reader tells of sheets only."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from html import unescape
from pathlib import Path

from checker.records.damaged import DAMAGED
from checker.records.readers.workbook.hidden import Hidden
from checker.records.readers.workbook.sheets import Grid

_CONTENT = "content.xml"
_CHUNK = 1 << 20
_CONCEALED = re.compile(rb"""visibility=["'](?:collapse|filter)["']""")
_TAG = re.compile(rb"""<(?:\w+:)?(table|table-row|table-column)(?=[\s/>])([^>]*)>""")
_NAME = re.compile(rb"""(?:^|[\s:])name=["']([^"']*)["']""")
_REPEATED = re.compile(rb"""repeated=["']([0-9]{1,7})["']""")


def hidden_in_ods(file: Path, grids: Mapping[str, Grid]) -> Mapping[str, Hidden]:
    """What is hidden of each sheet, by its name; nothing of a workbook of another kind.

    Rows and columns are counted only where any is hidden, since there may be very many of them.
    """
    with suppress(*DAMAGED, KeyError, OSError), zipfile.ZipFile(file) as zipped:
        if any(_CONCEALED.search(piece) for piece in _pieces(zipped)):
            return _counted(zipped, grids)
    return {}


def _counted(zipped: zipfile.ZipFile, grids: Mapping[str, Grid]) -> Mapping[str, Hidden]:
    found: dict[str, Hidden] = {}
    hidden, grid, row, column = Hidden(), Grid(None, (), None), 1, 1
    for piece in _pieces(zipped):
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


def _pieces(zipped: zipfile.ZipFile) -> Iterator[bytes]:
    """What is in the workbook, in pieces that no tag is cut in two by."""
    kept = b""
    with zipped.open(_CONTENT) as stream:
        while chunk := stream.read(_CHUNK):
            whole, sign, rest = (kept + chunk).rpartition(b"<")
            yield whole
            kept = sign + rest
    yield kept
