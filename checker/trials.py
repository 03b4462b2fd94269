"""Tries the cases of a rulebook: small submissions, each with the verdict that a rule must give on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from checker import api
from checker.errors import Place
from checker.model.report import Finding
from checker.model.words import GRAVEST, Verdict
from checker.records import given_tables
from checker.rules.cases import Expected, RuleCase, load_cases
from checker.rules.loading import load
from checker.rules.rulebook import Rule, Rulebook
from checker.rules.shelf import find, rules_folder
from checker.selection import selected

NEEDED = (Verdict.SATISFIED, Verdict.VIOLATED, Verdict.UNDETERMINED)
"""The verdicts of which each rule must have a case: that it passes, that it fails, and that it does not guess."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A verdict that is not the expected one; `message` is what the rule says instead, if it says anything."""

    expected: Expected
    found: Verdict
    message: str


@dataclass(frozen=True, slots=True)
class Trial:
    """One case, tried."""

    case: RuleCase
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which verdicts the cases of a rule expect, and which of those that are needed no case does."""

    rule: str
    place: Place
    expected: tuple[Verdict, ...]
    missing: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class Trials:
    """All cases of a rulebook, tried."""

    rulebook: str
    trials: tuple[Trial, ...]
    coverage: tuple[Coverage, ...]

    @property
    def failed(self) -> tuple[Trial, ...]:
        """The cases with another verdict than expected."""
        return tuple(trial for trial in self.trials if trial.failures)

    @property
    def missing(self) -> tuple[Coverage, ...]:
        """The rules without a case of some verdict that is needed."""
        return tuple(each for each in self.coverage if each.missing)


def try_cases(rulebook: str, select: Sequence[str] = (), progress: Callable[[str], None] | None = None) -> Trials:
    """Tries the cases of a rulebook; of the rules that `select` names by id or prefix, if it names any.

    Raises UsageError if there is no such rulebook or rule, RulesError if it or a case is wrong.
    """
    source = find(rulebook, rules_folder())
    book = load(source)
    ids = selected([rule.id for rule in book.rules], select)
    rules = [rule for rule in book.rules if rule.id in ids]
    cases = [case for case in load_cases(source, book) if case.rule in ids]
    return Trials(book.name, tuple(_trials(source, cases, progress)), tuple(coverage(book, rules, cases)))


def coverage(book: Rulebook, rules: Iterable[Rule], cases: Iterable[RuleCase]) -> Iterator[Coverage]:
    """Which verdicts the cases of each of these rules expect."""
    found: dict[str, set[Verdict]] = defaultdict(set)
    for case in cases:
        found[case.rule].update(each.verdict for each in case.expect)
    for rule in rules:
        expected = tuple(verdict for verdict in Verdict if verdict in found[rule.id])
        missing = tuple(verdict for verdict in NEEDED if verdict not in expected)
        yield Coverage(rule.id, book.places[rule.path], expected, missing)


def _trials(source: Path, cases: Iterable[RuleCase], progress: Callable[[str], None] | None) -> Iterator[Trial]:
    for case in cases:
        if progress is not None:
            progress(case.rule)
        yield try_case(source, case)


def try_case(source: Path, case: RuleCase) -> Trial:
    """Tries one case of the rulebook there."""
    report = api.evaluate(
        api.compile_rules(source, case.overrides),
        given_tables(case.tables, case.place),
        as_of=case.as_of or case.period.last,
        period=case.period,
        select=[case.rule],
    )
    findings = [finding for finding in report.findings if finding.rule == case.rule]
    return Trial(case, tuple(failure for expected in case.expect if (failure := _failure(expected, findings)) is not None))


def _failure(expected: Expected, findings: Sequence[Finding]) -> Failure | None:
    meant = [
        finding
        for finding in findings
        if expected.subject in {None, finding.subject.id} and (expected.window is None or _covers(finding, expected.window))
    ]
    gravest = min(meant, key=lambda finding: GRAVEST.index(finding.verdict), default=None)
    found = Verdict.NOT_APPLICABLE if gravest is None else gravest.verdict
    if found is expected.verdict:
        return None
    return Failure(expected, found, "" if gravest is None else gravest.message)


def _covers(finding: Finding, window: str) -> bool:
    """Whether the finding is about the window: one that stands for many covers all between its first and its last."""
    if finding.window is None:
        return False
    first, _, last = finding.window.label.partition("..")
    return first <= window <= (last or first)
