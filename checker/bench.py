"""A small submission on the bench: loaded once, and judged by as many variants of a rulebook as one likes.

A case is tried with a rulebook and with its mutants, which differ in a rule or two and share their records. Loading the
tables takes ten times as long as asking one rule about them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from checker.adjudicate.choice import adjudicator_of
from checker.adjudicate.protocol import Adjudicator
from checker.engine.duckdb.database import Duck
from checker.model.indicator_plan import measured_for
from checker.model.indicators import Reading
from checker.model.law import Case, Law, Ruling, with_required
from checker.model.plan import Plan, RulePlan
from checker.model.words import GRAVEST, Verdict
from checker.plan import optimised
from checker.plan.narrowed import narrowed
from checker.provenance.lookup import Lookup
from checker.provenance.named_values import NOT_SELECTED, readings
from checker.records.readers.csv_records import repair
from checker.records.submission import given_tables
from checker.rules.cases import Expected, RuleCase
from checker.rules.stated_values import StatedValue
from checker.run import doubtful_rows
from checker.run.doubtful_rows import Doubts
from checker.run.measuring import ask
from checker.run.session import Session
from checker.run.verdicts import settle

_ASKED = "SELECT rule, subject, no, outcome, reason FROM outcomes ORDER BY 1, 2, 3, 4, 5"
_HELD = "SELECT record, subject, key, truth FROM held ORDER BY 1, 2, 3, 4"
_FOUND = "SELECT rule, subject, no, verdict FROM findings ORDER BY 1, 2, 3, 4"
_WINDOWED = "SELECT rule, subject, no, first, last FROM windowed_outcomes ORDER BY 1, 2, 3, 4, 5"
_OWN_WINDOWS = "SELECT rule, subject, no, day_low, day_high FROM outcomes WHERE NOT day_low IS NULL ORDER BY 1, 2, 3, 4, 5"


class Valued(NamedTuple):
    """What an indicator is of one subject, by its id, in one window, by its label (None: it has no windows, or none is due)."""

    subject: str
    window: str | None
    value: Reading


class Judged(NamedTuple):
    """A verdict on one subject, by its id, in one window, by its label (None: the rule has no windows, or none is due)."""

    rule: str
    subject: str
    window: str | None
    verdict: Verdict


@dataclass(slots=True)
class Courts:
    """The rule engine with the law of each variant of a rulebook: made once per law, and asked once per case.

    The query engine, too, is started once for all cases, each of which gets a database of its own in it. Cases in which the
    same was measured have the same verdicts, by which they are `settled`.
    """

    _engine: Duck = field(default_factory=lambda: Duck(workers=1))
    _adjudicators: dict[Law, Adjudicator] = field(default_factory=dict)
    _rulings: dict[tuple[Law, Case], Ruling] = field(default_factory=dict)
    settled: dict[object, tuple[tuple[int, int, int, str], ...]] = field(default_factory=dict)

    def database(self) -> Duck:
        """An empty database."""
        return Duck(beside=self._engine)

    def of(self, law: Law) -> Callable[[Case], Ruling]:
        """What adjudicates under that law."""

        def adjudicate(case: Case) -> Ruling:
            if (law, case) not in self._rulings:
                if law not in self._adjudicators:
                    self._adjudicators[law] = adjudicator_of(law)
                self._rulings[law, case] = self._adjudicators[law].adjudicate(case)
            return self._rulings[law, case]

        return adjudicate


class Bench:
    """One case's submission in the engine: the records of `plan`, and of these what `lean` has of them, if that will do."""

    def __init__(self, plan: Plan, lean: Plan, case: RuleCase, courts: Courts) -> None:
        self._courts, self._case = courts, case
        self._ids: dict[tuple[str, int], str] = {}
        self._run, doubts = self._loaded(lean, plan)
        if any(each.keys or each.combinations for each in doubts.values()):
            self._run, doubts = self._loaded(plan, plan)
        self._begun: object = (plan.rules, plan.indicators)
        doubtful_rows.settle(self._run, doubts)

    def _loaded(self, plan: Plan, whole: Plan) -> tuple[Session, dict[str, Doubts]]:
        """The submission as a plan has it, its columns found by the whole plan; and what is in doubt of its records."""
        case = self._case
        run = Session(
            plan,
            case.period,
            case.as_of or case.period.last,
            plan.rules,
            self._courts.database(),
            repair,
            optimised=optimised,
            indicators=plan.indicators,
        )
        opened = given_tables(case.tables, case.place)
        run.load(opened.tables([each.record for each in whole.records if not each.record.made]))
        return run, {each.record.name: doubtful_rows.looked_for(run, each) for each in plan.records}

    def judge(self, plan: Plan, rules: Iterable[str]) -> tuple[Judged, ...]:
        """The verdicts of those rules of a variant; its records must be those of the bench, or some of them."""
        asked_of = frozenset(rules)
        wanted = with_required(plan.law, asked_of)
        run, labels = self._asked(plan, tuple(rule for rule in plan.rules if rule.id in wanted))
        verdicts = [each for each in self._verdicts(run) if run.rules[each[0]].id in asked_of]
        self._know((run.rules[number].record, subject) for number, subject, *_ in verdicts)
        # A gap, or a run, is its own window, and has the name by which reports call it.
        own = {number for number, rule in enumerate(run.rules) if isinstance(rule, RulePlan) and rule.kind.own_window}
        named = {
            (number, subject, no): f"{first}..{last}"
            for number, subject, no, first, last in (run.engine.rows(_OWN_WINDOWS) if own else ())
            if number in own
        }
        return tuple(
            Judged(
                run.rules[number].id,
                self._ids[run.rules[number].record, subject],
                named.get((number, subject, no)) if number in own else labels.get(no),
                Verdict(verdict),
            )
            for number, subject, no, verdict in verdicts
        )

    def measure(self, plan: Plan, indicator: str) -> tuple[Valued, ...]:
        """The values of that indicator of a variant."""
        run, labels = self._asked(plan, (), [indicator])
        record = next(each.record for each in plan.indicators if each.id == indicator)
        found = list(readings(run, indicator))
        self._know((record, subject) for subject, *_ in found)
        return tuple(Valued(self._ids[record, subject], labels.get(no), value) for subject, no, value in found)

    def found(self, plan: Plan, of: str) -> tuple[Judged, ...] | tuple[Valued, ...]:
        """The verdicts of that rule, or the values of that indicator, of a variant."""
        return self.measure(plan, of) if any(each.id == of for each in plan.indicators) else self.judge(plan, [of])

    def _asked(
        self, plan: Plan, rules: tuple[RulePlan, ...], indicators: Iterable[str] = ()
    ) -> tuple[Session, Mapping[int, str]]:
        """A run that has measured those rules and indicators of a variant, and the labels of its windows."""
        # Nothing is counted on a bench, and so it is not known whether a plain query would do.
        facts = tuple(each._replace(plain=None, certain=()) for each in measured_for(plan.indicators, rules, indicators))
        lean = {each.record.name: each for each in self._run.plan.records}
        records = tuple(lean.get(each.record.name, each) for each in plan.records)
        run = replace(self._run, plan=plan._replace(records=records), rules=rules, indicators=facts)
        if (run.rules, run.indicators) != self._begun:
            run.begin()
        self._begun = None
        ask(run)
        return run, dict(run.engine.rows("SELECT no, label FROM windows"))

    def _verdicts(self, run: Session) -> tuple[tuple[int, int, int, str], ...]:
        """The verdicts by the number of the rule, the row of the subject, and the number of the window."""
        rules, settled = [(rule.id, rule.record) for rule in run.rules], self._courts.settled
        required = {each.required for each in run.plan.law.requirements} & {rule for rule, _ in rules}
        # Most cases and mutants come to what was measured before: then neither engine need be asked again.
        measured = [_ASKED, *([_HELD] if run.predicates else []), *([_WINDOWED] if required else [])]
        exceptions = tuple(each.key for each in run.plan.exceptions)
        key = (run.plan.law, tuple(rules), exceptions, *(tuple(run.engine.rows(each)) for each in measured))
        if key not in settled:
            settle(run, self._courts.of(run.plan.law))
            settled[key] = tuple(run.engine.rows(_FOUND))
        return settled[key]

    def _know(self, subjects: Iterable[tuple[str, int]]) -> None:
        """Looks up the ids of these subjects (record, row), those of a record at once."""
        unknown = defaultdict[str, set[int]](set)
        for record, row in subjects:
            if (record, row) not in self._ids:
                self._ids[record, row] = f"row {row}" if row else "submission"
                unknown[record] |= {row} - {0}
        for record, rows in unknown.items():
            if key := self._run.plan.record(record).record.key:
                found = Lookup(self._run).cells(record, rows, [key])
                self._ids |= {(record, row): cell for row, (cell,) in found.items() if cell}


def gravest(verdicts: Iterable[Judged], expected: Expected) -> Verdict:
    """What a rule says of what is expected of it: the gravest of the verdicts that are meant."""
    meant = [judged.verdict for judged in verdicts if is_meant(judged, expected)]
    return min(meant, key=GRAVEST.index, default=Verdict.NOT_APPLICABLE)


def first_otherwise(values: Iterable[Valued], expected: Expected) -> Valued | None:
    """The first of the values that are meant which is not as stated; None where all are. Where there is none, that is one."""
    meant = [valued for valued in values if is_meant(valued, expected)] or [Valued("", None, NOT_SELECTED)]
    stated = expected.stated
    return next((each for each in meant if not (isinstance(stated, StatedValue) and stated.meets(each.value))), None)


def is_as_stated(found: Iterable[Judged | Valued], expected: Expected) -> bool:
    """Whether what was found of a rule, or an indicator, is as stated."""
    if isinstance(expected.stated, Verdict):
        return gravest((each for each in found if isinstance(each, Judged)), expected) is expected.stated
    return first_otherwise((each for each in found if isinstance(each, Valued)), expected) is None


def is_meant(found: Judged | Valued, expected: Expected) -> bool:
    """Whether an expectation is about that subject and window."""
    return expected.subject in {None, found.subject} and expected.window in {None, found.window}


def for_cases(plan: Plan, of: str) -> Plan:
    """A rulebook's plan with that rule and those it requires, or that indicator, and without what a bench does not ask for."""
    needed = with_required(plan.law, frozenset({of}))
    asked = tuple(each._replace(plain=None, shareable=None, certain=()) for each in plan.rules if each.id in needed)
    exceptions = plan.exceptions if asked else ()
    indicators = measured_for(plan.indicators, asked, [of])
    return plan._replace(rules=asked, attributes=(), exceptions=exceptions, indicators=indicators)


def on_bench(plans: Iterable[Plan]) -> tuple[Plan, Plan]:
    """The first plan, with those records only that one of the plans reads, or whose keys a reference there may almost match.

    And the same with those of their columns only that one of the plans reads.
    """
    first, *others = plans
    waiting = {record for plan in (first, *others) for rule in plan.rules for record in (rule.record, *rule.reads)}
    waiting |= {record for plan in (first, *others) for each in plan.exceptions for record in each.reads}
    waiting |= {record for plan in (first, *others) for each in plan.indicators for record in each.reads}
    needed: set[str] = set()
    while waiting:
        name = waiting.pop()
        needed.add(name)
        waiting |= set(first.record(name).reads) - needed
    needed |= {to for name in needed for field in first.record(name).record.fields if (to := field.refers_to) is not None}
    plan = first._replace(records=tuple(each for each in first.records if each.record.name in needed))
    return plan, narrowed(plan, [first, *others])
