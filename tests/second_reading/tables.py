"""A submission: a folder of CSV files, its rows, keys and references."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tests.second_reading import cells
from tests.second_reading.book import Book, Record
from tests.second_reading.cells import EMPTY, UNKNOWN, Cell, Days, Gap
from tests.second_reading.truth import Truth


@dataclass(eq=False)
class Row:
    """One submitted row; `raw` is None in a column that was not submitted."""

    record: Record
    number: int
    raw: Mapping[str, str | None]
    cells: Mapping[str, Cell]
    doubtful: bool = False
    misled: bool = False
    first: bool = True
    origin: "Row | None" = None
    stands: "Row | None" = None
    disputed: frozenset[str] = frozenset()
    near: dict[str, frozenset[str]] = field(default_factory=dict)
    otherwise: "tuple[Row, ...]" = ()

    @property
    def submitted(self) -> "Row":
        """The row as it was submitted."""
        return self.origin or self

    @property
    def key(self) -> Cell:
        """What identifies it; unknown where nothing does."""
        return self.cells[self.record.key] if self.record.key else UNKNOWN

    def reference(self, name: str) -> str | Gap:
        """The key that a reference holds: EMPTY refers to nothing, UNKNOWN may refer to anything."""
        value = self.cells[name]
        if isinstance(value, str):
            return value
        return UNKNOWN if value is not EMPTY or self.record.fields[name].required else EMPTY

    def day(self, name: str | None) -> date | Gap:
        """The day in a date field."""
        value = self.cells[name] if name else UNKNOWN
        return value if isinstance(value, date) else EMPTY if value is EMPTY else UNKNOWN

    def some(self, name: str | None) -> Days | None:
        """The first and the last of the days that a date field may mean, where only a month or year is known."""
        value = self.cells[name] if name else None
        return value if isinstance(value, Days) else None

    def end(self, name: str | None) -> date | Days | Gap:
        """The day in a field of a lifespan, or the days that it may be: EMPTY is open-ended."""
        of = self.record.fields[name] if name else None
        if of is None or (self.raw[of.name] is None and of.default is None and not of.required):
            return EMPTY
        day = self.some(name) or self.day(name)
        return UNKNOWN if day is EMPTY and of.required else day

    @property
    def ends(self) -> tuple[date | Days | Gap, date | Days | Gap]:
        """Its first and last day of existence; unknown where they are in the wrong order."""
        return (UNKNOWN, UNKNOWN) if self.reversed else (self.end(self.record.start), self.end(self.record.end))

    @property
    def reversed(self) -> bool:
        """Whether its last day, as submitted, lies before its first."""
        start, end = self.submitted.end(self.record.start), self.submitted.end(self.record.end)
        return isinstance(start, date) and isinstance(end, date) and end < start

    @property
    def around(self) -> tuple[Days, Days]:
        """The days of which its first, and its last, day of existence may be one."""
        found = []
        for end, open_ended in zip(self.ends, (date.min, date.max), strict=True):
            said = Days(end, end) if isinstance(end, date) else Days(date.min, date.max)
            found.append(end if isinstance(end, Days) else Days(open_ended, open_ended) if end is EMPTY else said)
        return found[0], found[1]

    def exists(self, day: date) -> Truth:
        """Whether it exists on a day."""
        return self.exists_on(Days(day, day))

    def exists_on(self, days: Days) -> Truth:
        """Whether it exists on a day that may be any of these."""
        begins, finishes = self.around
        if days.last < begins.first or finishes.last < days.first:
            return False
        return True if begins.last <= days.first and days.last <= finishes.first and UNKNOWN not in self.ends else None

    def existed(self, first: date, last: date) -> bool:
        """Whether it may have existed on some day from the first to the last."""
        begins, finishes = self.around
        return max(first, begins.first) <= min(last, finishes.last)


@dataclass
class Table:
    """The rows of a record; `rows` is empty, and `submitted` false, where it was not handed in."""

    record: Record
    submitted: bool
    rows: list[Row] = field(default_factory=list)
    subjects: list[Row] = field(default_factory=list)
    by_key: dict[str, Row] = field(default_factory=dict)
    absent: frozenset[str] = frozenset()

    @property
    def vague(self) -> bool:
        """Whether references may lead to rows of it though no key says so."""
        return not self.submitted or self.keyless

    @property
    def keyless(self) -> bool:
        """Whether its rows were submitted without the column of their key."""
        return bool(self.rows) and self.record.key in self.absent


def folded(name: str) -> str:
    """A name of a file or column as names are compared."""
    return re.sub(r"[\s_-]+", " ", cells.tidy(name)).lower()


def load(folder: Path, book: Book) -> dict[str, Table]:
    """Reads all tables of a submission."""
    files = {folded(path.stem): path for path in sorted(folder.glob("*.csv"))}
    found = {}
    for name, record in book.records.items():
        paths = [files[folded(other)] for other in record.names if folded(other) in files]
        found[name] = read(paths[0], record) if paths and not record.roll_call else Table(record, submitted=False)
    return found


def read(path: Path, record: Record) -> Table:
    """Reads one table."""
    with path.open(encoding="utf-8-sig", newline="") as source:
        lines = list(csv.reader(source))
    if not lines:
        return Table(record, submitted=False)
    header = [folded(name) for name in lines[0]]
    places = {
        name: next((header.index(folded(other)) for other in of.headers if folded(other) in header), None)
        for name, of in record.fields.items()
    }
    strange = any(place not in places.values() for place, name in enumerate(header) if name)
    table = Table(record, submitted=True, absent=frozenset(name for name, place in places.items() if place is None))
    for number, line in enumerate((line for line in lines[1:] if any(cells.tidy(cell) for cell in line)), start=1):
        raw = {name: None if at is None else line[at] if at < len(line) else "" for name, at in places.items()}
        values = {name: cells.value(raw[name], of, strange=strange) for name, of in record.fields.items()}
        table.rows.append(Row(record, number, raw, values))
    return table
