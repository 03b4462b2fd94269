"""Messages: a key of the catalogues and what fills its placeholders, said in the language of whoever reads it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from checker.words import days
from checker.words.catalogue import FALLBACK, Catalogue, catalogue

_SPAN = re.compile(r"\s*([0-9]+)\s*(d|day|working\s+day|month|year)s?\s*")
_ENDINGS = {
    " end to end": "span-end-to-end",
    " or the next day": "span-or-the-next-day",
    ", next working day": "span-next-working-day",
    ", previous working day": "span-previous-working-day",
}
"""What may stand after a span of time, or after a day, and the keys of how it is said."""
_UNITS = {"d": "days", "day": "days", "working day": "working-days", "month": "months", "year": "years"}


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be said, in no language yet. As a string it is English."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return Words(FALLBACK).say(self)

    def about(self, **values: object) -> Message:
        """The message with these values too, where it has none of its own."""
        return Message(self.key, {**values, **self.values})


@dataclass(frozen=True, slots=True)
class Listing:
    """Several things, with a word before the last of them: `a, b and c`; each may be a message itself.

    `joined` is the key of the text with `{others}` and `{last}`, and `between` is put between the others.
    """

    items: tuple[object, ...]
    joined: str = "list-and"
    between: str = ", "

    def __str__(self) -> str:
        return Words(FALLBACK).say(self)


def message(key: str, /, **values: object) -> Message:
    """The message of that key, its placeholders filled; a value may be a message itself.

    Where the text has a form for one thing and one for several, `n` says how many they are.
    """
    return Message(key, values)


def all_of(items: Iterable[object]) -> Listing:
    """These things: `a, b and c`."""
    return Listing(tuple(items))


def one_of(items: Iterable[object]) -> Listing:
    """One of these things: `a, b or c`."""
    return Listing(tuple(items), "list-or")


def groups_of(items: Iterable[object]) -> Listing:
    """These groups, which may be lists themselves: `a and b; c and d`."""
    return Listing(tuple(items), "list-groups", "; ")


class Words:
    """The words of one language; English ones, where the language has none."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalogue: Catalogue = catalogue(language)

    def __call__(self, key: str, /, **values: object) -> str:
        """The text of that key, its placeholders filled: days and numbers as this language writes them."""
        n = values.get("n")
        text = self._catalogue.plural(key, n) if isinstance(n, int) else self._catalogue.text(key)
        return text.format(**{name: self._filled(value) for name, value in values.items()})

    def several(self, key: str, n: int, **values: object) -> str:
        """The text of that key for so many things, its other placeholders filled."""
        return self._catalogue.plural(key, n).format(**{name: self._filled(value) for name, value in {"n": n, **values}.items()})

    def day(self, day: date, pattern: str = "pattern-day") -> str:
        """A day as this language writes it, or the month, quarter or year that begins on it, by that pattern."""
        return days.written(day, self(pattern), self("month-names").split("|"))

    def span(self, written: str) -> str:
        """A length of time, as a rulebook writes it (`365d`, `12 months`), in words; any other text as it is."""
        for ending, key in _ENDINGS.items():
            if written.endswith(ending):
                return self(key, span=self.span(written.removesuffix(ending)))
        match = _SPAN.fullmatch(written)
        return self.several(_UNITS[" ".join(match[2].split())], int(match[1])) if match else written

    def say(self, said: Message | Listing | str) -> str:
        """A message in this language; of a text that is in no catalogue, the text."""
        match said:
            case Message():
                return self(said.key, **said.values)
            case Listing():
                return self._listed(said)
            case str():
                return said

    def _listed(self, listing: Listing) -> str:
        *others, last = [str(self._filled(item)) for item in listing.items]
        return self(listing.joined, others=listing.between.join(others), last=last) if others else last

    def _filled(self, value: object) -> object:
        match value:
            case Message() | Listing():
                return self.say(value)
            case date():
                return self.day(value)
            case int():
                return f"{value:,}".replace(",", self("thousands"))
            case _:
                return value
