"""Runs a plan over a submission: loads, counts, measures, and joins the rule engine's conclusions back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from checker.engine.protocol import Engine, StrictReadError
from checker.errors import Problem
from checker.model.facts import Facts, TableFacts
from checker.model.indicator_plan import IndicatorPlan
from checker.model.integrity import IntegrityKind
from checker.model.law import Kin, Truth, atoms
from checker.model.period import Months, Period, Unit
from checker.model.plan import HoldsPlan, IntegrityPlan, Plan, RecordPlan, RulePlan, TablePlan
from checker.model.quoting import quoted
from checker.model.report import INTEGRITY
from checker.model.schema import FieldType, Record
from checker.records.handed import Withheld, withheld
from checker.records.values import CsvSource, ParquetSource, PartsSource, Submission, Table
from checker.run import filling, no_rows, results, without
from checker.run.doubtful_columns import doubt
from checker.tables import readings, windows
from checker.tables.schema import EMPTY_AT_FIRST, RULES, WINDOWS

Rule = RulePlan | IntegrityPlan


Optimiser = Callable[[Plan, Facts, Collection[str]], Plan]
"""What has a plan say the same in less time, by what is known; without some passes."""


@dataclass
class Session:
    """A run in the engine: `load`, `measuring.measure`, `verdicts.settle` and `standings.conclude`; then a `lookup.Lookup`.

    `failing` counts the rows at which an integrity rule fails, `selected` the subjects that a rule selects where it
    `folds`: where, of a large submission, it is only counted how often a rule is met. `keeps` says that it is not. `doubted`
    are the records of which something is in doubt, with the fields that are disputed (see `checker.run.doubtful_rows`), and
    `near` those of which references almost match a key, with these references; `several` are those that almost match several,
    `near_lists` the lists of which an element does.
    `astray` are the tables of what references of a record hold, in `_link`, that lead nowhere, where it was found by the way.
    `views` are the records whose rows are typed when they are asked for, `parted` those of which no two rows have the same
    reference, where it was found by the way. `apart` says how many rows of a record are none of its table; `withheld`
    are tables that some handed in and others did not. `signed` are the records of some subject of which an exception may hold,
    and `waived` says that there are waivers. `wanted` are the (subject, window) of which the evidence was asked for last.
    `optimised` has rules and indicators measured in less time where what is known allows it. `indicators` are those that are
    measured, before the rules.
    """

    plan: Plan
    period: Period
    as_of: date
    rules: tuple[Rule, ...]
    engine: Engine
    repair: Callable[[Table], tuple[Table, tuple[Problem, ...]]] | None = None
    keeps: bool = False
    optimised: Optimiser | None = None
    tables: dict[str, Table] = field(default_factory=dict)
    census: dict[str, TableFacts] = field(default_factory=dict)
    _repaired: dict[str, tuple[Problem, ...]] = field(default_factory=dict)
    failing: dict[str, int] = field(default_factory=dict)
    selected: dict[int, int] = field(default_factory=dict)
    large: bool = False
    filed: dict[str, Table] = field(default_factory=dict)
    views: set[str] = field(default_factory=set)
    parted: set[str] = field(default_factory=set)
    trusts: bool = True
    trusted: set[tuple[str, str]] = field(default_factory=set)
    doubted: dict[str, tuple[str, ...]] = field(default_factory=dict)
    near: dict[str, tuple[str, ...]] = field(default_factory=dict)
    near_lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    several: set[tuple[str, str]] = field(default_factory=set)
    notices: list[Problem] = field(default_factory=list)
    apart: dict[str, int] = field(default_factory=dict)
    climbed: set[str] = field(default_factory=set)
    indicators: tuple[IndicatorPlan, ...] = ()
    astray: dict[tuple[str, str], str] = field(default_factory=dict)
    withheld: tuple[Withheld, ...] = ()
    signed: frozenset[str] = frozenset()
    waived: bool = False
    wanted: list[tuple[int, int]] = field(default_factory=list)

    @property
    def ref(self) -> date:
        """The last day that is judged."""
        return min(self.as_of, self.period.last)

    @property
    def folds(self) -> bool:
        """Whether it is only counted how often a rule is met."""
        return self.large and not self.keeps

    @property
    def bearing(self) -> results.Bearing:
        """What bears on verdicts besides outcomes."""
        return results.Bearing(bool(self.signed), self.waived, bool(self.plan.law.requirements))

    def load(self, submission: Submission) -> None:
        """Makes the typed tables, the trees and the windows."""
        engine = self.engine
        self.large = sum(table.size for table in submission.tables) > self.engine.tuning.small
        engine.expect(small=not self.large)
        self.tables = {table.record: table for table in submission.tables}
        self.withheld = withheld(submission.tables)
        engine.set({f"submitted_{plan.record.name}": self.told(plan.record.name) for plan in self.plan.records})
        self._type(self._load, [plan for plan in self.plan.records if not plan.record.made])
        changed = no_rows.take_out(self) if submission.sets_apart else []
        if any(table.fill_down for table in submission.tables):
            changed += [plan for plan in filling.fill_down(self) if plan not in changed]
        if changed:
            self._make_anew(changed)
        if without.doubt(self):
            self.derive()
        if self.plan.workdays is not None:
            engine.once(self.plan.workdays)

    def _make_anew(self, plans: Sequence[RecordPlan]) -> None:
        """Makes the typed tables of these records again, of which rows were changed, and all that is made of rows."""
        for plan in plans:
            self.engine.changed(plan.record)
            if plan.record.name in self.views:
                self._unsee(plan.record)
            else:
                self.engine.run(f'DROP TABLE "t_{plan.record.name}"')
        self._type(self._make, plans)

    def distrust(self) -> None:
        """Begins anew, and looks at every text."""
        trusted = {name for name, _ in self.trusted}
        plans = [plan for plan in self.plan.records if plan.record.name in trusted]
        self.trusts = False
        for plan in plans:
            self._unsee(plan.record)
        self._type(self._make, plans)

    def _type(self, make: Callable[[RecordPlan], None], plans: Sequence[RecordPlan]) -> None:
        """Makes the rows of these records, and all that is made of rows, also anew; nothing is known of any row yet."""
        for known in (
            self.census,
            self.failing,
            self.selected,
            self.doubted,
            self.near,
            self.near_lists,
            self.several,
            self.astray,
            self.parted,
        ):
            known.clear()
        self.begin()
        for plan in self.plan.records:
            self.read_as_submitted(plan.record)
        self.engine.each(make, plans, _width)
        self.derive()

    def derive(self) -> tuple[RecordPlan, ...]:
        """Makes what is made of other rows, also anew: the nodes of trees, and the records that are made; gives the latter."""
        self.climbed.clear()
        for plan in self.plan.records:
            if plan.tree is not None:
                self.engine.run(plan.tree.nodes.made())
                cycles = self.engine.rows(plan.tree.may_be_cyclic)
                self.engine.run(plan.tree.cycles.made() if cycles else plan.tree.no_cycle)
        called = tuple(plan for plan in self.plan.records if plan.record.made)
        for plan in called:
            self.engine.run(f'DROP TABLE IF EXISTS "t_{plan.record.name}"')
            self.engine.run(plan.made())
            self.read_as_submitted(plan.record)
        return called

    def optimise(self, excepted: Collection[str] = ()) -> None:
        """Has the rules measured by what is known now; `excepted` are the records of which exceptions may hold."""
        if self.optimised is None:
            return
        facts = Facts(
            frozenset(plan.record.name for plan in self.plan.records if self.told(plan.record.name)),
            self.census,
            frozenset(self.several),
            frozenset(self.doubted),
            frozenset(excepted),
            self.folds,
        )
        plan = self.optimised(self.plan, facts, self.engine.tuning.without)
        rules, indicators = {each.id: each for each in plan.rules}, {each.id: each for each in plan.indicators}
        self.rules = tuple(rules.get(rule.id, rule) for rule in self.rules)
        self.indicators = tuple(indicators.get(each.id, each) for each in self.indicators)

    def climb(self, record: str) -> None:
        """Makes the closure of a tree, unless it was made before."""
        tree = self.plan.record(record).tree
        if record not in self.climbed and tree is not None:
            self.climbed.add(record)
            for each in tree.closure:
                self.engine.run(each.made(self.shown_as if each.shown else "TABLE"))

    def begin(self) -> None:
        """Makes the windows and the tables of results, empty; a further run over the same tables begins here."""
        engine = self.engine
        for table in EMPTY_AT_FIRST:
            engine.empty(table)
        if self.plan.law.requirements:
            engine.run(results.WINDOWED_OUTCOMES)
        engine.set({"as_of": self.as_of, "ref": self.ref, "first": self.period.first, "last": self.period.last})
        engine.set({"begun": self.as_of >= self.period.first})
        asked = {(rule.unit, rule.partial) for rule in self.rules if isinstance(rule, RulePlan) and rule.unit is not None}
        asked |= {(each.unit, False) for each in self.indicators if each.unit is not None}
        found = windows.rows(self.period, self.as_of, asked, self.plan.year_starts)
        engine.insert(WINDOWS, found)
        units = {*Unit, *(per for per, _ in asked if isinstance(per, Months))}
        keys = {of: key for of, _, index, key, *_ in found if index == 0}
        engine.set({windows.base_of(per): keys.get(str(per), 0) for per in units})
        asked_rules = [
            (number, rule.id, rule.record, rule.kind if isinstance(rule, RulePlan) else INTEGRITY)
            for number, rule in enumerate(self.rules)
        ]
        engine.insert(RULES, asked_rules)

    def _load(self, plan: RecordPlan) -> None:
        record, table = plan.record, self.tables.get(plan.record.name)
        try:
            filed = self._filed(record, table)
        except StrictReadError:
            if table is None or self.repair is None:
                raise
            table, problems = self.repair(table)
            self.tables[record.name] = table
            self._repaired[record.name] = problems
            filed = self._filed(record, table)
        if filed is not None:
            self.filed[record.name] = filed
            if isinstance(filed.source, PartsSource):
                self.tables[record.name] = filed
        self._make(plan)

    def _make(self, plan: RecordPlan) -> None:
        """Makes the typed table of a record from what is filed of it."""
        self._make_table(plan)
        for each in plan.odd if plan.record.name in self.filed else ():
            if each.formats:
                doubt(self, plan, each)

    def change(self, plan: RecordPlan, statement: str) -> None:
        """Changes cells of the typed table of a record, which for that is no view."""
        name = plan.record.name
        if name in self.views:
            self._unsee(plan.record)
            self.engine.run(plan.made(self.engine.kinds(plan.record, self.filed.get(name))))
        self.engine.run(statement)
        self.read_as_submitted(plan.record)

    def _make_table(self, plan: RecordPlan) -> None:
        record, filed = plan.record, self.filed.get(plan.record.name)
        if filed is None and isinstance(plan.typed, TablePlan):
            self.engine.run(plan.typed.without_rows())
            return
        source = None if filed is None else filed.source
        if not (self.large and filed is not None and isinstance(source, ParquetSource) and self._seen(plan, filed)):
            self.engine.make(record, plan.made(self.engine.kinds(record, filed)))

    @property
    def shown_as(self) -> str:
        """What shows other tables in another way: of a small submission it is a table, since each query plans a view anew."""
        return "VIEW" if self.large else "TABLE"

    def read_as_submitted(self, record: Record) -> None:
        """Lets the rows of a record be read as they were submitted, as long as nothing is known to be in doubt."""
        self.engine.read(readings.undoubted(record))

    def _filed(self, record: Record, table: Table | None) -> Table | None:
        """The table as the engine has it: a large one of text is kept as Parquet."""
        if self.large and table is not None and isinstance(table.source, CsvSource) and not table.fill_down:
            table = self.engine.keep(record, table)
        return self.engine.load(record, table)

    def _seen(self, plan: RecordPlan, table: Table) -> bool:
        """Whether a large table is looked at where it is filed, since no two of its rows share a key."""
        record, finding = plan.record, self._finding(plan.record)
        trusted = {name for name in finding if self._seems_plain(record, name)} if self.trusts else set[str]()
        proven = self.engine.proven(record, table, trusted)
        kinds = self.engine.kinds(record, proven)
        self.engine.load(record, proven)
        self.engine.run(plan.made(kinds, view=True))
        self.views.add(record.name)
        if record.key is not None:
            shared = f'SELECT "{record.key}" FROM "t_{record.name}" GROUP BY "{record.key}" HAVING COUNT("{record.key}") > 1'
            ((doubles,),) = self.engine.rows(f"SELECT COUNT(*) FROM ({shared})")
            if doubles:
                self._unsee(record)
                return False
        self.trusted |= {(record.name, name) for name in trusted}
        if finding - kinds.of.keys():
            # To read what is written otherwise takes longer than all else that is asked of most rows.
            self.engine.set_down(f"t_{record.name}")
        return True

    def _seems_plain(self, record: Record, name: str) -> bool:
        """Whether the first texts of a field are plain, and so perhaps all."""
        return self.engine.plain(f'SELECT "{name}" AS cell FROM "raw_{record.name}" LIMIT {self.engine.tuning.sampled_rows}')

    def _unsee(self, record: Record) -> None:
        """Takes the view of a large table away, and with it what was taken to be so of its texts."""
        self.engine.run(f'DROP VIEW "t_{record.name}"')
        self.views.remove(record.name)
        self.engine.load(record, self.filed[record.name])
        self.trusted = {each for each in self.trusted if each[0] != record.name}

    def _finding(self, record: Record) -> set[str]:
        """The fields by which rows are gathered: whether their texts are plain can be seen when they are."""
        gatherings = (rule.shareable.gathering for rule in self.rules if isinstance(rule, RulePlan) and rule.shareable)
        texts = {field.name for field in record.fields if field.type is FieldType.TEXT and not field.enum}
        return {each.field for each in gatherings if each.related == record.name} & texts if self.folds else set()

    def lacks(self, rule: IntegrityPlan) -> bool:
        """Whether the rule asks for a column that a table with rows does not have."""
        table = self.tables.get(rule.record)
        return (
            rule.kind is IntegrityKind.REQUIRED
            and table is not None
            and not table.has(rule.fields[0])
            and bool(self.failing.get(rule.id))
        )

    def has_keys(self, record: str) -> bool:
        """Whether it is known which keys a record has: its table was submitted, with the column of its key if it has rows."""
        table, key = self.tables.get(record), self.plan.record(record).record.key
        if table is None or key is None or table.has(key):
            return table is not None
        return not self.engine.rows(f"SELECT 1 FROM {quoted(f't_{record}')} LIMIT 1")

    def told(self, record: str) -> bool:
        """Whether the rows of a record are known: it was submitted, or all that it is made of."""
        declared = self.plan.record(record).record
        return all(each in self.tables for each in (declared.made_of if declared.made else (record,)))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was found wrong with files as they were read, in the order of the records."""
        return tuple(problem for plan in self.plan.records for problem in self._repaired.get(plan.record.name, ()))

    @property
    def predicates(self) -> tuple[HoldsPlan, ...]:
        """What may hold of a subject, by number: exceptions, then attributes that standings ask for."""
        return (*self.plan.exceptions, *self.plan.attributes)

    def stated(self, keys: str, *, exceptions: bool) -> tuple[tuple[str, Truth], ...]:
        """What holds of a subject, of which the text gives the numbers: its exceptions, or what standings ask for."""
        border = len(self.plan.exceptions)
        pairs = [(int(number), Truth(truth)) for number, truth in (part.split(":") for part in keys.split(",") if part)]
        names = [predicate.key for predicate in self.predicates]
        names += [atom.key for atom in atoms(self.plan.law) if isinstance(atom, Kin)]
        return tuple((names[number], truth) for number, truth in pairs if (number < border) is exceptions)

    def number(self, rule: str) -> int:
        """The number of a rule in this run."""
        return next(number for number, each in enumerate(self.rules) if each.id == rule)


def _width(plan: RecordPlan) -> int:
    return len(plan.record.fields)
