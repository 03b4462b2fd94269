"""The shapes of the JSON of comparisons and trends."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from typing_extensions import TypedDict

from checker.model.words import Category, Severity, Verdict
from checker.report.compare.comparing import State
from checker.report.json_shape import Counts, PeriodJson, ProblemJson, Texts


class ComparedJson(TypedDict):
    """A report that is compared with others."""

    file: str
    """The file it is in, as it was named."""
    rulebook_version: str
    """The version of the rulebook it was made by."""
    submission: str
    """What was checked."""
    period: PeriodJson
    """The period it is about."""
    as_of: str
    """The day as of which was judged."""
    counts: Counts
    """How many findings have each verdict, listed or not."""


class ToldJson(TypedDict):
    """What a report says of a subject in one window."""

    window: str | None
    """The name of the window; null for a rule without windows."""
    verdict: Verdict
    """The verdict."""
    severity: Severity
    """How grave a violation is."""
    message: str
    """What was measured against what is required."""


class SubjectToldJson(TypedDict):
    """The subject of a change, as the later report calls it if it does."""

    id: str | None
    """Its key; null for a row without one."""
    digest: str | None
    """Of a row without a key: what its cells hold, as a digest."""
    name: str
    """Its name."""
    body: str
    """The name of the body that answers for it."""


class ChangeOfFindingJson(TypedDict):
    """What became of a finding."""

    state: State
    """`new`, `changed`, `resolved` or `persisting`."""
    rule: str
    """The id of the rule."""
    category: Category
    """Whether it is about the regulation or about the file."""
    subject: SubjectToldJson
    """Who or what is judged."""
    before: list[ToldJson]
    """What the earlier report says; empty of what is new."""
    after: list[ToldJson]
    """What the later report says; empty of what is resolved, and of what it cannot tell any more."""


class DiffJson(TypedDict):
    """Two reports compared, as `checker diff --format json` writes it."""

    format: Literal["checker-diff"]
    """What this is."""
    version: Literal[1]
    """The version of this shape; raised whenever a key changes its meaning or goes away."""
    rulebook: str
    """The rulebook that both are on."""
    rulebook_title: Texts
    """Its title, by language."""
    exit_code: int
    """The exit code of the command."""
    old: ComparedJson
    """The earlier report."""
    new: ComparedJson
    """The later report."""
    counts: dict[State, int]
    """How many changes there are of each state."""
    changes: Iterable[ChangeOfFindingJson]
    """The changes."""
    notices: Iterable[ProblemJson]
    """What is worth knowing of the comparison."""


class PointJson(TypedDict):
    """The figures of a rule in one report."""

    counts: Counts
    """How many findings have each verdict."""
    due: int
    """How many were due: those that are satisfied, violated, waived or undetermined."""
    rate: str | None
    """How many of these are satisfied, as a fraction; null where nothing was due."""


class TrendOfRuleJson(TypedDict):
    """How a rule fares over the reports."""

    rule: str
    """Its id."""
    title: Texts
    """What the regulation demands, by language."""
    category: Category
    """Whether it is about the regulation or about the file."""
    severity: Severity
    """How grave a violation is."""
    points: list[PointJson | None]
    """Its figures in each report, in their order; null where a report does not have the rule."""


class TrendJson(TypedDict):
    """Many reports in a row, as `checker trend --format json` writes it."""

    format: Literal["checker-trend"]
    """What this is."""
    version: Literal[1]
    """The version of this shape; raised whenever a key changes its meaning or goes away."""
    rulebook: str
    """The rulebook that all are on."""
    rulebook_title: Texts
    """Its title, by language."""
    reports: list[ComparedJson]
    """The reports, the earliest first."""
    rules: Iterable[TrendOfRuleJson]
    """The rules under which something was due in any of them."""
    standings: dict[str, list[int]]
    """How many bodies have each standing in each report."""
