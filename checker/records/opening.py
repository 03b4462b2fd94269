"""Opens a submission, whatever its kind: a file, folder or archive, a database, or what comes in by standard input."""

from __future__ import annotations

from pathlib import Path

from checker.errors import Place, Problem, RecordsError, UsageError
from checker.files import reason_of, require_regular
from checker.records.archive import SUFFIX, unpacked
from checker.records.folder import open_folder
from checker.records.limits import Limits
from checker.records.manifest import read_manifest
from checker.records.readers import KINDS, Reader, reader_of, reader_of_address
from checker.records.readers.addresses import scheme_of, shown
from checker.records.readers.protocol import Document, Means
from checker.records.sorting import Part
from checker.records.standard_input import DASH, standard_input
from checker.records.submission import Opened
from checker.records.values import Describe, Take
from checker.words.message import message


def open_submission(
    submission: str | Path,
    describe: Describe | None = None,
    *,
    take: Take | None = None,
    limits: Limits | None = None,
    stdin_filename: str | None = None,
) -> Opened:
    """Opens what was handed in. Raises RecordsError if it is no submission.

    Parquet files are read by the engine, which lends `describe` and `take`; without it neither they nor databases are read.
    What comes in by standard input (`-`) is called `stdin_filename`.
    """
    means = Means(describe, take, limits=limits or Limits())
    try:
        if isinstance(submission, str) and (scheme := scheme_of(submission)) is not None:
            return _open_database(submission, scheme, means)
        if str(submission) == DASH:
            return _open(standard_input(means, stdin_filename), means)
        if stdin_filename is not None:
            raise UsageError(Problem("no-stdin", message("no-stdin"), message("no-stdin-fix")))
        return _open(Document(Path(submission), str(submission)), means)
    except OSError as error:
        wrong, place = message("unreadable-submission", why=reason_of(error)), Place(str(error.filename or submission))
        raise RecordsError(Problem("unreadable-file", wrong, message("unreadable-submission-fix"), place)) from error


def _open(document: Document, means: Means) -> Opened:
    if document.path.is_dir():
        return open_folder(document, means)
    if not document.path.exists():
        wrong, fix = message("missing-path"), message("missing-path-fix")
        raise RecordsError(Problem("missing-path", wrong, fix, Place(document.shown)))
    if document.suffix == SUFFIX:
        return open_folder(unpacked(document, means), means)
    require_regular(document.path)
    reader = reader_of(document.suffix)
    if reader is None:
        wrong = message("unknown-kind", kind=document.path.suffix or document.path.name)
        raise RecordsError(Problem("unknown-kind", wrong, message("hand-in-fix", kinds=KINDS), Place(document.shown)))
    return _read(reader, document, means, document.path.parent)


def _open_database(address: str, scheme: str, means: Means) -> Opened:
    document = Document(Path(), shown(address), address)
    reader = reader_of_address(scheme)
    if reader is None:
        wrong = message("unknown-database", kind=scheme)
        raise RecordsError(Problem("unknown-kind", wrong, message("hand-in-fix", kinds=KINDS), Place(document.shown)))
    return _read(reader, document, means, Path())


def _read(reader: Reader, document: Document, means: Means, folder: Path) -> Opened:
    contents = reader.read(document, means)
    if not contents.tables:
        wrong = message("needs-engine", kind=reader.title)
        raise RecordsError(Problem("unknown-kind", wrong, message("hand-in-fix", kinds=KINDS), Place(document.shown)))
    return Opened(read_manifest(contents.entries), document.shown, (Part(contents.tables),), folder=folder, limits=means.limits)
