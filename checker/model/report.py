"""The report: everything a run has to say, as one frozen value. Every output format is a function of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from checker.errors import Place, Problem
from checker.model.earlier import Earlier, Violation
from checker.model.indicators import Indicator, NamedValue
from checker.model.integrity import IntegrityKind
from checker.model.law import Firing, Origin, Source
from checker.model.measures import MeasureKind
from checker.model.names import Names
from checker.model.period import Period
from checker.model.schema import Field, Span
from checker.model.waivers import Waiver, WaiverUse
from checker.model.words import Category, Outcome, Reason, Severity, Text, Verdict
from checker.words.amounts import Amount

INTEGRITY = "integrity"
"""The form of the rules that follow from records."""


class Subject(NamedTuple):
    """Who or what is judged.

    `path` is the chain of bodies (id, name) from the root of the tree to the body that answers for it, that body included;
    empty where there is none. Of a very deep tree it is `cut`: only the nearest are in it. `digest` tells, of a subject without
    a key of which something is not in order, what is in its cells.
    """

    record: str
    id: str
    name: str
    row: int | None = None
    path: tuple[tuple[str, str], ...] = ()
    cut: bool = False
    digest: str | None = None


class Measured(NamedTuple):
    """What was counted: an interval, `low == high` where the data tell. None is unbounded (or, for dates, never).

    For ratios `low`/`high` bound the part, `whole_low`/`whole_high` the whole; of a mean of rows the sum of their ratios
    and how many of them there are; of a total with an opening these two are the opening; of values, how many values of a field
    there are of which what is required may hold. `missing` are those of which it does not; where there is none, those of
    which it is not certain.
    """

    kind: MeasureKind
    low: Amount | None = None
    high: Amount | None = None
    whole_low: Amount | None = None
    whole_high: Amount | None = None
    missing: tuple[str, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether the data tell the value exactly."""
        return self.low is not None and (self.low, self.whole_low) == (self.high, self.whole_high)


class Required(NamedTuple):
    """One bound: `operator` is one of >= > <= < = within that, and of a cell type, as, one of (see `accepted`).

    `value` is None where the bound is unknown, or no amount; `text` is how the rulebook writes it (`85%`, `2/3`, `members / 3`);
    `rounded` says how the value was made whole: up, down or nearest. `said` is the text in ordinary words.
    """

    operator: str
    value: Amount | None
    text: str
    rounded: str | None = None
    said: Text = Text()


class Evidence(NamedTuple):
    """One submitted row behind a finding. `role` is counted, could-decide or subject.

    `line` is the line of the file, or the row of the sheet; `values` are the cells that the rule read: None is an empty one, and
    empty text one whose column was not submitted. `row` is its number in the table; `in_line` that of the row at this place, if
    others stand on its line, and its column is `numbered` if it is that of a table and not of the characters of the line.
    `contradicts` says that its part is more than its whole, or one of them negative, so that neither is
    known, and `unsplit` that it could not be split into cells.
    `key` is what a row of a database is known by, and `called` the key of any other row, or its label where it has no key.
    `reached` is where the empty cells of other rows are, to which the references of a dotted name lead.
    """

    table: str
    file: str
    role: str
    sheet: str | None = None
    line: int | None = None
    column: int | None = None
    values: tuple[tuple[str, str | None], ...] = ()
    row: int | None = None
    in_line: int | None = None
    numbered: bool = False
    contradicts: bool = False
    unsplit: bool = False
    reached: tuple[tuple[str, Place], ...] = ()
    key: str | None = None
    called: str | None = None


@dataclass(frozen=True, slots=True)
class Unlisted:
    """The numbers of rows that a finding does not list: some of its own, and those that many findings share `but` for some."""

    own: frozenset[int] = frozenset()
    shared: frozenset[int] = frozenset()
    but: frozenset[int] = frozenset()

    def __len__(self) -> int:
        return len(self.own) + len(self.shared) - len(self.but)

    def __contains__(self, row: int) -> bool:
        return row in self.own or (row in self.shared and row not in self.but)


class Finding(NamedTuple):
    """One verdict about one rule, subject and window. `window` is None for a rule without windows.

    `windows` > 1 says that this finding stands for that many windows, all satisfied or all not-applicable; what was
    measured then lies between the least and the greatest of them.
    `reason` says why a rule does not apply or is undetermined; `because` names the exception or required rule, if one decided.
    `due` is the day by which a pending duty must be met. `evidence_left_out` counts rows not listed;
    `could_decide_unlisted` are the numbers of those of them that could decide what is undetermined.
    `beside` counts related rows that are there too, and certainly do not meet the `where` of the rule's form.
    `near` are the keys that a dangling reference almost matches, or the values that a cell of an enumerated field does.
    `elements` are those of a list that are no such key, or value.
    `repeated` is, of a repeated violation, the period since which it is; `known` says that the baseline knows the violation.
    Of a rule with several requirements `parts` says of each what a finding of a rule with that one requirement would say, as it
    was measured: exceptions, required rules and waivers concern the whole.
    Of a traced report `at` is where the subject stands, and `steps` are what the rule engine made of the outcome.
    """

    rule: str
    subject: Subject
    verdict: Verdict
    severity: Severity
    window: Period | None = None
    windows: int = 1
    outcome: Outcome = Outcome.MET
    measured: Measured | None = None
    required: tuple[Required, ...] = ()
    reason: Reason | None = None
    because: str | None = None
    due: date | None = None
    evidence: tuple[Evidence, ...] = ()
    evidence_left_out: int = 0
    could_decide_unlisted: Unlisted = Unlisted()
    waiver: Waiver | None = None
    repeated: Period | None = None
    known: bool = False
    near: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    beside: int = 0
    named: tuple[NamedValue, ...] = ()
    parts: "tuple[Finding, ...]" = ()
    at: Place | None = None
    steps: tuple[Firing, ...] = ()


class Columns(NamedTuple):
    """What a rule about the file is about: some fields of a record, and what is asked of them.

    A lifespan ends in the first of the fields, and begins in the other. `read` is the field whose cells are to be read,
    `target` the record that cells refer to, if it is about that.
    """

    kind: IntegrityKind
    record: str
    fields: tuple[str, ...]
    read: Field | None = None
    target: str | None = None

    @property
    def at_fault(self) -> tuple[str, ...]:
        """The fields whose cells are to be corrected."""
        return self.fields[:1] if self.kind is IntegrityKind.LIFESPAN else self.fields


class RuleSummary(NamedTuple):
    """A rule of the rulebook and how often it gave each verdict. `why_none` says why nothing was judged.

    `requires` are the rules that must have those verdicts for this one to be judged. `verified` says whether the provision could
    be checked against its text, and `note` what its author adds.
    `repeated` and `known` count violations that were violations in the previous report, or are in the baseline.
    `noun` names what is measured (the title of the term or record of the related rows), `narrowing` which of them; `form` is
    the requirement form, or `integrity`; `restated` is the rule in plain words; `columns` are what an integrity rule is about;
    `tables` are the records that it is about, and those that it needs. Findings that are `unchanged` since the revision of which
    a report tells the changes are in no other count. `parts` are its requirements, where there are several, without counts.
    """

    id: str
    title: Text
    cites: tuple[str, ...]
    severity: Severity
    remedy: Text
    form: str
    noun: Text = Text()
    narrowing: Text = Text()
    restated: Text = Text()
    in_force: Span = Span()
    origin: Origin = Origin()
    requires: tuple[tuple[str, Verdict], ...] = ()
    verified: bool = True
    note: Text = Text()
    counts: tuple[tuple[Verdict, int], ...] = ()
    reasons: tuple[tuple[Reason, int], ...] = ()
    why_none: str | None = None
    repeated: int = 0
    known: int = 0
    columns: Columns | None = None
    tables: tuple[str, ...] = ()
    unchanged: int = 0
    parts: "tuple[RuleSummary, ...]" = ()

    def count(self, verdict: Verdict) -> int:
        """How many findings have that verdict."""
        return dict(self.counts).get(verdict, 0)

    @property
    def own(self) -> bool:
        """Whether the rulebook itself has it; integrity rules follow from its records."""
        return self.form != INTEGRITY

    @property
    def category(self) -> Category:
        """Whether it is about what the regulation demands, or about the file."""
        return Category.REGULATION if self.own else Category.DATA

    @property
    def new(self) -> int:
        """How many violations the baseline does not know; without one, all."""
        return self.count(Verdict.VIOLATED) - self.known


class Standing(NamedTuple):
    """The conclusion about a body. `standing` is an id of the rulebook, or `undetermined`.

    Of what is `violated`, `to_correct` are violations of rules about the file: they breach no regulation.
    """

    subject: Subject
    standing: str
    title: Text
    violated: int
    undetermined: int
    to_correct: int = 0

    @property
    def breached(self) -> int:
        """How often the regulation is violated."""
        return self.violated - self.to_correct


class Area(NamedTuple):
    """A row of a tree of records other than that of the bodies, and what is counted of that which lies in it or below it.

    `path` are the keys of the rows from the topmost down to this one, by which the page knows them.
    """

    record: str
    path: tuple[str, ...]
    id: str
    name: str
    breached: int
    to_correct: int
    undetermined: int


class Conflict(NamedTuple):
    """Two exceptions that hold at once and displace one rule differently."""

    subject: Subject
    rule: str
    exceptions: tuple[str, ...]


class Account(NamedTuple):
    """What became of one table: rows read = judged + rejected + refused + apart.

    Rejected rows only may count (see docs/meaning.md 3); refused ones could not be split into cells; those set apart are no rows
    of the table. Of all of them so many lie
    `outside` the dates: before the period, or after the last day that is judged.

    `state` is read, empty, not-submitted or unreadable. `unread` are submitted columns that the rulebook does not know,
    `missing` declared columns that were not submitted.
    """

    table: str
    state: str
    file: str | None = None
    sheet: str | None = None
    rows: int = 0
    judged: int = 0
    rejected: int = 0
    unreadable_cells: int = 0
    unread: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    refused: int = 0
    apart: int = 0
    outside: int = 0


class SinceRevision(NamedTuple):
    """A revision of the repository; what was so then already is `left_out`, and neither listed nor counted elsewhere."""

    name: str
    commit: str
    left_out: tuple[tuple[Verdict, int], ...] = ()


class Run(NamedTuple):
    """What was run: versions, rulebook, submission, period, as-of date; `since` when changes are told, if not all is."""

    checker: str
    engine: str
    adjudicator: str
    rulebook: str
    rulebook_title: Text
    rulebook_version: str
    submission: str
    submitted_by: str | None
    period: Period
    as_of: date
    as_of_source: str
    language: str
    selected: tuple[str, ...] = ()
    overrides: tuple[tuple[str, str], ...] = ()
    since: SinceRevision | None = None


class Report(NamedTuple):
    """Everything a run has to say. `problems` are what could not be read: with any, the run is not a success.

    `notices` are worth knowing but stop nothing (an unknown column, an assumed encoding). `sources` are the regulations
    that rules cite. `left_out` counts findings of each verdict that are not listed, and
    `standings_left_out` the bodies of each standing that are not.
    `previous` and `baseline` are the earlier reports that were given, and `gone` what the baseline tells of and is no more.
    `names` are what people call that of which the findings tell. Where they are asked for, `areas` are those in which anything is
    violated or undetermined, and `lies` are the keys of those in which a subject, by record and row, lies.
    """

    run: Run
    findings: tuple[Finding, ...]
    rules: tuple[RuleSummary, ...]
    standings: tuple[Standing, ...] = ()
    accounts: tuple[Account, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()
    sources: tuple[Source, ...] = ()
    left_out: tuple[tuple[Verdict, int], ...] = ()
    standings_left_out: tuple[tuple[str, int], ...] = ()
    waivers: tuple[WaiverUse, ...] = ()
    previous: Earlier | None = None
    baseline: Earlier | None = None
    gone: tuple[Violation, ...] = ()
    names: Names = Names()
    indicators: tuple[Indicator, ...] = ()
    areas: tuple[Area, ...] = ()
    lies: Mapping[tuple[str, int], tuple[str, ...]] = {}

    def count(self, verdict: Verdict, category: Category | None = None) -> int:
        """How many findings of the whole run, or of a category, have that verdict, listed or not."""
        return sum(rule.count(verdict) for rule in self.rules if category in {None, rule.category})

    @property
    def repeated(self) -> int:
        """How many violations were violations in the previous report too."""
        return sum(rule.repeated for rule in self.rules)

    @property
    def known(self) -> int:
        """How many violations the baseline knows."""
        return sum(rule.known for rule in self.rules)

    @property
    def new(self) -> int:
        """How many violations the baseline does not know; without one, all."""
        return sum(rule.new for rule in self.rules)
