"""Messages: a key of the catalogues and what fills its placeholders, said in the language of whoever reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from checker.words import days
from checker.words.catalogue import FALLBACK, Catalogue, catalogue


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be said, in no language yet. As a string it is English."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return Words(FALLBACK).say(self)


def message(key: str, **values: object) -> Message:
    """The message of that key, its placeholders filled; a value may be a message itself."""
    return Message(key, values)


class Words:
    """The words of one language; English ones, where the language has none."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalogue: Catalogue = catalogue(language)

    def __call__(self, key: str, **values: object) -> str:
        """The text of that key, its placeholders filled: days and numbers as this language writes them."""
        return self._catalogue.text(key).format(**{name: self._filled(value) for name, value in values.items()})

    def several(self, key: str, n: int, **values: object) -> str:
        """The text of that key for so many things, its other placeholders filled."""
        return self._catalogue.plural(key, n).format(**{name: self._filled(value) for name, value in {"n": n, **values}.items()})

    def day(self, day: date, pattern: str = "pattern-day") -> str:
        """A day as this language writes it, or the month, quarter or year that begins on it, by that pattern."""
        return days.written(day, self(pattern), self("month-names").split("|"))

    def say(self, what: Message | str) -> str:
        """A message in this language; of a text that is in no catalogue, the text."""
        return self(what.key, **what.values) if isinstance(what, Message) else what

    def _filled(self, value: object) -> object:
        match value:
            case Message():
                return self.say(value)
            case date():
                return self.day(value)
            case int():
                return f"{value:,}".replace(",", self("thousands"))
            case _:
                return value
