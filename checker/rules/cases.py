"""Reads the cases of a rulebook: small submissions with the verdict that a rule must give on them, or an indicator's value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, Field, PlainValidator, WithJsonSchema

from checker.errors import Place, Problem, RulesError, nearest
from checker.forms.base import wrong
from checker.model.blanks import fold
from checker.model.law import Change
from checker.model.period import Period, PeriodError
from checker.model.words import Verdict
from checker.rules.expectations import check_subjects, check_windows
from checker.rules.merged import Merged
from checker.rules.reader import Reader
from checker.rules.scalars import PERIOD, Day, FieldName, Nothing, Plain
from checker.rules.shelf import CASES
from checker.rules.stated_values import NONE, PATTERN, SO_FAR, StatedValue, read_value
from checker.rules.texts import DISK, Texts
from checker.rules.written import Entry
from checker.words.message import message
from checker.yaml_tree import Document, YamlError

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path as FilePath

    from checker.rules.rulebook import Rulebook
    from checker.yaml_tree import Path

Row = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Expected:
    """A verdict stated of a rule: the gravest on all subjects (`subject` None), on one, or on one in one window.

    Or a value of an indicator: that of all subjects, in all windows of one, or of one in one window.
    """

    stated: Verdict | StatedValue
    subject: str | None = None
    window: str | None = None


@dataclass(frozen=True, slots=True)
class RuleCase:
    """One small submission and what the rule, or indicator, must say of it. A table that is not in `tables` was not submitted."""

    rule: str
    name: str
    period: Period
    as_of: date | None
    overrides: Mapping[str, str]
    tables: Mapping[str, tuple[Row, ...]]
    expect: tuple[Expected, ...]
    place: Place

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The verdicts that it states, each once."""
        return tuple(dict.fromkeys(each.stated for each in self.expect if isinstance(each.stated, Verdict)))

    @property
    def of_indicator(self) -> bool:
        """Whether it is about an indicator, and states values."""
        return any(isinstance(each.stated, StatedValue) for each in self.expect)


def load_cases(
    source: FilePath, book: Rulebook, *, shown: str | None = None, rule: str | None = None, texts: Texts = DISK
) -> tuple[RuleCase, ...]:
    """The cases in the folder `cases` of a rulebook's folder, by file name; a rulebook in one file has none.

    Those of the rulebooks that it extends follow, as far as they still hold (docs/meaning.md, section 11). With `rule`, only
    the cases of that rule are read. Raises RulesError with every problem found.
    """
    found = list(_own_cases(source, book, shown or str(source), rule, texts))
    above = {book.name}
    origins = {rule.id: rule.origin for rule in book.rules} | {each.id: each.origin for each in book.indicators}
    for base in book.bases:
        for case in _own_cases(base.source, book, base.shown, rule, texts):
            changes = {how for rulebook, how in origins[case.rule].changes if rulebook in above}
            kept = case if not changes else _still_forbidden(case)
            if kept is not None and Change.OVERRIDDEN not in changes:
                found.append(kept)
        above.add(base.name)
    return tuple(found)


def _still_forbidden(case: RuleCase) -> RuleCase | None:
    """What a tightened rule must still say of a case: what was violated stays violated."""
    expect = tuple(each for each in case.expect if each.stated is Verdict.VIOLATED)
    return replace(case, expect=expect) if expect else None


def _own_cases(source: FilePath, book: Rulebook, shown: str, rule: str | None, texts: Texts) -> tuple[RuleCase, ...]:
    folder = source / CASES
    found, problems = list[RuleCase](), list[Problem]()
    for file in texts.cases(folder):
        if rule not in {None, file.stem}:
            continue
        name = f"{shown.rstrip('/')}/{CASES}/{file.as_posix()}"
        try:
            document = texts.document(folder / file, name)
        except YamlError as error:
            problems.extend(error.problems)
            continue
        reader = _reader(document)
        found += _cases(reader, file.stem, name, book)
        problems += reader.ordered()
    if problems:
        raise RulesError(*problems)
    return tuple(found)


def read_cases(document: Document, rule: str, book: Rulebook) -> tuple[RuleCase, ...]:
    """The cases of a rule in one document. Raises RulesError with every problem found."""
    reader = _reader(document)
    found = _cases(reader, rule, document.shown, book)
    if problems := reader.ordered():
        raise RulesError(*problems)
    return tuple(found)


def _reader(document: Document) -> Reader:
    tree = Merged({"cases": document.value}, documents={document.shown: document})
    tree.keys.update({("cases", *path): place for path, place in document.places.items()})
    tree.values.update({("cases", *path): place for path, place in document.value_places.items()})
    return Reader(tree)


def _period(value: object) -> Period:
    if not isinstance(value, str):
        raise wrong("bad_period", message("case-period"), message("case-period-fix"))
    try:
        return Period.parse(value)
    except PeriodError as error:
        raise wrong("bad_period", error.message, message("waivers-window-fix")) from None


def _row(value: object) -> dict[str, str | None]:
    if isinstance(value, dict) and all(cell is None or isinstance(cell, str) for cell in value.values()):
        return value
    raise wrong("wrong_type", message("case-row"), message("case-row-fix"))


def _expect(value: object) -> tuple[Expected, ...]:
    return _expected(value, _verdict, "case-expect")


def _values(value: object) -> tuple[Expected, ...]:
    return _expected(value, _value, "case-values")


def _expected(value: object, read: Callable[[object], Verdict | StatedValue], key: str) -> tuple[Expected, ...]:
    if isinstance(value, str):
        return (Expected(read(value)),)
    if not isinstance(value, dict) or not value:
        raise wrong("wrong_type", message(key), message(f"{key}-fix"))
    found: list[Expected] = []
    for subject, inner in value.items():
        windows = inner if isinstance(inner, dict) else {None: inner}
        found += [Expected(read(stated), subject, window) for window, stated in windows.items()]
    return tuple(found)


def _verdict(value: object) -> Verdict:
    if isinstance(value, str) and value in set(Verdict):
        return Verdict(value)
    known = tuple(str(verdict) for verdict in Verdict)
    said = message("case-verdict", value=value)
    raise wrong("unknown_value", said, message("write-one-of", known=", ".join(known)), nearest(str(value), known))


def _value(value: object) -> StatedValue:
    found = read_value(value) if isinstance(value, str) else None
    if found is None:
        raise wrong("unknown_value", message("case-value", value=value), message("case-value-fix"))
    return found


def _nothing(value: object) -> object:
    return {} if value is None else value


def _no_rows(value: object) -> object:
    return [] if value is None else value


_CELL: dict[str, Any] = {"type": ["string", "number", "boolean", "null"]}
_VERDICT: dict[str, Any] = {"enum": [verdict.value for verdict in Verdict]}
_VALUE: dict[str, Any] = {"anyOf": [{"enum": [NONE, NONE + SO_FAR]}, {"type": ["string", "number"], "pattern": PATTERN}]}


def _by_subject(title: str, one: dict[str, Any]) -> dict[str, Any]:
    """What an editor accepts: one of these, or one by subject, or by subject and window."""
    by_window = {"type": "object", "additionalProperties": one, "minProperties": 1}
    by_subject = {"type": "object", "additionalProperties": {"anyOf": [one, by_window]}, "minProperties": 1}
    return {"title": title, "anyOf": [one, by_subject]}


PeriodValue = Annotated[Period, PlainValidator(_period), WithJsonSchema(PERIOD)]
Cells = Annotated[
    dict[str, str | None],
    PlainValidator(_row),
    WithJsonSchema({"title": "row", "type": "object", "additionalProperties": _CELL}),
]
Rows = Annotated[list[Cells], BeforeValidator(_no_rows, json_schema_input_type=list[Cells] | Nothing)]
Expectations = Annotated[
    tuple[Expected, ...],
    PlainValidator(_expect),
    WithJsonSchema(_by_subject("verdict, or verdicts by subject", _VERDICT)),
]
Values = Annotated[
    tuple[Expected, ...], PlainValidator(_values), WithJsonSchema(_by_subject("value, or values by subject", _VALUE))
]


class _Submitted(Entry):
    name: Plain
    """What the case shows, unique in its file."""
    period: PeriodValue
    """The reporting period: `2019`, `2019/20`, `2019-H1`, `2019-Q2`, `2019-03`, or `2019-01-15..2019-06-30`."""
    as_of: Day | None = None
    """The day as of which is judged; the last day of the period, if not given."""
    set_: dict[FieldName, Plain] = Field(alias="set", default_factory=dict)
    """Other values of parameters."""
    tables: Annotated[dict[str, Rows], BeforeValidator(_nothing, json_schema_input_type=dict[str, Rows] | Nothing)]
    """The rows of each table, `[{id: A, level: cell}]`; one that is not named was not submitted, `[]` is an empty table."""


class CaseEntry(_Submitted):
    """A small submission, and the verdict that the rule after which the file is named must give on it."""

    expect: Expectations
    """The gravest verdict of the rule; or by subject, `{A: violated}`; or by subject and window, `{A: {2019-03: violated}}`."""


class ValueCaseEntry(_Submitted):
    """A small submission, and what the indicator after which the file is named must measure of it."""

    expect: Values
    """A number, `12` or `98.76%`, an interval, `3..5`, `none`, `12 so far` or `0..3 or none`; or by subject, and window."""


def _cases(reader: Reader, rule: str, file: str, book: Rulebook) -> list[RuleCase]:
    measured = any(each.id == rule for each in book.indicators)
    known = (*(each.id for each in book.rules), *(each.id for each in book.indicators))
    if rule not in known:
        said, fix = message("case-no-rule", rule=rule), message("case-no-rule-fix")
        reader.problems.append(Problem("unknown-name", said, fix, Place(file), instead=nearest(rule, known)))
    entries = reader.items("cases")
    names: dict[str, Path] = {}
    found = []
    for index, value in enumerate(entries):
        path: Path = ("cases", index)
        entry = reader.validate(ValueCaseEntry, path, value) if measured else reader.validate(CaseEntry, path, value)
        if entry is None:
            continue
        first = names.setdefault(entry.name, path)
        if first != path:
            said = message("case-twice", name=entry.name, other=reader.tree.keys[first])
            reader.report((*path, "name"), "duplicate-id", said, message("case-twice-fix"))
        _check_names(reader, path, entry, book)
        _check_expected(reader, path, entry, rule, book)
        found.append(
            RuleCase(
                rule=rule,
                name=entry.name,
                period=_in_years(reader, (*path, "period"), entry.period, book),
                as_of=entry.as_of,
                overrides=entry.set_,
                tables={name: tuple(rows) for name, rows in entry.tables.items()},
                expect=entry.expect,
                place=reader.tree.keys[path],
            )
        )
    return found


def _in_years(reader: Reader, path: Path, period: Period, book: Rulebook) -> Period:
    try:
        return period.in_years(book.year_starts)
    except PeriodError as error:
        reader.report(path, "bad_period", error.message, message("waivers-window-fix"))
        return period


def _check_names(reader: Reader, path: Path, entry: _Submitted, book: Rulebook) -> None:
    for name in entry.set_:
        if name not in book.parameters:
            reader.unknown(
                (*path, "set", name), message("not-a-parameter", name=name), name, book.parameters, message("known-parameters")
            )
    given = {each.name: each for each in book.records.values() if not each.made}
    tables = _by_header({each.name: each.headers for each in given.values()})
    for name, rows in entry.tables.items():
        record = given.get(tables.get(fold(name), ""))
        if record is None:
            reader.unknown((*path, "tables", name), message("not-a-record", name=name), name, given, message("known-records"))
            continue
        columns = _by_header({each.name: each.headers for each in record.fields})
        for index, row in enumerate(rows):
            for column in row:
                if fold(column) not in columns:
                    where, known = (*path, "tables", name, index, column), tuple(each.name for each in record.fields)
                    reader.unknown(
                        where, message("not-a-field-of", field=column, record=record.name), column, known, message("known-fields")
                    )


def _check_expected(reader: Reader, path: Path, entry: CaseEntry | ValueCaseEntry, rule: str, book: Rulebook) -> None:
    """Notes subjects and windows that the case cannot have."""
    asked = next((each for each in book.rules if each.id == rule), None)
    asked = asked or next((each.as_rule for each in book.indicators if each.id == rule), None)
    if asked is None:
        return
    name = asked.subject
    while name in book.terms and name not in book.records:
        name = book.terms[name].of
    record = book.records[name]
    if not record.made:
        names = {fold(each) for each in (record.name, *record.headers)}
        rows = [row for table, some in entry.tables.items() if fold(table) in names for row in some]
        check_subjects(reader, path, entry.expect, record, rows)
    days = entry.period, entry.as_of or entry.period.last
    check_windows(reader, path, entry.expect, asked.require, days, book.year_starts)


def _by_header(names: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {fold(header): name for name, headers in names.items() for header in (name, *headers)}
