"""Standard output and error as the program needs them: what cannot be written is reported, and never a traceback."""

from __future__ import annotations

import errno
import io
import os
import select
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

from checker.files import reason_of
from checker.words.message import Message, Words, message

if TYPE_CHECKING:
    from typing_extensions import Buffer

_AT_ONCE = 1 << 16


class LostOutputError(Exception):
    """Standard output cannot be written; says why, in one line."""

    def __init__(self, why: Message) -> None:
        super().__init__(str(why))
        self.why = why

    def in_(self, words: Words) -> str:
        """Why, in the language of those words."""
        return words("cli-lost-output", why=self.why)


class _Output(io.FileIO):
    """An open file that the program is given; `fail` learns what cannot be written to it."""

    def __init__(self, number: int, fail: Callable[[OSError], None]) -> None:
        super().__init__(number, "wb", closefd=False)
        self._fail = fail

    def write(self, data: Buffer, /) -> int:
        """Writes as much as fits at once; what cannot be written for good is taken for written once it was reported."""
        try:
            while (written := super().write(data)) is None:  # a pipe that somebody has set not to wait
                select.select([], [self], [])
        except OSError as error:
            self._fail(error)
            return memoryview(data).nbytes
        return written


def prepare_streams() -> None:
    """Makes standard output raise LostOutputError where it cannot be written; what standard error cannot take is lost.

    Where a reader has gone (`| head`) all that follows is lost, and the verdict stands.
    """
    # A file that is opened later must not be taken for a stream that was closed (`>&-`); this one refuses to be written.
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            with suppress(OSError):
                os.open(os.devnull, os.O_RDONLY)
    for name, number, fail in (("stdout", 1, _tell), ("stderr", 2, _ignore)):
        stream = getattr(sys, name)
        buffer = getattr(stream, "buffer", None)
        if stream is None or isinstance(getattr(buffer, "raw", buffer), io.FileIO):
            with suppress(OSError):
                if stream is not None:
                    stream.flush()
                setattr(sys, name, _stream(number, fail))


def _stream(number: int, fail: Callable[[OSError], None]) -> io.TextIOWrapper:
    raw = _Output(number, fail)
    buffer = io.BufferedWriter(raw, _AT_ONCE)
    lines = number != 1 or raw.isatty()
    return io.TextIOWrapper(buffer, encoding="utf-8", errors="backslashreplace", line_buffering=lines)


def _tell(error: OSError) -> None:
    if not isinstance(error, BrokenPipeError):
        _refuse(error)


def _refuse(error: OSError) -> NoReturn:
    raise LostOutputError(message("cli-closed") if error.errno == errno.EBADF else reason_of(error)) from error


def _ignore(_: OSError) -> None:
    """Takes no notice."""
