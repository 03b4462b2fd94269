"""Opens a submission, whatever its kind: a file of one of the formats, or a folder of them."""

from __future__ import annotations

from pathlib import Path

from checker.errors import Place, Problem, RecordsError
from checker.files import require_regular
from checker.records.folder import open_folder
from checker.records.limits import Limits
from checker.records.manifest import read_manifest
from checker.records.readers import KINDS, reader_of
from checker.records.readers.protocol import Document, Means
from checker.records.submission import Opened, Part
from checker.records.values import Describe


def open_submission(path: Path, describe: Describe | None = None, limits: Limits | None = None) -> Opened:
    """Opens a folder, or a file of any format that is read. Raises RecordsError if it is no submission.

    Parquet files are read by the engine, which lends `describe`; without it they are not read.
    """
    document, means = Document(path, str(path)), Means(describe, limits=limits or Limits())
    try:
        if path.is_dir():
            return open_folder(document, means)
        if not path.exists():
            fix = "Check the path for a slip."
            raise RecordsError(Problem("missing-path", "there is no such file or folder", fix, Place(document.shown)))
        return _open_file(document, means)
    except OSError as error:
        what = f"it cannot be read: {(error.strerror or 'unknown reason').lower()}"
        raise RecordsError(
            Problem("unreadable-file", what, "Name a file that you may read.", Place(str(error.filename or document.shown)))
        ) from error


def _open_file(document: Document, means: Means) -> Opened:
    require_regular(document.path)
    reader = reader_of(document.suffix)
    contents = None if reader is None else reader.read(document, means)
    if contents is None or not contents.tables:
        what = f"'{document.path.suffix or document.path.name}' is not a kind of file that is read"
        raise RecordsError(Problem("unknown-kind", what, f"Hand in {KINDS}.", Place(document.shown)))
    return Opened(read_manifest(contents.entries), document.shown, (Part(contents.tables),), folder=document.path.parent)
