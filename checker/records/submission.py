"""A submission whose tables have been found, and how they are matched to the declared records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from checker.errors import Place, Problem
from checker.model.schema import Record
from checker.records.form_sheets import sheet_name
from checker.records.limits import Limits
from checker.records.matching import Names
from checker.records.parts import put_together
from checker.records.shaping import read_table
from checker.records.sorting import Meant, Part, sorted_by_record, table_name
from checker.records.values import Cell, Manifest, Reading, Submission, Table
from checker.words.message import message


class Opened(NamedTuple):
    """A submission with its manifest read and its tables found, but not read.

    `shown` is its path as given, without any password; `folder` is where the manifest is, from where it names other files.
    Tables of one record that stand in different `parts` are judged as one.
    """

    manifest: Manifest
    shown: str
    parts: tuple[Part, ...]
    notices: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()
    folder: Path = Path()
    limits: Limits = Limits()

    @property
    def waivers(self) -> Path | None:
        """The file of waivers that the manifest names, which stands beside it."""
        return None if self.manifest.waivers is None else self.folder / self.manifest.waivers

    def tables(self, records: Sequence[Record]) -> Submission:
        """Matches the tables to these records by name, and their columns to the fields."""
        found = sorted_by_record(self.parts, self.manifest.tables, Names(records, sheet_name))
        notices = [*self.notices, *self._waived_by_itself(), *found.notices]
        tables: list[Table] = []
        problems: list[Problem] = [*self.problems, *found.problems]
        unreadable: list[tuple[str, Place]] = []
        for record in records:
            mine = found.of(record.name)
            if record.name in found.lost:
                unreadable.append((record.name, found.lost[record.name]))
                continue
            if not mine:
                continue
            reading = put_together(record, [_read(some, record, self.limits) for some in mine], self.shown)
            problems += reading.problems
            notices += reading.notices
            if reading.table is None:
                unreadable.append((record.name, mine[0][0].found.place))
            else:
                tables.append(reading.table)
        return Submission(tuple(tables), tuple(problems), tuple(notices), tuple(unreadable), not self.manifest.every_row)

    def _waived_by_itself(self) -> list[Problem]:
        if self.waivers is None:
            return []
        return [Problem("own-waivers", message("own-waivers"), message("own-waivers-fix"), Place(str(self.waivers)))]


def given_tables(tables: Mapping[str, Sequence[Mapping[str, Cell]]], place: Place) -> Opened:
    """A submission of tables at hand, which all stand at that place; it says nothing of itself."""
    from checker.records.readers.tree import Marks, TreeTable  # noqa: PLC0415 -- only where tables are at hand

    found = (TreeTable(name, place, [*map(dict, rows)], Marks([place.line or 1] * len(rows))) for name, rows in tables.items())
    return Opened(Manifest(), place.file, (Part(tuple(found)),), folder=Path(place.file).parent)


def _read(mine: Sequence[Meant], record: Record, limits: Limits) -> Reading:
    """Reads the one table of a record in a part. Of several none is read: neither is known to be the right one."""
    if len(mine) == 1:
        return read_table(mine[0].found, record, limits, mine[0].layout)
    tables = ", ".join(table_name(each.found) for each in mine)
    wrong = message("duplicate-table", n=len(mine), record=record.name, tables=tables)
    return Reading(None, (Problem("duplicate-table", wrong, message("duplicate-table-fix"), mine[1].found.place),))
