"""What a rulebook says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from tests.second_reading import days, syntax
from tests.second_reading.cells import Cell, Field

Values = tuple[tuple[date | None, Cell], ...]


@dataclass(frozen=True)
class RollCall:
    """Whose presence is asked for, at what, and the rows that tell of it."""

    who: str
    occasion: str
    present: str


@dataclass(frozen=True)
class Record:
    """A declared table."""

    name: str
    fields: Mapping[str, Field]
    names: tuple[str, ...]
    key: str | None = None
    date: str | None = None
    parent: str | None = None
    belongs_to: str | None = None
    unique: tuple[tuple[str, ...], ...] = ()
    start: str | None = None
    end: str | None = None
    roll_call: RollCall | None = None

    @property
    def lives(self) -> bool:
        """Whether its rows exist from a day until a day."""
        return self.start is not None or self.end is not None


@dataclass(frozen=True)
class Rule:
    """One rule, its form as it is written."""

    id: str
    subject: str
    form: str
    says: Mapping[str, Any]
    severity: str = "major"
    since: date | None = None
    until: date | None = None
    at_end: bool = False
    requires: Mapping[str, str] = field(default_factory=dict)
    parts: "tuple[Rule, ...]" = ()

    def in_force(self, day: date) -> bool:
        """Whether it is in force on that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Exemption:
    """An exception of the law."""

    id: str
    when: syntax.Tree
    displaces: tuple[str, ...]
    by: str | None


@dataclass(frozen=True)
class Book:
    """All of a rulebook."""

    records: Mapping[str, Record]
    terms: Mapping[str, tuple[str, syntax.Tree | None]]
    rules: tuple[Rule, ...]
    indicators: tuple[Rule, ...]
    parameters: Mapping[str, Values]
    exceptions: tuple[Exemption, ...]
    standings: tuple[Mapping[str, Any], ...]
    body: str | None
    year_starts: int
    calendar: days.Calendar

    def selection(self, name: str) -> tuple[Record, list[syntax.Tree]]:
        """The record of a record or term, and the predicates of the term and of those it is of."""
        predicates = []
        while name in self.terms:
            name, where = self.terms[name]
            if where is not None:
                predicates.append(where)
        return self.records[name], predicates


def number(text: str) -> Fraction | None:
    """A number, percentage or fraction; None of any other text."""
    try:
        return Fraction(text[:-1].strip()) / 100 if text.endswith("%") else Fraction(text.replace(" ", ""))
    except ValueError:
        return None
