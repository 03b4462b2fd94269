"""Unpacks an archive into a temporary folder, which is then read as any folder is."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from checker.errors import Place, Problem, RecordsError
from checker.files import require_regular
from checker.records.readers.protocol import Document, Means

SUFFIX = ".zip"
_CHUNK = 1 << 20
_LARGE = 100_000_000
_PACKED = 200
"""By how much a large file may have been packed: tables are by 5 to 50."""
_RESERVED = frozenset('<>:"|?*\0')


def unpacked(archive: Document, means: Means) -> Document:
    """The folder that is packed in an archive. Raises RecordsError where it must not be unpacked, before or while it is."""
    require_regular(archive.path)
    folder = means.scratch.folder()
    try:
        with zipfile.ZipFile(archive.path) as packed:
            members = _members(archive, packed.infolist(), means.limits.files)
            left = means.limits.unpacked
            for info, name in members:
                if info.flag_bits & 1:
                    raise _refused(archive, f"'{name}' in it is protected by a password", "Pack the files without a password.")
                left -= _write(archive, packed, info, folder / name, left)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise _refused(archive, f"the archive cannot be read: {error}", "Pack the files anew.") from error
    return Document(_only(folder), archive.shown, keep=means.scratch)


def _members(archive: Document, infos: Sequence[zipfile.ZipInfo], most: int) -> list[tuple[zipfile.ZipInfo, PurePosixPath]]:
    """The files of an archive with their names, which must all stand below it, each once."""
    if len(infos) > most:
        fix = "Hand in less, or raise the limit with --read-limit files=N."
        raise _refused(archive, f"there are {len(infos)} files in the archive; at most {most} are read", fix)
    found: dict[str, tuple[zipfile.ZipInfo, PurePosixPath]] = {}
    for info in infos:
        path = PurePosixPath(info.filename.replace("\\", "/"))
        if info.is_dir() or path.parts[:1] == ("__MACOSX",):
            continue
        odd = path.is_absolute() or ".." in path.parts or not path.parts or any(_RESERVED & {*part} for part in path.parts)
        if odd or stat.S_ISLNK(info.external_attr >> 16):
            what = f"'{info.filename}' in it is no name of a file below it" if odd else f"'{info.filename}' in it is a link"
            raise _refused(archive, what, "Pack the files themselves, by their names.")
        if str(path).lower() in found:
            raise _refused(archive, f"two files in it are called '{path}'", "Pack each file once.")
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
                fix = "Hand in less, or raise the limit with --read-limit unpacked=BYTES."
                raise _refused(archive, "what is packed in the archive is larger than the limit", fix)
            if size > _LARGE and size > _PACKED * info.compress_size:
                what = f"'{info.filename}' in it is packed more tightly than any table can be"
                raise _refused(archive, what, "Hand the file in as it is.")
            stream.write(chunk)
    return size


def _only(folder: Path) -> Path:
    """The folder, or the one in it, where there is nothing else: so many programs pack a folder."""
    inside = [*folder.iterdir()]
    return inside[0] if len(inside) == 1 and inside[0].is_dir() and not inside[0].suffix else folder


def _refused(archive: Document, what: str, fix: str) -> RecordsError:
    return RecordsError(Problem("broken-archive", what, fix, Place(archive.shown)))
