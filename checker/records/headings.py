"""The header of a table as people make them: over one row or two, with a row of column numbers below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from checker.errors import Place, Problem, RecordsError
from checker.model.blanks import bare
from checker.records.matching import Names, header_row
from checker.records.readers.protocol import HeadRow
from checker.records.stating.layout import NO_HEADER, Cut
from checker.words.message import message


class Heading(NamedTuple):
    """A header: the rows `first` to `last`, both included, of the first rows of a table, the last of which may be numbers.

    Of a table without one the first row is its data, and `last` stands before that.
    """

    first: int
    last: int
    place: Place
    cells: Sequence[str]
    notices: tuple[Problem, ...] = ()


def heading(rows: Sequence[HeadRow], names: Names) -> Heading:
    """The header: the row that names the most fields, with the one below or above it where both together name more."""
    index = header_row([row.cells for row in rows], names)
    found = Heading(index, index, *rows[index])
    for first, last in ((index, index + 1), (index - 1, index)):
        if first >= 0 and last < len(rows) and (both := _joined(rows[first].cells, rows[last].cells, names)) is not None:
            said = message("header-of-two-rows", first=_line(rows[first]), second=_line(rows[last]))
            notice = Problem("header-of-two-rows", said, message("header-of-two-rows-fix"), rows[first].place)
            found = Heading(first, last, rows[first].place, both, (notice,))
            break
    return _with_numbers(rows, found)


def _with_numbers(rows: Sequence[HeadRow], found: Heading) -> Heading:
    """The header with the row of column numbers below it, if there is one."""
    below = found.last + 1
    if below < len(rows) and _numbers(rows[below].cells):
        said = message("column-numbers", line=_line(rows[below]))
        notice = Problem("column-numbers", said, message("column-numbers-fix"), rows[below].place)
        return found._replace(last=below, notices=(*found.notices, notice))
    return found


def stated_heading(rows: Sequence[HeadRow], cut: Cut) -> Heading:
    """The header that is stated, of one row or two, or of none. Raises RecordsError where there is nothing in it."""
    first, last = cut.header or NO_HEADER
    if cut.header == NO_HEADER:
        return _with_numbers(rows, Heading(0, -1, rows[0].place, [""] * max(len(row.cells) for row in rows)))
    index = next((number for number, row in enumerate(rows) if row.place.line == first), None)
    if index is None:
        wrong = message("stated-header-blank", line=str(first))
        raise RecordsError(Problem("stated-header-blank", wrong, message("stated-header-blank-fix"), cut.place))
    found = Heading(index, index, *rows[index])
    if last > first and index + 1 < len(rows) and rows[index + 1].place.line == last:
        width = max(len(rows[index].cells), len(rows[index + 1].cells))
        pairs = zip(_padded(rows[index].cells, width), _padded(rows[index + 1].cells, width), strict=True)
        found = found._replace(last=index + 1, cells=[lower if bare(lower) else upper for upper, lower in pairs])
    return _with_numbers(rows, found)


def _joined(above: Sequence[str], below: Sequence[str], names: Names) -> Sequence[str] | None:
    """The headers that two rows make together; None unless they name more fields than each does by itself.

    What stands above a cell is the title of several columns, or is said to the bottom: of a field that is named above nothing
    stands below.
    """
    width = max(len(above), len(below))
    pairs = [*zip(_padded(above, width), _padded(below, width), strict=True)]
    if any(names.meant(upper) and bare(lower) for upper, lower in pairs):
        return None
    both = [lower if bare(lower) else upper for upper, lower in pairs]
    alone = max(names.score(above), names.score(below))
    return both if names.score(both) > alone and names.score(below) and names.score(above) else None


def _numbers(cells: Sequence[str]) -> bool:
    """Whether the cells below headers count the columns: `(1) (2) (3)`. Figures alone may be data."""
    texts = [bare(cell) for cell in cells if bare(cell)]
    return len(texts) > 1 and texts == [f"({number})" for number in range(1, len(texts) + 1)]


def _padded(cells: Sequence[str], width: int) -> Sequence[str]:
    return [*cells, *[""] * (width - len(cells))]


def _line(row: HeadRow) -> str:
    return str(row.place.line or 0)
