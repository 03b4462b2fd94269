"""Section 2 of docs/meaning.md: what a cell is, and section 3: which rows are duplicates."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from fractions import Fraction
from itertools import combinations
from math import floor
from typing import Any, Literal


class Null(Enum):
    """What an expression gives where there is no value: EMPTY of empty cells, UNKNOWN of all that is not known."""

    EMPTY = "empty"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Near:
    """A number of more than six places: known to lie above `low` and below the next number of six places, and no more."""

    low: Fraction


@dataclass(frozen=True)
class Partly(Near):
    """A day of which only the month or the year is known: one from `low` to `high`, and no more is known of it."""

    low: date  # type: ignore[assignment]
    high: date


class Elements(frozenset[str]):
    """The elements of a list in a cell (2)."""


class Whole(Fraction):
    """A whole number as the program computes with it: it has 64 bits."""


def whole(number: Fraction) -> Whole | Null:
    """The number as one of 64 bits; unknown where it has more (2)."""
    return Whole(number) if -(2**63) <= number < 2**63 else Null.UNKNOWN


Value = Fraction | str | bool | date | Null | Near | Elements
Truth = bool | None
"""None: unknown."""


@dataclass(frozen=True)
class Table:
    """A table as submitted: its columns, and per row the text of each of them (None: empty).

    Of what many handed in, `parts` says with what each row stands, and `held` which of these have the table.
    """

    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str | None], ...]
    parts: tuple[str, ...] = ()
    held: frozenset[str] = frozenset()


Submission = Mapping[str, Table]
"""A record that is missing was not submitted."""


@dataclass(frozen=True)
class Cell:
    """A cell that was read. `was_empty` is judged before defaults, and true of a column that was not `submitted`."""

    state: Literal["known", "empty", "unreadable", "absent", "near", "disputed"]
    value: Value
    text: str
    was_empty: bool
    submitted: bool = True


@dataclass(eq=False)
class Row:
    """A row; two rows are the same only if they are the same line of the same table.

    A `misled` one is read as if a reference of it led to the key that it almost matches.
    """

    record: str
    number: int
    cells: dict[str, Cell] = field(repr=False)
    key: str | None = None
    misled: bool = False


UNSEEN_RANGES = ((0x180B, 0x180E), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F))
UNSEEN = "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u3164\ufeff\uffa0" + "".join(
    chr(code) for first, last in UNSEEN_RANGES for code in range(first, last + 1)
)


def trimmed(text: str | None) -> str:
    """Text in NFC, without the white space and the signs of no width around it."""
    found = unicodedata.normalize("NFC", text or "")
    while found and (found[0] in UNSEEN or found[0].isspace()):
        found = found[1:]
    while found and (found[-1] in UNSEEN or found[-1].isspace()):
        found = found[:-1]
    return found


def read_cell(declared: Mapping[str, Any], text: str | None, *, submitted: bool, strange: bool = False) -> Cell:
    """Reads one cell (2): the empty one is its default, one that cannot be read is unknown for every purpose.

    A column that was not submitted is unknown where the table has a `strange` one.
    """
    plain = trimmed(text)
    if plain.lower() in [str(word).lower() for word in declared.get("missing", ())]:
        plain = ""
    plain = as_written(declared, plain)
    if "list" in declared:
        return read_list(declared, plain, submitted=submitted, strange=strange)
    empty = not submitted or plain == ""
    if empty and declared.get("default") is not None and (submitted or not strange):
        return Cell("known", read_value(declared, trimmed(str(declared["default"]))), plain, was_empty=True, submitted=submitted)
    if empty:
        return Cell("empty", Null.EMPTY, "", empty) if submitted else Cell("absent", Null.UNKNOWN, "", empty, submitted)
    value = read_value(declared, plain)
    state: Literal["near", "unreadable", "known"] = "near" if isinstance(value, Near) else "known"
    return Cell("unreadable" if value is Null.UNKNOWN else state, value, plain, was_empty=False)


def read_list(declared: Mapping[str, Any], plain: str, *, submitted: bool, strange: bool) -> Cell:
    """Reads a cell that holds a list (2): it is empty if it has no elements, and says so unless it must have some."""
    empty = not submitted or not parts_of(declared, plain)
    if empty and declared.get("default") is not None and (submitted or not strange):
        return Cell("known", elements(declared, str(declared["default"])), plain, was_empty=True, submitted=submitted)
    if not submitted:
        return Cell("absent", Null.UNKNOWN, "", was_empty=True, submitted=False)
    if empty:
        return Cell("empty", Null.EMPTY if declared.get("required") else Elements(), "", was_empty=True)
    found = elements(declared, plain)
    return Cell("unreadable" if found is Null.UNKNOWN else "known", found, plain, was_empty=False)


def parts_of(declared: Mapping[str, Any], text: str) -> list[str]:
    """The parts of a text between the signs of a list; what is empty, or a word for that, is none."""
    missing = [str(word).lower() for word in declared.get("missing", ())]
    parts = map(trimmed, re.split("|".join(map(re.escape, declared["list"])), text))
    return [part for part in parts if part and part.lower() not in missing]


def elements(declared: Mapping[str, Any], text: str) -> Elements | Null:
    """The elements of a list; UNKNOWN where one of them is not allowed."""
    values = [read_enum(declared["enum"], part) if "enum" in declared else part for part in parts_of(declared, text)]
    return Null.UNKNOWN if Null.UNKNOWN in values else Elements(map(str, values))


def read_value(declared: Mapping[str, Any], text: str) -> Value:
    """Reads text as the field's type, allowed by enum, min and max; else UNKNOWN."""
    match declared.get("type", "text"):
        case "integer":
            found = within(declared, text, r"-?[0-9]+(\.00?)?")
            return whole(found) if isinstance(found, Fraction) else found
        case "number":
            return within(declared, text, r"-?[0-9]+(\.[0-9]+)?")
        case "boolean":
            words = {str(word).lower(): True for word in declared.get("true_words", ())}
            words |= {str(word).lower(): False for word in declared.get("false_words", ())}
            words |= {"true": True, "yes": True, "1": True, "có": True}
            words |= {"false": False, "no": False, "0": False, "không": False}
            return words.get(text.lower(), Null.UNKNOWN)
        case "date":
            return read_date(declared, text)
    if "enum" in declared:
        return read_enum(declared["enum"], text)
    return text


def as_written(declared: Mapping[str, Any], text: str) -> str:
    """The text as it would be written if nothing were declared; U+FFFD and the text where it is not written as declared."""
    kind = declared.get("type", "text")
    if kind == "date" and declared.get("with_time"):
        shape = r"(.*?)(T| +)([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d([.,]\d+)?)?( ?[AaPp][Mm])?(Z| ?[+-]\d\d:?\d\d)?"
        found = re.fullmatch(shape, text, re.ASCII)
        return found[1] if found else text
    decimal, thousands = declared.get("decimal", "."), declared.get("thousands", "")
    if kind not in {"integer", "number"} or (decimal, thousands) == (".", "") or not text:
        return text
    between = {" ": " \u00a0\u2009\u202f", "'": "'\u2019"}.get(thousands, thousands)
    sign, rest = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, *places = rest.split(decimal)
    groups = [whole]
    for each in between:
        groups = [part for group in groups for part in group.split(each)]
    figures = all(part.isascii() and part.isdigit() for part in (*groups, *places))
    right = len(groups) == 1 or (len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:]))
    if not (figures and right and len(places) <= 1):
        return "\ufffd" + text
    return sign + "".join(groups) + "".join("." + each for each in places)


def within(declared: Mapping[str, Any], text: str, pattern: str) -> Value:
    """Reads a number between min and max."""
    if not re.fullmatch(pattern, text):
        return Null.UNKNOWN
    number = Fraction(text)
    limit = 2**63 if declared["type"] == "integer" else 10**22
    if not (-limit <= number < limit if declared["type"] == "integer" else abs(number) < limit):
        return Null.UNKNOWN
    low, high = declared.get("min"), declared.get("max")
    if (number * 10**6).denominator != 1:
        below = Fraction(floor(number * 10**6), 10**6)
        inside = (low is None or below >= Fraction(str(low))) and (high is None or below < Fraction(str(high)))
        return Near(below) if inside else Null.UNKNOWN
    if (low is not None and number < Fraction(str(low))) or (high is not None and number > Fraction(str(high))):
        return Null.UNKNOWN
    return number


def read_date(declared: Mapping[str, Any], text: str) -> Value:
    """Reads `YYYY-MM-DD`, or one of the field's formats: the first by which it is a day of the calendar."""
    days = [day for form in ("ISO", *declared.get("formats", ())) if (day := read_format(form, text)) is not None]
    return days[0] if days else read_partial_day(declared, text)


def read_partial_day(declared: Mapping[str, Any], text: str) -> Value:
    """Reads a month or a year, where the field takes them: a month as ISO has it, or as a format without its day."""
    precision = declared.get("precision", "day")
    # The signs after the day are left out with it, or, where it comes last, those before it.
    forms = [re.sub("%d[^%]+|(?<!%)[^%]*%d$|%d", "", form) for form in declared.get("formats", ()) if "%d" in form]
    read = [read_format("ISO", f"{text}-01"), *(read_format(f"{form}|%d", f"{text}|1") for form in forms)]
    firsts = [day for day in read if day is not None]
    if firsts and precision != "day":
        first = firsts[0]
        return Partly(first, date(first.year, first.month, monthrange(first.year, first.month)[1]))
    if precision == "year" and re.fullmatch("[0-9]{4}", text) and text != "0000":
        return Partly(date(int(text), 1, 1), date(int(text), 12, 31))
    return Null.UNKNOWN


def read_format(form: str, text: str) -> date | None:
    """The day that a text is by a format; years have the four figures of `%Y`, or the two of `%y`."""
    figures = {"%d": "(?P<d>[0-9]{1,2})", "%m": "(?P<m>[0-9]{1,2})", "%Y": "(?P<Y>[0-9]{4})", "%y": "(?P<y>[0-9]{2})"}
    shape = "(?P<Y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})" if form == "ISO" else form.replace(".", "[.]").replace("|", "[|]")
    for sign, figure in figures.items():
        shape = shape.replace(sign, figure)
    match = re.fullmatch(shape, text)
    if match is None:
        return None
    said = {name: int(found) for name, found in match.groupdict().items()}
    if "y" in said:
        said["Y"] = said["y"] + (1900 if said["y"] >= 69 else 2000)
    try:
        return date(said["Y"], said["m"], said["d"])
    except ValueError:
        return None


def read_enum(enum: Sequence[str] | Mapping[str, Sequence[str]], text: str) -> Value:
    """Reads a declared value or one of its synonyms, without regard to case, as the declared value."""
    for canonical in enum:
        synonyms = enum[canonical] if isinstance(enum, Mapping) else ()
        if text.lower() in [trimmed(word).lower() for word in (canonical, *synonyms)]:
            return trimmed(canonical)
    return Null.UNKNOWN


def read_table(book: Mapping[str, Any], record: str, table: Table) -> list[Row]:
    """Reads the declared columns of a table (2)."""
    rows, declared = [], book["records"][record]
    strange = any(column not in declared["fields"] for column in table.columns)
    specs = {name: as_declared(book, declared, spec) for name, spec in declared["fields"].items()}
    filled = (texts for texts in table.rows if any(trimmed(text) for text in texts.values()))
    for number, texts in enumerate(filled, 1):
        cells = {
            name: replace(
                read_cell(spec, texts.get(name), submitted=name in table.columns, strange=strange),
                submitted=name in table.columns,
            )
            for name, spec in specs.items()
        }
        key = cells[declared["key"]] if "key" in declared else None
        rows.append(Row(record, number, cells, key.text if key and key.state == "known" else None))
    for name, spec in specs.items():
        column = [row.cells[name].text for row in rows]
        for row in rows:
            cell = row.cells[name]
            if cell.state == "known" and cell.text and is_doubtful(spec, cell.text, column):
                row.cells[name] = replace(cell, state="near", value=Null.UNKNOWN)
    return rows


def is_doubtful(spec: Mapping[str, Any], text: str, column: Sequence[str]) -> bool:
    """Whether the other cells of a column show that a text may be meant otherwise than it is read (2)."""
    if spec.get("type") == "date":
        for one, other in combinations(spec.get("formats", ()), 2):
            first, second = read_format(one, text), read_format(other, text)
            shown = any(read_format(other, each) and not read_format(one, each) for each in column)
            if first and second and first != second and shown:
                return True
    declared = spec.get("decimal", ".") != "." or spec.get("thousands")
    if spec.get("type") == "number" and not declared and re.fullmatch(r"-?[0-9]{1,3}\.[0-9]{3}", text):
        dots = any(
            re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{3}){2,}(,[0-9]+)?|-?[0-9]{1,3}(\.[0-9]{3})+,[0-9]+", each) for each in column
        )
        comma = any(re.fullmatch(r"-?[0-9]+,[0-9]+", each) for each in column)
        commas = any(re.fullmatch(r"-?[0-9]{1,3}(,[0-9]{3})+\.[0-9]+|-?[0-9]{1,3}(,[0-9]{3}){2,}", each) for each in column)
        return dots or (comma and not commas)
    return False


def as_declared(book: Mapping[str, Any], record: Mapping[str, Any], field: Mapping[str, Any] | None) -> dict[str, Any]:
    """A field with what its record and the rulebook say of how values are written: lists add up, else the nearest holds."""
    levels = (field or {}, record, book)
    lists = ("missing", "formats", "true_words", "false_words")
    added = {key: [word for level in levels for word in level.get(key, ())] for key in lists}
    nearest = {key: level[key] for level in reversed(levels) for key in ("decimal", "thousands", "with_time") if key in level}
    return {**(field or {}), **nearest, **added}


def doubtful(rows: Sequence[Row], combinations: Sequence[Sequence[str]]) -> list[Row]:
    """The rows that only may count for agreeing with others in their key, or in a combination that is to be unique (3)."""
    groups: dict[object, list[Row]] = {}
    for row in rows:
        if row.key is not None:
            groups.setdefault(row.key, []).append(row)
        for fields in combinations:
            values = tuple(row.cells[name].value for name in fields)
            if not any(isinstance(value, Null) for value in values):
                groups.setdefault((tuple(fields), values), []).append(row)
    found: list[Row] = []
    for same in groups.values():
        if len(same) > 1:
            agree = all(sameness(row) == sameness(same[0]) for row in same)
            found += same[1:] if agree else same
    return found


def disputed(cell: Cell) -> Cell:
    """The cell of a row that stands for others which say something else."""
    return replace(cell, state="disputed", value=Null.UNKNOWN)


def sameness(row: Row) -> dict[str, object]:
    """What rows of one key must share in order to agree."""
    return {
        name: (cell.state, cell.text if cell.state in {"unreadable", "near"} else cell.value) for name, cell in row.cells.items()
    }
