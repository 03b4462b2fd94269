"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from checker.errors import Place, Problem, RecordsError

_HEAD = 4096
_WORKBOOKS = {"xl/workbook.xml": ".xlsx", "xl/workbook.bin": ".xlsb", "content.xml": ".ods"}
"""The part by which a packed workbook is known, and the end of name of such a workbook."""


class Kind(NamedTuple):
    """A kind of file: what it is called, and how its name should end for it to be read; None if it is not read at all."""

    name: str
    suffix: str | None = None


EMPTY = Kind("an empty file")
_PACKED = Kind("an archive (.zip)", ".zip")
LOCKED = Kind("a document protected by a password")
_STARTS = (
    (b"PAR1", Kind("a Parquet file", ".parquet")),
    (b"SQLite format 3\0", Kind("a SQLite database", ".sqlite")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind("a workbook of an old kind (.xls)", ".xls")),
    (b"%PDF", Kind("a PDF document")),
    (b"\x1f\x8b", Kind("a file packed by gzip")),
    (b"7z\xbc\xaf'\x1c", Kind("an archive (.7z)")),
    (b"Rar!", Kind("an archive (.rar)")),
    (b"{\\rtf", Kind("a text document (RTF)")),
    (b"\x89PNG", Kind("a picture")),
    (b"\xff\xd8\xff", Kind("a picture")),
)
_OF_TEXT = frozenset((".csv", ".json", ".ndjson", ".yaml"))
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HTML = (b"<!doctype html", b"<html", b"<table", b"<head", b"<meta")
_SEPARATORS = (b",", b";", b"\t", b"|")


def require_text(file: Path, shown: str) -> None:
    """Raises RecordsError where a file is plainly no table of text, whatever its name says."""
    kind = kind_of(file)
    if kind is None or kind == EMPTY or kind.suffix in _OF_TEXT:
        return
    fix = f"Name it as such a file is named (*{kind.suffix})." if kind.suffix else "Save the table as CSV, or hand in a workbook."
    raise RecordsError(Problem("mislabelled", f"this is {kind.name}, whatever its name says", fix, Place(shown)))


def kind_of(file: Path) -> Kind | None:
    """What a file looks like; None where it may be anything."""
    with file.open("rb") as stream:
        head = stream.read(_HEAD)
    if not head:
        return EMPTY
    if zipfile.is_zipfile(file):
        return _packed(file)
    if head.startswith(b"PK\3\4"):
        return Kind("a workbook or archive that is cut off")
    found = next((kind for start, kind in _STARTS if head.startswith(start)), None)
    if found is not None:
        return LOCKED if found.suffix == ".xls" and _is_encrypted(file) else found
    return next(_texts(head), None)


def _packed(file: Path) -> Kind:
    with zipfile.ZipFile(file) as packed:
        names = {name.replace("\\", "/").lower() for name in packed.namelist()}
    suffix = next((suffix for part, suffix in _WORKBOOKS.items() if part in names), None)
    if suffix is not None:
        return Kind(f"a workbook ({suffix})", suffix)
    return Kind("a text document (.docx)") if "word/document.xml" in names else _PACKED


def _is_encrypted(file: Path) -> bool:
    with file.open("rb") as stream:
        return any(_ENCRYPTED in chunk for chunk in iter(lambda: stream.read(1 << 20), b""))


def _texts(head: bytes) -> Iterator[Kind]:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield Kind("text, perhaps CSV", ".csv")
    if b"\0" in head:
        return
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(_HTML):
        yield Kind("an HTML page")
    if start.startswith((b"<?xml", b"<workbook")):
        yield Kind("a spreadsheet as XML of 2003" if b"urn:schemas-microsoft-com:office:spreadsheet" in head else "an XML file")
    if start.startswith((b"{", b"[")):
        lines = start.splitlines()
        several = len(lines) > 1 and lines[0].rstrip().endswith(b"}") and lines[1].lstrip().startswith(b"{")
        yield Kind("JSON, one row a line", ".ndjson") if several else Kind("JSON", ".json")
    first = start.splitlines()[0] if start else b""
    if any(sign in first for sign in _SEPARATORS):
        yield Kind("CSV", ".csv")
    if b":" in first and not first.startswith(b"<"):
        yield Kind("YAML", ".yaml")
