"""What comes in by standard input, kept in a temporary file that is read as any file is."""

from __future__ import annotations

import sys
from pathlib import Path

from checker.errors import Place, Problem, RecordsError
from checker.files import DATA
from checker.records.readers.protocol import Document, Means
from checker.records.readers.sniffing import kind_of
from checker.words.message import message

DASH = "-"
_CHUNK = 1 << 20


def standard_input(means: Means, name: str | None) -> Document:
    """All that comes in; of which kind it is, its given name says, or how it begins."""
    file = means.scratch.file()
    size = 0
    with file.open("wb") as stream:
        while chunk := sys.stdin.buffer.read(_CHUNK):
            size += len(chunk)
            if size > DATA:
                wrong = message("stdin-large", n=DATA // 1_000_000)
                raise RecordsError(Problem("too-large", wrong, message("stdin-large-fix"), Place(DASH)))
            stream.write(chunk)
    if size == 0:
        raise RecordsError(Problem("empty-file", message("stdin-empty"), message("stdin-empty-fix"), Place(DASH)))
    if name is not None:
        shown = Path(name).name
    else:
        kind = kind_of(file)
        shown = f"stdin{kind.suffix or ''}" if kind is not None else "stdin"
    target = means.scratch.folder() / (shown if "\0" not in shown else "stdin")
    file.rename(target)
    return Document(target, shown, keep=means.scratch)
