"""What a reader of one format is given, and what it gives: tables that are found, their first rows, and the rows below."""

import os
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Protocol

from checker.errors import Place, Problem, RecordsError
from checker.model.schema import Record
from checker.records.limits import Limits
from checker.records.lines import Lines
from checker.records.manifest import Entry
from checker.records.readers.encoding import Scratch
from checker.records.stating.layout import Cut
from checker.records.values import Column, Describe, Source, Take
from checker.words.message import message


class Document(NamedTuple):
    """One file or folder to be read: where it lies, and what messages call it; or a database, by its address, which is secret.

    `keep` holds on to the temporary folder in which it may lie.
    """

    path: Path
    shown: str
    address: str | None = None
    keep: object = None

    def __repr__(self) -> str:
        return f"Document({self.shown!r})"

    @property
    def name(self) -> str:
        """What the only table in it is matched to a record by."""
        return Path(self.shown).stem

    @property
    def suffix(self) -> str:
        """The end of its name in lower case, which says its format."""
        return Path(self.shown).suffix.lower()


@dataclass(frozen=True, slots=True)
class Means:
    """What a reader may use: what the engine lends, room for copies, limits, and what a manifest says of text.

    What is read lies `within` the folder that was handed in, links followed.
    """

    describe: Describe | None = None
    take: Take | None = None
    scratch: Scratch = field(default_factory=Scratch)
    limits: Limits = Limits()
    encoding: str | None = None
    within: Path | None = None

    def leads_out(self, file: Path) -> bool:
        """Whether a file or folder of what was handed in is a link to something that was not."""
        return self.within is not None and file.is_symlink() and not Path(os.path.realpath(file)).is_relative_to(self.within)


class HeadRow(NamedTuple):
    """One of the first rows that are not blank, and where it stands."""

    place: Place
    cells: Sequence[str]


class Body(NamedTuple):
    """The rows below a header, for the engine to take, with the lines that they stand on, and what was found on the way."""

    source: Source
    first_line: int
    lines: Lines
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()


class Head(Protocol):
    """The beginning of a table: enough to find its header, and to know its columns."""

    @property
    def rows(self) -> Sequence[HeadRow]:
        """The first rows that are not blank; of a format whose columns have names there is one row, of these."""

    @property
    def numbered(self) -> bool:
        """Whether columns have numbers, as in sheets and CSV files."""

    @property
    def notices(self) -> tuple[Problem, ...]:
        """What is worth knowing of the table so far."""

    def filled(self, header: int, columns: Collection[int]) -> Collection[int]:
        """Those of the columns, by number, that have data below the row that is the header."""

    def body(self, header: int, columns: tuple[Column, ...]) -> Body:
        """The rows below the row that is the header."""


class Found(Protocol):
    """A table that was found in a submission, not yet matched to a record."""

    @property
    def name(self) -> str:
        """What it is matched to a record by."""

    @property
    def place(self) -> Place:
        """Where it is."""

    def blank(self) -> bool:
        """Whether there is nothing in it."""

    def head(self, record: Record, cut: Cut | None = None) -> Head:
        """Its beginning, read as a table of that record, of which only that cut is looked at.

        Raises RecordsError or OSError where it cannot be read, or has no rows and columns with numbers.
        """


class Contents(NamedTuple):
    """What a reader finds: the lines of a manifest, if there are any, and tables."""

    tables: tuple[Found, ...]
    entries: tuple[Entry, ...] = ()


class NoTablesError(RecordsError):
    """A file has nothing in it that a submission has, and among others may well be something else."""


Read = Callable[[Document, Means], Contents]
"""Looks into a document of one format. Raises RecordsError or OSError where it cannot be read."""


@dataclass(frozen=True, slots=True)
class OneFile:
    """A file that is one table, or a folder of its parts, not yet looked into."""

    document: Document
    means: Means

    @property
    def name(self) -> str:
        """What it is matched to a record by."""
        return self.document.name

    @property
    def place(self) -> Place:
        """The file."""
        return Place(self.document.shown)

    def blank(self) -> bool:
        """Whether there is nothing in it."""
        return self.document.path.is_file() and self.document.path.stat().st_size == 0


class UnreadFile(NamedTuple):
    """A file that is one table, and cannot be read at all; why is told where its table is asked for."""

    document: Document
    error: RecordsError | OSError

    @property
    def name(self) -> str:
        """What it is matched to a record by."""
        return self.document.name

    @property
    def place(self) -> Place:
        """The file."""
        return Place(self.document.shown)

    def blank(self) -> bool:
        """It is not known to be empty."""
        return False

    def head(self, record: Record, cut: Cut | None = None) -> Head:  # noqa: ARG002 -- as of all tables that were found
        """Raises the error."""
        raise self.error


def require_whole(cut: Cut | None) -> None:
    """Raises RecordsError where only a cut of a table is to be looked at that has no rows and columns with numbers."""
    if cut is not None:
        raise RecordsError(Problem("no-sheet", message("stated-no-sheet"), message("stated-no-sheet-fix"), cut.place))


def part_files(document: Document, means: Means) -> tuple[Document, ...]:
    """The file itself, or the files of its kind in the folder that it is. Raises RecordsError if one leads out, or none is."""
    if not document.path.is_dir():
        return (document,)
    files = [file for file in sorted(document.path.iterdir()) if file.suffix.lower() == document.suffix]
    if not files:
        wrong = message("no-part-files", suffix=document.suffix)
        raise RecordsError(Problem("no-part-files", wrong, message("no-part-files-fix"), Place(document.shown)))
    found = tuple(Document(file, str(Path(document.shown) / file.name), keep=document.keep) for file in files)
    if outside := [each for each in found if means.leads_out(each.path)]:
        raise RecordsError(*map(outside_link, outside))
    return found


def outside_link(link: Document) -> Problem:
    """The problem of a link in what was handed in that leads to something that was not."""
    return Problem("outside-link", message("outside-link"), message("outside-link-fix"), Place(link.shown))
