"""The exit code is a table."""

from __future__ import annotations

import pytest

from checker.errors import Problem
from checker.model.report import INTEGRITY, Report, RuleSummary
from checker.model.words import Severity, Text, Verdict
from checker.report import Presentation
from checker.report.check.text import exit_text
from checker.report.exit import NEVER, Exit, FailOnData, exit_code
from checker.report.say.wording import Wording
from tests.report.fixture import report
from tests.said import just

OVERLOOKED = "What is to be corrected in the file does not count here."

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
    found = (Problem("unreadable", just("it is damaged"), just("Save it again.")),) if problems else ()
    return report()._replace(findings=(), rules=rules, problems=found)


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


@pytest.mark.parametrize(
    ("made", "fail_on", "of_data", "code"),
    [
        (run_with((MAJOR, S, 3), integrity=(V, 1)), NOTE, None, Exit.VIOLATED),
        (run_with((MAJOR, S, 3), integrity=(V, 1)), CRITICAL, None, Exit.CLEAN),
        (run_with((MAJOR, S, 3), integrity=(V, 1)), CRITICAL, MINOR, Exit.VIOLATED),
        (run_with((MAJOR, S, 3), integrity=(V, 1)), NOTE, CRITICAL, Exit.CLEAN),
        (run_with((MAJOR, S, 3), integrity=(V, 1)), NOTE, NEVER, Exit.CLEAN),
        (run_with((MAJOR, V, 1), integrity=(V, 1)), NOTE, NEVER, Exit.VIOLATED),
        (run_with((MAJOR, U, 1), integrity=(V, 1)), NOTE, NEVER, Exit.UNDECIDED),
        (run_with((MAJOR, S, 3), integrity=(U, 1)), NOTE, None, Exit.UNDECIDED),
        (run_with((MAJOR, S, 3), integrity=(U, 1)), NOTE, CRITICAL, Exit.UNDECIDED),
        (run_with((MAJOR, S, 3), integrity=(U, 1)), NOTE, NEVER, Exit.CLEAN),
        (run_with((MAJOR, S, 3), integrity=(V, 1), problems=True), NOTE, NEVER, Exit.INPUT),
        (run_with(integrity=(N, 1)), NOTE, NEVER, Exit.UNDECIDED),
    ],
)
def test_findings_about_the_file_have_a_threshold_of_their_own(
    made: Report, fail_on: Severity, of_data: FailOnData | None, code: Exit
) -> None:
    assert exit_code(made, fail_on, fail_on_data=of_data) is code


@pytest.mark.parametrize(
    ("made", "presentation", "said"),
    [
        (
            run_with((MAJOR, S, 3), integrity=(V, 1)),
            Presentation(),
            "Exit code 1: the regulation is not found violated, but the file is to be corrected.",
        ),
        (
            run_with((MINOR, V, 3), integrity=(V, 1)),
            Presentation(fail_on=MAJOR),
            "Exit code 1: no violation of the regulation is major or more serious, but the file is to be corrected.",
        ),
        (run_with((MAJOR, V, 3), integrity=(V, 1)), Presentation(), "Exit code 1: something is violated."),
        (
            run_with((MAJOR, S, 3), integrity=(V, 1)),
            Presentation(fail_on_data=NEVER),
            "Exit code 0: all that was due is decided, and nothing is violated. " + OVERLOOKED,
        ),
    ],
)
def test_what_the_exit_code_means_tells_breaches_from_corrections(made: Report, presentation: Presentation, said: str) -> None:
    assert exit_text(made, Wording("en"), presentation) == said
