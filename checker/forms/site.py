"""What a form may ask of the place where it is compiled."""

from __future__ import annotations

from typing import Protocol

from sqlglot import exp

from checker.forms.day import Day
from checker.forms.measure import Bound, Ends, Quantity, Valued


class Site(Protocol):
    """Where a form is compiled: it turns the form's texts into checked trees over the subject or the related row."""

    def predicate(self, key: str, *, related: bool) -> exp.Expression:
        """The predicate written under that key of the form."""
        ...

    def number(self, key: str, *, related: bool) -> Quantity:
        """The numeric expression under that key: its value, or where unknown the declared range of a bare field."""
        ...

    def value(self, key: str, *, related: bool) -> exp.Expression:
        """The numeric expression under that key, NULL where unknown."""
        ...

    def never_negative(self, key: str) -> bool:
        """Whether the numeric expression under that key over the related row is a bare field declared to be at least 0."""
        ...

    def upper(self, key: str, *, related: bool) -> exp.Expression:
        """The declared maximum of the bare field under that key, else NULL."""
        ...

    def ends(self, key: str) -> Ends:
        """What the numeric expression under that key over the subject and its indicators may be."""
        ...

    def bounds(self, *, related: bool) -> tuple[Bound, ...]:
        """The form's bounds, with their parameters as seen from the related row (ratios) or from the subject (counts)."""
        ...

    def valued(self, key: str) -> Valued | None:
        """The field under that key by whose values rows are measured, if there is one."""
        ...

    def date(self, key: str) -> exp.Expression:
        """The date expression under that key over the subject, NULL where unknown; its own date where none is written."""
        ...

    def date_text(self, key: str) -> str:
        """How that date is written."""
        ...

    def window(self) -> tuple[exp.Expression, exp.Expression]:
        """The first and the last day of the window."""
        ...

    def days_by(self, key: str) -> Day:
        """The day of the related row by the date field that is named under that key: the first and the last that it may be."""
        ...

    def rolled(self, start: exp.Expression, sign: int) -> exp.Expression:
        """That day where it is a working day; else the next (1), or the one before (-1). NULL where that is not told."""
        ...

    def moved(self, start: exp.Expression, key: str, sign: int) -> exp.Expression:
        """That day later (1) or earlier (-1) by the duration under that key, NULL where that is outside the calendar."""
        ...

    def lapse(self, first: exp.Expression, second: exp.Expression, key: str) -> exp.Expression:
        """The least whole number of the units of the duration under that key (days or months) from one day to another."""
        ...

    def length(self, key: str) -> exp.Expression:
        """How many of these units the duration has."""
        ...

    def lifetime(self) -> tuple[exp.Expression, exp.Expression]:
        """The first and the last day on which the related row exists: infinite where open-ended, NULL where unknown."""
        ...

    def daily_bounds(self) -> tuple[tuple[exp.Expression, ...], tuple[tuple[Bound, ...], ...]]:
        """The days on which bounds of the subject change, and the bounds before the first of them and from each on."""
        ...

    def started(self) -> exp.Expression:
        """The first day on which the subject owes the duty: of the period, the rule, or its own existence."""
        ...

    def began(self) -> exp.Expression:
        """The day on which the duty began for the subject; NULL where it has always been or is unknown."""
        ...

    def begun(self) -> Day:
        """The same day, by the first and the last that it may be."""
        ...

    def day(self, *, related: bool) -> exp.Expression:
        """The date that the form reads (`on:`, or the record's own)."""
        ...

    def days(self, *, related: bool) -> Day:
        """The same date, by the first and the last day that it may be."""
        ...

    def days_of(self, key: str) -> Day:
        """The date expression under that key over the subject; a field by itself by the first and the last day that it may be."""
        ...

    def absent(self) -> exp.Expression:
        """Whether the subject's own date is certainly empty."""
        ...
