"""Opens a submission, whatever its kind: a file of one of the formats, or a folder of them."""

from __future__ import annotations

from pathlib import Path

from checker.errors import Place, Problem, RecordsError
from checker.files import reason_of, require_regular
from checker.records.folder import open_folder
from checker.records.limits import Limits
from checker.records.manifest import read_manifest
from checker.records.readers import KINDS, reader_of
from checker.records.readers.protocol import Document, Means
from checker.records.submission import Opened, Part
from checker.records.values import Describe
from checker.words.message import message


def open_submission(path: Path, describe: Describe | None = None, limits: Limits | None = None) -> Opened:
    """Opens a folder, or a file of any format that is read. Raises RecordsError if it is no submission.

    Parquet files are read by the engine, which lends `describe`; without it they are not read.
    """
    document, means = Document(path, str(path)), Means(describe, limits=limits or Limits())
    try:
        if path.is_dir():
            return open_folder(document, means)
        if not path.exists():
            wrong, fix = message("missing-path"), message("missing-path-fix")
            raise RecordsError(Problem("missing-path", wrong, fix, Place(document.shown)))
        return _open_file(document, means)
    except OSError as error:
        wrong, place = message("unreadable-submission", why=reason_of(error)), Place(str(error.filename or document.shown))
        raise RecordsError(Problem("unreadable-file", wrong, message("unreadable-submission-fix"), place)) from error


def _open_file(document: Document, means: Means) -> Opened:
    require_regular(document.path)
    reader = reader_of(document.suffix)
    contents = None if reader is None else reader.read(document, means)
    if contents is None or not contents.tables:
        wrong = message("unknown-kind", kind=document.path.suffix or document.path.name)
        raise RecordsError(Problem("unknown-kind", wrong, message("hand-in-fix", kinds=KINDS), Place(document.shown)))
    return Opened(read_manifest(contents.entries), document.shown, (Part(contents.tables),), folder=document.path.parent)
