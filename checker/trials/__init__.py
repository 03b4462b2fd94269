"""Tries the cases of a rulebook: small submissions, each with the verdict that a rule must give on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple

from checker import api
from checker.bench import Bench, Courts, Judged, for_verdicts, gravest, on_bench
from checker.errors import Place
from checker.model.period import Term
from checker.model.plan import Plan, RulePlan
from checker.model.report import Report
from checker.model.words import Verdict
from checker.plan.possible import possible
from checker.processors import processors
from checker.records.submission import given_tables
from checker.report.say.message import describe
from checker.report.say.wording import Wording
from checker.request import CheckRequest
from checker.rules.cases import Expected, RuleCase, load_cases
from checker.rules.loading import load
from checker.rules.rulebook import Rule, Rulebook
from checker.rules.shelf import find, rules_folder
from checker.selection import selected
from checker.words.catalogue import FALLBACK
from checker.workers import runner

NEEDED = (Verdict.SATISFIED, Verdict.VIOLATED, Verdict.UNDETERMINED)
"""The verdicts of which each rule must have a case: that it passes, that it fails, and that it does not guess."""

_MANY = 200
"""So many cases take longer than it takes to start further processes."""

_Setting = tuple[tuple[str, str], ...]
"""Other values of parameters."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A verdict that is not the expected one; `message` is what the rule says instead, if it says anything.

    None was `found` where no gap, run or term of office is the window that is meant; `windows` are those that there are.
    """

    expected: Expected
    found: Verdict | None
    message: str
    windows: tuple[str, ...] = ()


class Found(NamedTuple):
    """What the rule says of what a case expects: the gravest verdict, or None where there is no such window but `windows`."""

    verdict: Verdict | None
    windows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trial:
    """One case, tried."""

    case: RuleCase
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which verdicts the cases of a rule expect, and which of those that every rule needs no case does.

    `further` are those verdicts that this rule can come to besides, and that no case expects.
    """

    rule: str
    place: Place
    expected: tuple[Verdict, ...]
    missing: tuple[Verdict, ...]
    further: tuple[Verdict, ...] = ()


@dataclass(frozen=True, slots=True)
class Trials:
    """All cases of a rulebook, tried; what is said of them is in that `language`."""

    rulebook: str
    trials: tuple[Trial, ...]
    coverage: tuple[Coverage, ...]
    language: str = FALLBACK

    @property
    def failed(self) -> tuple[Trial, ...]:
        """The cases with another verdict than expected."""
        return tuple(trial for trial in self.trials if trial.failures)

    @property
    def missing(self) -> tuple[Coverage, ...]:
        """The rules without a case of some verdict that is needed."""
        return tuple(each for each in self.coverage if each.missing)


def try_cases(
    rulebook: str,
    select: Sequence[str] = (),
    progress: Callable[[str], None] | None = None,
    jobs: int | None = 1,
    language: str | None = None,
) -> Trials:
    """Tries the cases of a rulebook; of the rules that `select` names by id or prefix, if it names any.

    `jobs` is the number of processes side by side; None stands for that of the processors where cases are many, else for one.
    What is said is said in that `language`, by default the rulebook's first.
    Raises UsageError if there is no such rulebook or rule, RulesError if it or a case is wrong.
    """
    source = find(rulebook, rules_folder())
    book = load(source)
    ids = selected([rule.id for rule in book.rules], select)
    rules = [rule for rule in book.rules if rule.id in ids]
    cases = [case for case in load_cases(source, book) if case.rule in ids]
    side_by_side = jobs or (processors() if len(cases) >= _MANY else 1)
    spoken = language or book.languages[0]
    trials = tuple(_trials(source, cases, progress, side_by_side, spoken))
    return Trials(book.name, trials, tuple(coverage(book, rules, cases)), spoken)


def coverage(book: Rulebook, rules: Iterable[Rule], cases: Iterable[RuleCase]) -> Iterator[Coverage]:
    """Which verdicts the cases of each of these rules expect."""
    found: dict[str, set[Verdict]] = defaultdict(set)
    for case in cases:
        found[case.rule].update(each.verdict for each in case.expect)
    for rule in rules:
        expected = tuple(verdict for verdict in Verdict if verdict in found[rule.id])
        missing = [verdict for verdict in possible(book, rule) if verdict not in expected]
        needed = tuple(verdict for verdict in missing if verdict in NEEDED)
        further = tuple(verdict for verdict in missing if verdict not in NEEDED)
        yield Coverage(rule.id, book.places[rule.path], expected, needed, further)


def _trials(
    source: Path, cases: Sequence[RuleCase], progress: Callable[[str], None] | None, jobs: int, language: str
) -> Iterator[Trial]:
    """Tries the cases, those of a rule together, side by side in so many processes; they are given in their own order."""
    plans: dict[_Setting, Plan] = {}
    pieces: dict[tuple[str, _Setting], list[RuleCase]] = defaultdict(list)
    for case in cases:
        setting = tuple(sorted(case.overrides.items()))
        if setting not in plans:
            plans[setting] = api.compile_rules(source, case.overrides)
        pieces[case.rule, setting].append(case)
    work = [
        partial(_found, number, for_verdicts(plans[setting], rule), some)
        for number, ((rule, setting), some) in enumerate(pieces.items())
    ]
    found: dict[int, list[tuple[Found, ...]]] = {}
    with runner(jobs) as run:
        for number, verdicts in run(work):
            found[number] = verdicts
            if progress is not None:
                progress(list(pieces)[number][0])
    for number, ((_, setting), some) in enumerate(pieces.items()):
        yield from (_trial(plans[setting], case, each, language) for case, each in zip(some, found[number], strict=True))


def _found(number: int, plan: Plan, cases: Sequence[RuleCase]) -> tuple[int, list[tuple[Found, ...]]]:
    """What a rule says of its cases, which are those of that number."""
    benched = on_bench([plan])
    return number, [verdicts_of(plan, benched, case, _courts()) for case in cases]


@lru_cache(maxsize=1)
def _courts() -> Courts:
    """The engines, started once in each process."""
    return Courts()


def verdicts_of(plan: Plan, benched: tuple[Plan, Plan], case: RuleCase, courts: Courts) -> tuple[Found, ...]:
    """What the rule of a case says, by a plan of it for verdicts, put on a bench: of each that is expected, the verdict found."""
    judged = Bench(*benched, case, courts).judge(plan, [case.rule])
    rule = next(each for each in plan.rules if each.id == case.rule)
    return tuple(_found_of(judged, each, by_rows=_windows_of_rows(rule)) for each in case.expect)


def _found_of(judged: Sequence[Judged], expected: Expected, *, by_rows: bool) -> Found:
    windows = {each.window for each in judged if each.subject == expected.subject and each.window is not None}
    if by_rows and expected.window not in {None, *windows}:
        return Found(None, tuple(sorted(windows)))
    return Found(gravest(judged, expected))


def _windows_of_rows(rule: RulePlan) -> bool:
    """Whether it depends on the rows which windows there are: gaps, runs and terms of office."""
    return rule.kind.own_window or isinstance(rule.unit, Term)


def _trial(plan: Plan, case: RuleCase, found: Sequence[Found], language: str) -> Trial:
    wrong = [(expected, each) for expected, each in zip(case.expect, found, strict=True) if expected.verdict is not each.verdict]
    report = _report(plan, case, language) if any(each.verdict for _, each in wrong) else None
    return Trial(
        case,
        tuple(
            Failure(expected, each.verdict, _message(report, case.rule, expected, each.verdict), each.windows)
            for expected, each in wrong
        ),
    )


def _report(plan: Plan, case: RuleCase, language: str) -> Report:
    """What a whole run has to say of the rule on the case."""
    opened = given_tables(case.tables, case.place)
    request = CheckRequest(
        opened.shown, period=case.period, as_of=case.as_of or case.period.last, select=[case.rule], language=language
    )
    return api.judge(request, plan, opened).assembly.report()


def _message(report: Report | None, rule_id: str, expected: Expected, found: Verdict | None) -> str:
    """What is said with that verdict of the subject and window that were meant; nothing where nothing is."""
    if report is None or found is None:
        return ""
    rule = next(rule for rule in report.rules if rule.id == rule_id)
    wording = Wording(report.run.language, report.names)
    said = (
        describe(finding, rule, wording)
        for finding in report.findings
        if finding.rule == rule_id
        and finding.verdict is found
        and expected.subject in {None, finding.subject.id}
        and (expected.window is None or (finding.window is not None and _covers(finding.window.label, expected.window)))
    )
    return next(said, "")


def _covers(label: str, window: str) -> bool:
    """Whether what a finding says of the windows from one to another is said of that one."""
    first, _, last = label.partition("..")
    return first <= window <= (last or first)
