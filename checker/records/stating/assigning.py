"""Which tables of a submission are those of which record: by what the manifest states, else by their names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from checker.errors import Place, Problem
from checker.model.blanks import fold
from checker.records.matching import Names
from checker.records.readers.protocol import Found
from checker.records.stating.layout import Layout, Statement, Value
from checker.records.stating.patterns import captured
from checker.words.message import message

_NAMED_EACH = 20


class Claim(NamedTuple):
    """A table that a statement says is of a record, and how it is laid out."""

    found: Found
    record: str
    layout: Layout
    statement: Statement


class Assigned(NamedTuple):
    """What statements decide: the tables that they say where they are, and the layouts of those that go by their names.

    Of the records that are `lost` no table was found where one is stated to be.
    """

    claims: tuple[Claim, ...] = ()
    named: tuple[tuple[str, Statement], ...] = ()
    problems: tuple[Problem, ...] = ()
    lost: Mapping[str, Place] = {}

    def decides(self, record: str, found: Found) -> bool:
        """Whether it is stated where the tables of a record are, so that another that goes by its name is none."""
        return any(each.record == record and each.statement.covers(found.place.file) for each in self.claims)

    def has(self, found: Found) -> bool:
        """Whether it is stated of which record a table is."""
        return any(claim.found is found for claim in self.claims)

    def layouts(self, record: str | None, found: Found) -> tuple[Layout, ...]:
        """How a table that goes by its name is laid out, if that is stated; several times where several are on its sheet."""
        return tuple(each.layout for name, each in self.named if name == record and each.covers(found.place.file))


def assign(statements: Sequence[Statement], tables: Sequence[Found], names: Names) -> Assigned:
    """Finds the tables that statements speak of. Where one speaks of none there is a problem."""
    claims: list[Claim] = []
    named: list[tuple[str, Statement]] = []
    problems: list[Problem] = []
    lost: dict[str, Place] = {}
    for statement in statements:
        record = names.match(statement.record)
        if record is None:
            near = names.suggest(statement.record, ())
            wrong = message("stated-record", record=statement.record)
            fix = message("suggestion", near=near.word) if near else message("stated-record-fix")
            problems.append(Problem("unknown-record", wrong, fix, statement.place))
        elif not statement.located:
            named.append((record, statement))
        else:
            there = [table for table in tables if statement.covers(table.place.file)]
            mine = [*_claimed(statement, record, there)]
            claims += mine
            if not mine:
                lost[record] = statement.place
                problems.append(_nothing(statement, there))
    return Assigned(tuple(claims), tuple(named), tuple(problems), lost)


def _claimed(statement: Statement, record: str, tables: Sequence[Found]) -> Iterator[Claim]:
    for found in tables:
        by_file, by_sheet = _by_file(statement.files, found), _by_sheet(statement.sheets, found)
        if by_file is None or by_sheet is None:
            continue
        given = {**statement.layout.given, **by_file, **by_sheet}
        yield Claim(found, record, statement.layout._replace(given=given), statement)


def _by_file(files: Sequence[Value], found: Found) -> Mapping[str, Value] | None:
    """What the name of the file gives; None where it is none of those stated."""
    path = Path(found.place.file)
    for stated in files:
        depth = stated.text.count("/")
        names = ["/".join(path.parts[-depth - 1 :]), *([path.stem] if not depth else [])]
        for name in names:
            if (values := captured(stated.text, name)) is not None:
                return {key: Value(value, stated.place) for key, value in values.items()}
    return None if files else {}


def _by_sheet(sheets: Sequence[Value], found: Found) -> Mapping[str, Value] | None:
    name = found.place.sheet or found.name
    for stated in sheets:
        if fold(stated.text) == fold(name):
            return {}
        if (values := captured(stated.text, name)) is not None:
            return {key: Value(value, stated.place) for key, value in values.items()}
    return None if sheets else {}


def _nothing(statement: Statement, tables: Sequence[Found]) -> Problem:
    """The problem of a statement that speaks of no table that is there."""
    said = [*statement.files, *statement.sheets]
    listed = [found.place.sheet or Path(found.place.file).name if not found.place.line else found.name for found in tables]
    shown = ", ".join(f"'{name}'" for name in listed[:_NAMED_EACH]) + (", …" if len(listed) > _NAMED_EACH else "")
    wrong = message("stated-table-missing", record=statement.record, table=" ".join(value.text for value in said))
    return Problem("stated-table-missing", wrong, message("stated-table-missing-fix", tables=shown), statement.place)
