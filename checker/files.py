"""Reads files that others name: only regular files, and only as much as such a file may hold."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from checker.words.message import Message, message

_REASONS = {
    errno.ENOENT: "file-missing",
    errno.EACCES: "file-not-permitted",
    errno.EPERM: "file-not-permitted",
    errno.EISDIR: "file-is-folder",
    errno.ENOTDIR: "file-not-in-folder",
    errno.ENAMETOOLONG: "file-long-name",
    errno.ENOSPC: "file-no-room",
    errno.EDQUOT: "file-no-room",
    errno.EROFS: "file-read-only",
    errno.ELOOP: "file-links",
}

TEXT = 16_000_000
"""The most bytes of a file that people write: a manifest, a file of rules or cases, waivers."""

DATA = 2_000_000_000
"""The most bytes of one that programs write: a submission in one file, a report."""


class UnfitFileError(OSError):
    """A file is none that may be read: why not."""

    def __init__(self, number: int, why: Message, path: Path) -> None:
        super().__init__(number, str(why), str(path))
        self.why = why


def reason_of(error: OSError) -> Message:
    """Why a file cannot be read or written."""
    if isinstance(error, UnfitFileError):
        return error.why
    key = _REASONS.get(error.errno or 0)
    return message("file-other", number=str(error.errno or 0)) if key is None else message(key)


def regular_bytes(path: Path, most: int = TEXT) -> bytes:
    """What is in the file. Raises OSError where it is none, or holds more; devices and pipes are not even opened."""
    require_regular(path, most)
    # Should it have become a pipe since, this does not wait for its other end.
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(number, "rb") as stream:  # noqa: PTH123 -- a number, no path
        _require(os.fstat(number), path, most)
        text = stream.read(most + 1)
    if len(text) > most:  # some files do not say how long they are
        raise _too_large(path, most)
    return text


def require_regular(path: Path, most: int | None = None) -> None:
    """Raises OSError where there is no regular file, or it holds more than `most`."""
    try:
        there = path.stat()
    except ValueError:
        raise UnfitFileError(errno.EINVAL, message("file-bad-name"), path) from None
    _require(there, path, most)


def _require(there: os.stat_result, path: Path, most: int | None) -> None:
    if stat.S_ISDIR(there.st_mode):
        raise IsADirectoryError(errno.EISDIR, "it is a folder", str(path))
    if not stat.S_ISREG(there.st_mode):
        raise UnfitFileError(errno.EINVAL, message("file-device"), path)
    if most is not None and there.st_size > most:
        raise _too_large(path, most)


def _too_large(path: Path, most: int) -> OSError:
    return UnfitFileError(errno.EFBIG, message("file-too-large", n=most // 1_000_000), path)
