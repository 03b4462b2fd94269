"""The exit code of a run: what a caller who reads nothing else is told."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final, Literal

from checker.model.words import Category, Severity, Verdict

if TYPE_CHECKING:
    from checker.model.report import Report, RuleSummary
    from checker.report import Presentation


class Exit(IntEnum):
    """The exit codes of every command that judges: of several, FAULT > INPUT > VIOLATED > UNDECIDED > CLEAN."""

    CLEAN = 0
    VIOLATED = 1
    INPUT = 2
    UNDECIDED = 3
    FAULT = 4
    INTERRUPTED = 130


JUDGED = (Verdict.SATISFIED, Verdict.VIOLATED, Verdict.WAIVED, Verdict.UNDETERMINED, Verdict.PENDING)


NEVER: Final = "never"

FailOnData = Severity | Literal["never"]
"""The least grave finding about the file that decides the exit code, or that none does."""


def exit_code(
    report: Report,
    fail_on: Severity = Severity.NOTE,
    allow_undetermined: bool = False,  # noqa: FBT001, FBT002 -- independent switches of one table
    fail_on_data: FailOnData | None = None,
) -> Exit:
    """The exit code of a run whose report could be written.

    `fail_on` is the least grave violation that fails it, `fail_on_data` the same of what is to be corrected in the file: by
    default as `fail_on`; with `never` nothing that rules about the file find decides it.
    """
    if report.problems:
        return Exit.INPUT
    if any(fails(rule, fail_on, fail_on_data) for rule in report.rules):
        return Exit.VIOLATED
    asked = Category.REGULATION if fail_on_data == NEVER else None
    if nothing_judged(report) or (report.count(Verdict.UNDETERMINED, asked) and not allow_undetermined):
        return Exit.UNDECIDED
    return Exit.CLEAN


def fails(rule: RuleSummary, fail_on: Severity, fail_on_data: FailOnData | None) -> bool:
    """Whether the rule has a violation, not known to the baseline, for which a run fails."""
    return bool(rule.new) and grave_enough(rule, fail_on, fail_on_data)


def grave_enough(rule: RuleSummary, fail_on: Severity, fail_on_data: FailOnData | None) -> bool:
    """Whether a run fails for a violation of that rule."""
    least = fail_on if rule.own or fail_on_data is None else fail_on_data
    return least != NEVER and rule.severity.rank >= least.rank


def must_be_decided(rule: RuleSummary, presentation: Presentation) -> bool:
    """Whether a run is no success while the data cannot tell whether that rule is violated."""
    return not presentation.allow_undetermined and (rule.own or presentation.fail_on_data != NEVER)


def presented_exit(report: Report, presentation: Presentation) -> Exit:
    """The exit code that a report states."""
    return exit_code(report, presentation.fail_on, presentation.allow_undetermined, presentation.fail_on_data)


def nothing_judged(report: Report) -> bool:
    """Whether no rule of the rulebook's own came to a verdict: such a run is not a success.

    Integrity rules find every table that has a row in order. They count only where nothing else was to be judged: where
    they alone were selected, or the rulebook has no others.
    """
    own = [rule for rule in report.rules if rule.own] or report.rules
    return not any(rule.unchanged or rule.count(verdict) for rule in own for verdict in JUDGED)
