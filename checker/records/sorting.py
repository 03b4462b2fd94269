"""Which of the tables that were found is of which record: as the manifest states, else by their names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from checker.errors import Place, Problem, RecordsError
from checker.records.form_sheets import is_own
from checker.records.matching import Names, Near, without_number
from checker.records.readers.protocol import Found
from checker.records.stating.layout import Layout, Statement
from checker.words.message import Message, message

if TYPE_CHECKING:
    from checker.records.stating.assigning import Assigned


class Part(NamedTuple):
    """Tables that were handed in together, each for another record.

    Where they stand in a folder below, `within` is its name: if it is that of a record, all tables in it are of that record. If
    it is no record's, what stands `aside`, beside tables of the submission, is not read.
    """

    tables: tuple[Found, ...]
    within: str = ""
    aside: Place | None = None


class Meant(NamedTuple):
    """A table, the record that it is of, if it is of any, and how it is laid out, if that is stated."""

    found: Found
    record: str | None
    layout: Layout | None = None


@dataclass(slots=True)
class Sorted:
    """All tables in groups, of each of which one is of a record; what was found; and the records of which none is known."""

    groups: list[list[Meant]] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    lost: dict[str, Place] = field(default_factory=dict)

    def of(self, record: str) -> list[list[Meant]]:
        """The groups in which there are tables of that record, these alone."""
        return [some for group in self.groups if (some := [each for each in group if each.record == record])]


def sorted_by_record(parts: Sequence[Part], statements: Sequence[Statement], names: Names) -> Sorted:
    """Sorts the tables of all parts by record."""
    found = Sorted()
    stated = _stated(parts, statements, names, found) if statements else None
    for part in parts:
        record_of_all = names.match(part.within) if part.within else None
        tables = [table for table in part.tables if stated is None or not stated.has(table)]
        if record_of_all is not None:
            found.groups += [[Meant(table, record_of_all)] for table in tables]
        elif part.aside is not None:
            if tables:
                found.notices.append(unread(part.aside, message("unread-aside")))
        else:
            named = [Meant(table, names.match(table.name)) for table in tables]
            series = [Meant(each.found, names.match(_of_series(each.found))) for each in named if each.record is None]
            in_series = [each.found for each in series if each.record is not None]
            found.groups.append([each for each in named if each.found not in in_series])
            found.groups += [[each] for each in series if each.record is not None]
    if stated is not None:
        _lay_out(found, stated)
    _name_unknown(found, names)
    return found


def _stated(parts: Sequence[Part], statements: Sequence[Statement], names: Names, found: Sorted) -> Assigned:
    """What is stated of the tables of all parts."""
    from checker.records.stating.assigning import assign  # noqa: PLC0415 -- few submissions say so much

    stated = assign(statements, [table for part in parts for table in part.tables], names)
    found.problems += stated.problems
    found.lost |= stated.lost
    return stated


def _lay_out(found: Sorted, stated: Assigned) -> None:
    """Adds the tables that are stated, and the layouts of those that go by their names, which are not read where others are."""
    groups: list[list[Meant]] = []
    for group in found.groups:
        kept = [each for each in group if each.record is None or not stated.decides(each.record, each.found)]
        found.notices += [_not_stated(each) for each in group if each not in kept and not _is_blank(each.found)]
        laid_out = [(each, stated.layouts(each.record, each.found) or (None,)) for each in kept]
        most = max((len(layouts) for _, layouts in laid_out), default=0)
        groups += [[each._replace(layout=some[at]) for each, some in laid_out if len(some) > at] for at in range(most)]
    found.groups = groups + [[Meant(claim.found, claim.record, claim.layout)] for claim in stated.claims]
    for record, statement in stated.named:
        if not found.of(record):
            wrong, fix = message("stated-table-unnamed", record=record), message("stated-table-unnamed-fix")
            found.problems.append(Problem("stated-table-missing", wrong, fix, statement.place))
            found.lost[record] = statement.place


def _not_stated(each: Meant) -> Problem:
    said, fix = message("not-stated", table=table_name(each.found), record=each.record), message("not-stated-fix")
    return Problem("unread-file", said, fix, each.found.place)


def _name_unknown(found: Sorted, names: Names) -> None:
    """Adds a notice of each table that is of no record."""
    found.notices += _unknown(found, names)


def _unknown(found: Sorted, names: Names) -> Iterator[Problem]:
    for group in found.groups:
        # What another body hands in under the right name says nothing of what this one means.
        taken = {each.record for each in group if each.record is not None}
        for each in group:
            if each.record is None and not is_own(each.found.name) and not _is_blank(each.found):
                near = names.suggest(each.found.name, taken)
                yield _unknown_table(each.found, near)


def _is_blank(found: Found) -> bool:
    """Whether there is nothing in a table that is not read; of one that could not be that is not known."""
    try:
        return found.blank()
    except (RecordsError, OSError):
        return False


def _of_series(found: Found) -> str:
    """The name that a sheet has in common with others of its workbook, of which each has a number."""
    return without_number(found.name) if found.place.sheet is not None else found.name


def unread(place: Place, why: Message) -> Problem:
    """A notice of a file or folder that is not read."""
    return Problem("unread-file", message("unread-file", why=why), message("unread-file-fix"), place)


def table_name(found: Found) -> str:
    """What a table is called in messages."""
    return found.place.sheet or Path(found.place.file).name if not found.place.line else found.name


def _unknown_table(found: Found, near: Near | None) -> Problem:
    if Path(found.place.file).stem == found.name == "stdin":
        return Problem("unknown-table", message("stdin-unnamed"), message("stdin-unnamed-fix"), found.place)
    advice = message("rename-table-fix", near=near.word) if near else message("unknown-table-fix")
    explains = (near.name,) if near else ()
    return Problem("unknown-table", message("unknown-table", table=found.name), advice, found.place, explains=explains)
