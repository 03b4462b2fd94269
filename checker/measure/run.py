"""Runs a plan over a submission: loads, counts, measures, and joins the rule engine's conclusions back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from checker.errors import Place, Problem
from checker.measure import results, windows
from checker.measure.duck import Duck, StrictReadError
from checker.measure.gathers import Group, groups
from checker.model.law import Kin, Truth, atoms
from checker.model.period import Period, Unit
from checker.model.plan import Gathering, HoldsPlan, IntegrityPlan, Plan, Query, RecordPlan, RulePlan, Statement
from checker.records.values import CsvSource, RowsSource, Submission, Table

Rule = RulePlan | IntegrityPlan
SMALL = 8_000_000
"""Up to so many bytes of text a submission is small."""


class Census(NamedTuple):
    """How many rows a table has, how many stand for their key, how many only may count; and which cells may be anything."""

    rows: int
    first: int
    doubtful: int
    adrift: frozenset[str]


@dataclass
class Measurement:
    """A run in the engine: `load` and `measure`, then `settling.settle` and `concluding.conclude`; then read the findings."""

    plan: Plan
    period: Period
    as_of: date
    rules: tuple[Rule, ...]
    engine: Duck = field(default_factory=Duck)
    repair: Callable[[Table], tuple[Table, tuple[Problem, ...]]] | None = None
    tables: dict[str, Table] = field(default_factory=dict)
    census: dict[str, Census] = field(default_factory=dict)
    _repaired: dict[str, tuple[Problem, ...]] = field(default_factory=dict)
    failing: dict[str, int] = field(default_factory=dict)
    _groups: dict[str, Group] = field(default_factory=dict)

    def load(self, submission: Submission) -> None:
        """Makes the typed tables, the trees and the windows."""
        engine = self.engine
        engine.expect(small=_bytes(submission) <= SMALL)
        self.begin()
        self.tables = {table.record: table for table in submission.tables}
        engine.set({f"submitted_{plan.record.name}": self.told(plan.record.name) for plan in self.plan.records})
        engine.each(self._load, [plan for plan in self.plan.records if plan.record.roll_call is None], _width)
        if self.plan.workdays is not None:
            engine.run(self.plan.workdays)
        for plan in self.plan.records:
            if plan.tree is not None:
                engine.run(plan.tree)
            if plan.record.roll_call is not None:
                engine.run(plan.typed)
        engine.hasten()

    def begin(self) -> None:
        """Makes the windows and the tables of results, empty; a further run over the same tables begins here."""
        engine = self.engine
        for statement in results.CREATE:
            engine.run(statement)
        ref = min(self.as_of, self.period.last)
        engine.set({"as_of": self.as_of, "ref": ref, "first": self.period.first, "last": self.period.last})
        engine.set({"begun": self.as_of >= self.period.first})
        types = ("VARCHAR", "INTEGER", "INTEGER", "BIGINT", "DATE", "DATE", "VARCHAR", "BOOLEAN", "BOOLEAN")
        asked = {(rule.unit, rule.partial) for rule in self.rules if isinstance(rule, RulePlan) and rule.unit is not None}
        found = windows.rows(self.period, self.as_of, asked, self.plan.year_starts)
        engine.insert("windows", types, found)
        engine.set({f"base_{unit}": next((key for of, _, ix, key, *_ in found if of == unit and ix == 0), 0) for unit in Unit})
        faces = [
            (number, rule.id, rule.record, rule.kind if isinstance(rule, RulePlan) else "integrity")
            for number, rule in enumerate(self.rules)
        ]
        engine.insert("faces", ("INTEGER", "VARCHAR", "VARCHAR", "VARCHAR"), faces)

    def _load(self, plan: RecordPlan) -> None:
        record, table = plan.record, self.tables.get(plan.record.name)
        try:
            self.engine.load(record, table)
        except StrictReadError:
            if table is None or self.repair is None:
                raise
            table, problems = self.repair(table)
            self.tables[record.name] = table
            self._repaired[record.name] = problems
            self.engine.load(record, table)
        self.engine.run(plan.typed)
        if plan.doubts is not None:
            ((shared,),) = self.engine.rows(f'SELECT COUNT(*) FROM "t_{record.name}" WHERE NOT _first')
            if shared:
                self.engine.run(plan.doubts)

    def told(self, record: str) -> bool:
        """Whether the rows of a record are known: it was submitted, or all that it is made of."""
        roll = self.plan.record(record).record.roll_call
        return record in self.tables if roll is None else roll.who in self.tables and roll.occasion in self.tables

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was found wrong with files as they were read, in the order of the records."""
        return tuple(problem for plan in self.plan.records for problem in self._repaired.get(plan.record.name, ()))

    def measure(self, progress: Callable[[str], None] | None = None) -> None:
        """Fills `outcomes`: every rule, and the failing rows of the integrity rules."""
        numbers = {rule.id: number for number, rule in enumerate(self.rules)}
        self.engine.each(lambda plan: self._count(plan, numbers), self.plan.records, _width)
        self.ask(progress)
        self.engine.each(self._own, self.plan.records, _width)

    def ask(self, progress: Callable[[str], None] | None = None) -> None:
        """Measures every rule of the rulebook itself, and what its exceptions and standings ask."""
        numbers = {rule.id: number for number, rule in enumerate(self.rules)}

        def measure(rule: RulePlan) -> None:
            if progress is not None:
                progress(rule.id)
            if self.told(rule.record):
                number = numbers[rule.id]
                query, once = self.measuring(rule)
                columns = ", ".join(("rule", *rule.columns))
                into = f"INSERT INTO outcomes ({columns}) SELECT {number}, * FROM ({query.sql})"
                self.engine.run(Statement(into, query.needs), **once)
            else:
                self._untold(numbers[rule.id])

        rules = [rule for rule in self.rules if isinstance(rule, RulePlan)]
        for statement in dict.fromkeys(rule.windows for rule in rules):
            if statement is not None:
                self.engine.run(statement)
        self._gather(rules)
        self.engine.each(measure, rules, lambda rule: len(rule.measure.result))
        self.engine.each(self._hold, enumerate(self._predicates), lambda numbered: len(numbered[1].holds.sql))

    def _gather(self, rules: Iterable[RulePlan]) -> None:
        """Gathers the related rows of the rules that can be measured on gathered ones."""
        units = dict(self.engine.rows("SELECT unit, COUNT(*) FROM windows GROUP BY unit"))
        gathered = (rule.gathered for rule in rules if rule.gathered is not None and self._gatherable(rule.gathered.gathering))
        found = groups(gathered, units)
        self.engine.each(lambda group: group.gather(self.engine), found, lambda group: len(group.rules))
        self._groups = {rule.tag: group for group in found for rule in group.rules}

    def _gatherable(self, gathering: Gathering) -> bool:
        """Whether both tables are there, and it is known of each subject what refers to it."""
        known = gathering.near not in self.census[gathering.subject].adrift if gathering.subject in self.census else False
        return known and self.told(gathering.subject) and self.told(gathering.related)

    def measuring(self, rule: RulePlan) -> tuple[Query, dict[str, object]]:
        """The query that measures a rule on this submission, and the parameters that it alone has."""
        once: dict[str, object] = {"rule": self.number(rule.id), "due": self._due(rule)}
        if rule.gathered is not None and rule.gathered.tag in self._groups:
            return self._groups[rule.gathered.tag].query(rule.gathered), once
        plain = rule.plain if self._certain(rule) else None
        return plain or rule.measure, once

    def _own(self, plan: RecordPlan) -> None:
        """Notes which body answers for each row of a record."""
        if plan.belongs is not None:
            own = f"INSERT INTO owners SELECT '{plan.record.name}', * FROM ({plan.belongs.sql})"
            self.engine.run(Statement(own, plan.belongs.needs))

    def _hold(self, numbered: tuple[int, HoldsPlan]) -> None:
        """Notes of which subjects a predicate holds, or may hold."""
        number, predicate = numbered
        if not self.told(predicate.record):
            self.engine.run(f"INSERT INTO held VALUES ('{predicate.record}', 0, {number}, '{Truth.PERHAPS}')")
            return
        self.engine.run(
            Statement(
                f"INSERT INTO held SELECT '{predicate.record}', subject, {number}, truth FROM ({predicate.holds.sql})",
                predicate.holds.needs,
            )
        )

    def _certain(self, rule: RulePlan) -> bool:
        """Whether it is known of each row that the rule relates whose it is, and when."""
        there = all(map(self.told, rule.tables))
        return there and not any(field in self.census[record].adrift for record, field in rule.certain)

    def _due(self, rule: RulePlan) -> bool:
        """Whether the rule is in force in any window of the period."""
        if rule.unit is None:
            return False
        if rule.windows is not None:
            return rule.in_force.touches(self.period.first, self.period.last)
        windows = self.period.windows(rule.unit, self.as_of, self.plan.year_starts, partial=rule.partial)
        if rule.partial:
            return any(rule.in_force.touches(window.first, window.last) for window in windows)
        return any(rule.in_force.covers(window.first) and rule.in_force.covers(window.last) for window in windows)

    @property
    def _predicates(self) -> tuple[HoldsPlan, ...]:
        """What may hold of a subject, by number: exceptions, then attributes that standings ask for."""
        return (*self.plan.exceptions, *self.plan.attributes)

    def stated(self, keys: str, *, exceptions: bool) -> tuple[tuple[str, Truth], ...]:
        """What holds of a subject, of which the text gives the numbers: its exceptions, or what standings ask for."""
        border = len(self.plan.exceptions)
        pairs = [(int(number), Truth(truth)) for number, truth in (part.split(":") for part in keys.split(",") if part)]
        names = [predicate.key for predicate in self._predicates]
        names += [atom.key for atom in atoms(self.plan.law) if isinstance(atom, Kin)]
        return tuple((names[number], truth) for number, truth in pairs if (number < border) is exceptions)

    def _untold(self, number: int) -> None:
        self.engine.run(
            f"INSERT INTO outcomes (rule, subject, no, outcome, reason) VALUES ({number}, 0, 0, 'unknown', 'not-submitted')"
        )

    def _count(self, plan: RecordPlan, numbers: Mapping[str, int]) -> None:
        ((rows, first, doubtful, *counts),) = self.engine.rows(plan.census)
        failures, unknown = counts[: len(plan.integrity)], counts[len(plan.integrity) :]
        adrift = frozenset(name for name, count in zip(plan.found_by, unknown, strict=True) if count)
        self.census[plan.record.name] = Census(rows, first or 0, doubtful or 0, adrift)
        for rule, failing in zip(plan.integrity, failures, strict=True):
            if rule.id not in numbers:
                continue
            number = numbers[rule.id]
            if rule.record not in self.tables or (rule.target is not None and rule.target not in self.tables):
                self._untold(number)
                continue
            self.failing[rule.id] = failing or 0
            if failing:
                self.engine.run(
                    Statement(
                        "INSERT INTO outcomes (rule, subject, no, outcome) "
                        f"SELECT {number}, _row, 0, 'breached' FROM ({rule.failing.sql})",
                        rule.failing.needs,
                    )
                )

    def listed(self) -> list[tuple[Any, ...]]:
        """The findings to be listed, as `results.LISTED` gives them."""
        return self.engine.rows(results.LISTED)

    def each(self, rule: str, subjects: Iterable[int]) -> list[tuple[Any, ...]]:
        """What a rule says of some subjects, as `results.EACH` gives it."""
        return self.engine.rows(Statement(results.EACH, ("rule", "some")), rule=self.number(rule), some=sorted(set(subjects)))

    def number(self, rule: str) -> int:
        """The number of a rule in this run."""
        return next(number for number, each in enumerate(self.rules) if each.id == rule)

    def counts(self) -> list[tuple[int, str, str | None, int]]:
        """(rule, verdict, reason, how often)."""
        return self.engine.rows(results.COUNTS)

    def judged(self) -> dict[int, int]:
        """How many subjects each rule selected."""
        return dict(self.engine.rows(results.SUBJECTS))

    def subjects_of(self, case_no: int) -> list[tuple[str, int]]:
        """The subjects (record, row) of a case."""
        return self.engine.rows(f"SELECT record, subject FROM signed WHERE case_no = {case_no} ORDER BY record, subject")

    def names(self, record: str, rows: Iterable[int]) -> list[tuple[int, str | None, str | None, str | None]]:
        """(row, key, label, body's key) of some rows of a record."""
        declared = self.plan.record(record).record
        key, label = (f't."{name}"' if name else "NULL" for name in (declared.key, declared.label))
        named = (
            f'SELECT t._row, {key}, {label}, owners.body FROM "t_{record}" AS t LEFT JOIN owners '
            f"ON owners.record = '{record}' AND owners.subject = t._row WHERE t._row IN (SELECT UNNEST($some))"
        )
        return self.engine.rows(Statement(named, ("some",)), some=list(rows))

    def bodies(self, keys: Iterable[str]) -> list[tuple[str, str | None, str | None]]:
        """(key, label, parent's key) of some bodies."""
        body = self.plan.body
        if body is None:
            return []
        declared = self.plan.record(body).record
        label, parent = (f'"{name}"' if name else "NULL" for name in (declared.label, declared.parent))
        key = f'"{declared.key}"'
        named = f'SELECT {key}, {label}, {parent} FROM "t_{body}" WHERE _first AND {key} IN (SELECT UNNEST($some))'
        return self.engine.rows(Statement(named, ("some",)), some=list(keys))

    def evidence(self, number: int, wanted: Iterable[tuple[int, int]]) -> list[tuple[int, int, int, bool]]:
        """(subject, window, row, whether it counts) of the related rows behind findings of a rule; doubtful rows first."""
        rule = self.rules[number]
        if not isinstance(rule, RulePlan) or rule.evidence is None:
            return []
        self.engine.run("CREATE OR REPLACE TABLE wanted (subject BIGINT, no INTEGER)")
        self.engine.insert("wanted", ("BIGINT", "INTEGER"), wanted)
        ordered = f'SELECT subject, no, "row", sure FROM ({rule.evidence.sql}) ORDER BY subject, no, sure, "row"'
        return self.engine.rows(Statement(ordered, rule.evidence.needs), rule=number)

    def places(self, record: str, rows: Iterable[int], field: str | None = None) -> dict[int, Place]:
        """Where rows of a record stand, or their cells in that field; a row of a roll call stands where its occasion does."""
        roll, numbers = self.plan.record(record).record.roll_call, sorted(set(rows))
        if roll is None:
            return {row: self.tables[record].place(row, field) for row in numbers}
        origin = f'SELECT _row, _occasion_row FROM "t_{record}" WHERE _row IN (SELECT UNNEST($some))'
        found = self.engine.rows(Statement(origin, ("some",)), some=numbers)
        return {row: self.tables[roll.occasion].place(occasion) for row, occasion in found}

    def cells(self, record: str, rows: Iterable[int], fields: Sequence[str]) -> dict[int, tuple[str | None, ...]]:
        """The submitted text of some cells, by row."""
        numbers = sorted(set(rows))
        if not numbers or not fields:
            return dict.fromkeys(numbers, ())
        made = self.plan.record(record).record.roll_call is not None
        columns = ", ".join(f'CAST("{name}" AS VARCHAR)' if made else f'"{name}"' for name in fields)
        kind = "t" if made else "raw"
        read = f'SELECT _row, {columns} FROM "{kind}_{record}" WHERE _row IN (SELECT UNNEST($some))'
        found = self.engine.rows(Statement(read, ("some",)), some=numbers)
        return {row[0]: tuple(row[1:]) for row in found}


def _width(plan: RecordPlan) -> int:
    return len(plan.record.fields)


def _bytes(submission: Submission) -> int:
    """How much text a submission has, roughly."""
    sources = [(table.source, len(table.columns)) for table in submission.tables]
    files = sum(source.path.stat().st_size for source, _ in sources if isinstance(source, CsvSource))
    return files + sum(10 * width * len(source.rows) for source, width in sources if isinstance(source, RowsSource))
