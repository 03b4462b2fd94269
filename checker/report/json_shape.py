"""What the JSON reports hold: each key with its type and its text, from which their JSON Schema is made (`python -m docs.make`).

Nothing here is needed to write a report: the writers name these types in their annotations, so that mypy holds the two together.
Numbers are exact: an integer is one, anything else a text (`0.5`, `2/3`).
"""

from __future__ import annotations

from typing import Annotated, NotRequired

from typing_extensions import Doc, TypedDict

from checker.model.indicators import IndicatorState
from checker.model.measures import MeasureKind
from checker.model.waivers import WaiverState
from checker.model.words import Category, Outcome, Reason, Severity, Verdict

AmountJson = int | str | None
Texts = dict[str, str]
Counts = dict[str, int]


class PeriodJson(TypedDict):
    """A span of days, both ends included."""

    label: str
    """How it is written: `2019`, `2019-H1`, `2019-Q2`, `2019-03`; of several windows, `2019-01..2019-06`."""
    first: str
    """Its first day."""
    last: str
    """Its last day."""


_FromUntil = TypedDict(
    "_FromUntil",
    {
        "from": Annotated[str | None, Doc("The first day; null: open on that side.")],
        "until": Annotated[str | None, Doc("The last day; null: open on that side.")],
    },
)


class SpanJson(_FromUntil):
    """Days from one to another, both included."""


class PlaceJson(TypedDict):
    """Where something stands."""

    file: str
    """The file, as it was named."""
    sheet: str | None
    """The sheet of a workbook, or the table of a database."""
    line: int | None
    """The line of the file, or the row of the sheet, counted from 1."""
    row: int | None
    """The number of the row in its table, where other rows stand on the same line."""
    column: int | None
    """The column, counted from 1: of CSV files and sheets that of the table, else the character of the line."""
    key: NotRequired[str]
    """Of a row of a database: what it is known by, such as `id=17`."""


class ProblemJson(TypedDict):
    """Something that is wrong with what was handed in."""

    code: str
    """What kind of problem it is; codes stay."""
    message: str
    """What is wrong, in the language of messages."""
    fix: str
    """What to do about it, in the same language."""
    place: PlaceJson | None
    """Where it is."""
    excerpt: str | None
    """The line where it is."""


class BodyJson(TypedDict):
    """A body."""

    id: str
    """Its key."""
    name: str
    """What people call it."""


class SubjectJson(TypedDict):
    """Who or what is judged."""

    record: str
    """The record it is a row of; `submission` for what is found of a whole table."""
    id: str
    """Its key; of a row without one, the row's number."""
    name: str
    """What people call it."""
    row: int | None
    """The number of its row, where the row and not a key identifies it."""
    path: list[BodyJson]
    """The bodies from the root of the tree to the one that answers for it; of a deeper tree the nearest 20 of them."""
    path_cut: bool
    """Whether more bodies are above those."""
    digest: str | None
    """Of a row without a key that is not in order: what its cells hold, as a digest by which later runs recognise it."""


class MeasuredJson(TypedDict):
    """What was counted: an interval, whose ends are equal where the data tell."""

    kind: str
    """`count`, `ratio`, `mean`, `sum`, `date`, `truth`, `values` (of how many values of a field it holds), or another."""
    low: AmountJson
    """The low end (of a ratio, of its part; of a mean, of the sum of ratios); null: unbounded, or of a date, never."""
    high: AmountJson
    """The high end (of a ratio, of its part; of a mean, of the sum of ratios)."""
    whole_low: AmountJson
    """The low end of a ratio's whole, or of the number of ratios in a mean; of `values`, how many there are; 0 of `days` from
    before which no row was submitted."""
    whole_high: AmountJson
    """The high end of a ratio's whole, or of the number of ratios in a mean."""
    missing: list[str]
    """Of `values`, those of which it does not hold; where there is none, those of which it is not certain."""
    exact: bool
    """Whether the data tell the value."""
    ratio: AmountJson
    """The value of an exact ratio or mean, as a fraction or decimal."""
    approximate: str | None
    """A decimal near a value that no decimal shows."""


class RequiredJson(TypedDict):
    """One bound."""

    operator: str
    """`>=`, `>`, `<=`, `<`, `=`, or `within`; of a cell also `type`, `as` (a format of days), or `one of` (a value)."""
    value: AmountJson
    """The bound; null where it is unknown, or no amount."""
    text: str
    """The bound as the rulebook writes it."""
    rounded: str | None
    """How the value was made whole: `up`, `down`, or `nearest`; null: not at all."""
    approximate: str | None
    """A decimal near a value that no decimal shows."""


class EvidenceJson(TypedDict):
    """One submitted row behind a finding."""

    table: str
    """The record it is a row of."""
    file: str
    """The file it stands in."""
    sheet: str | None
    """The sheet of a workbook, or the table of a database."""
    line: int | None
    """The line of the file, or the row of the sheet."""
    row: int | None
    """The number of the row in its table, where other rows stand on the same line."""
    column: int | None
    """The column of the cell that matters, where it is one: of CSV files and sheets that of the table, else the character of the
    line."""
    key: NotRequired[str]
    """Of a row of a database: what it is known by, such as `id=17`."""
    role: str
    """`counted`, `could-decide`, or `subject`."""
    values: dict[str, str | None]
    """The cells that the rule read, as submitted; null: an empty one; an empty text: its column was not submitted."""
    contradicts: bool
    """Whether its part is more than its whole, or one of them is negative: then neither counts as known."""
    unsplit: bool
    """Whether the row could not be split into cells: none of them counts as known."""
    reached: dict[str, PlaceJson]
    """Where the empty cells of other rows are that the rule read by references (`group.type`)."""


class WaiverJson(SpanJson):
    """A dated, reasoned leave for one subject not to keep one rule."""

    rule: str
    """The id of the rule."""
    subject: str
    """The key of the subject."""
    window: PeriodJson | None
    """The window to which it is limited, if it is."""
    reason: str
    """Why it was granted."""
    approved_by: str
    """Who granted it."""
    place: PlaceJson
    """Where it is written."""


class WaiverUseJson(WaiverJson):
    """A waiver, and what became of it."""

    state: WaiverState
    """Whether it waived something, or why not."""
    waived: int
    """How many findings it waives."""
    overlaps: list[PlaceJson]
    """Where earlier waivers of the same are written."""


class NamedValueJson(TypedDict):
    """What an indicator is that a rule names, where the rule was judged."""

    indicator: str
    """The id of the indicator."""
    title: Texts
    """What people call it, by language."""
    measures: MeasureKind
    """The kind of its values; a `ratio` lies between 0 and 1."""
    state: IndicatorState
    """How the value stands."""
    low: AmountJson
    """The least that it may be; null is no limit."""
    high: AmountJson
    """The greatest that it may be; null is no limit."""
    reason: Reason | None
    """Why there is none."""


class PartJson(TypedDict):
    """One of several requirements of a rule, as it was measured: exceptions, required rules and waivers concern the whole."""

    form: str
    """Its requirement form."""
    outcome: Outcome
    """What measuring said of it."""
    reason: Reason | None
    """Why it does not apply, or cannot be told."""
    measured: MeasuredJson | None
    """What was counted."""
    required: list[RequiredJson]
    """The bounds."""
    due: str | None
    """The day by which it must be met, if it is open."""
    message: str
    """What was found, in a sentence, in the language of the report."""


class FindingJson(TypedDict):
    """One verdict about one rule, subject and window."""

    rule: str
    """The id of the rule."""
    category: Category
    """Whether it is about what the regulation demands, or about the file."""
    subject: SubjectJson
    """Who or what is judged."""
    window: PeriodJson | None
    """The window; null for a rule without windows."""
    windows: int
    """For how many windows this stands: more than one only where all are satisfied, or all not applicable."""
    verdict: Verdict
    """What is concluded."""
    severity: Severity
    """How grave a violation of the rule is."""
    measured: MeasuredJson | None
    """What was counted."""
    required: list[RequiredJson]
    """The bounds."""
    message: str
    """What was found, in a sentence, in the language of the report."""
    reason: Reason | None
    """Why the rule does not apply, or is undetermined."""
    because: str | None
    """The exception that decided, if one did."""
    due: str | None
    """The day by which a pending duty must be met."""
    outcome: Outcome
    """What measuring said, before exceptions."""
    evidence: list[EvidenceJson]
    """The rows behind it."""
    evidence_left_out: int
    """How many more rows are not listed."""
    could_decide_left_out: int
    """How many of these could decide it."""
    waiver: WaiverJson | None
    """The waiver of a violation that is waived."""
    repeated: PeriodJson | None
    """Of a violation that was one in the previous report too, the period since which it is repeated."""
    known: bool
    """Whether it is a violation that the baseline knows."""
    near: list[str]
    """What a cell almost matches, and so may mean: keys, of a reference that leads to no row; values, of an enumerated field."""
    elements: list[str]
    """Of a list in a cell, the elements that were not submitted, or are not allowed; the others are right."""
    beside: int
    """Of what is not satisfied, how many more related rows are there that do not meet the `where` of the rule's form."""
    named: list[NamedValueJson]
    """The indicators that the rule names, as they are there."""
    parts: list[PartJson]
    """Of a rule with several requirements what each of them comes to, in their order; empty for any other."""


class MissingJson(TypedDict):
    """A table, or a column of one, that is not there or cannot be read."""

    table: str
    """The record."""
    column: str | None
    """The field whose column is not there; null: the whole table."""
    state: str
    """`not-submitted` or `unreadable`."""
    demanded: bool
    """Whether it is a column that every row must fill in."""
    rules: list[str]
    """The ids of the rules that this leaves open."""
    message: str
    """The same in a sentence, in the language of the report."""


class CauseJson(TypedDict):
    """Cells of one column in which the same stands, and is wrong for the same cause."""

    message: str
    """What is wrong, where, and what may be meant, in a sentence, in the language of the report."""
    verdict: Verdict
    """`violated`, or `waived`."""
    values: list[str | None]
    """What stands in them, of each of the fields; null: nothing."""
    beside: str | None
    """Of a lifespan, the day on which it begins."""
    unsplit: bool
    """Whether the rows could not be split into cells."""
    near: list[str]
    """What may be meant: keys, of a reference; values, of an enumerated field."""
    count: int
    """How many cells there are of it among the findings that are listed."""
    places: list[PlaceJson]
    """Where the first of them are."""
    places_left_out: int
    """How many of them are not among the places."""
    repeated: PeriodJson | None
    """Of what was to be corrected in the previous report too, the period since which it is."""
    known: bool
    """Whether the baseline knows it."""


class FaultJson(TypedDict):
    """What is wrong in one column, by cause."""

    rule: str
    """The id of the rule about the file."""
    table: str
    """The record."""
    fields: list[str]
    """The fields whose cells are to be corrected."""
    kind: str
    """`required`, `allowed`, `reference`, `lifespan`, `unique`, or `acyclic`."""
    severity: Severity
    """How grave it is."""
    message: str
    """How many cells are at fault, and how, in the language of the report."""
    count: int
    """How many cells are at fault; of a report on one body, of those that are listed."""
    left_out: int
    """How many of them are in no cause, since their findings are not listed."""
    accepted: list[RequiredJson]
    """What can stand there."""
    target: str | None
    """Of a reference, the record that it must lead to."""
    causes: list[CauseJson]
    """What is wrong by cause, the commonest first."""


class SettlingJson(TypedDict):
    """Rows on which the same undetermined findings depend; or a table or column that is missing."""

    message: str
    """What is open where, and what that keeps open, in the language of the report."""
    keeps: int
    """How many of the listed undetermined findings it keeps open; a missing table: of all."""
    settles: int
    """How many of these depend on nothing else."""
    rules: list[str]
    """The ids of their rules."""
    rows: int
    """How many rows are meant, listed or not; 0 for a table or column that is missing."""
    places: list[PlaceJson]
    """Where the first of them are."""
    missing: MissingJson | None
    """The table or column that is missing."""


class SettlingOfJson(TypedDict):
    """What is counted by what would settle most."""

    undetermined: int
    """How many findings of the regulation are undetermined; of a report on one body, of those that are listed."""
    listed: int
    """How many of them are listed, and so counted in rows."""
    others: int
    """How many of those listed depend on no cell of their own."""
    left_out: int
    """How many further groups are not listed."""
