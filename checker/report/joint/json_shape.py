"""The shape of the JSON of an overview of several submissions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from typing_extensions import TypedDict

from checker.model.words import Category, Severity
from checker.report.json_shape import Counts, PeriodJson, ProblemJson, Texts


class RunOfOneJson(TypedDict):
    """How a submission was judged."""

    rulebook: str
    """The name of the rulebook."""
    rulebook_title: Texts
    """Its title, by language."""
    rulebook_version: str
    """Its version."""
    submitted_by: str | None
    """Who handed the submission in, if it says."""
    period: PeriodJson
    """The period it is about."""
    as_of: str
    """The day as of which was judged."""


class WrittenJson(TypedDict):
    """A report of one submission that was written."""

    format: str
    """Its format."""
    file: str
    """The file it is in."""


class SubmissionJson(TypedDict):
    """One of the submissions."""

    name: str
    """Its name in this run, which `{name}` in the names of files stands for."""
    submission: str
    """The submission, as it was named."""
    exit_code: int
    """The exit code that it would have alone."""
    run: RunOfOneJson | None
    """How it was judged; null where it could not be."""
    counts: Counts
    """How many findings under the regulation have each verdict."""
    to_correct: int
    """How much is to be corrected in its file: violations of rules about the file."""
    files: list[WrittenJson]
    """The reports on it that were asked for."""
    problems: list[ProblemJson]
    """Why it could not be judged, or not in full."""


class JointRuleJson(TypedDict):
    """A rule that some of the submissions violate."""

    rulebook: str
    """The rulebook that it is of."""
    rule: str
    """Its id."""
    title: Texts
    """What the regulation demands, by language."""
    category: Category
    """Whether it is about the regulation or about the file."""
    severity: Severity
    """How grave a violation is."""
    submissions: int
    """How many submissions violate it."""
    violated: int
    """How many violations there are altogether."""


class OverviewJson(TypedDict):
    """Several submissions checked in one run, as `checker check A B --format json` writes it."""

    format: Literal["checker-overview"]
    """What this is."""
    version: Literal[1]
    """The version of this shape; raised whenever a key changes its meaning or goes away."""
    exit_code: int
    """The exit code of the command: the worst of those of the submissions."""
    submissions: list[SubmissionJson]
    """The submissions, in the order in which they were named."""
    rules: Iterable[JointRuleJson]
    """The rules that any of them violates, the gravest first."""
