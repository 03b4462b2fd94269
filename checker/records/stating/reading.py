"""Reads what a manifest says of its tables: where each stands, and how it is laid out."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from checker.errors import Place, Problem
from checker.model.blanks import bare, fold
from checker.records.stating.keys import KEYS, KNOWN, NESTED, OF_REGISTERS
from checker.records.stating.layout import COLUMNS, NO_HEADER, ROWS, Area, Cut, Layout, Register, Statement, Value
from checker.words.message import message

if TYPE_CHECKING:
    from checker.records.manifest import Entry

_SPAN = re.compile(r"([0-9]{1,7})(?:\s*[-–:]\s*([0-9]{1,7}))?")
_AREA = re.compile(r"([A-Z]{0,3})([0-9]{0,7})\s*:\s*([A-Z]{0,3})([0-9]{0,7})", re.IGNORECASE)
_MONTH = re.compile(r"(?:([0-9]{4})-)?([0-9]{1,2})(?:/([0-9]{4}))?")
_YEAR = re.compile(r"[0-9]{4}")
_MATRIX = frozenset(("matrix", "ma trận", "bảng chấm công", "điểm danh"))
_ROWS = frozenset(("rows", "dòng"))
_MONTHS = 12

_Said = Mapping[str, Mapping[str, "Entry"]]
"""What is said of one table: under each key the entries, by their names where there are several, else by the empty name."""


def read_statements(entries: Sequence[tuple[tuple[str, ...], Entry]], problems: list[Problem]) -> tuple[Statement, ...]:
    """What these entries state, each with its path below `tables`; what is wrong in them is added to the problems."""
    found: dict[tuple[str, int], dict[str, dict[str, Entry]]] = {}
    for path, entry in entries:
        record, *rest = path or ("",)
        number = int(rest.pop(0)) if rest and rest[0].isdecimal() else 0
        if not bare(record) or not rest:
            _report(problems, "bad-table-key", entry.place, key=entry.key)
            continue
        key = KNOWN.get(fold(rest[0]))
        if key is None:
            near = difflib.get_close_matches(fold(rest[0]), KNOWN, n=1)
            wrong = message("unknown-table-key", key=rest[0])
            fix = message("suggestion", near=KNOWN[near[0]]) if near else message("unknown-table-key-fix", keys=", ".join(KEYS))
            problems.append(Problem("unknown-key", wrong, fix, entry.place))
        elif (key in NESTED) != (len(rest) > 1):
            _report(problems, "bad-table-value", entry.place, f"bad-stated-{key}-fix" if key in NESTED else None, key=entry.key)
        else:
            said = found.setdefault((record, number), {}).setdefault(key, {})
            name = bare(rest[1]) if key in NESTED else ""
            if name in said:
                wrong = message("stated-twice", key=entry.key, first=said[name].text or message("stated-nothing"))
                problems.append(Problem("duplicate-key", wrong, message("keep-one-fix"), entry.place))
            said[name] = entry
    return tuple(_statement(record, said, problems) for (record, _), said in found.items())


def _statement(record: str, said: _Said, problems: list[Problem]) -> Statement:
    place = next(iter(next(iter(said.values())).values())).place
    register = _register(said, problems)
    header, skip, area = _header(said, problems), _skip(said, problems), _area(said, problems)
    cut = Cut(area, skip, header, register is not None, place)
    layout = Layout(
        place,
        None if cut == Cut(place=place) else cut,
        _nested(said, "columns"),
        _values(said, "fill_down"),
        _value(said, "title"),
        register,
    )
    return Statement(bare(record), place, layout, _values(said, "file"), _values(said, "sheet"))


def _register(said: _Said, problems: list[Problem]) -> Register | None:
    layout = _value(said, "layout")
    if layout is None or fold(layout.text) in _ROWS:
        for key in OF_REGISTERS:
            for entry in said.get(key, {}).values():
                _report(problems, "needs-matrix", entry.place, key=key)
                return None
        return None
    if fold(layout.text) not in _MATRIX:
        _bad(problems, "layout", layout)
    month, year = _month(said, problems)
    return Register(_value(said, "days"), _value(said, "mark"), _nested(said, "marks"), _value(said, "empty"), month, year)


def _month(said: _Said, problems: list[Problem]) -> tuple[int | None, int | None]:
    """The month and the year of a register, as far as they are said."""
    month, year = _value(said, "month"), _value(said, "year")
    found: list[int | None] = [None, None]
    if month is not None:
        match = _MONTH.fullmatch(month.text)
        if match is None or not 1 <= int(match[2]) <= _MONTHS or (match[1] and match[3]):
            _bad(problems, "month", month)
        else:
            found = [int(match[2]), int(match[1] or match[3]) if match[1] or match[3] else None]
    if year is not None:
        if not _YEAR.fullmatch(year.text) or found[1] not in (None, int(year.text)):
            _bad(problems, "year", year)
        else:
            found[1] = int(year.text)
    return found[0], found[1]


def _header(said: _Said, problems: list[Problem]) -> tuple[int, int] | None:
    value = _value(said, "header_row")
    if value is None:
        return None
    if bare(value.text) == "0":
        return NO_HEADER
    span = _span(value.text)
    if span is None or span[1] - span[0] > 1:
        _bad(problems, "header_row", value)
    return span


def _skip(said: _Said, problems: list[Problem]) -> tuple[tuple[int, int], ...]:
    found = []
    for value in _values(said, "skip", "[;,]"):
        span = _span(value.text)
        if span is None:
            _bad(problems, "skip", value)
        else:
            found.append(span)
    return tuple(found)


def _area(said: _Said, problems: list[Problem]) -> Area:
    value = _value(said, "cells")
    if value is None:
        return Area()
    match = _AREA.fullmatch(value.text.replace("$", ""))
    if match is not None:
        first_column, last_column = (column_number(letters) for letters in (match[1], match[3]))
        area = Area(int(match[2] or 1), int(match[4] or ROWS), first_column or 1, last_column or COLUMNS)
        if 0 < area.first_row <= area.last_row and area.first_column <= area.last_column and any(match.groups()):
            return area
    _bad(problems, "cells", value)
    return Area()


def column_number(letters: str) -> int:
    """The number of a column that a spreadsheet calls so; 0 of no letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _span(text: str) -> tuple[int, int] | None:
    match = _SPAN.fullmatch(bare(text))
    if match is None:
        return None
    first, last = int(match[1]), int(match[2] or match[1])
    return (first, last) if 0 < first <= last else None


def _value(said: _Said, key: str) -> Value | None:
    entry = said.get(key, {}).get("")
    text = bare(entry.text or "; ".join(entry.several)) if entry is not None else ""
    return None if entry is None or not text else Value(text, entry.place)


def _values(said: _Said, key: str, between: str = ";") -> tuple[Value, ...]:
    """The texts of a list, or of one text with `;` between."""
    entry = said.get(key, {}).get("")
    if entry is None:
        return ()
    texts = entry.several or re.split(between, entry.text or "")
    return tuple(Value(bare(part), entry.place) for text in texts for part in re.split(between, text) if bare(part))


def _nested(said: _Said, key: str) -> dict[str, Value]:
    return {
        name: Value(bare(entry.text or "; ".join(entry.several)), entry.place)
        for name, entry in said.get(key, {}).items()
        if entry.text or entry.several
    }


def _bad(problems: list[Problem], key: str, value: Value) -> None:
    wrong, fix = message("bad-stated", key=key, text=value.text), message(f"bad-stated-{key}-fix")
    problems.append(Problem("bad-value", wrong, fix, value.place))


def _report(problems: list[Problem], text: str, place: Place, fix: str | None = None, **values: object) -> None:
    problems.append(Problem("bad-statement", message(text, **values), message(fix or f"{text}-fix", keys=", ".join(KEYS)), place))
