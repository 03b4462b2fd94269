"""Measures the rules of a run: fills `outcomes`, `held`, `signed` and `owners`.

Of a large submission only what is not simply met is kept, subject by subject; how often a rule is met is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from checker.measure import results
from checker.measure.gathers import Group, groups
from checker.measure.run import Census, Measurement
from checker.model.law import Truth
from checker.model.plan import Gathering, HoldsPlan, IntegrityPlan, Query, RecordPlan, RulePlan, Statement, naming

Progress = Callable[[str], None]


def measure(run: Measurement, progress: Progress | None = None) -> None:
    """Counts the tables and their faulty rows, measures every rule, and notes who answers for what."""
    run.engine.each(lambda plan: _count(run, plan), run.plan.records, lambda plan: len(plan.record.fields))
    ask(run, progress)
    run.engine.each(lambda plan: _own(run, plan), run.plan.records, lambda plan: len(plan.record.fields))


def ask(run: Measurement, progress: Progress | None = None) -> None:
    """Measures every rule of the rulebook itself, and what its exceptions and standings ask."""
    engine = run.engine
    rules = [rule for rule in run.rules if isinstance(rule, RulePlan)]
    engine.each(lambda numbered: _hold(run, *numbered), enumerate(run.predicates), lambda numbered: len(numbered[1].holds.sql))
    engine.run(Statement(results.SIGN, ("exceptions",)), exceptions=len(run.plan.exceptions))
    for statement in dict.fromkeys(rule.windows for rule in rules):
        if statement is not None:
            engine.run(statement)
    asking = Asking(run)
    asking.gather(rules)
    engine.each(lambda rule: asking.ask(rule, progress), rules, lambda rule: len(rule.measure.result))


@dataclass
class Asking:
    """The rules of a run, asked one by one; those that share a scan are gathered before."""

    run: Measurement
    _groups: dict[str, Group] = field(default_factory=dict)
    _signed: frozenset[str] = frozenset()

    def gather(self, rules: Iterable[RulePlan]) -> None:
        """Gathers the related rows of the rules that can be measured on gathered ones."""
        engine = self.run.engine
        units = dict(engine.rows("SELECT unit, COUNT(*) FROM windows GROUP BY unit"))
        found = groups((rule.gathered for rule in rules if rule.gathered and self._gatherable(rule.gathered.gathering)), units)
        engine.each(lambda group: group.gather(engine), found, lambda group: len(group.rules))
        self._signed = frozenset(record for (record,) in engine.rows("SELECT DISTINCT record FROM signed"))
        self._groups = {rule.tag: group for group in found for rule in group.rules}

    def ask(self, rule: RulePlan, progress: Progress | None) -> None:
        """Adds what a rule gives to the outcomes."""
        run = self.run
        if progress is not None:
            progress(rule.id)
        if not run.told(rule.record):
            _untold(run, run.number(rule.id))
            return
        number, query, once = run.number(rule.id), self.query(rule), given(run, rule)
        into = f"INSERT INTO outcomes ({', '.join(('rule', *rule.columns))}) SELECT {number}, * FROM"
        if self._folds(rule):
            self._fold(rule, number, into, once)
        else:
            run.engine.run(Statement(f"{into} ({query.sql})", query.needs), **once)

    def _fold(self, rule: RulePlan, number: int, into: str, once: dict[str, object]) -> None:
        """Adds what a rule gives where it is not met, and how often it is."""
        engine, query, kept = self.run.engine, self.query(rule), "outcome <> 'met'"
        some = query
        if rule.record in self._signed:
            # A subject of which an exception may hold is a case of its own, also where the rule is met.
            kept += f" OR subject IN (SELECT subject FROM signed WHERE record = '{rule.record}')"
        elif rule.settled is not None:
            some = self.query(rule, skipped=f"COALESCE({rule.settled}, FALSE)")
        ((others,),) = engine.rows(Statement(f"{into} ({some.sql}) WHERE {kept}", some.needs), **once)
        ((times,),) = engine.rows(naming(f"SELECT COUNT(*) FROM ({query.steps[0][1]})", query.needs), **once)
        ((self.run.selected[number],),) = engine.rows(rule.subjects)
        if times > others:
            engine.run(f"INSERT INTO outcomes (rule, outcome, times) VALUES ({number}, 'met', {times - others})")

    def query(self, rule: RulePlan, skipped: str = "FALSE") -> Query:
        """The query that measures a rule on this submission, but for the subjects that are `skipped`."""
        if rule.gathered is not None and rule.gathered.tag in self._groups:
            return self._groups[rule.gathered.tag].query(rule.gathered)
        return ungathered(self.run, rule, skipped)

    def _folds(self, rule: RulePlan) -> bool:
        """Whether it is enough to count how often the rule is met: nobody asks of whom."""
        asked = {name for law in self.run.plan.law.requirements for name in (law.rule, law.required)}
        return self.run.folds and rule.kind not in {"days", "run"} and rule.id not in asked

    def _gatherable(self, gathering: Gathering) -> bool:
        """Whether both tables are there, and it is known of each subject what refers to it."""
        run = self.run
        told = run.told(gathering.subject) and run.told(gathering.related) and gathering.subject in run.census
        return told and gathering.near not in run.census[gathering.subject].adrift


def ungathered(run: Measurement, rule: RulePlan, skipped: str = "FALSE") -> Query:
    """The query that measures a rule by itself: the plain one, if of each row that it relates it is known whose, and when.

    Subjects of which `skipped` is true are left out.
    """
    there = all(map(run.told, rule.tables))
    certain = there and not any(name in run.census[record].adrift for record, name in rule.certain)
    query = rule.plain if rule.plain is not None and certain else rule.measure
    return query.with_parts({"skipped": skipped})


def behind_of(run: Measurement, rule: RulePlan, evidence: Statement) -> Statement:
    """The query for the rows behind a rule's findings: with those that may be anybody's, if there are such."""
    return naming(evidence.sql.replace("$strays", str(strays(run, rule)).upper()), evidence.needs)


def strays(run: Measurement, rule: RulePlan) -> bool:
    """Whether some of the rows that a rule relates may be anybody's."""
    return rule.linking is None or any(name in run.census[record].adrift for record, name in rule.linking)


def given(run: Measurement, rule: RulePlan) -> dict[str, object]:
    """The parameters that only that rule has."""
    return {"rule": run.number(rule.id), "due": _due(run, rule)}


def _due(run: Measurement, rule: RulePlan) -> bool:
    """Whether the rule is in force in any window of the period."""
    if rule.unit is None:
        return False
    if rule.windows is not None:
        return rule.in_force.touches(run.period.first, run.period.last)
    windows = run.period.windows(rule.unit, run.as_of, run.plan.year_starts, partial=rule.partial)
    if rule.partial:
        return any(rule.in_force.touches(window.first, window.last) for window in windows)
    return any(rule.in_force.covers(window.first) and rule.in_force.covers(window.last) for window in windows)


def _own(run: Measurement, plan: RecordPlan) -> None:
    """Notes which body answers for each row of a record; of a large one, for each that something is said of."""
    if plan.belongs is None:
        return
    name = plan.record.name
    own = f"INSERT INTO owners SELECT '{name}', * FROM ({plan.belongs.sql})"
    if run.folds and name != run.plan.body:
        own += f" WHERE subject IN (SELECT subject FROM outcomes JOIN faces USING (rule) WHERE record = '{name}')"
    run.engine.run(Statement(own, plan.belongs.needs))


def _hold(run: Measurement, number: int, predicate: HoldsPlan) -> None:
    """Notes of which subjects a predicate holds, or may hold."""
    if not run.told(predicate.record):
        run.engine.run(f"INSERT INTO held VALUES ('{predicate.record}', 0, {number}, '{Truth.PERHAPS}')")
        return
    holds = f"INSERT INTO held SELECT '{predicate.record}', subject, {number}, truth FROM ({predicate.holds.sql})"
    run.engine.run(Statement(holds, predicate.holds.needs))


def _untold(run: Measurement, number: int) -> None:
    run.engine.run(
        f"INSERT INTO outcomes (rule, subject, no, outcome, reason) VALUES ({number}, 0, 0, 'unknown', 'not-submitted')"
    )


def _count(run: Measurement, plan: RecordPlan) -> None:
    ((rows, first, doubtful, *counts),) = run.engine.rows(plan.census)
    failures, unknown = counts[: len(plan.integrity)], counts[len(plan.integrity) :]
    adrift = frozenset(name for name, count in zip(plan.found_by, unknown, strict=True) if count)
    run.census[plan.record.name] = Census(rows, first or 0, doubtful or 0, adrift)
    numbers = {rule.id: number for number, rule in enumerate(run.rules)}
    for rule, failing in zip(plan.integrity, failures, strict=True):
        if rule.id in numbers:
            _note(run, rule, numbers[rule.id], failing or 0)


def _note(run: Measurement, rule: IntegrityPlan, number: int, failing: int) -> None:
    """Adds the failing rows of an integrity rule to the outcomes."""
    if rule.record not in run.tables or (rule.target is not None and rule.target not in run.tables):
        _untold(run, number)
        return
    run.failing[rule.id] = failing
    if failing:
        into = f"INSERT INTO outcomes (rule, subject, no, outcome) SELECT {number}, _row, 0, 'breached' FROM"
        run.engine.run(Statement(f"{into} ({rule.failing.sql})", rule.failing.needs))
