"""What a layout says of the fields of its record: which headers they have, which values are given, what is filled down."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from checker.errors import Problem, RecordsError
from checker.model.blanks import bare, fold
from checker.model.schema import Record
from checker.records.matching import Named, Names
from checker.records.readers.protocol import HeadRow
from checker.records.stating.layout import Layout, Value
from checker.records.stating.patterns import captured
from checker.records.stating.reading import column_number
from checker.words.message import message

_LETTERS, _NUMBER = re.compile(r"[A-Z]{1,3}"), re.compile(r"[1-9][0-9]{0,4}")
_OF_MONTHS = {"month": "month", "tháng": "month", "year": "year", "năm": "year"}


class StatedNames(Names):
    """The names of fields as a manifest has them: a stated field goes by the header that is stated, and by no other."""

    def __init__(self, things: Iterable[Named], stated: Mapping[str, str], closed: Iterable[str]) -> None:
        super().__init__(things)
        self._stated = {fold(header): field for field, header in stated.items()}
        self._closed = {*stated, *closed}

    def match(self, text: str) -> str | None:
        """The name of what is called just so."""
        if (stated := self._stated.get(fold(text))) is not None:
            return stated
        name = super().match(text)
        return None if name in self._closed else name


@dataclass(frozen=True, slots=True)
class Terms:
    """A layout in terms of the fields of its record. `time` is the month and year that names and titles give."""

    names: Names
    columns: Mapping[str, Value]
    given: Mapping[str, str]
    fill_down: tuple[str, ...]
    time: Mapping[str, Value]

    def letters(self, header: Sequence[str]) -> Mapping[int, str]:
        """The fields of columns that are stated by letter or number, by number. Raises RecordsError where a header is missing."""
        there = {fold(cell) for cell in header}
        found: dict[int, str] = {}
        problems = []
        for field, value in self.columns.items():
            if fold(value.text) in there or any(self.names.meant(cell) == field for cell in header):
                continue
            if _LETTERS.fullmatch(value.text):
                found[column_number(value.text)] = field
            elif _NUMBER.fullmatch(value.text) and int(value.text) <= len(header):
                found[int(value.text)] = field
            else:
                near = difflib.get_close_matches(value.text, [cell for cell in header if bare(cell)], n=1)
                wrong = message("stated-column-missing", header=value.text, field=field)
                fix = message("suggestion", near=bare(near[0])) if near else message("stated-column-missing-fix")
                problems.append(Problem("stated-column-missing", wrong, fix, value.place))
        if problems:
            raise RecordsError(*problems)
        return found


def resolve(record: Record, layout: Layout, above: Callable[[Names], Sequence[HeadRow]]) -> Terms:
    """The terms of a layout; `above` gives the rows above the header. Raises RecordsError where it names what is no field."""
    known = Names(record.fields)
    problems: list[Problem] = []

    def field(name: Value) -> str | None:
        found = known.match(name.text)
        if found is None:
            near = known.suggest(name.text, ())
            wrong = message("stated-field", field=name.text, record=record.name)
            fix = message("suggestion", near=near.word) if near else message("stated-field-fix", fields=_fields(record))
            problems.append(Problem("unknown-field", wrong, fix, name.place))
        return found

    columns = {found: value for name, value in layout.columns.items() if (found := field(Value(name, value.place)))}
    closed = [found for name in layout.given if (found := known.match(name))]
    names = StatedNames(record.fields, {name: value.text for name, value in columns.items()}, closed)
    said = dict(layout.given)
    if layout.title is not None:
        said |= _in_title(layout.title, above(names))
    given: dict[str, str] = {}
    time: dict[str, Value] = {}
    for name, value in said.items():
        part = _OF_MONTHS.get(fold(name)) if layout.register is not None else None
        if part is not None:
            time[part] = value
        if part is None or known.match(name) is not None:
            found = field(Value(name, value.place))
            if found is not None:
                given[found] = value.text
    fill = tuple(found for value in layout.fill_down if (found := field(value)))
    if problems:
        raise RecordsError(*problems)
    names = StatedNames(record.fields, {name: value.text for name, value in columns.items()}, given)
    return Terms(names, columns, given, fill, time)


def _in_title(title: Value, above: Sequence[HeadRow]) -> Mapping[str, Value]:
    """What a cell above the header gives. Raises RecordsError where none is as stated."""
    for row in above:
        for cell in row.cells:
            if (values := captured(title.text, cell, anywhere=True)) is not None:
                return {name: Value(value, title.place) for name, value in values.items()}
    wrong = message("stated-title-missing", title=title.text)
    raise RecordsError(Problem("stated-title-missing", wrong, message("stated-title-missing-fix"), title.place))


def _fields(record: Record) -> str:
    return ", ".join(field.name for field in record.fields)
