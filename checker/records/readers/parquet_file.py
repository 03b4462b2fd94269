"""Reads what a Parquet file says of its columns; the rows are left to the engine."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from checker.errors import Place, Problem, RecordsError
from checker.files import require_regular
from checker.model.schema import Record
from checker.records.lines import RowNumbers
from checker.records.readers.encoding import under_plain_name
from checker.records.readers.protocol import Body, Contents, Document, HeadRow, Means, OneFile, part_files, require_whole
from checker.records.stating.layout import Cut
from checker.records.values import Column, Describe, ParquetPart, ParquetShape, ParquetSource, UnreadableParquetError
from checker.words.message import Message, message


def read(document: Document, means: Means) -> Contents:
    """The one table of a Parquet file, or of a folder of files with the same columns."""
    if means.describe is None:
        return Contents(())
    return Contents((ParquetFile(document, means, means.describe),))


@dataclass(frozen=True, slots=True)
class ParquetFile(OneFile):
    """A Parquet file of a submission, or a folder of part files, not yet looked into."""

    describe: Describe

    def head(self, record: Record, cut: Cut | None = None) -> ParquetHead:  # noqa: ARG002 -- its columns have names of their own
        """Finds the columns. Raises RecordsError."""
        require_whole(cut)
        parts: list[ParquetPart] = []
        shapes: list[ParquetShape] = []
        files = part_files(self.document, self.means)
        for file in files:
            path = under_plain_name(file.path, self.means.scratch)
            shape = self._shape(file, path)
            parts.append(ParquetPart(path, file.shown, sum(each.rows for each in shapes)))
            shapes.append(shape)
            if (other := _other_columns(shapes[0], shape)) is not None:
                wrong = message("other-columns", column=other, file=parts[0].shown)
                raise RecordsError(Problem("other-columns", wrong, message("other-columns-fix"), Place(file.shown)))
        as_named = [part.path for part in parts] == [file.path for file in files]
        return ParquetHead(
            self.place, ParquetSource(tuple(parts), _together(shapes), self.document.keep if as_named else self.means.scratch)
        )

    def _shape(self, file: Document, path: Path) -> ParquetShape:
        require_regular(file.path)
        with file.path.open("rb") as stream:
            if not stream.read(1):
                wrong, fix = message("empty-file"), message("empty-parquet-fix")
                raise RecordsError(Problem("empty-file", wrong, fix, Place(file.shown)))
        try:
            shape = self.describe(path)
        except UnreadableParquetError as error:
            raise RecordsError(broken(file.shown, message("reader-reports", text=str(error)))) from None
        if shape.bomb:
            raise RecordsError(broken(file.shown, message("parquet-packed")))
        if shape.longest > (most := self.means.limits.cell):
            wrong, fix = message("cell-too-long", n=shape.longest, most=most), message("cell-too-long-fix")
            raise RecordsError(Problem("too-long", wrong, fix, Place(file.shown)))
        return shape


def _other_columns(first: ParquetShape, other: ParquetShape) -> str | None:
    """The first column in which two files differ, in name or type."""
    for one, two in zip_longest(first.columns, other.columns):
        if one is None or two is None or (one.header, one.type) != (two.header, two.type):
            return (two or one).header
    return None


def _together(shapes: Sequence[ParquetShape]) -> ParquetShape:
    """What is so of all files."""
    columns = [
        column._replace(
            filled=all(each.filled for each in alike),
            days=all(each.days for each in alike),
            repeated=all(each.repeated for each in alike),
        )
        for alike in zip(*(shape.columns for shape in shapes), strict=True)
        for column in alike[:1]
    ]
    blank = any(shape.blank_rows for shape in shapes)
    return ParquetShape(tuple(columns), sum(shape.rows for shape in shapes), blank)


class ParquetHead(NamedTuple):
    """The columns of a Parquet file."""

    place: Place
    source: ParquetSource
    numbered: bool = False
    notices: tuple[Problem, ...] = ()

    @property
    def rows(self) -> tuple[HeadRow]:
        """The names of the columns."""
        return (HeadRow(self.place, [column.header for column in self.source.shape.columns]),)

    def filled(self, header: int, columns: Collection[int]) -> Collection[int]:  # noqa: ARG002 -- as of all heads
        """No column is without a name."""
        return ()

    def body(self, header: int, columns: tuple[Column, ...]) -> Body:  # noqa: ARG002 -- as of all heads
        """The rows are left to the engine."""
        return Body(self.source, 1, RowNumbers())


def broken(shown: str, why: Message) -> Problem:
    """The problem of a Parquet file that is damaged, cut off, encrypted, or made to harm."""
    wrong = message("broken-parquet", why=why)
    return Problem("broken-parquet", wrong, message("broken-parquet-fix"), Place(shown))
