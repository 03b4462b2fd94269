"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from checker.errors import Place, Problem, RecordsError
from checker.words.message import Message, message

_HEAD = 4096
_WORKBOOKS = {"xl/workbook.xml": ".xlsx", "xl/workbook.bin": ".xlsb", "content.xml": ".ods"}
"""The part by which a packed workbook is known, and the end of name of such a workbook."""


class Kind(NamedTuple):
    """A kind of file: what it is called, and how its name should end for it to be read; None if it is not read at all."""

    name: Message
    suffix: str | None = None


EMPTY = Kind(message("kind-empty"))
_PACKED = Kind(message("kind-zip"), ".zip")
LOCKED = Kind(message("kind-locked"))
_STARTS = (
    (b"PAR1", Kind(message("kind-parquet"), ".parquet")),
    (b"SQLite format 3\0", Kind(message("kind-sqlite"), ".sqlite")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind(message("kind-xls"), ".xls")),
    (b"%PDF", Kind(message("kind-pdf"))),
    (b"\x1f\x8b", Kind(message("kind-gzip"))),
    (b"7z\xbc\xaf'\x1c", Kind(message("kind-7z"))),
    (b"Rar!", Kind(message("kind-rar"))),
    (b"{\\rtf", Kind(message("kind-rtf"))),
    (b"\x89PNG", Kind(message("kind-picture"))),
    (b"\xff\xd8\xff", Kind(message("kind-picture"))),
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
    fix = message("mislabelled-fix", suffix=kind.suffix) if kind.suffix else message("mislabelled-unread-fix")
    raise RecordsError(Problem("mislabelled", message("mislabelled", kind=kind.name), fix, Place(shown)))


def kind_of(file: Path) -> Kind | None:
    """What a file looks like; None where it may be anything."""
    with file.open("rb") as stream:
        head = stream.read(_HEAD)
    if not head:
        return EMPTY
    if head.startswith(b"PK"):
        return _packed(file) or Kind(message("kind-cut-off"))
    found = next((kind for start, kind in _STARTS if head.startswith(start)), None)
    if found is not None:
        return LOCKED if found.suffix == ".xls" and _is_encrypted(file) else found
    return next(_texts(head), None)


def _packed(file: Path) -> Kind | None:
    """What is in an archive; None of one that is cut off, or otherwise damaged."""
    import zipfile  # noqa: PLC0415 -- few files are packed, and it takes long to load

    from checker.records.damaged import DAMAGED  # noqa: PLC0415 -- the same

    try:
        with zipfile.ZipFile(file) as packed:
            names = {name.replace("\\", "/").lower() for name in packed.namelist()}
    except DAMAGED:
        return None
    suffix = next((suffix for part, suffix in _WORKBOOKS.items() if part in names), None)
    if suffix is not None:
        return Kind(message("kind-workbook", suffix=suffix), suffix)
    return Kind(message("kind-docx")) if "word/document.xml" in names else _PACKED


def _is_encrypted(file: Path) -> bool:
    with file.open("rb") as stream:
        return any(_ENCRYPTED in chunk for chunk in iter(lambda: stream.read(1 << 20), b""))


def _texts(head: bytes) -> Iterator[Kind]:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield Kind(message("kind-text"), ".csv")
    if b"\0" in head:
        return
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(_HTML):
        yield Kind(message("kind-html"))
    if start.startswith((b"<?xml", b"<workbook")):
        yield Kind(message("kind-xml-2003" if b"urn:schemas-microsoft-com:office:spreadsheet" in head else "kind-xml"))
    if start.startswith((b"{", b"[")):
        lines = start.splitlines()
        several = len(lines) > 1 and lines[0].rstrip().endswith(b"}") and lines[1].lstrip().startswith(b"{")
        yield Kind(message("kind-ndjson"), ".ndjson") if several else Kind(message("kind-json"), ".json")
    first = start.splitlines()[0] if start else b""
    if any(sign in first for sign in _SEPARATORS):
        yield Kind(message("kind-csv"), ".csv")
    if b":" in first and not first.startswith(b"<"):
        yield Kind(message("kind-yaml"), ".yaml")
