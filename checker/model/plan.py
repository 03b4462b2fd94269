"""The compiled rulebook: plain values and finished SQL, so that a run needs neither YAML, pydantic nor sqlglot.

Statements are given `as_of`, `ref`, `first`, `last` (days), `begun` (the period has), `rule` (its number), `windowless` (why
nothing is due), `submitted_<record>`, and `base_<unit>` (the key of the first window of that unit: see
`checker.tables.windows`). Tables are `t_<record>` (typed rows),
`within_<record>` (a tree's closure), `windows`, and what `checker.run.results` defines.
"""

from datetime import date
from fractions import Fraction
from typing import NamedTuple

from checker.model.indicator_plan import IndicatorPlan
from checker.model.integrity import IntegrityKind
from checker.model.kinds import TEXT, Kind, Kinds, Reading
from checker.model.law import Law, Origin, Source
from checker.model.measures import MeasureKind
from checker.model.period import Months, Per, Period, Unit
from checker.model.query import Query
from checker.model.quoting import quoted
from checker.model.schema import Field, Record, Span
from checker.model.sql import Part, Sql
from checker.model.words import Severity, Text, Verdict

WHOSE = Part("whose")
"""In the query for the rows behind findings: whose these rows are."""


class Evidence(NamedTuple):
    """The query for the rows behind findings, and when a row is the subject's `own`, and when it may be `anybodys`."""

    query: Sql
    own: Sql
    anybodys: Sql

    def of(self, *whose: Sql) -> Sql:
        """The query for the rows that are any of these."""
        return self.query.filled({WHOSE: Sql.of("(", Sql.joined(" OR ", whose), ")")})


class Folded(NamedTuple):
    """What is folded of rows that tell it exactly: how (count, sum, min or max), and the value of a row `r`."""

    name: str
    fold: str
    value: Sql


class Gathering(NamedTuple):
    """How a rule's rows are gathered: for each subject, by the field `near`, the rows `r` whose `field`, `far`, is the same.

    Of a subject `s` that is `nameless` it is unknown what refers to it. Rules of a `group` share their scan. `certain` asks of a
    row whether it counts and tells everything exactly; `doubtful`, of the others, whether it may count: of each such row one of
    the `suspicions` is true. `at` is the place of a row's window
    among those of the `unit`, from 0. `joins` lead to what references of the row name.
    """

    group: str
    subject: str
    near: str
    nameless: Sql
    related: str
    field: str
    far: Sql
    joins: tuple[Sql, ...]
    certain: Sql
    doubtful: Sql
    suspicions: tuple[Sql, ...]
    unit: str | None
    at: Sql | None
    folded: tuple[Folded, ...]


class Gathered(NamedTuple):
    """A rule measured on gathered subjects: `sure` where no row is doubtful, else `mixed`.

    `nameless` measures it on those of which it is unknown what refers to them, if there are such.

    `tag` begins the names of what is folded for it. In the queries these are parts, which depend on how many windows there are.
    """

    tag: str
    gathering: Gathering
    sure: Query
    mixed: Query
    nameless: Query
    columns: tuple[str, ...]


class BoundPlan(NamedTuple):
    """One bound: operator, text as written, and its value where it is the same for every subject and window.

    Otherwise the value is column `bound_<n>` of the outcomes, divided by `divisor`. `operator`, `rounded` and `said` are those
    of `checker.model.report.Required`.
    """

    operator: str
    text: str
    value: Fraction | None
    divisor: int = 1
    rounded: str | None = None
    said: Text = Text()


class RulePlan(NamedTuple):
    """One rule: what a report says of it, and the statements that measure it and find its evidence.

    `cells` are the fields of the related row (or of the subject) that the rule read. `linking` are the cells (record, field)
    by which it is found whose the rows are, if the census counts them, `by_key` whether it is the key of the subject itself
    that they name; `sharing` tells of which subjects the rows that may be anybody's are the same. `beside` finds the
    subject's own rows as `evidence` does of which the form's `where` alone is not true. `tables` are the records it needs
    besides its subject, `terms` the one whose rows are its windows, `climbs` the one whose closure it reads, and `reads` all
    records whose tables it reads, or of which it asks whether they were submitted. `measure` has the whole meaning, whatever
    was submitted. By the following, passes (`checker.plan.PASSES`) have it say the same in less time: `one_key`, a query that
    is right where that reference of no row almost matches several keys; `plain`, one that is right where all of `tables` are
    there and no cell of the fields `certain` (record, field) may be anything; `shareable`, on a scan that is shared with
    other rules; `unsettled`, conditions, one of which is true of each subject, as row `r`, that may be judged and does not
    plainly meet the rule, where its own row tells that. All queries give the `columns` of the table `outcomes`; `subjects`
    counts the selected subjects. What passes chose: the scan that is `shared`, whether unsettled rows are set `apart`, and
    how many `strays` there are at most, rows that may be anybody's, if that is known. `ratio` are the fields of the part and the
    whole, where these are fields; `columns_read` (record, field) all that it reads; `indicators` are the ids of those that it
    names. Of several requirements, its `parts`, each has a plan, and is measured in the rule's own query; the rule's `restated`
    says them all.
    """

    id: str
    title: Text
    cites: tuple[str, ...]
    severity: Severity
    remedy: Text
    form: str
    noun: Text
    narrowing: Text
    restated: Text
    record: str
    kind: MeasureKind
    unit: Per | None
    partial: bool
    windows: Sql | None
    terms: str | None
    bounds: tuple[BoundPlan, ...]
    columns: tuple[str, ...]
    subjects: Sql
    measure: Query
    evidence: Evidence | None
    sharing: Sql | None
    beside: Sql | None
    linking: tuple[tuple[str, str], ...] | None
    by_key: bool
    related: str | None
    climbs: str | None
    cells: tuple[str, ...]
    tables: tuple[str, ...]
    reads: tuple[str, ...]
    in_force: Span = Span()
    origin: Origin = Origin()
    requires: tuple[tuple[str, Verdict], ...] = ()
    verified: bool = True
    note: Text = Text()
    one_key: tuple[str, Query] | None = None
    plain: Query | None = None
    unsettled: tuple[Sql, ...] | None = None
    shareable: Gathered | None = None
    certain: tuple[tuple[str, str], ...] = ()
    ratio: tuple[str, str] | None = None
    columns_read: tuple[tuple[str, str], ...] = ()
    indicators: tuple[str, ...] = ()
    parts: "tuple[RulePlan, ...]" = ()
    shared: Gathered | None = None
    apart: bool = False
    strays: int | None = None

    @property
    def requirements(self) -> "tuple[RulePlan, ...]":
        """The plans of its parts; of one requirement, itself."""
        return self.parts or (self,)

    @property
    def behind(self) -> Sql | None:
        """The query for the rows behind findings: with those that may be anybody's, if there may be such."""
        found = self.evidence
        return found and found.of(found.own, *([] if self.strays == 0 else [found.anybodys]))

    def owed(self, period: Period, window: Period) -> bool:
        """Whether the rule is in force throughout a window; of a part, on a day of it that lies in the period."""
        if not self.partial:
            return self.in_force.covers(window.first) and self.in_force.covers(window.last)
        # Windows of the calendar may reach beyond the period, where nothing is judged.
        part = period.within(window) if isinstance(self.unit, Unit | Months) else window
        return self.in_force.touches(part.first, part.last)


class IntegrityPlan(NamedTuple):
    """One integrity rule about some fields: `failing` finds the rows; their number is in the record's census.

    `read` is the field whose cells are to be read, if it is about that.
    """

    id: str
    title: Text
    severity: Severity
    record: str
    fields: tuple[str, ...]
    kind: IntegrityKind
    failing: str
    target: str | None = None
    read: Field | None = None


class FieldPlan(NamedTuple):
    """The ways to read one field: from text, and from columns of those kinds that it can have."""

    name: str
    text: Reading
    kinds: tuple[tuple[Kind, Reading], ...] = ()

    def reading(self, kind: Kind | None) -> Reading:
        """How it is read from a column of that kind; None is text."""
        return self.text if kind is None else dict(self.kinds)[kind]


class TablePlan(NamedTuple):
    """How `t_<record>` is made, from pieces, since the types of a submission's columns are known last.

    `ends` are the columns of its existence; `marked` selects from `typed` the rows and their marks. It is `keyed` if that
    looks at all rows. `columns` are the names and types of all its columns, each with the field that it is of.
    """

    record: str
    fields: tuple[FieldPlan, ...]
    ends: tuple[str, ...]
    marked: str
    keyed: bool
    columns: tuple[tuple[str | None, str], ...]

    def without_rows(self) -> str:
        """The statement that makes it where nothing was submitted: there is nothing to read, and so nothing to plan."""
        return f'CREATE TABLE "t_{self.record}" ({", ".join(column for _, column in self.columns)})'

    def made(self, kinds: Kinds = TEXT, *, view: bool = False) -> str:
        """The statement that makes it of columns of those kinds.

        A `view` computes what is asked of it, each time, and takes it that no two rows share a key.
        """
        source = f'"{kinds.relation}_{self.record}"'
        if view:
            return f'CREATE VIEW "t_{self.record}" AS {self.unmarked(source, kinds)}'
        whole = "MATERIALIZED" if self.keyed else "NOT MATERIALIZED"
        return f'CREATE TABLE "t_{self.record}" AS WITH "typed" AS {whole} ({self._typed(source, kinds)}) {self.marked}'

    def unmarked(self, source: str, kinds: Kinds = TEXT) -> str:
        """The query for the typed rows of a table, of which no two share a key."""
        typed = self._typed(source, kinds)
        return f'SELECT *, TRUE AS "_first", FALSE AS "_doubt", CAST(NULL AS TEXT) AS "_via" FROM ({typed})'

    def _typed(self, source: str, kinds: Kinds) -> str:
        """The query for the typed rows of a table.

        In stages, so that nothing is computed twice: trimmed cells, what they are cast to, readings, then values and states.
        """
        stages = [field.reading(kinds.of.get(field.name)) for field in self.fields]
        cells = ", ".join(['"_row"', *(stage.cells for stage in stages)])
        casts = ", ".join(["*", *(stage.casts for stage in stages if stage.casts)])
        readings = ", ".join(['"_row"', *(stage.readings for stage in stages)])
        values = ", ".join(['"_row"', *(stage.values for stage in stages), *self.ends])
        # Not one WITH after the other: the engine would make each whole, and compute what nobody asks for.
        return (
            f"SELECT {values} FROM (SELECT {readings} FROM (SELECT {casts} FROM (SELECT {cells} "
            f'FROM {source}) AS "cells") AS "casts") AS "readings"'
        )


class OddPlan(NamedTuple):
    """How cells of a field can be doubtful: with `formats` days, else numbers.

    `asked` gives how many cells prove it, with the first of them, and the same of those that are doubtful; `unknown` leaves
    these unknown.
    """

    field: str
    formats: tuple[str, ...]
    asked: str
    unknown: str


class Derived(NamedTuple):
    """A table that is made of others. One that is only `shown` is a view of a large submission."""

    table: str
    query: str | Sql
    shown: bool = False

    def made(self, kind: str = "TABLE") -> Sql:
        """The statement that makes it, as a table or another kind of relation."""
        return Sql.of(f"CREATE OR REPLACE {kind} {quoted(self.table)} AS ", self.query)


class TreePlan(NamedTuple):
    """How the tables of a tree are made: its `nodes` and those on `cycles`, and the `closure`, large and seldom needed.

    `may_be_cyclic` gives a row where there may be a cycle, and `no_cycle` makes the table of those on cycles else.
    """

    nodes: Derived
    cycles: Derived
    may_be_cyclic: str
    no_cycle: str
    closure: tuple[Derived, ...]


class RecordPlan(NamedTuple):
    """How one record's table is made, and how its integrity is counted.

    `typed` makes `t_<record>` from what was submitted, or, of a roll call, from other tables. `census` gives one row: rows,
    first rows, doubtful rows, then a count per integrity rule, then one of the unknown cells of each of the fields
    `found_by`; `census_alone` looks up no references, and has NULL for those. Last come the cells that say in words that there
    is nothing, of each field of `nothing`, by the condition there; `odd` are the ways in which other cells can be doubtful.
    `tree` makes `nodes_<record>` and, in its closure, `within_<record>` (see `checker.plan.logical.trees`).
    `belongs` gives (subject row, body's key, body's row).
    `reads` are the records of whose tables its own is made.
    """

    record: Record
    typed: TablePlan | Sql
    census: str
    census_alone: str
    integrity: tuple[IntegrityPlan, ...]
    tree: TreePlan | None
    belongs: Sql | None
    found_by: tuple[str, ...] = ()
    odd: tuple[OddPlan, ...] = ()
    nothing: tuple[tuple[str, str], ...] = ()
    reads: tuple[str, ...] = ()

    def made(self, kinds: Kinds = TEXT, *, view: bool = False) -> str | Sql:
        """The statement that makes `t_<record>`; see `TablePlan.made`."""
        return self.typed if isinstance(self.typed, Sql) else self.typed.made(kinds, view=view)


class HoldsPlan(NamedTuple):
    """A predicate over a record's subjects that the rule engine reasons with: an exception's, or a standing's.

    `reads` are the records whose tables it reads, `columns_read` the columns (record, field) of them.
    """

    key: str
    record: str
    holds: Sql
    reads: tuple[str, ...]
    columns_read: tuple[tuple[str, str], ...] = ()


class ParameterPlan(NamedTuple):
    """A parameter's values as written, each with the day from which it holds (None: always), in the order of time."""

    name: str
    values: tuple[tuple[date | None, str], ...]

    def on(self, day: date) -> str | None:
        """The value that holds on that day; None if there is none yet."""
        return next((text for first, text in reversed(self.values) if first is None or first <= day), None)


class Plan(NamedTuple):
    """A compiled rulebook.

    `year_starts` is the month with which its years begin; `workdays` makes the table of these; `members` tells of the bodies
    and their tree. Each of the `indicators` names none that stands after it.
    """

    name: str
    title: Text
    version: str
    languages: tuple[str, ...]
    body: str | None
    records: tuple[RecordPlan, ...]
    rules: tuple[RulePlan, ...]
    exceptions: tuple[HoldsPlan, ...]
    attributes: tuple[HoldsPlan, ...]
    members: Sql | None
    law: Law
    standing_titles: tuple[tuple[str, Text], ...]
    exception_titles: tuple[tuple[str, Text], ...]
    sources: tuple[Source, ...]
    year_starts: int
    workdays: str | None = None
    parameters: tuple[ParameterPlan, ...] = ()
    indicators: tuple[IndicatorPlan, ...] = ()

    @property
    def all_rules(self) -> tuple[RulePlan | IntegrityPlan, ...]:
        """Its own rules, then those about the file."""
        return (*self.rules, *(rule for record in self.records for rule in record.integrity))

    def record(self, name: str) -> RecordPlan:
        """The plan of that record."""
        return next(record for record in self.records if record.record.name == name)
