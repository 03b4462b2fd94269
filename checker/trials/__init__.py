"""Tries the cases of a rulebook: small submissions, each with the verdict that a rule must give, or an indicator's value."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple

from checker import api
from checker.bench import Bench, Courts, Judged, Valued, first_otherwise, for_cases, gravest, on_bench
from checker.errors import Place
from checker.model.measures import MeasureKind
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
from checker.rules.rulebook import Indicator, Rule, Rulebook
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
    """A verdict, or value, that is not the expected one; `message` is what the rule says instead, if it says anything.

    None was `found` where no gap, run or term of office is the window that is meant; `windows` are those that there are.
    Of a value `kind` is what was measured.
    """

    expected: Expected
    found: Verdict | Valued | None
    message: str
    windows: tuple[str, ...] = ()
    kind: MeasureKind | None = None


class Found(NamedTuple):
    """What there is of what a case expects: the gravest verdict of a rule, or the first value that is not as stated, if one is.

    It is None where there is no such window but `windows`.
    """

    what: Verdict | Valued | None
    as_stated: bool
    windows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trial:
    """One case, tried."""

    case: RuleCase
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which verdicts the cases of a rule expect, and which of those that every rule needs no case does.

    `further` are those verdicts that this rule can come to besides, and that no case expects. Of an indicator, which has no
    verdicts, `values` is the number of its cases.
    """

    rule: str
    place: Place
    expected: tuple[Verdict, ...]
    missing: tuple[Verdict, ...]
    further: tuple[Verdict, ...] = ()
    values: int | None = None

    @property
    def lacking(self) -> bool:
        """Whether there is no case that must be."""
        return bool(self.missing) or self.values == 0


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
        """The rules without a case of some verdict that is needed, and the indicators without any."""
        return tuple(each for each in self.coverage if each.lacking)


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
    all_: list[Rule | Indicator] = [*book.rules, *book.indicators]
    ids = selected([each.id for each in all_], select)
    asked = [each for each in all_ if each.id in ids]
    cases = [case for case in load_cases(source, book) if case.rule in ids]
    side_by_side = jobs or (processors() if len(cases) >= _MANY else 1)
    spoken = language or book.languages[0]
    trials = tuple(_trials(source, cases, progress, side_by_side, spoken))
    return Trials(book.name, trials, tuple(coverage(book, asked, cases)), spoken)


def coverage(book: Rulebook, rules: Iterable[Rule | Indicator], cases: Iterable[RuleCase]) -> Iterator[Coverage]:
    """Which verdicts the cases of each of these rules expect; of indicators how many cases they have."""
    found: dict[str, set[Verdict]] = defaultdict(set)
    times = Counter[str]()
    for case in cases:
        times[case.rule] += 1
        found[case.rule].update(case.verdicts)
    for rule in rules:
        if isinstance(rule, Indicator):
            yield Coverage(rule.id, book.places[rule.path], (), (), values=times[rule.id])
            continue
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
        partial(_found, number, for_cases(plans[setting], rule), some)
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
    """What a rule, or an indicator, says of its cases, which are those of that number."""
    benched = on_bench([plan])
    return number, [found_of(plan, benched, case, _courts()) for case in cases]


@lru_cache(maxsize=1)
def _courts() -> Courts:
    """The engines, started once in each process."""
    return Courts()


def found_of(plan: Plan, benched: tuple[Plan, Plan], case: RuleCase, courts: Courts) -> tuple[Found, ...]:
    """What there is of each that a case expects, by a plan of its rule or indicator, put on a bench."""
    bench = Bench(*benched, case, courts)
    rule = next((each for each in plan.rules if each.id == case.rule), None)
    if rule is not None:
        judged = bench.judge(plan, [case.rule])
        return tuple(_verdict_found(judged, each, by_rows=_windows_of_rows(rule)) for each in case.expect)
    valued = bench.measure(plan, case.rule)
    indicator = next(each for each in plan.indicators if each.id == case.rule)
    return tuple(_value_found(valued, each, by_rows=isinstance(indicator.unit, Term)) for each in case.expect)


def _verdict_found(judged: Sequence[Judged], expected: Expected, *, by_rows: bool) -> Found:
    if by_rows and (windows := _other_windows(judged, expected)) is not None:
        return Found(None, as_stated=False, windows=windows)
    verdict = gravest(judged, expected)
    return Found(verdict, as_stated=verdict is expected.stated)


def _value_found(valued: Sequence[Valued], expected: Expected, *, by_rows: bool) -> Found:
    if by_rows and (windows := _other_windows(valued, expected)) is not None:
        return Found(None, as_stated=False, windows=windows)
    other = first_otherwise(valued, expected)
    return Found(other, as_stated=other is None)


def _other_windows(found: Iterable[Judged | Valued], expected: Expected) -> tuple[str, ...] | None:
    """The windows that there are of a subject where the one that is meant is none of them."""
    windows = {each.window for each in found if each.subject == expected.subject and each.window is not None}
    return None if expected.window in {None, *windows} else tuple(sorted(windows))


def _windows_of_rows(rule: RulePlan) -> bool:
    """Whether it depends on the rows which windows there are: gaps, runs and terms of office."""
    return rule.kind.own_window or isinstance(rule.unit, Term)


def _trial(plan: Plan, case: RuleCase, found: Sequence[Found], language: str) -> Trial:
    wrong = [(expected, each) for expected, each in zip(case.expect, found, strict=True) if not each.as_stated]
    report = _report(plan, case, language) if any(isinstance(each.what, Verdict) for _, each in wrong) else None
    kind = next((each.kind for each in plan.indicators if each.id == case.rule), None)
    return Trial(
        case,
        tuple(
            Failure(expected, each.what, _message(report, case.rule, expected, each.what), each.windows, kind)
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


def _message(report: Report | None, rule_id: str, expected: Expected, found: Verdict | Valued | None) -> str:
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
