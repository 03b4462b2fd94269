"""The exit code is a table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.errors import Problem
from checker.model.report import INTEGRITY, Report, RuleSummary
from checker.model.words import Severity, Text, Verdict
from checker.report.exit import Exit, exit_code
from tests.report.fixture import report

V, U, P, S, W, N = (
    Verdict.VIOLATED,
    Verdict.UNDETERMINED,
    Verdict.PENDING,
    Verdict.SATISFIED,
    Verdict.WAIVED,
    Verdict.NOT_APPLICABLE,
)
NOTE, MINOR, MAJOR, CRITICAL = Severity


def run_with(
    *counts: tuple[Severity, Verdict, int], integrity: tuple[Verdict, int] | None = None, problems: bool = False
) -> Report:
    rules = tuple(
        RuleSummary(f"r{number}", Text.of("r"), (), severity, Text(), "coverage", counts=((verdict, count),))
        for number, (severity, verdict, count) in enumerate(counts)
    )
    if integrity is not None:
        rules += (RuleSummary("records/r/f/allowed", Text.of("r"), (), MAJOR, Text(), INTEGRITY, counts=(integrity,)),)
    found = (Problem("unreadable", "it is damaged", "Save it again."),) if problems else ()
    return replace(report(), findings=(), rules=rules, problems=found)


@pytest.mark.parametrize(
    ("made", "fail_on", "allow", "code"),
    [
        (run_with((MAJOR, S, 3)), NOTE, False, Exit.CLEAN),
        (run_with((MAJOR, P, 1)), NOTE, False, Exit.CLEAN),
        (run_with((MAJOR, W, 1)), NOTE, False, Exit.CLEAN),
        (run_with((MAJOR, S, 3), (NOTE, V, 1)), NOTE, False, Exit.VIOLATED),
        (run_with((MAJOR, S, 3), (NOTE, V, 1)), MINOR, False, Exit.CLEAN),
        (run_with((MAJOR, V, 1)), MAJOR, False, Exit.VIOLATED),
        (run_with((MAJOR, V, 1)), CRITICAL, False, Exit.CLEAN),
        (run_with((MAJOR, V, 0), (MAJOR, S, 1)), NOTE, False, Exit.CLEAN),
        (run_with((MAJOR, S, 3), (MAJOR, U, 1)), NOTE, False, Exit.UNDECIDED),
        (run_with((MAJOR, S, 3), (MAJOR, U, 1)), NOTE, True, Exit.CLEAN),
        (run_with((MAJOR, V, 1), (MAJOR, U, 1)), NOTE, False, Exit.VIOLATED),
        (run_with((MINOR, V, 1), (MAJOR, U, 1)), MAJOR, False, Exit.UNDECIDED),
        (run_with(), NOTE, False, Exit.UNDECIDED),
        (run_with(), NOTE, True, Exit.UNDECIDED),
        (run_with((MAJOR, N, 9)), NOTE, True, Exit.UNDECIDED),
        # integrity rules find every table in order
        (run_with((MAJOR, N, 9), integrity=(S, 40)), NOTE, True, Exit.UNDECIDED),
        (run_with((MAJOR, N, 9), integrity=(V, 1)), NOTE, False, Exit.VIOLATED),
        (run_with((MAJOR, P, 1), integrity=(S, 40)), NOTE, False, Exit.CLEAN),
        (run_with((MAJOR, U, 1), integrity=(S, 40)), NOTE, True, Exit.CLEAN),
        # they alone are what was asked for
        (run_with(integrity=(S, 40)), NOTE, False, Exit.CLEAN),
        (run_with(integrity=(N, 1)), NOTE, False, Exit.UNDECIDED),
        (run_with((MAJOR, S, 1), problems=True), NOTE, False, Exit.INPUT),
        (run_with((MAJOR, V, 1), problems=True), NOTE, False, Exit.INPUT),
        (run_with(problems=True), NOTE, True, Exit.INPUT),
    ],
)
def test_exit_code(made: Report, fail_on: Severity, allow: bool, code: Exit) -> None:  # noqa: FBT001
    assert exit_code(made, fail_on, allow) is code
