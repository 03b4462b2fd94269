"""Diagnostics as JUnit's XML: a suite for each rulebook; errors have failed, what is only worth knowing is skipped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from checker.errors import Level, Problem
from checker.lint import Linted
from checker.report import Presentation
from checker.report.ci.addresses import Addresses
from checker.report.ci.junit import Case, Suite, write_suites
from checker.words.message import Words


def write(linted: Sequence[Linted], stream: TextIO, presentation: Presentation) -> None:
    """Writes the suites; a rulebook without a problem has one case, which passes."""
    addresses, words = Addresses(presentation.root), Words(presentation.language)
    suites = [
        Suite(each.rulebook, [_case(problem, addresses, words) for problem in each.problems] or [Case(words("lint-no-problem"))])
        for each in linted
    ]
    write_suites("checker lint", suites, stream)


def _case(problem: Problem, addresses: Addresses, words: Words) -> Case:
    at, said = problem.place, problem.message_in(words)
    return Case(
        name=f"{problem.code}: {said}",
        outcome="failure" if problem.level is Level.ERROR else "skipped",
        said=said,
        text=f"{problem.in_(words)}",
        kind=problem.code,
        file=None if at is None else addresses.path(at.file),
        line=None if at is None else at.line,
    )
