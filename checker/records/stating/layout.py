"""How a table is laid out in its sheet or file, as a manifest states it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from checker.errors import Place

ROWS = COLUMNS = 1 << 40
"""More rows and columns than any table has."""


NO_HEADER = (0, 0)
"""Stated of a table in which no row is a header."""


class Area(NamedTuple):
    """Some rows and columns of a sheet, counted from 1, all included."""

    first_row: int = 1
    last_row: int = ROWS
    first_column: int = 1
    last_column: int = COLUMNS


class Cut(NamedTuple):
    """What is looked at of a sheet: an area, without some spans of rows; `header` are the rows of the header, if stated.

    Where the rows are to be turned they are wanted `at_hand`, and not left to the engine.
    """

    area: Area = Area()
    skip: tuple[tuple[int, int], ...] = ()
    header: tuple[int, int] | None = None
    at_hand: bool = False
    place: Place = Place("")

    def leaves_out(self, row: int) -> bool:
        """Whether a row is above or below the area, or skipped."""
        area = self.area
        return not area.first_row <= row <= area.last_row or any(first <= row <= last for first, last in self.skip)

    @property
    def whole(self) -> bool:
        """Whether all rows and columns are looked at."""
        return self.area == Area() and not self.skip


class Value(NamedTuple):
    """A text that a manifest states, and where."""

    text: str
    place: Place


class Register(NamedTuple):
    """A register of names by days: which field the days are for, which the marks, and what the marks mean.

    Without a field for marks, a row is made for each mark that says present. `empty` is what an empty cell means.
    `month` and `year` say in which month a number is a day.
    """

    days: Value | None = None
    mark: Value | None = None
    marks: Mapping[str, Value] = {}
    empty: Value | None = None
    month: int | None = None
    year: int | None = None


class Layout(NamedTuple):
    """How a table is laid out. `columns` are the headers of fields, `given` the values of fields that all of its rows have.

    `title` is what stands above the header, with the names of fields in it. All names are as the manifest has them.
    """

    place: Place
    cut: Cut | None = None
    columns: Mapping[str, Value] = {}
    fill_down: Sequence[Value] = ()
    title: Value | None = None
    register: Register | None = None
    given: Mapping[str, Value] = {}


class Statement(NamedTuple):
    """What a manifest says of a table: of which record it is, in which file and sheet it stands, and how it is laid out.

    It is about what is in the file or folder `within` only, where the manifest is that of a part of a submission.
    """

    record: str
    place: Place
    layout: Layout
    files: Sequence[Value] = ()
    sheets: Sequence[Value] = ()
    within: str = ""

    def covers(self, file: str) -> bool:
        """Whether it is about what is in that file."""
        return not self.within or file == self.within or file.startswith(f"{self.within.rstrip('/')}/")

    @property
    def located(self) -> bool:
        """Whether it says where the table is."""
        return bool(self.files or self.sheets)
