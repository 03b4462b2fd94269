"""The shape of the JSON list of what is unmet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from typing_extensions import TypedDict

from checker.model.words import Severity, Verdict
from checker.report.check.json_shape import BaselineJson, PreviousJson, RunJson
from checker.report.json_shape import (
    BodyJson,
    Counts,
    EvidenceJson,
    FaultJson,
    MeasuredJson,
    MissingJson,
    PeriodJson,
    ProblemJson,
    RequiredJson,
    SettlingJson,
    SettlingOfJson,
    SubjectJson,
    Texts,
)


class ShortfallJson(TypedDict):
    """By how many a count, or the part of a ratio, misses its bound."""

    n: int
    """How many are missing, or too many."""
    excess: bool
    """Whether they are too many."""
    whole: int | None
    """The whole, of a ratio."""


class DueJson(TypedDict):
    """A day by which something must be done."""

    day: str
    """The day."""
    window: PeriodJson | None
    """The window it is about."""


class OpenJson(TypedDict):
    """A window that is not over."""

    window: PeriodJson
    """The window."""
    due: str | None
    """The day by which the duty must be met."""


class GapJson(TypedDict):
    """What was found of a duty in some windows, and what is missing of it."""

    message: str
    """What was found, in a sentence, in the language of the report."""
    measured: MeasuredJson | None
    """What was counted."""
    required: list[RequiredJson]
    """The bounds."""
    shortfall: ShortfallJson | None
    """What is certainly missing or too many, in each window."""
    windows: list[PeriodJson]
    """The windows."""
    due: list[DueJson]
    """The days by which what is pending must be done."""
    repeated: PeriodJson | None
    """Of what was violated in the previous report too, the period since which it is repeated."""
    known: bool
    """Whether the baseline knows it."""


class DutyJson(TypedDict):
    """One rule that one subject has not met."""

    body: list[BodyJson]
    """The bodies from the root of the tree to the one that answers for it."""
    subject: SubjectJson
    """Who has not met it."""
    rule: str
    """The id of the rule."""
    title: Texts
    """What the regulation demands, by language."""
    cites: list[str]
    """The provisions it follows from."""
    verified: bool
    """Whether they could be checked against the text."""
    severity: Severity
    """How grave a violation is."""
    verdict: Verdict
    """`violated`, `undetermined`, or `pending`."""
    gaps: list[GapJson]
    """What was found, by what is alike about the windows."""
    open: list[OpenJson]
    """The windows of the same duty that are not over."""
    due: str | None
    """The first day by which it must be met."""
    hand_in: list[EvidenceJson]
    """The rows whose missing cells could decide it."""
    hand_in_left_out: int
    """How many more such rows are not listed."""
    tables_missing: list[str]
    """The tables that were not submitted, where that is the reason."""
    remedy: Texts
    """What has to be done, by language."""


class NarrowedJson(TypedDict):
    """Which part of what is unmet is listed: null is all."""

    body: str | None
    """The id of the body to which, or to a body below which, it belongs."""
    due_by: str | None
    """The day by which what is still to do is due; what is violated or undetermined is listed anyway."""


class UnmetJson(TypedDict):
    """What each body still has to do, as `checker unmet --format json` writes it. New keys may come without a new version."""

    format: Literal["checker-unmet"]
    """The name of the format."""
    version: Literal[1]
    """Raised whenever a key changes its meaning or goes away."""
    run: RunJson
    """What was run."""
    exit_code: int
    """The exit code of the program."""
    narrowed: NarrowedJson
    """Which part of what is unmet is listed."""
    causes: Iterable[ProblemJson]
    """What probably says why a table or column is missing, such as a misspelt header."""
    duties: Iterable[DutyJson]
    """What is unmet of the regulation."""
    missing: Iterable[MissingJson]
    """The tables and columns that are not there, and what that leaves open."""
    corrections: Iterable[FaultJson]
    """What is to be corrected in the file, by column and cause."""
    settling: list[SettlingJson]
    """The cells, tables and columns on which undetermined findings depend, those with most effect first."""
    settling_of: SettlingOfJson
    """What these count."""
    previous: PreviousJson | None
    """The previous report, if one was given."""
    baseline: BaselineJson | None
    """The baseline, if one was given."""
    problems: Iterable[ProblemJson]
    """What could not be read; with any, the run is not a success."""
    left_out: Counts
    """How many findings of each verdict are not listed."""
