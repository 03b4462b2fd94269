"""The rulebook as a frozen value: what the YAML says, resolved, and where each part of it is written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path as FilePath
from typing import NamedTuple

from checker.errors import Place, Problem
from checker.forms.base import Form
from checker.forms.indicators import Measured
from checker.forms.several import Several
from checker.model.law import Condition, Origin, Source
from checker.model.schema import NOTHING_STATED, Record, Span, Stated
from checker.model.words import Severity, Text, Verdict
from checker.words.message import Message

Path = tuple[str | int, ...]
"""The way to a value in the merged YAML: `("rules", 3, "require", "frequency", "where")`."""


class Written(NamedTuple):
    """A predicate or expression as written, and where."""

    text: str
    path: Path


class DatedValue(NamedTuple):
    """A value of a parameter from that day on (None: always), exact for numbers, else text; `text` as written."""

    first: date | None
    value: Fraction | str
    text: str
    cites: str | None = None


class Parameter(NamedTuple):
    """A limit that the law changes: its values, ordered by first day."""

    name: str
    values: tuple[DatedValue, ...]


class Term(NamedTuple):
    """A named selection of the rows of a record, or of another term."""

    name: str
    of: str
    where: Written | None
    title: Text


class Rule(NamedTuple):
    """The testable form of a requirement. `subject` is the record or term of `for:`; `path` is where the rule stands.

    `requires` are the rules that must have those verdicts on the same subject for this one to be judged.
    With `parameters_at_end` the parameters of a window's last day hold. Its form stands `under` that key.
    """

    id: str
    title: Text
    cites: tuple[str, ...]
    verified: bool
    severity: Severity
    subject: str
    in_force: Span
    form: str
    require: Form
    remedy: Text
    note: Text
    path: Path
    parameters_at_end: bool = False
    origin: Origin = Origin()
    requires: tuple[tuple[str, Verdict], ...] = ()
    under: str | int = "require"

    @property
    def parts(self) -> tuple[Rule, ...]:
        """Each of its requirements as a rule by itself: where there is one, the rule."""
        if not isinstance(self.require, Several):
            return (self,)
        path = (*self.path, self.under, self.form)
        return tuple(
            self._replace(form=name, require=form, path=path, under=place)
            for place, (name, form) in enumerate(self.require.parts)
        )


class Indicator(NamedTuple):
    """A named measure of the record or term `subject`, of that form; `path` is where it stands.

    Who extends its rulebook changes it by the parameters that it reads, if at all: its `origin` says so.
    """

    id: str
    title: Text
    cites: tuple[str, ...]
    subject: str
    form: str
    measure: Measured
    note: Text
    path: Path
    origin: Origin = Origin()

    @property
    def name(self) -> str:
        """How expressions call it."""
        return self.id.replace("-", "_")

    @property
    def as_rule(self) -> Rule:
        """The same as a rule, always in force, that requires nothing of what is measured."""
        return Rule(
            id=self.id,
            title=self.title,
            cites=self.cites,
            verified=True,
            severity=Severity.NOTE,
            subject=self.subject,
            in_force=Span(),
            form=self.form,
            require=self.measure,
            remedy=Text(),
            note=self.note,
            path=self.path,
            under="measure",
        )


class Base(NamedTuple):
    """A rulebook that another extends: its name, its file or folder, and how messages name that."""

    name: str
    source: FilePath
    shown: str


class ExceptionRule(NamedTuple):
    """A provision that displaces rules for the subjects of which `when` holds."""

    id: str
    title: Text
    cites: tuple[str, ...]
    when: Written
    displaces: tuple[str, ...]
    by: str | None
    path: Path


class StandingRule(NamedTuple):
    """A conclusion about a body; `attributes` are the predicates that `when` names by key."""

    id: str
    title: Text
    when: Condition
    attributes: tuple[tuple[str, Written], ...]
    path: Path


class Calendar(NamedTuple):
    """Which days are not worked: the days of the week `weekend` (1 is Monday), and `holidays`.

    It tells the days from `first` to `last`.
    """

    weekend: tuple[int, ...] = (6, 7)
    holidays: tuple[date, ...] = ()
    first: date = date(1950, 1, 1)
    last: date = date(2099, 12, 31)


class Rulebook(NamedTuple):
    """All that is in force for a run. `places` and `excerpts` tell where each path is written.

    `year_starts` is the month with which years, halves and quarters begin.
    """

    name: str
    title: Text
    version: str
    languages: tuple[str, ...]
    year_starts: int
    calendar: Calendar
    body: str | None
    sources: Mapping[str, Source]
    parameters: Mapping[str, Parameter]
    records: Mapping[str, Record]
    terms: Mapping[str, Term]
    rules: tuple[Rule, ...]
    exceptions: tuple[ExceptionRule, ...]
    standings: tuple[StandingRule, ...]
    places: Mapping[Path, Place]
    excerpts: Mapping[Path, str]
    bases: tuple[Base, ...] = ()
    used: tuple[FilePath, ...] = ()
    indicators: tuple[Indicator, ...] = ()

    @property
    def requirements(self) -> tuple[Rule, ...]:
        """Each requirement of a rule: of several in one rule, each as a rule by itself."""
        return tuple(part for rule in self.rules for part in rule.parts)

    def as_stated(self, said: Stated) -> Rulebook:
        """The rulebook for submissions that say that of how values are written."""
        if said == NOTHING_STATED:
            return self
        return self._replace(records={name: record.as_stated(said) for name, record in self.records.items()})

    def problem(self, path: Path, code: str, wrong: Message, fix: Message) -> Problem:
        """A problem at that path, or at the nearest path above it that has a place."""
        while path and path not in self.places:
            path = path[:-1]
        return Problem(code, wrong, fix, self.places.get(path), self.excerpts.get(path))
