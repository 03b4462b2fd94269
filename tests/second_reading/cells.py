"""What a cell is: a value, empty, or unknown."""

import math
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any

from tests.second_reading.dates import partly, written
from tests.second_reading.truth import Truth

NO_WIDTH = (
    (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180E), (0x200B, 0x200F),
    (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0),
)  # fmt: skip
TRUE, FALSE = {"true", "yes", "1", "có"}, {"false", "no", "0", "không"}


class Gap(Enum):
    """Why there is no value."""

    EMPTY = "empty"
    UNKNOWN = "unknown"


EMPTY, UNKNOWN = Gap.EMPTY, Gap.UNKNOWN


@dataclass(frozen=True)
class Between:
    """A number of more than six places: it lies between its two neighbours of six places, and is neither."""

    number: Fraction


@dataclass(frozen=True)
class Days:
    """Some day of a month or a year; it is not known which."""

    first: date
    last: date

    def since(self, day: date) -> Truth:
        """Whether it is not before a day."""
        return True if day <= self.first else None if day <= self.last else False

    def until(self, day: date) -> Truth:
        """Whether it is not after a day."""
        return True if self.last <= day else None if self.first <= day else False


End = Fraction | float
INFINITE = math.inf


@dataclass(frozen=True)
class Interval:
    """Any of the numbers between two ends; `none` is whether there is none of them, and `likely` between what it is if not."""

    low: End
    high: End
    none: Truth = False
    likely: tuple[End, End] = (-INFINITE, INFINITE)


Elements = frozenset[str]
Cell = str | Fraction | date | bool | Gap | Between | Interval | Elements | Days


@dataclass(frozen=True)
class Field:
    """A declared column."""

    name: str
    type: str = "text"
    headers: tuple[str, ...] = ()
    required: bool = False
    default: str | None = None
    words: tuple[tuple[str, str], ...] = ()
    low: Fraction | None = None
    high: Fraction | None = None
    formats: tuple[str, ...] = ()
    ref: str | None = None
    signs: str = ""
    precision: str = "day"
    missing: tuple[str, ...] = ()


def field(name: str, said: Any, missing: Iterable[str], *, key: bool = False) -> Field:
    """Reads the declaration of a field."""
    said = said or {}
    listed = said.get("enum", [])
    words = [(value, value) for value in listed]
    if isinstance(listed, dict):
        words += [(word, value) for value, others in listed.items() for word in others]
    titles = said.get("title", [])
    titles = list(titles.values()) if isinstance(titles, dict) else [titles] if titles else []
    return Field(
        name=name,
        type=said.get("type", "text"),
        headers=(name, *said.get("headers", []), *titles),
        required=key or said.get("required") == "true",
        default=said.get("default"),
        words=tuple((tidy(word).lower(), tidy(value)) for word, value in words),
        low=Fraction(said["min"]) if "min" in said else None,
        high=Fraction(said["max"]) if "max" in said else None,
        formats=tuple(said.get("formats", [])),
        ref=said.get("ref"),
        signs=said.get("list", ""),
        precision=said.get("precision", "day"),
        missing=tuple(tidy(word).lower() for word in [*missing, *said.get("missing", [])]),
    )


def tidy(text: str) -> str:
    """Text in NFC, without the blanks around it."""
    text = unicodedata.normalize("NFC", text)
    while text and blank(text[0]):
        text = text[1:]
    while text and blank(text[-1]):
        text = text[:-1]
    return text


def blank(sign: str) -> bool:
    """Whether a sign is white space, or has no width."""
    return sign.isspace() or any(first <= ord(sign) <= last for first, last in NO_WIDTH)


def read(raw: str, of: Field) -> Cell:
    """The value of a submitted cell, before its default."""
    if of.signs:
        return _elements([single(part, of) for part in re.split(f"[{re.escape(of.signs)}]", raw)])
    return single(raw, of)


def _elements(parts: list[Cell]) -> Cell:
    """The elements of a list; those that are empty are none."""
    if UNKNOWN in parts:
        return UNKNOWN
    return frozenset(part for part in parts if isinstance(part, str)) or EMPTY


def single(raw: str, of: Field) -> Cell:
    """The value of a cell, or of one element of a list."""
    text = tidy(raw)
    if not text or text.lower() in of.missing:
        return EMPTY
    if of.type in {"integer", "number"}:
        return _number(text, of)
    if of.type == "date":
        return written(text, of.formats) or _some_day(text, of)
    if of.type == "boolean":
        word = text.lower()
        return True if word in TRUE else False if word in FALSE else UNKNOWN
    if of.words:
        return dict(reversed(of.words)).get(text.lower(), UNKNOWN)
    return text


def _some_day(text: str, of: Field) -> Cell:
    """Some day of a month or year, where the field may be as vague as that."""
    found = partly(text, of.formats, of.precision)
    return UNKNOWN if found is None else Days(*found)


def _number(text: str, of: Field) -> Cell:
    """A number in its limits."""
    pattern = r"-?[0-9]+(\.0{1,2})?" if of.type == "integer" else r"-?[0-9]+(\.[0-9]+)?"
    if re.fullmatch(pattern, text) is None:
        return UNKNOWN
    value = Fraction(text)
    if of.type == "integer" and not -(2**63) <= value < 2**63:
        return UNKNOWN
    if abs(value) >= 10**22:
        return UNKNOWN
    if (of.low is not None and value < of.low) or (of.high is not None and value > of.high):
        return UNKNOWN
    return value if (value * 10**6).denominator == 1 else Between(value)


def value(raw: str | None, of: Field, *, strange: bool) -> Cell:
    """The value of a cell; of a column that was not submitted, raw is None, and a strange column may be it."""
    if raw is not None:
        found = read(raw, of)
        if found is not EMPTY:
            return found
    if of.default is not None and not (raw is None and strange):
        return read(of.default, of)
    return UNKNOWN if raw is None else EMPTY
