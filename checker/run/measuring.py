"""Measures the rules of a run: fills `outcomes`, `held`, `subject_cases` and `responsible_bodies`.

Of a large submission only what is not simply met is kept, subject by subject; how often a rule is met is counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from checker.model.facts import TableFacts
from checker.model.indicator_plan import IndicatorPlan
from checker.model.integrity import IntegrityKind
from checker.model.plan import Gathering, IntegrityPlan, RecordPlan, RulePlan
from checker.model.query import Query
from checker.model.quoting import literal
from checker.model.sql import Rows, Sql
from checker.model.words import Reason
from checker.run import doubtful_rows, left_open, results
from checker.run.doubtful_columns import doubt, say_nothing
from checker.run.doubtful_rows import Doubts
from checker.run.holding import hold
from checker.run.inexact_rows import inexact_rows
from checker.run.session import Session
from checker.run.shared_scans import Group, groups
from checker.run.without import note_rows
from checker.tables.names import standing_rows
from checker.tables.schema import EMPTY_ONCE_MEASURED

Progress = Callable[[str], None]


def measure(run: Session, progress: Progress | None = None) -> None:
    """Counts the tables and their faulty rows, measures every rule, and notes who answers for what."""
    asking = Asking(run)
    try:
        asking.count()
        asking.ask(progress)
    except MisplacedTrustError:
        run.distrust()
        asking = Asking(run)
        asking.count()
        asking.ask(progress)
    asking.own()


def ask(run: Session, progress: Progress | None = None) -> None:
    """Measures every rule of the rulebook itself, and what its exceptions ask, over tables that were counted before."""
    Asking(run).ask(progress)


class MisplacedTrustError(Exception):
    """A text that was taken to be plain is not, or cannot be seen to be."""


@dataclass
class Asking:
    """The rules of a run, asked one by one; those that share a scan are gathered before.

    `_sources` names the tables in which all rows are that do not plainly meet a rule, by its number.
    """

    run: Session
    _groups: dict[str, Group] = field(default_factory=dict)
    _sources: dict[int, str] = field(default_factory=dict)
    _doubts: dict[str, Doubts] = field(default_factory=dict)

    def count(self) -> None:
        """Counts the rows of the tables, and those that integrity rules are broken by."""
        self.run.engine.each(self._count, self.run.plan.records, lambda plan: len(plan.record.fields))
        self._settle()

    def ask(self, progress: Progress | None) -> None:
        """Measures every rule, and what exceptions and standings ask."""
        run, engine = self.run, self.run.engine
        run.optimise()
        found = self._grouped()
        found, astray = self._fold_groups(found) if run.folds else (found, [])
        holding = enumerate(run.predicates)
        engine.each(lambda numbered: hold(run, *numbered), holding, lambda numbered: numbered[1].holds.size)
        if run.plan.exceptions:
            engine.run(results.SUBJECT_CASES, exceptions=len(run.plan.exceptions))
            run.signed = frozenset(record for (record,) in engine.rows("SELECT DISTINCT record FROM subject_cases"))
        run.optimise(run.signed)
        rules = self._rules
        asked: list[RulePlan | IndicatorPlan] = [*(part for rule in rules for part in rule.requirements), *run.indicators]
        for statement in dict.fromkeys(each.windows for each in asked if each.windows is not None):
            engine.run(statement)
        for tree in dict.fromkeys(each.climbs for each in asked if each.climbs is not None):
            run.climb(tree)
        self._gather(found, astray)
        note_rows(run)
        for indicator in run.indicators:
            _value(run, indicator)
            left_open.leave_unknown(run, indicator)
        engine.each(lambda rule: self._ask(rule, progress), rules, lambda rule: rule.measure.whole.size)
        left_open.leave_open(run)

    def own(self) -> None:
        """Notes which body answers for each row; of a large table, for each that something is said of.

        With this begins what no verdict needs.
        """
        self.run.engine.run(results.WINDOWED_OUTCOMES)
        for table in EMPTY_ONCE_MEASURED:
            self.run.engine.empty(table)
        self.run.engine.each(self._own, self.run.plan.records, lambda plan: len(plan.record.fields))

    # -- rules --------------------------------------------------------------------------------------------------------

    @property
    def _rules(self) -> list[RulePlan]:
        return [rule for rule in self.run.rules if isinstance(rule, RulePlan)]

    def _grouped(self) -> list[Group]:
        """The rules that are measured on shared scans, group by group."""
        shared = [rule.shared for rule in self._rules if rule.shared is not None]
        units = dict(self.run.engine.rows("SELECT unit, COUNT(*) FROM windows GROUP BY unit")) if shared else {}
        found = groups(shared, units, self.run.engine.tuning.folded, self._nameless)
        self._groups = {rule.tag: group for group in found for rule in group.rules}
        return found

    def _fold_groups(self, found: list[Group]) -> tuple[list[Group], list[tuple[Group, int]]]:
        """Folds the related rows of each group; gives the groups, and the references that lead nowhere (`_astray`).

        Where some of them almost match a key, rows are read in another way, and so are folded once more.
        """
        for group in found:
            group.fold(self.run.engine)
            ((most,),) = self.run.engine.rows(f'SELECT MAX(_rows) FROM "folded_{group.name}"')
            if most == 1:
                self.run.parted.add(group.told.related)
        self._verify(found)
        astray = self._astray(found)
        if not self._settle():
            return found, astray
        self.run.optimise()
        found = self._grouped()
        for group in found:
            group.fold(self.run.engine)
        return found, astray

    def _settle(self) -> bool:
        """Notes what is in doubt, as far as was counted; whether anything is that was not noted before."""
        before = dict(self.run.doubted)
        for plan in doubtful_rows.settle(self.run, {name: found for name, found in self._doubts.items() if found}):
            self._count(plan)
        return self.run.doubted != before

    def _gather(self, found: Sequence[Group], astray: Sequence[tuple[Group, int]]) -> None:
        """Gathers the related rows of the rules that share a scan."""
        run, engine = self.run, self.run.engine
        if not run.folds:
            engine.each(lambda group: group.gather(engine), found, lambda group: len(group.rules))
            return
        for each in inexact_rows(
            found, [(run.number(rule.id), rule) for rule in self._rules if rule.apart and self._folds(rule)]
        ):
            each.make(engine)
            self._sources |= dict.fromkeys(each.rules, f"inexact_{each.record}")
        for group, number in astray:
            nowhere = f'"r"."{group.told.field}" IN (SELECT _link FROM "astray_{group.name}")'
            self._sources[number] = f"lost_{group.name}"
            rows = f'SELECT "r".* FROM "t_{group.told.related}" AS "r" WHERE {nowhere}'
            engine.run(f'CREATE OR REPLACE TABLE "{self._sources[number]}" AS {rows}')
            _note(run, number, f'SELECT _row FROM "{self._sources[number]}"')
        for group in found:
            group.gather_folded(engine)

    def _verify(self, found: Iterable[Group]) -> None:
        """Sees to it that all that was taken to be plain is, since rows were gathered by it."""
        trusted = set(self.run.trusted)
        for group in found:
            reference = (group.told.related, group.told.field)
            if reference in trusted:
                trusted.remove(reference)
                if not self.run.engine.plain(f'SELECT _link AS cell FROM "folded_{group.name}"'):
                    raise MisplacedTrustError
        if trusted:
            raise MisplacedTrustError

    def _astray(self, found: Iterable[Group]) -> list[tuple[Group, int]]:
        """Counts the references that lead nowhere, those that rows were gathered by from what was folded of each."""
        run, astray = self.run, list[tuple[Group, int]]()
        by_key = (group for group in found if _by_key(run, group))
        by_reference = {(group.told.related, group.told.field, group.told.subject): group for group in by_key}
        numbers = {rule.id: number for number, rule in enumerate(run.rules)}
        for rule in (each for plan in run.plan.records for each in plan.integrity if self._looked_up(each)):
            number = numbers.get(rule.id)
            group = by_reference.get((rule.record, rule.fields[0], rule.target or ""))
            if group is None:
                ((rows,),) = run.engine.rows(f"SELECT COUNT(*) FROM ({rule.failing})")
                if rows and number is not None:
                    _note(run, number, rule.failing)
                self._dangling(rule, number, rows)
                continue
            known = f'SELECT "{group.told.near}" AS _link FROM "t_{group.told.subject}"'
            nowhere = f'SELECT _link, _rows FROM "folded_{group.name}" ANTI JOIN ({known}) USING (_link) WHERE NOT _link IS NULL'
            run.engine.run(f'CREATE OR REPLACE TABLE "astray_{group.name}" AS {nowhere}')
            run.astray[rule.record, rule.fields[0]] = f"astray_{group.name}"
            ((rows,),) = run.engine.rows(f'SELECT COALESCE(CAST(SUM(_rows) AS BIGINT), 0) FROM "astray_{group.name}"')
            if rows and number is not None:
                astray.append((group, number))
            self._dangling(rule, number, rows)
        return astray

    def _dangling(self, rule: IntegrityPlan, number: int | None, rows: int) -> None:
        """Notes how many references of a rule lead nowhere, also where the rule was not selected."""
        if number is not None:
            self.run.failing[rule.id] = rows
        if rows:
            noted = self._doubts.get(rule.record, doubtful_rows.NONE)
            self._doubts[rule.record] = noted._replace(references=(*noted.references, rule.fields[0]))

    def _looked_up(self, rule: IntegrityPlan) -> bool:
        return rule.target is not None and rule.record in self.run.tables and self.run.has_keys(rule.target)

    def _ask(self, rule: RulePlan, progress: Progress | None) -> None:
        """Adds what a rule gives to the outcomes."""
        run, number = self.run, self.run.number(rule.id)
        if progress is not None:
            progress(rule.id)
        if not run.told(rule.record):
            _untold(run, number)
            return
        queries, once = self._queries(rule), given(run, rule)
        into = f"INSERT INTO outcomes ({', '.join(('rule', *rule.columns))}) SELECT {number}, * FROM"
        if self._folds(rule):
            self._fold(rule, number, into, once)
            return
        for query in queries:
            run.engine.run(Sql.of(f"{into} (", query.whole, ")"), **once)

    def _fold(self, rule: RulePlan, number: int, into: str, once: dict[str, object]) -> None:
        """Adds what a rule gives where it is not met, and how often it is."""
        engine, queries, kept = self.run.engine, self._queries(rule), "outcome <> 'met'"
        some = queries
        if rule.record in self.run.signed:
            # A subject of which an exception may hold is a case of its own, also where the rule is met.
            kept += f" OR subject IN (SELECT subject FROM subject_cases WHERE record = '{rule.record}')"
        elif number in self._sources:
            some = [query.reading(Rows(standing_rows(rule.record), "s"), self._sources[number]) for query in queries]
        others = sum(
            times for query in some for (times,) in engine.rows(Sql.of(f"{into} (", query.whole, f") WHERE {kept}"), **once)
        )
        ((selected,),) = ((times,),) = engine.rows(rule.subjects)
        if rule.unit is not None:
            counted = (Sql.of("SELECT COUNT(*) FROM (", query.population, ")") for query in queries)
            times = sum(found for each in counted for (found,) in engine.rows(each, **once))
        self.run.selected[number] = selected
        if times > others:
            engine.run(f"INSERT INTO outcomes (rule, outcome, times) VALUES ({number}, 'met', {times - others})")

    def _queries(self, rule: RulePlan) -> list[Query]:
        """The queries that measure a rule on this submission, each for some of its subjects."""
        shared = rule.shared
        if shared is None:
            return [rule.measure]
        group = self._groups[shared.tag]
        several = bool(self.run.near.get(shared.gathering.related))
        return [group.query(shared), *([group.of_nameless(shared, several=several)] if group.nameless else [])]

    def _folds(self, rule: RulePlan) -> bool:
        """Whether it is enough to count how often the rule is met: nobody asks of whom."""
        asked = {name for law in self.run.plan.law.requirements for name in (law.rule, law.required)}
        return self.run.folds and not rule.kind.own_window and rule.id not in asked and not left_open.concerns(self.run, rule)

    def _nameless(self, gathering: Gathering) -> bool:
        """Whether of some subject it is unknown what refers to it."""
        return gathering.near in self.run.census[gathering.subject].adrift

    # -- tables -------------------------------------------------------------------------------------------------------

    def _count(self, plan: RecordPlan) -> None:
        """Counts the rows of a table, and those that its integrity rules are broken by; of a large one, see `_astray`."""
        run = self.run
        if not run.told(plan.record.name) and not plan.record.made:
            rows, first, doubtful, counts = 0, 0, 0, [0] * (len(plan.integrity) + len(plan.found_by) + len(plan.nothing))
        else:
            ((rows, first, doubtful, *counts),) = run.engine.rows(plan.census_alone if run.folds else plan.census)
        failures, unknown = counts[: len(plan.integrity)], counts[len(plan.integrity) :][: len(plan.found_by)]
        self._doubts[plan.record.name] = doubtful_rows.of_census(plan, rows, first or 0, failures)
        adrift = {name: count for name, count in zip(plan.found_by, unknown, strict=True) if count}
        run.census[plan.record.name] = TableFacts(rows, first or 0, doubtful or 0, adrift)
        numbers = {rule.id: number for number, rule in enumerate(run.rules)}
        for rule, failing in zip(plan.integrity, failures, strict=True):
            if rule.id not in numbers:
                continue
            if rule.record not in run.tables or (rule.target is not None and not run.has_keys(rule.target)):
                _untold(run, numbers[rule.id])
            elif not (run.folds and rule.target is not None):
                run.failing[rule.id] = failing or 0
                if run.lacks(rule):
                    # Of a column that is not there one finding says it, and not one for each row.
                    whole = f"VALUES ({numbers[rule.id]}, 0, 0, 'breached')"
                    run.engine.run(f"INSERT INTO outcomes (rule, subject, no, outcome) {whole}")
                elif failing:
                    _note(run, numbers[rule.id], rule.failing)

        self._doubt(plan, failures, counts[len(plan.integrity) + len(plan.found_by) :])

    def _doubt(self, plan: RecordPlan, failures: Sequence[int | None], words: Sequence[int | None]) -> None:
        """Looks for doubtful numbers in the columns with unreadable cells, and tells of words for nothing."""
        run, checks = self.run, zip(plan.integrity, failures, strict=True)
        unreadable = {rule.fields[0] for rule, failing in checks if rule.kind is IntegrityKind.ALLOWED and failing}
        for each in plan.odd:
            if not each.formats and each.field in unreadable:
                doubt(run, plan, each)
        for (name, condition), times in zip(plan.nothing, words, strict=True):
            if times:
                say_nothing(run, plan.record.name, name, condition, times)

    def _own(self, plan: RecordPlan) -> None:
        if plan.belongs is None or not self.run.census[plan.record.name].rows:
            return
        run, name, belongs = self.run, plan.record.name, plan.belongs
        own = f"INSERT INTO responsible_bodies SELECT '{name}', * FROM"
        measured = any(each.record == name for each in run.indicators)
        if not run.folds or measured or name == run.plan.body or any(map(run.lacks, plan.integrity)):
            run.engine.run(Sql.of(f"{own} (", belongs, ")"))
            return
        said = defaultdict(list)
        for number, rule in enumerate(run.rules):
            if rule.record == name and self._said(number):
                said[self._sources.get(number, f"t_{name}")].append(number)
        for source, numbers in said.items():
            some = f"SELECT subject FROM outcomes WHERE LIST_CONTAINS({numbers}, rule)"
            new = f"SELECT subject FROM responsible_bodies WHERE record = '{name}'"
            rows = f'SELECT * FROM "{source}" WHERE _row IN ({some}) AND _row NOT IN ({new})'
            of_some = belongs.filled({Rows(f"t_{name}", "s"): Sql.of(f"({rows})")})
            run.engine.run(Sql.of(f"{own} (", of_some, ")"))

    def _said(self, number: int) -> bool:
        """Whether anything is said of a rule, subject by subject."""
        return bool(self.run.engine.rows(f"SELECT 1 FROM outcomes WHERE rule = {number} AND subject > 0 LIMIT 1"))


def _by_key(run: Session, group: Group) -> bool:
    """Whether the rows of a group refer to the key of its subjects."""
    return run.plan.record(group.told.subject).record.key == group.told.near


def _value(run: Session, indicator: IndicatorPlan) -> None:
    """Notes what an indicator measures of each subject; nothing where its subjects were not submitted."""
    if run.told(indicator.record):
        into = f"INSERT INTO indicator_values SELECT {literal(indicator.id)}, * FROM ("
        run.engine.run(Sql.of(into, indicator.measure.whole, ")"), windowless=_windowless(run, indicator))


def given(run: Session, rule: RulePlan) -> dict[str, object]:
    """The parameters that only that rule has."""
    return {"rule": run.number(rule.id), "windowless": _windowless(run, rule)}


def _windowless(run: Session, rule: RulePlan | IndicatorPlan) -> Reason | None:
    """Why a subject has no window in which the rule is judged, as far as the rule and the period tell."""
    if rule.unit is None:
        return None
    if isinstance(rule, IndicatorPlan):
        there = rule.windows is None and run.period.windows(rule.unit, run.as_of, run.plan.year_starts)
        return Reason.NOT_IN_EXISTENCE if there else Reason.NO_WINDOW
    if rule.windows is not None:
        return Reason.NO_WINDOW if rule.in_force.touches(run.period.first, run.period.last) else Reason.NOT_IN_FORCE
    windows = run.period.windows(rule.unit, run.as_of, run.plan.year_starts, partial=rule.partial)
    if not windows:
        return Reason.NO_WINDOW
    if any(rule.owed(run.period, window) for window in windows):
        return Reason.NOT_IN_EXISTENCE
    return Reason.NOT_IN_FORCE


def _untold(run: Session, number: int) -> None:
    run.engine.run(
        f"INSERT INTO outcomes (rule, subject, no, outcome, reason) VALUES ({number}, 0, 0, 'unknown', 'not-submitted')"
    )


def _note(run: Session, number: int, rows: str) -> None:
    """Adds the rows that break an integrity rule to the outcomes."""
    run.engine.run(f"INSERT INTO outcomes (rule, subject, no, outcome) SELECT {number}, _row, 0, 'breached' FROM ({rows})")
