"""A submission whose tables have been found, and how they are matched to the declared records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from checker.errors import Place, Problem
from checker.model.schema import Record
from checker.records.form_sheets import is_own, sheet_name
from checker.records.limits import Limits
from checker.records.matching import Names, without_number
from checker.records.parts import put_together
from checker.records.readers.protocol import Found
from checker.records.shaping import read_table
from checker.records.values import Cell, Manifest, Reading, Submission, Table
from checker.words.message import Message, message


class Part(NamedTuple):
    """Tables that were handed in together, each for another record.

    Where they stand in a folder below, `within` is its name: if it is that of a record, all tables in it are of that record. If
    it is no record's, what stands `aside`, beside tables of the submission, is not read.
    """

    tables: tuple[Found, ...]
    within: str = ""
    aside: Place | None = None


@dataclass(frozen=True, slots=True)
class Opened:
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
        names = Names(records, sheet_name)
        notices = [*self.notices, *self._waived_by_itself()]
        meant: list[list[tuple[Found, str | None]]] = []
        for part in self.parts:
            record_of_all = names.match(part.within) if part.within else None
            if record_of_all is not None:
                meant += [[(found, record_of_all)] for found in part.tables]
            elif part.aside is not None:
                notices.append(unread(part.aside, message("unread-aside")))
            else:
                named = [(found, names.match(found.name)) for found in part.tables]
                series = [(found, names.match(_of_series(found))) for found, name in named if name is None]
                meant.append([each for each in named if each[0] not in [found for found, name in series if name is not None]])
                meant += [[each] for each in series if each[1] is not None]
        taken = {name for each in meant for _, name in each if name is not None}
        for each in meant:
            for found, name in each:
                if name is None and not is_own(found.name) and not found.blank():
                    near = names.suggest(found.name, taken)
                    notices.append(_unknown_table(found, near and near.word))
        tables: list[Table] = []
        problems: list[Problem] = list(self.problems)
        unreadable: list[tuple[str, Place]] = []
        for record in records:
            mine = [some for each in meant if (some := [found for found, name in each if name == record.name])]
            if not mine:
                continue
            reading = put_together(record, [_read(some, record, self.limits) for some in mine], self.shown)
            problems += reading.problems
            notices += reading.notices
            if reading.table is None:
                unreadable.append((record.name, mine[0][0].place))
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


def _of_series(found: Found) -> str:
    """The name that a sheet has in common with others of its workbook, of which each has a number."""
    return without_number(found.name) if found.place.sheet is not None else found.name


def _read(mine: Sequence[Found], record: Record, limits: Limits) -> Reading:
    """Reads the one table of a record in a part. Of several none is read: neither is known to be the right one."""
    if len(mine) == 1:
        return read_table(mine[0], record, limits)
    tables = ", ".join(_name(found) for found in mine)
    wrong = message("duplicate-table", n=len(mine), record=record.name, tables=tables)
    return Reading(None, (Problem("duplicate-table", wrong, message("duplicate-table-fix"), mine[1].place),))


def unread(place: Place, why: Message) -> Problem:
    """A notice of a file or folder that is not read."""
    return Problem("unread-file", message("unread-file", why=why), message("unread-file-fix"), place)


def _name(found: Found) -> str:
    return found.place.sheet or Path(found.place.file).name if not found.place.line else found.name


def _unknown_table(found: Found, near: str | None) -> Problem:
    if Path(found.place.file).stem == found.name == "stdin":
        return Problem("unknown-table", message("stdin-unnamed"), message("stdin-unnamed-fix"), found.place)
    advice = message("rename-table-fix", near=near) if near else message("unknown-table-fix")
    return Problem("unknown-table", message("unknown-table", table=found.name), advice, found.place)
