"""Reads a file of one JSON object a line: each is a row, and all of them one table."""

from __future__ import annotations

from checker.errors import Place, Problem, RecordsError
from checker.files import regular_bytes
from checker.records.limits import require_text_size
from checker.records.readers.json_file import Walk, text_of
from checker.records.readers.protocol import Contents, Document, Means
from checker.records.readers.tree import TreeTable
from checker.words.message import message


def read(document: Document, means: Means) -> Contents:
    """The one table of the file."""
    require_text_size(document.path, means.limits, document.shown)
    text = text_of(regular_bytes(document.path, means.limits.text), document.shown)
    walk = Walk(text, document.shown)
    rows = walk.lines()
    if not rows:
        wrong, fix = message("empty-file"), message("empty-ndjson-fix")
        raise RecordsError(Problem("empty-file", wrong, fix, Place(document.shown)))
    return Contents((TreeTable(document.name, Place(document.shown), rows, walk.marks("")),))
