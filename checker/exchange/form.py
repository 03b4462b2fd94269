"""The form of a rulebook: what is to be filled in, sheet by sheet and column by column, in one language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from checker.assembly.summaries import face
from checker.errors import Problem
from checker.exchange.names import SheetNames, header_of
from checker.exchange.rows import Filled
from checker.exchange.values import words_of
from checker.model.names import Names
from checker.model.period import Period
from checker.model.plan import Plan
from checker.model.report import RuleSummary
from checker.model.schema import Field, Record
from checker.model.words import Text
from checker.records.matching import Names as Headers
from checker.report.say.wording import Wording


@dataclass(frozen=True, slots=True)
class Column:
    """A column to be filled in.

    `words` are what can be chosen there, none of any text; `rules` are those that read it, in the order of the rulebook.
    `names_row` says that no two rows may have the same.
    """

    field: Field
    header: str
    words: tuple[str, ...]
    rules: tuple[RuleSummary, ...]
    names_row: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to be filled in, under a name that a sheet of a workbook can have, and by which it is recognised."""

    record: Record
    name: str
    title: str
    columns: tuple[Column, ...]

    @property
    def key(self) -> int | None:
        """The place of the column that names its rows, from 0."""
        return next((place for place, column in enumerate(self.columns) if column.names_row), None)


@dataclass(frozen=True, slots=True)
class Form:
    """All that is to be filled in for a rulebook. `rulebook` is its name where a submission can name it so, else nothing.

    `filled` are the rows that stand there already, and `problems` what of them could not be read.
    """

    title: Text
    rulebook: str | None
    sheets: tuple[Sheet, ...]
    names: SheetNames
    wording: Wording
    period: Period | None = None
    submitted_by: str | None = None
    filled: Filled = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def heading(self) -> str:
        """What the form is called."""
        return self.title.in_(self.wording.language)

    def sheet(self, record: str) -> Sheet | None:
        """The sheet of a record."""
        return next((sheet for sheet in self.sheets if sheet.record.name == record), None)

    def key_of(self, reference: Field) -> str:
        """Where the keys are that a reference takes: the sheet and its column; nothing of a field that is none."""
        sheet = None if reference.refers_to is None else self.sheet(reference.refers_to)
        return "" if sheet is None or sheet.key is None else f"{sheet.name} – {sheet.columns[sheet.key].header}"


def form_of(plan: Plan, language: str | None, *, named: bool, period: Period | None = None) -> Form:
    """The form of a rulebook in that language, else in its first; `named` says that a submission can name it by its name."""
    wording = Wording(language or plan.languages[0], Names(sources={each.name: each for each in plan.sources}))
    records = [each.record for each in plan.records if not each.record.made]
    names = SheetNames(records, wording)
    reading = _reading(plan)
    sheets = tuple(
        Sheet(record, names.of(record), record.title.in_(wording.language) or record.name, _columns(record, reading, wording))
        for record in records
    )
    return Form(plan.title, plan.name if named else None, sheets, names, wording, period)


def _columns(record: Record, reading: Mapping[tuple[str, str], tuple[RuleSummary, ...]], wording: Wording) -> tuple[Column, ...]:
    headers = Headers(record.fields)
    return tuple(
        Column(
            each,
            header_of(each, headers, wording.language),
            words_of(each, wording.language),
            reading.get((record.name, each.name), ()),
            each.name == record.key,
        )
        for each in record.fields
    )


def _reading(plan: Plan) -> Mapping[tuple[str, str], tuple[RuleSummary, ...]]:
    """The rules that read each column, be it by an exception from them."""
    found: dict[tuple[str, str], dict[str, RuleSummary]] = defaultdict(dict)
    for column, rule in _reads(plan):
        found[column][rule.id] = rule
    order = {rule.id: number for number, rule in enumerate(plan.rules)}
    return {column: tuple(sorted(rules.values(), key=lambda rule: order[rule.id])) for column, rules in found.items()}


def _reads(plan: Plan) -> Iterator[tuple[tuple[str, str], RuleSummary]]:
    rules = {rule.id: face(rule) for rule in plan.rules}
    displaced = {exception.id: exception.displaces for exception in plan.law.exceptions}
    for rule in plan.rules:
        yield from ((column, rules[rule.id]) for column in rule.columns_read)
    for exception in plan.exceptions:
        for name in displaced[exception.key]:
            yield from ((column, rules[name]) for column in exception.columns_read if name in rules)
