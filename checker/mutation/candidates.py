"""Small submissions derived from a case: the same with one thing changed, then with two.

They are looked for where a mistake would show: around the numbers and days that the rule names, among the values that a
field can have, with a row more or less, in the windows in which the rule begins and ends to be in force.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import islice, permutations
from typing import NamedTuple, TypeVar

from checker.model.days import DAY, read_day
from checker.model.lists import elements
from checker.model.period import Period
from checker.model.schema import Field, FieldType, Record
from checker.rules.bounds import read_number
from checker.rules.cases import RuleCase
from checker.words.message import Message, message

_WORD = re.compile(r"[a-z][a-z0-9_]*")
_NUMBER = re.compile(r"(?<![\w.:-])[0-9]+(?:\.[0-9]+)?%?(?![\w.])|[0-9]+\s*/\s*[0-9]+")
_DAY = re.compile(DAY)
_TEXT = re.compile("'([^']+)'")
_HUNDRED = 100
_T = TypeVar("_T")

Cells = Mapping[str, str | None]
Change = tuple[Message, RuleCase]
"""What was changed, in words, and the case that comes of it (whose `expect` is still that of the first)."""


class Clues(NamedTuple):
    """What a rule names: fields, numbers, days, and texts in quotes."""

    fields: frozenset[str]
    numbers: tuple[Fraction, ...]
    days: tuple[date, ...]
    texts: tuple[str, ...] = ()


def clues(texts: Iterable[str]) -> Clues:
    """What those texts of a rulebook name."""
    said = list(texts)
    words = frozenset(word for text in said for word in _WORD.findall(text))
    numbers = {number for text in said for found in _NUMBER.findall(text) if (number := read_number(found)) is not None}
    days = {day for text in said for found in _DAY.findall(text) if (day := read_day(found)) is not None}
    texts = dict.fromkeys(text for each in said for text in _TEXT.findall(each))
    return Clues(words, tuple(sorted(numbers)), tuple(sorted(days)), tuple(texts))


@dataclass(frozen=True, slots=True)
class Deriving:
    """Derives cases from cases, for a rule that gives these clues."""

    records: Mapping[str, Record]
    clues: Clues

    def derived(self, cases: Iterable[RuleCase], seed: int) -> Iterator[Change]:
        """All that differ from some case in one thing, of each kind in turn; then some that differ in two, without end."""
        given = list(cases)
        kinds: tuple[Callable[[RuleCase], Iterator[Change]], ...] = (self._in_time, self._in_cells, self._in_rows)
        once = list(_in_turn([kind(case) for case in given for kind in kinds]))
        yield from once
        dice = random.Random(seed)  # noqa: S311 -- chance is for variety here, and the same every time
        while once:
            what, case = dice.choice(once)
            further = list(dice.choice(kinds)(case))
            if further:
                more, twice = dice.choice(further)
                yield message("mutant-and", what=what, more=more), twice

    def on_days(self, cases: Iterable[RuleCase], days: Iterable[date]) -> Iterator[Change]:
        """The cases judged on each of those days, or in the windows that begin then, each cell with other values besides."""
        asked = list(days)
        yield from _in_turn([self._on_day(case, day) for case in cases for day in asked])

    def _on_day(self, case: RuleCase, day: date) -> Iterator[Change]:
        for what, moved in self._turned_to(case, day):
            yield what, moved
            for more, twice in self._in_cells(moved):
                yield message("mutant-and", what=what, more=more), twice

    def _turned_to(self, case: RuleCase, day: date) -> Iterator[Change]:
        """The case as of that day, for the periods that begin in its month, and with a row that is dated on it."""
        year = Period.parse(str(day.year))
        yield message("mutant-as-of", day=str(day)), replace(case, period=year, as_of=day)
        for months in (1, 3, 6, 12):
            if (day.month - 1) % months == 0:
                label, period = _named(day.year * 12 + day.month - 1, months)
                yield message("mutant-all-in", period=label), _moved(case, period)
        for name, rows in case.tables.items():
            record = self.records.get(name)
            for index, row in enumerate(rows if record is not None and record.date is not None else ()):
                dated = {**row, str(record and record.date): day.isoformat()}
                said = message("mutant-cell", field=str(record and record.date), value=day.isoformat())
                on_it = _with_rows(case, name, (*rows[:index], dated, *rows[index + 1 :]))
                yield message("mutant-row-has", row=_row(name, rows, index), what=said), replace(on_it, period=year, as_of=None)

    # -- time ---------------------------------------------------------------------------------------------------------

    def _in_time(self, case: RuleCase) -> Iterator[Change]:
        for period in self._periods(case.period):
            yield message("mutant-for", period=period.label), replace(case, period=period, as_of=None)
            yield message("mutant-all-in", period=period.label), _moved(case, period)
        last = case.as_of or case.period.last
        days = [self._edge(day, step) for day in self.clues.days for step in (0, -1, 1)]
        for day in days:
            if day is not None and day != last:
                period = case.period if case.period.first <= day else Period.parse(str(day.year))
                yield message("mutant-as-of", day=str(day)), replace(case, period=period, as_of=day)

    def _periods(self, period: Period) -> Iterator[Period]:
        """The periods of the same length, and the years, around the days that the rule names; and longer ones."""
        first = Fraction(period.first.month - 1)
        months = (period.last.year - period.first.year) * 12 + period.last.month - period.first.month + 1
        found: dict[str, Period] = {}
        for day in self.clues.days:
            for step in (0, 1, -1):
                start = (
                    day.year * 12 + (day.month - 1 - int(first) % months) // months * months + int(first) % months + step * months
                )
                found.setdefault(*_named(start, months))
                found.setdefault(*_named((day.year + step) * 12, 12))
        found.setdefault(*_named(period.first.year * 12, 12))
        found.setdefault(*_named(period.first.year * 12, 24))
        yield from (each for label, each in found.items() if label and label != period.label)

    def _edge(self, day: date, step: int) -> date | None:
        try:
            return day + timedelta(days=step)
        except OverflowError:
            return None

    # -- cells --------------------------------------------------------------------------------------------------------

    def _in_cells(self, case: RuleCase) -> Iterator[Change]:
        rows = [(name, index) for name, table in case.tables.items() if name in self.records for index in range(len(table))]
        yield from _in_turn([self._in_row(case, name, index) for name, index in rows])

    def _in_row(self, case: RuleCase, name: str, index: int) -> Iterator[Change]:
        rows = case.tables[name]
        for what, new in self._other_rows(self.records[name], rows[index], case):
            said = message("mutant-row-has", row=_row(name, rows, index), what=what)
            yield said, _with_rows(case, name, (*rows[:index], new, *rows[index + 1 :]))

    def _other_rows(self, record: Record, row: Cells, case: RuleCase) -> Iterator[tuple[Message, Cells]]:
        """The row with another value in one cell; and with a ratio at the bound, in two."""
        fields = [field for field in record.fields if field.name != record.key and self._matters(record, field, row)]
        yield from _in_turn([self._other_cells(field, row, case) for field in fields])
        numbers = [field.name for field in fields if field.type is FieldType.INTEGER]
        for part, whole in permutations(numbers, 2):
            for share in (number for number in self.clues.numbers if 0 < number < 1):
                for step in (0, 1, -1):
                    many = int(share * _HUNDRED) + step
                    said = message("mutant-of", part=part, many=str(many), whole=whole, hundred=str(_HUNDRED))
                    yield said, {**row, part: str(many), whole: str(_HUNDRED)}

    def _matters(self, record: Record, field: Field, row: Cells) -> bool:
        own = {record.parent, record.date, record.begins, record.ends}
        return field.name in row or field.name in self.clues.fields or field.name in own

    def _other_cells(self, field: Field, row: Cells, case: RuleCase) -> Iterator[tuple[Message, Cells]]:
        for value in dict.fromkeys((*self._values(field, row.get(field.name), case), None)):
            if value != row.get(field.name):
                said = (
                    message("mutant-cell", field=field.name, value=value) if value else message("mutant-empty", field=field.name)
                )
                yield said, {**row, field.name: value}

    def _values(self, field: Field, cell: str | None, case: RuleCase) -> Iterator[str]:
        if field.separators:
            yield from self._lists(field, cell or "", case)
            return
        match field.type:
            case FieldType.BOOLEAN:
                yield from ("true", "false")
            case FieldType.DATE:
                own = read_day(cell or "")
                around = [own] if own else []
                around += [case.period.first, case.period.last, case.as_of or case.period.last, *self.clues.days]
                edges = (self._edge(day, step) for day in around for step in (-1, 1, 0))
                yield from (day.isoformat() for day in edges if day is not None)
            case FieldType.INTEGER | FieldType.NUMBER:
                own_number = read_number(cell or "0")
                around_numbers = [*([own_number] if own_number is not None else []), *self.clues.numbers]
                for number in around_numbers:
                    if number.denominator == 1:
                        yield from (str(int(number) + step) for step in (-1, 1, 0) if number + step >= 0)
            case FieldType.TEXT if field.enum:
                yield from (value for value, _ in field.enum)
            case FieldType.TEXT if field.ref is not None:
                key = self.records[field.ref].key
                yield from (value for row in case.tables.get(field.ref, ()) if key and (value := row.get(key)))

    def _lists(self, field: Field, cell: str, case: RuleCase) -> Iterator[str]:
        """Lists with an element less, with each that there may be, and with all of them."""
        sign, parts = field.separators[0], elements(field, cell)
        single = field._replace(separators="", ref=field.elements_of, elements_of=None)
        known = list(dict.fromkeys((*parts, *self.clues.texts, *self._values(single, None, case))))
        lists = [[each for each in parts if each != one] for one in parts]
        lists += [[*parts, one] for one in known if one not in parts] + [[one] for one in known] + [known]
        yield from (sign.join(each) for each in lists if each)

    # -- rows ---------------------------------------------------------------------------------------------------------

    def _in_rows(self, case: RuleCase) -> Iterator[Change]:
        for name, rows in case.tables.items():
            record = self.records.get(name)
            if record is None:
                continue
            for index, row in enumerate(rows):
                again = {**row, record.key: f"{row.get(record.key) or name}-2"} if record.key else dict(row)
                like = _row(name, rows, index)
                yield message("mutant-second", row=like), _with_rows(case, name, [*rows, again])
                for what, new in self._other_rows(record, again, case):
                    yield message("mutant-second-with", row=like, what=what), _with_rows(case, name, [*rows, new])
                if len(rows) > 1:
                    yield message("mutant-without", row=like), _with_rows(case, name, [*rows[:index], *rows[index + 1 :]])
            if rows:
                yield message("mutant-no-rows", table=name), _with_rows(case, name, [])


def _in_turn(sources: Iterable[Iterable[_T]]) -> Iterator[_T]:
    """One of each, then another of each, and so on."""
    waiting = [iter(each) for each in sources]
    while waiting:
        left = []
        for each in waiting:
            for found in islice(each, 1):
                yield found
                left.append(each)
        waiting = left


def _row(name: str, rows: tuple[Cells, ...], index: int) -> Message | str:
    """A row in words: by its first cell, which is its key where it has one."""
    first = next((cell for cell in rows[index].values() if cell), None)
    return first or message("mutant-row", row=str(index + 1), table=name)


def _with_rows(case: RuleCase, name: str, rows: Iterable[Cells]) -> RuleCase:
    return replace(case, tables={**case.tables, name: tuple(rows)})


def _moved(case: RuleCase, period: Period) -> RuleCase:
    """The case in another period, its days moved along."""
    by = period.first - case.period.first

    def cell(text: str | None) -> str | None:
        day = read_day(text or "")
        try:
            return text if day is None else (day + by).isoformat()
        except OverflowError:
            return text

    tables = {name: tuple({key: cell(text) for key, text in row.items()} for row in rows) for name, rows in case.tables.items()}
    return replace(case, period=period, as_of=None, tables=tables)


def _named(first: int, months: int) -> tuple[str, Period]:
    """The period of so many months from that month, counted from the year 0, and what it is called."""
    year, month = divmod(first, 12)
    last_year, last = divmod(first + months - 1, 12)
    names = {1: f"{year}-{month + 1:02}", 3: f"{year}-Q{month // 3 + 1}", 6: f"{year}-H{month // 6 + 1}", 12: str(year)}
    fits = month % min(months, 12) == 0
    name = names.get(months) if fits else None
    period = Period.parse(name or f"{year}-{month + 1:02}..{last_year}-{last + 1:02}")
    return period.label, period
