"""Matches the names in a submission to the names in a rulebook: tables to records, headers to fields."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from checker.display_width import column_letters
from checker.errors import Place, Problem
from checker.model.blanks import bare, fold
from checker.model.schema import Record
from checker.model.words import Text
from checker.records.values import Column
from checker.words.message import message, one_of

_NAMED_EACH = 20
"""How many columns that are not read are named one by one."""

HEAD = 20
"""How many rows that are not blank are looked at to find the header."""


class Named(Protocol):
    """A record or a field: something with a name, a title and further headers."""

    @property
    def name(self) -> str:
        """Its name in rules."""

    @property
    def title(self) -> Text:
        """Its name for readers."""

    @property
    def headers(self) -> tuple[str, ...]:
        """Its further names in submissions."""


class Near(NamedTuple):
    """What is probably meant by a text that is misspelt: its name in rules, and the word for it that is nearest to the text."""

    name: str
    word: str


class Names:
    """The names by which records or fields are known: names before headers before titles, without ambiguous ones.

    Last come all of these as `shaped`, for where names cannot be written as they are.
    """

    def __init__(self, things: Iterable[Named], shaped: Callable[[str], str] | None = None) -> None:
        things = list(things)
        self._known: dict[str, str | None] = {}
        self._written: dict[str, str] = {}
        self._words: dict[str, list[tuple[str, ...]]] = {}
        levels: list[list[tuple[str, tuple[str, ...]]]] = [
            [(thing.name, (thing.name,)) for thing in things],
            [(thing.name, thing.headers) for thing in things],
            [(thing.name, tuple(text for _, text in thing.title.variants)) for thing in things],
        ]
        if shaped is not None:
            levels.append([(name, tuple(map(shaped, words))) for level in levels for name, words in level])
        for level in levels:
            found: dict[str, str | None] = {}
            for name, words in level:
                self._words.setdefault(name, []).append(words)
                for written in words:
                    word = fold(written)
                    found[word] = name if found.get(word, name) == name else None
                    self._written.setdefault(word, written)
            self._known = found | self._known

    def match(self, text: str) -> str | None:
        """The name of what is called just so, if anything is."""
        return self._known.get(fold(text))

    def meant(self, header: str) -> str | None:
        """The name of what is meant by a header: by all of it, else without notes, marks and units."""
        return self.match(header) or self.match(plain(header))

    def score(self, texts: Iterable[str]) -> int:
        """How many different things these texts name."""
        return len({name for text in texts if (name := self.meant(text)) is not None})

    def suggest(self, text: str, taken: Collection[str]) -> Near | None:
        """What is nearest to that text, among what is not taken."""
        words = [word for word, name in self._known.items() if name is not None and name not in taken]
        near = difflib.get_close_matches(fold(text), words, n=1)
        name = self._known[near[0]] if near else None
        return None if name is None else Near(name, self._written[near[0]])

    def word(self, name: str, headers: Iterable[str]) -> str:
        """What is called so in rules, in words such as these headers: names, headers, or titles of one language."""
        said = {fold(header) for header in headers}
        used = Counter(
            (level, place)
            for levels in self._words.values()
            for level, words in enumerate(levels)
            for place, word in enumerate(words)
            if fold(word) in said
        )
        for (level, place), _ in sorted(used.items(), key=lambda each: (-each[1], each[0])):
            words = self._words[name][level]
            if words:
                return words[min(place, len(words) - 1)]
        return name


_NOTE = re.compile(r"[(\[][^()\[\]]*[)\]]")
_MARK = re.compile(r"[*\u00b9\u00b2\u00b3\u2020]+|[:?.]+\s*$")
_SCALE = re.compile(r"%|\b(nghìn|ngàn|triệu|tỷ|tỉ|tr|thousands?|millions?|billions?)\b", re.IGNORECASE)


def plain(header: str) -> str:
    """A header without notes, marks and units: `Có mặt (người) *:` is `Có mặt`. What a number is of is no note: `(%)` stays."""
    return _MARK.sub(" ", _NOTE.sub(lambda note: note[0] if _SCALE.search(note[0]) else " ", header))


_NUMBER = re.compile(
    r"[\s_.-]*(tháng|thang|quý|quy|kỳ|ky|đợt|dot|năm|nam|month|quarter|week|year|part|t|q|m)?"
    r"[\s_.-]*[0-9]{1,4}(\s*[-./]\s*[0-9]{1,4})*\s*$",
    re.IGNORECASE,
)


def without_number(sheet: str) -> str:
    """The name of a sheet that is one of several, as for each month: `Cuộc họp tháng 3` is `Cuộc họp`."""
    return _NUMBER.sub("", sheet)


def header_row(rows: Sequence[Sequence[str]], names: Names) -> int:
    """The index of the header: the first of the rows that name the most fields, so that a title may stand above it."""
    best, most = 0, -1
    for index, row in enumerate(rows):
        # A row cannot name more than it has cells: rows below a header that is known throughout are not looked at.
        if len(row) > most and (score := names.score(row)) > most:
            best, most = index, score
    return best


def rows_above(count: int, place: Place) -> tuple[Problem, ...]:
    """A notice of that many rows above the header, if there are any."""
    if count == 0:
        return ()
    said = message("rows-above-header", n=count, line=str(place.line))
    return (Problem("rows-above-header", said, message("rows-above-header-fix"), place),)


def rival_headers(rows: Iterable[tuple[int, Sequence[str]]], names: Names, place: Place) -> tuple[Problem, ...]:
    """A problem for each (line, cells) above the header that names fields as well: what stands below it may be rows."""
    found = []
    for line, cells in rows:
        if names.score(cells) and sum(bool(bare(cell)) for cell in cells) > 1:
            wrong = message("two-headers", line=str(line), other=str(place.line))
            found.append(Problem("two-headers", wrong, message("two-headers-fix"), place._replace(line=line)))
    return tuple(found)


class Matched(NamedTuple):
    """The columns of a table with the fields they were matched to, and what was found on the way."""

    columns: tuple[Column, ...]
    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...]

    @property
    def known(self) -> bool:
        """Whether any column is known; if none is, there is a problem."""
        return any(column.field is not None for column in self.columns)


def match_columns(
    record: Record,
    headers: Sequence[tuple[int, str]],
    place: Place,
    filled: Collection[int] = (),
    *,
    numbered: bool = True,
    names: Names | None = None,
    stated: Mapping[int, str] = {},
) -> Matched:
    """Matches the headers, each with its number, to the fields of a record.

    `filled` are the numbers of the columns that have data below; `place` is that of the header, to which the number is
    added if the columns are `numbered`. `names` are those of the fields, if not their own; of columns in `stated` it is known
    which fields they are.
    """
    names = names or Names(record.fields)
    meant = {number: stated.get(number) or names.meant(header) for number, header in headers}
    known = [header for number, header in headers if meant[number] is not None]
    used: dict[str, Column] = {}
    columns: list[Column] = []
    problems: list[Problem] = []
    notices: list[Problem] = []
    for number, header in headers:
        here = place._replace(column=number, numbered=place.sheet is None) if numbered else place
        field = meant[number]
        near = names.suggest(header, {name for name in meant.values() if name}) if field is None and bare(header) else None
        strange = field is None and (bool(bare(header)) or number in filled)
        taken = record.field(field) if field is not None and field not in used else None
        shown, decimal = header if bare(header) else "", "." if taken is None else taken.writing.decimal
        column = Column(shown, number, None if taken is None else field, near and near.name, strange, decimal)
        column = column._replace(listed=taken is not None and bool(taken.separators))
        columns.append(column)
        if field is None:
            if bare(header):
                missing = [names.word(name, known) for name in _in_doubt(record, meant.values())]
                notices.append(_unknown_column(record, header, near, here, missing))
            elif number in filled:
                said = message("nameless-column", number=str(number))
                notices.append(Problem("nameless-column", said, message("nameless-column-fix"), here))
            continue
        if names.match(header) is None and number not in stated:
            said, fix = (
                message("header-with-notes", header=header, field=names.word(field, known)),
                message("header-with-notes-fix"),
            )
            notices.append(Problem("header-with-notes", said, fix, here))
        if field in used:
            problems.append(_duplicate_column(record, used[field], column, here))
        else:
            used[field] = column
    if not used:
        problems.append(_no_known_column(record, [header for _, header in headers], place, numbered=numbered))
    return Matched(tuple(columns), tuple(problems), _the_first(notices, place))


def _the_first(notices: Sequence[Problem], place: Place) -> tuple[Problem, ...]:
    """The first notices, and how many more there are."""
    if len(notices) <= _NAMED_EACH:
        return tuple(notices)
    more = len(notices) - _NAMED_EACH
    rest = Problem("unknown-column", message("unknown-columns-more", n=more), message("unknown-columns-more-fix"), place)
    return (*notices[:_NAMED_EACH], rest)


def _in_doubt(record: Record, there: Collection[str | None]) -> list[str]:
    """The fields with a default that are not there: a column that nobody knows may be theirs."""
    return [field.name for field in record.fields if field.default is not None and field.name not in there]


def _unknown_column(record: Record, header: str, near: Near | None, here: Place, doubted: Sequence[str]) -> Problem:
    said = message("unknown-column", header=header, record=record.name)
    if doubted:
        fields = one_of(f"'{field}'" for field in doubted)
        said = message("unknown-column-doubt", header=header, record=record.name, fields=fields)
    fix = message("rename-column-fix", near=near.word) if near else message("unknown-column-fix")
    if doubted and near is None:
        fix = message("rename-column-doubt-fix", field=doubted[0])
    return Problem("unknown-column", said, fix, here, explains=(record.name, near.name) if near else ())


def _duplicate_column(record: Record, first: Column, second: Column, here: Place) -> Problem:
    wrong = message(
        "duplicate-column",
        first=first.header,
        second=second.header,
        one=str(first.number),
        other=str(second.number),
        field=first.field,
        record=record.name,
    )
    return Problem("duplicate-column", wrong, message("duplicate-column-fix"), here)


def _no_known_column(record: Record, headers: Sequence[str], place: Place, *, numbered: bool) -> Problem:
    filled = [f"'{header}'" for header in headers if bare(header)]
    found = ", ".join([*filled[:_NAMED_EACH], *(["…"] if len(filled) > _NAMED_EACH else [])]) or message("no-header")
    wanted = [field.name for field in record.fields]
    fix = message("no-known-column-fix", wanted=", ".join(wanted))
    if numbered:
        columns = ", ".join(f"{name}: {column_letters(number)}" for number, name in enumerate(wanted[:2], 1))
        fix = message("no-header-row-fix", fix=fix, record=record.name, columns=columns)
    return Problem("no-known-column", message("no-known-column", record=record.name, found=found), fix, place)
