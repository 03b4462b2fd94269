"""The exit code of a run: what a caller who reads nothing else is told."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from checker.model.words import Severity, Verdict

if TYPE_CHECKING:
    from checker.model.report import Report


class Exit(IntEnum):
    """The exit codes of every command that judges: of several, FAULT > INPUT > VIOLATED > UNDECIDED > CLEAN."""

    CLEAN = 0
    VIOLATED = 1
    INPUT = 2
    UNDECIDED = 3
    FAULT = 4
    INTERRUPTED = 130


JUDGED = (Verdict.SATISFIED, Verdict.VIOLATED, Verdict.WAIVED, Verdict.UNDETERMINED, Verdict.PENDING)


def exit_code(report: Report, fail_on: Severity = Severity.NOTE, allow_undetermined: bool = False) -> Exit:  # noqa: FBT001, FBT002 -- two independent switches of one table
    """The exit code of a run whose report could be written."""
    if report.problems:
        return Exit.INPUT
    if any(rule.new and rule.severity.rank >= fail_on.rank for rule in report.rules):
        return Exit.VIOLATED
    if nothing_judged(report) or (report.count(Verdict.UNDETERMINED) and not allow_undetermined):
        return Exit.UNDECIDED
    return Exit.CLEAN


def nothing_judged(report: Report) -> bool:
    """Whether no rule of the rulebook's own came to a verdict: such a run is not a success.

    Integrity rules find every table that has a row in order. They count only where nothing else was to be judged: where
    they alone were selected, or the rulebook has no others.
    """
    own = [rule for rule in report.rules if rule.own] or report.rules
    return not any(rule.count(verdict) for rule in own for verdict in JUDGED)
