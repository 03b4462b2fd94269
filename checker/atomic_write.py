"""Files that are replaced whole or not at all; what is no regular file is written into, and stays what it is."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from checker.temporary import expect, remove

PRIVATE = 0o600
"""The mode of a new file that only the user may read."""

PUBLIC = 0o666
"""That of one which others may read too, as far as the user's mask allows."""


@contextmanager
def draft_of(path: Path, mode: int = PRIVATE) -> Iterator[Path]:
    """A file to write, which in the end takes the place of the one that `path` leads to, or is copied into a device or pipe.

    Whoever reads a regular file sees the old one or the new one, which has the mode and owner of the old one, or else `mode`.
    """
    there = _there(path)
    straight = there is not None and not stat.S_ISREG(there.st_mode) and not stat.S_ISDIR(there.st_mode)
    descriptor = _descriptor(path)
    if straight or descriptor is not None:
        # A file of its own, since a device cannot be written by the engine, or twice.
        draft = _new(Path(tempfile.gettempdir()), PRIVATE)
    else:
        path = Path(os.path.realpath(path))
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if there is not None and not os.access(path, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        draft = _new(path.parent, mode if there is None else PRIVATE)
    try:
        yield draft
        if straight or descriptor is not None:
            _pour(draft, path, descriptor)
        else:
            if there is not None:
                _liken(draft, there)
            draft.replace(path)
    finally:
        remove(draft)


def _there(path: Path) -> os.stat_result | None:
    """What is told of that which the path leads to; None where nothing is there yet."""
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _descriptor(path: Path) -> int | None:
    """The number of the open file that the path stands for, as `/dev/stdout` and `/dev/fd/1` do: it may be a regular one."""
    own = (os.path.realpath("/proc/self/fd"), os.path.realpath("/dev/fd"))
    step = str(path)
    for _ in range(40):  # as many links as the system follows
        folder, name = os.path.split(step)
        if name.isdecimal() and os.path.realpath(folder) in own:
            return int(name)
        if not os.path.islink(step):  # noqa: PTH114 -- a path step by step
            return None
        step = os.path.join(folder, os.readlink(step))  # noqa: PTH115, PTH118 -- the same
    return None


def _new(folder: Path, mode: int) -> Path:
    draft = folder / f".checker-{os.urandom(8).hex()}"
    # Before it is there: a signal may come at any moment.
    expect(draft)
    try:
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))
    except BaseException:
        remove(draft)
        raise
    return draft


def _liken(draft: Path, old: os.stat_result) -> None:
    """Gives the draft the owner and mode of the old file; who may not give files away keeps it."""
    mode = stat.S_IMODE(old.st_mode)
    if hasattr(os, "chown"):
        with suppress(OSError):
            os.chown(draft, old.st_uid, old.st_gid)
        if draft.stat().st_gid != old.st_gid:
            mode &= ~stat.S_IRWXG  # for another group it was not meant
    draft.chmod(mode)


def _pour(draft: Path, path: Path, descriptor: int | None) -> None:
    """Writes the draft into what is open under that number, or else into the device or pipe at that path."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    into = os.open(path, os.O_WRONLY | getattr(os, "O_NOCTTY", 0)) if descriptor is None else os.dup(descriptor)
    with draft.open("rb") as source, open(into, "wb") as target:  # noqa: PTH123 -- a number, no path
        shutil.copyfileobj(source, target, 1 << 20)
