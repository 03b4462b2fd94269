"""Writes reports to standard output, or to files that are replaced whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, TextIO, TypeVar

from checker.atomic_write import PRIVATE, draft_of
from checker.cli.parameters import Colour
from checker.errors import Place, Problem, UsageError
from checker.files import reason_of
from checker.report import Presentation
from checker.report.formats import Writer
from checker.words.message import message

Content = TypeVar("Content")

_COLUMNS = 80
_MOST_COLUMNS = 100


def write_output(path: str | None, write: Callable[[TextIO], None], mode: int = PRIVATE) -> None:
    """Calls `write` with standard output, or with a new file that then takes the place of the one at `path`.

    A file that was not there yet has that mode, by default private: reports tell of people.
    """
    with _opened(path, mode, binary=False) as stream:
        write(stream)


def write_bytes(path: str, write: Callable[[BinaryIO], None], mode: int = PRIVATE) -> None:
    """The same for what is no text."""
    with _opened(path, mode, binary=True) as stream:
        write(stream)


def write_report(
    path: str | None, writer: Writer[Content], content: Content, presentation: Presentation, mode: int = PRIVATE
) -> None:
    """Writes a result in one of the formats, of text or of bytes, to where `write_output` does."""
    with _opened(path, mode, binary=writer.binary) as stream:
        writer(content, stream, presentation)


@contextmanager
def _opened(path: str | None, mode: int, *, binary: bool) -> Iterator[Any]:
    if path is None:
        sys.stdout.flush()
        yield sys.stdout.buffer if binary else sys.stdout
        sys.stdout.flush()
        return
    how: dict[str, Any] = {"encoding": "utf-8", "errors": "backslashreplace", "newline": "\n"}
    try:
        with draft_of(Path(path), mode) as draft, draft.open("wb" if binary else "w", **({} if binary else how)) as stream:
            yield stream
    except OSError as error:
        wrong = message("report-unwritable", why=reason_of(error))
        raise UsageError(Problem("cannot-write", wrong, message("unwritable-file-fix"), Place(path))) from error


def coloured(colour: Colour, path: str | None) -> bool:
    """Whether what goes to `path` is to be coloured: asked for, or a terminal that wants it."""
    if colour is Colour.AUTO:
        return path is None and sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    return colour is Colour.ALWAYS


def columns(path: str | None) -> int:
    """The width to write for: 80 columns, or those of the terminal up to 100."""
    if path is not None or not sys.stdout.isatty():
        return _COLUMNS
    return min(shutil.get_terminal_size((_COLUMNS, 24)).columns, _MOST_COLUMNS)
