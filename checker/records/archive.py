"""Unpacks an archive into a temporary folder, which is then read as any folder is."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from checker.errors import Place, Problem, RecordsError
from checker.files import require_regular
from checker.records.readers.protocol import Document, Means
from checker.words.message import Message, message

if TYPE_CHECKING:
    import zipfile

SUFFIX = ".zip"
_CHUNK = 1 << 20
_LARGE = 100_000_000
_PACKED = 200
"""By how much a large file may have been packed: tables are by 5 to 50."""
_RESERVED = frozenset('<>:"|?*\0')


def unpacked(archive: Document, means: Means) -> Document:
    """The folder that is packed in an archive. Raises RecordsError where it must not be unpacked, before or while it is."""
    import zipfile  # noqa: PLC0415 -- few submissions are packed, and it takes long to load

    from checker.records.damaged import DAMAGED  # noqa: PLC0415 -- the same

    require_regular(archive.path)
    folder = means.scratch.folder()
    try:
        with zipfile.ZipFile(archive.path) as packed:
            members = _members(archive, packed.infolist(), means.limits.files)
            for info, name in members:
                if info.flag_bits & 1:
                    raise _refused(archive, message("archive-locked", file=str(name)), message("archive-locked-fix"))
                left = means.limits.unpacked - means.scratch.unpacked
                means.scratch.unpacked += _write(archive, packed, info, folder / name, left)
    except (*DAMAGED, OSError) as error:
        # What bzip2 cannot unpack is an OSError too, of which the system knows nothing.
        if isinstance(error, OSError) and error.errno is not None:
            raise
        why = message("reader-reports", text=str(error))
        raise _refused(archive, message("archive-broken", why=why), message("archive-broken-fix")) from error
    return Document(_only(folder), archive.shown, keep=means.scratch)


def _members(archive: Document, infos: Sequence[zipfile.ZipInfo], most: int) -> list[tuple[zipfile.ZipInfo, PurePosixPath]]:
    """The files of an archive with their names, which must all stand below it, each once."""
    if len(infos) > most:
        raise _refused(archive, message("archive-files", n=len(infos), most=most), message("too-many-files-fix"))
    found: dict[str, tuple[zipfile.ZipInfo, PurePosixPath]] = {}
    for info in infos:
        path = PurePosixPath(info.filename.replace("\\", "/"))
        if info.is_dir() or path.parts[:1] == ("__MACOSX",):
            continue
        odd = path.is_absolute() or ".." in path.parts or not path.parts or any(_RESERVED & {*part} for part in path.parts)
        if odd or stat.S_ISLNK(info.external_attr >> 16):
            wrong = message("archive-outside" if odd else "archive-link", file=info.filename)
            raise _refused(archive, wrong, message("archive-names-fix"))
        if str(path).lower() in found:
            raise _refused(archive, message("archive-twice", file=str(path)), message("archive-twice-fix"))
        found[str(path).lower()] = (info, path)
    return [*found.values()]


def _write(archive: Document, packed: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path, most: int) -> int:
    """Unpacks one file; gives how many bytes it has, whatever it says of itself."""
    size = 0
    target.parent.mkdir(parents=True, exist_ok=True)
    with packed.open(info) as source, target.open("xb") as stream:
        while chunk := source.read(_CHUNK):
            size += len(chunk)
            if size > most:
                raise _refused(archive, message("archive-large"), message("archive-large-fix"))
            if size > _LARGE and size > _PACKED * info.compress_size:
                raise _refused(archive, message("archive-packed", file=info.filename), message("archive-packed-fix"))
            stream.write(chunk)
    return size


def _only(folder: Path) -> Path:
    """The folder, or the one in it, where there is nothing else: so many programs pack a folder."""
    inside = [*folder.iterdir()]
    return inside[0] if len(inside) == 1 and inside[0].is_dir() and not inside[0].suffix else folder


def _refused(archive: Document, wrong: Message, fix: Message) -> RecordsError:
    return RecordsError(Problem("broken-archive", wrong, fix, Place(archive.shown)))
