"""The shape of the JSON report itself, beyond what it shares with others (`checker.report.json_shape`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from typing_extensions import TypedDict

from checker.model.indicators import IndicatorState
from checker.model.law import Change
from checker.model.measures import MeasureKind
from checker.model.words import Category, Severity, Verdict
from checker.report.json_shape import (
    AmountJson,
    Counts,
    FaultJson,
    FindingJson,
    MissingJson,
    PeriodJson,
    ProblemJson,
    SettlingJson,
    SettlingOfJson,
    SpanJson,
    SubjectJson,
    Texts,
    WaiverUseJson,
)


class ChangeJson(TypedDict):
    """What a rulebook that extends another did to a rule."""

    rulebook: str
    """The rulebook that did it."""
    change: Change
    """Whether it asks for more, or for something else."""


class OriginJson(TypedDict):
    """From where a rule is."""

    rulebook: str
    """The rulebook that it is from; empty for integrity rules."""
    changes: list[ChangeJson]
    """What the rulebooks that extend it did to it, in their order."""


class RequirementJson(TypedDict):
    """One of several requirements of a rule."""

    form: str
    """Its requirement form."""
    noun: Texts
    """What is measured, by language."""
    restated: Texts
    """What it demands, by language."""


class RuleJson(TypedDict):
    """A rule of the rulebook, and how often it gave each verdict."""

    id: str
    """Its id; those of integrity rules begin with `records/`."""
    category: Category
    """Whether it is about what the regulation demands, or about the file."""
    title: Texts
    """What is demanded, by language."""
    cites: list[str]
    """The provisions it follows from."""
    verified: bool
    """Whether they could be checked against the text."""
    severity: Severity
    """How grave a violation is."""
    form: str
    """Its requirement form, or `integrity`."""
    noun: Texts
    """What is measured, by language."""
    restated: Texts
    """The rule in plain words, by language."""
    parts: list[RequirementJson]
    """Its requirements, in their order, where there are several."""
    remedy: Texts
    """What a body that violates it has to do, by language."""
    note: Texts
    """What its author noted, by language."""
    in_force: SpanJson
    """The days between which it is in force."""
    origin: OriginJson
    """The rulebook that it is from, and those that changed it."""
    requires: dict[str, Verdict]
    """The rules that must have these verdicts for this one to be judged."""
    counts: Counts
    """How many findings have each verdict, listed or not."""
    reasons: Counts
    """How often it did not apply, by reason."""
    why_none: str | None
    """Why nothing was judged, if nothing was."""
    unchanged: int
    """With `--changed-since`, how many findings were so then already."""
    repeated: int
    """How many violations were violations in the previous report too."""
    known: int
    """How many violations the baseline knows."""


class StandingJson(TypedDict):
    """The conclusion about a body."""

    subject: SubjectJson
    """The body."""
    standing: str
    """The id of the standing, or `undetermined`."""
    title: Texts
    """What people call the standing, by language."""
    violated: int
    """How many violations the body has, with what belongs to it."""
    undetermined: int
    """How many of its findings are undetermined."""
    to_correct: int
    """How many of its violations are of rules about the file: they breach no regulation."""


class IndicatorValueJson(TypedDict):
    """What an indicator says of a subject in a window."""

    subject: SubjectJson
    """The subject."""
    window: PeriodJson | None
    """The window; null for an indicator without windows."""
    state: IndicatorState
    """How the value stands."""
    low: AmountJson
    """The least that it may be; null is no limit."""
    high: AmountJson
    """The greatest that it may be; the same as the least where it is known; null is no limit."""
    reason: str | None
    """Why there is none."""


class IndicatorJson(TypedDict):
    """An indicator: what was measured, without being required."""

    id: str
    """Its id."""
    title: Texts
    """What people call it, by language."""
    cites: list[str]
    """The provisions that ask for it."""
    form: str
    """What it measures: `count`, `sum`, `rate`, `share`, `value`."""
    measures: MeasureKind
    """The kind of its values; a `ratio` lies between 0 and 1."""
    restated: Texts
    """What it measures in plain words, by language."""
    note: Texts
    """What its author noted, by language."""
    submitted: bool
    """Whether the table of its subjects was submitted; if not, it says nothing."""
    values: list[IndicatorValueJson]
    """Its values, subject by subject, in the order of the windows."""
    left_out: int
    """How many of them are not listed."""


class AccountJson(TypedDict):
    """What became of one table."""

    table: str
    """The record."""
    state: str
    """`read`, `empty`, `not-submitted`, or `unreadable`."""
    file: str | None
    """The file it was read from."""
    sheet: str | None
    """The sheet of a workbook."""
    rows: int
    """How many rows were read: those judged, rejected, refused and set apart."""
    judged: int
    """How many of them count."""
    rejected: int
    """How many of them only may count, because their key is another's too."""
    refused: int
    """How many of them could not be split into cells."""
    apart: int
    """How many of them are no rows of the table: titles of sections, totals, notes and signatures."""
    outside: int
    """How many of all rows have a day before the period, or after the last day that is judged."""
    unreadable_cells: int
    """How many cells could not be read."""
    unread: list[str]
    """Submitted columns that the rulebook does not know."""
    missing: list[str]
    """Declared columns that were not submitted."""


class ConflictJson(TypedDict):
    """Two exceptions that hold at once and displace one rule differently."""

    subject: SubjectJson
    """For whom they hold."""
    rule: str
    """The displaced rule."""
    exceptions: list[str]
    """The exceptions."""


class SourceJson(TypedDict):
    """A regulation that rules cite."""

    name: str
    """The name by which rules cite it."""
    title: Texts
    """Its title, by language."""
    short: Texts
    """The short title by which reports cite it, by language; empty where it has none."""
    issued: str | None
    """The day on which it was issued."""
    url: str | None
    """Where it is published."""
    note: Texts
    """What a reader should know of it, such as what replaced it, by language."""


class EarlierJson(TypedDict):
    """An earlier report that the run was compared with."""

    file: str
    """The file it is in, as it was named."""
    rulebook_version: str
    """The version of the rulebook it was made by."""
    period: PeriodJson
    """The period it is about."""


class PreviousJson(EarlierJson):
    """The previous report."""

    repeated: int
    """How many violations were violations there too."""


class GoneJson(TypedDict):
    """A violation of the baseline that is none any more."""

    rule: str
    """The id of the rule."""
    subject: str
    """The key of the subject."""
    window: str | None
    """The name of the window; null for a rule without windows."""


class BaselineJson(EarlierJson):
    """The baseline: its violations do not count for the exit code."""

    known: int
    """How many violations it knows."""
    new: int
    """How many violations it does not know."""
    gone: list[GoneJson]
    """Its violations that are none any more."""


class NarrowedReportJson(TypedDict):
    """Which part of what was found is listed: null is all."""

    body: str | None
    """The id of the body to which, or to a body below which, the findings, standings and conflicts belong."""


class CountsJson(TypedDict):
    """How many findings have each verdict, listed or not."""

    regulation: Counts
    """Those of the rulebook's own rules."""
    data: Counts
    """Those of rules about the file: what is violated there is to be corrected, and breaches no regulation."""


class SinceJson(TypedDict):
    """A revision of the repository, since which changes are told."""

    name: str
    """The revision, as it was named."""
    commit: str
    """The commit that it was, abbreviated."""
    left_out: Counts
    """How many findings of each verdict were so then already: they are neither listed nor counted elsewhere."""


class RunJson(TypedDict):
    """What was run."""

    checker: str
    """The version of the program."""
    engine: str
    """The engine that measured, and its version."""
    adjudicator: str
    """Who came to the verdicts: durable-rules with its version, or `reference`, which stands in where that cannot be had."""
    rulebook: str
    """The name of the rulebook."""
    rulebook_title: Texts
    """What people call the rulebook, by language."""
    rulebook_version: str
    """The version of the rulebook."""
    submission: str
    """The submission, as it was named."""
    submitted_by: str | None
    """Who handed it in, as it says."""
    period: PeriodJson
    """The reporting period."""
    as_of: str
    """The day as of which was judged."""
    as_of_source: str
    """Where that day is from: `option`, `submission`, or `clock`."""
    language: str
    """The language of messages."""
    selected: list[str]
    """The rules that were run, if not all."""
    overrides: dict[str, str]
    """The parameters that were given other values."""
    since: SinceJson | None
    """With `--changed-since`, the revision since which changes are told; of all else the report tells only how much there is."""


class ReportJson(TypedDict):
    """Everything a run has to say, as `checker check --format json` writes it. New keys may come without a new version."""

    format: Literal["checker-report"]
    """The name of the format."""
    version: Literal[1]
    """Raised whenever a key changes its meaning or goes away."""
    run: RunJson
    """What was run."""
    exit_code: int
    """The exit code of the program."""
    narrowed: NarrowedReportJson
    """Which part of what was found is listed; counts and exit code are of the whole submission."""
    counts: CountsJson
    """How many findings there are of each category and verdict."""
    causes: Iterable[ProblemJson]
    """What probably says why a table or column is missing, such as a misspelt header; the `notices` do not repeat it."""
    findings: Iterable[FindingJson]
    """The verdicts."""
    missing: Iterable[MissingJson]
    """The tables and columns that are not there, and what that leaves open."""
    corrections: Iterable[FaultJson]
    """What is to be corrected in the file, by column and cause; each cell is a finding, too."""
    settling: list[SettlingJson]
    """The cells, tables and columns on which undetermined findings depend, those with most effect first."""
    settling_of: SettlingOfJson
    """What these count."""
    rules: Iterable[RuleJson]
    """The rules."""
    indicators: Iterable[IndicatorJson]
    """What was measured, without being required."""
    standings: Iterable[StandingJson]
    """The conclusions about bodies."""
    accounts: Iterable[AccountJson]
    """What became of the tables."""
    conflicts: Iterable[ConflictJson]
    """Exceptions that contradict each other."""
    waivers: Iterable[WaiverUseJson]
    """The waivers that were given, and what became of each."""
    previous: PreviousJson | None
    """The previous report, if one was given."""
    baseline: BaselineJson | None
    """The baseline, if one was given."""
    problems: Iterable[ProblemJson]
    """What could not be read; with any, the run is not a success."""
    notices: Iterable[ProblemJson]
    """What else is worth knowing and stops nothing."""
    sources: Iterable[SourceJson]
    """The regulations that rules cite."""
    left_out: Counts
    """How many findings of each verdict are not listed."""
    standings_left_out: dict[str, int]
    """How many bodies of each standing are not listed."""
