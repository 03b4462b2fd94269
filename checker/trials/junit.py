"""Cases that were tried as JUnit's XML: a suite for each rule; what it has no case of, if asked for, is a failure too."""

from __future__ import annotations

from collections import defaultdict
from typing import TextIO

from checker.report import Presentation
from checker.report.ci.addresses import Addresses
from checker.report.ci.junit import Case, Suite, write_suites
from checker.trials import Trial, Trials
from checker.trials.said import failure_text, missing_text
from checker.words.message import Words


def write(tried: Trials, stream: TextIO, presentation: Presentation) -> None:
    """Writes the suites in the order of the cases."""
    addresses, words = Addresses(presentation.root), Words(presentation.language)
    found: dict[str, list[Case]] = defaultdict(list)
    for trial in tried.trials:
        found[trial.case.rule].append(_case(trial, addresses, words))
    for each in tried.coverage:
        if each.lacking:
            said, at = missing_text(each, words), each.place
            found[each.rule].append(Case("coverage", "failure", said, said, "missing-case", addresses.path(at.file), at.line))
    write_suites(f"checker test: {tried.rulebook}", [Suite(rule, cases) for rule, cases in found.items()], stream)


def _case(trial: Trial, addresses: Addresses, words: Words) -> Case:
    case, at = trial.case, trial.case.place
    where = (addresses.path(at.file), at.line)
    if not trial.failures:
        return Case(case.name, file=where[0], line=where[1])
    lines = [line for each in trial.failures for line in (failure_text(each, words), each.message) if line]
    return Case(case.name, "failure", lines[0], "\n".join(lines), "not-as-stated", *where)
