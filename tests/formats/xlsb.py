"""Writes .xlsb workbooks by the published description of the format, [MS-XLSB]; no program that is at hand writes them."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

Value = str | float | bool | Decimal | date | datetime | None

_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 -- days of spreadsheets have no zone
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_GENERAL, _DATE_AND_TIME = 0, 22
"""Formats of numbers that every workbook knows."""


def binary_book(path: Path, sheets: Mapping[str, Sequence[Sequence[Value]]]) -> Path:
    """A workbook of these sheets, given as rows; None is no cell."""
    names = {f"r{number}": name for number, name in enumerate(sheets, 1)}
    bundles = b"".join(
        _record(156, struct.pack("<II", 0, at) + _text(key) + _text(names[key])) for at, key in enumerate(names, 1)
    )
    relations = "".join(
        f'<Relationship Id="{key}" Type="{_RELATION}/worksheet" Target="worksheets/sheet{number}.bin"/>'
        for number, key in enumerate(names, 1)
    )
    forms = b"".join(_record(47, struct.pack("<HHHHHHHH", 0, form, 0, 0, 0, 0, 0, 0)) for form in (_GENERAL, _DATE_AND_TIME))
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("xl/workbook.bin", _record(143) + bundles + _record(144) + _record(132))
        made.writestr("xl/_rels/workbook.bin.rels", f"<Relationships>{relations}</Relationships>")
        made.writestr("xl/styles.bin", _record(278) + _record(617, struct.pack("<I", 2)) + forms + _record(618) + _record(279))
        for number, rows in enumerate(sheets.values(), 1):
            made.writestr(f"xl/worksheets/sheet{number}.bin", _sheet(rows))
    return path


def _sheet(rows: Sequence[Sequence[Value]]) -> bytes:
    reach = struct.pack("<IIII", 0, max(len(rows) - 1, 0), 0, max(map(len, rows), default=1) - 1)
    cells = b"".join(
        _record(0, struct.pack("<IIHBBBI", number, 0, 0, 0, 0, 0, 0))
        + b"".join(_cell(column, value) for column, value in enumerate(row))
        for number, row in enumerate(rows)
    )
    return _record(129) + _record(148, reach) + _record(145) + cells + _record(146) + _record(130)


def _cell(column: int, value: Value) -> bytes:
    def start(form: int = 0) -> bytes:
        return struct.pack("<II", column, form)

    match value:
        case None:
            return b""
        case str():
            return _record(6, start() + _text(value))
        case bool():
            return _record(4, start() + bytes([value]))
        case date():
            day = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001
            passed = day - _DAY_ZERO
            return _record(5, start(1) + struct.pack("<d", passed.days + passed.seconds / 86_400))
        case _:
            return _record(5, start() + struct.pack("<d", value))


def _text(said: str) -> bytes:
    encoded = said.encode("utf-16-le")
    return struct.pack("<I", len(encoded) // 2) + encoded


def _record(kind: int, content: bytes = b"") -> bytes:
    number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = len(content), b""
    while size > 0x7F:
        length += bytes([size & 0x7F | 0x80])
        size >>= 7
    return number + length + bytes([size]) + content
