"""What the JSON reports hold: each key with its type and its text, from which their JSON Schema is made (`python docs/make.py`).

Nothing here is needed to write a report: the writers name these types in their annotations, so that mypy holds the two together.
Numbers are exact: an integer is one, anything else a text (`0.5`, `2/3`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from typing_extensions import Doc, TypedDict

from checker.model.law import Change
from checker.model.waivers import WaiverState
from checker.model.words import Outcome, Reason, Severity, Verdict

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
    """The sheet of a workbook."""
    line: int | None
    """The line of the file, or the row of the sheet, counted from 1."""
    column: int | None
    """The column, counted from 1."""


class ProblemJson(TypedDict):
    """Something that is wrong with what was handed in."""

    code: str
    """What kind of problem it is; codes stay."""
    what: str
    """What is wrong."""
    mend: str
    """What to do about it."""
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
    """The bodies from the root of the tree to the one that answers for it."""


class MeasuredJson(TypedDict):
    """What was counted: an interval, whose ends are equal where the data tell."""

    kind: str
    """`count`, `ratio`, `mean`, `sum`, `date`, `truth`, `values` (of how many values of a field it holds), or another."""
    low: AmountJson
    """The low end (of a ratio, of its part; of a mean, of the sum of ratios); null: unbounded, or of a date, never."""
    high: AmountJson
    """The high end (of a ratio, of its part; of a mean, of the sum of ratios)."""
    whole_low: AmountJson
    """The low end of a ratio's whole, or of the number of ratios in a mean; of `values`, how many there are."""
    whole_high: AmountJson
    """The high end of a ratio's whole, or of the number of ratios in a mean."""
    lacking: list[str]
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
    """`>=`, `>`, `<=`, `<`, `=`, or `within`."""
    value: AmountJson
    """The bound; null where it is unknown."""
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
    """The sheet of a workbook."""
    line: int | None
    """The line of the file, or the row of the sheet."""
    column: int | None
    """The column of the cell that matters, where it is one."""
    role: str
    """`counted`, `could-decide`, or `subject`."""
    values: dict[str, str | None]
    """The cells that the rule read, as submitted."""


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


class FindingJson(TypedDict):
    """One verdict about one rule, subject and window."""

    rule: str
    """The id of the rule."""
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
    waiver: WaiverJson | None
    """The waiver of a violation that is waived."""
    repeated: PeriodJson | None
    """Of a violation that was one in the previous report too, the period since which it is repeated."""
    known: bool
    """Whether it is a violation that the baseline knows."""


class ChangeJson(TypedDict):
    """What a rulebook that extends another did to a rule."""

    rulebook: str
    """The rulebook that did it."""
    change: Change
    """Whether it asks for more, or for something else."""


class OriginJson(TypedDict):
    """From where a rule is."""

    rulebook: str
    """The rulebook that it is from; empty for integrity rules."""
    changes: list[ChangeJson]
    """What the rulebooks that extend it did to it, in their order."""


class RuleJson(TypedDict):
    """A rule of the rulebook, and how often it gave each verdict."""

    id: str
    """Its id; those of integrity rules begin with `records/`."""
    title: Texts
    """What the regulation demands, by language."""
    cites: list[str]
    """The provisions it follows from."""
    severity: Severity
    """How grave a violation is."""
    form: str
    """Its requirement form, or `integrity`."""
    noun: Texts
    """What is measured, by language."""
    restated: Texts
    """The rule in plain words, by language."""
    remedy: Texts
    """What a body that violates it has to do, by language."""
    in_force: SpanJson
    """The days between which it is in force."""
    origin: OriginJson
    """The rulebook that it is from, and those that changed it."""
    requires: dict[str, Verdict]
    """The rules that must have these verdicts for this one to be judged."""
    counts: Counts
    """How many findings have each verdict, listed or not."""
    reasons: Counts
    """How often it did not apply, by reason."""
    why_none: str | None
    """Why nothing was judged, if nothing was."""
    repeated: int
    """How many violations were violations in the previous report too."""
    known: int
    """How many violations the baseline knows."""


class StandingJson(TypedDict):
    """The conclusion about a body."""

    subject: SubjectJson
    """The body."""
    standing: str
    """The id of the standing, or `undetermined`."""
    title: Texts
    """What people call the standing, by language."""
    violated: int
    """How many violations the body has, with what belongs to it."""
    undetermined: int
    """How many of its findings are undetermined."""


class AccountJson(TypedDict):
    """What became of one table."""

    table: str
    """The record."""
    state: str
    """`read`, `empty`, `not-submitted`, or `unreadable`."""
    file: str | None
    """The file it was read from."""
    sheet: str | None
    """The sheet of a workbook."""
    rows: int
    """How many rows were read: those judged and those rejected."""
    judged: int
    """How many of them count."""
    rejected: int
    """How many of them only may count, because their key is another's too."""
    unreadable_cells: int
    """How many cells could not be read."""
    unread: list[str]
    """Submitted columns that the rulebook does not know."""
    missing: list[str]
    """Declared columns that were not submitted."""


class ConflictJson(TypedDict):
    """Two exceptions that hold at once and displace one rule differently."""

    subject: SubjectJson
    """For whom they hold."""
    rule: str
    """The displaced rule."""
    exceptions: list[str]
    """The exceptions."""


class SourceJson(TypedDict):
    """A regulation that rules cite."""

    name: str
    """The name by which rules cite it."""
    title: Texts
    """Its title, by language."""
    issued: str | None
    """The day on which it was issued."""
    url: str | None
    """Where it is published."""


class EarlierJson(TypedDict):
    """An earlier report that the run was compared with."""

    file: str
    """The file it is in, as it was named."""
    rulebook_version: str
    """The version of the rulebook it was made by."""
    period: PeriodJson
    """The period it is about."""


class PreviousJson(EarlierJson):
    """The previous report."""

    repeated: int
    """How many violations were violations there too."""


class GoneJson(TypedDict):
    """A violation of the baseline that is none any more."""

    rule: str
    """The id of the rule."""
    subject: str
    """The key of the subject."""
    window: str | None
    """The name of the window; null for a rule without windows."""


class BaselineJson(EarlierJson):
    """The baseline: its violations do not count for the exit code."""

    known: int
    """How many violations it knows."""
    new: int
    """How many violations it does not know."""
    gone: list[GoneJson]
    """Its violations that are none any more."""


class RunJson(TypedDict):
    """What was run."""

    checker: str
    """The version of the program."""
    engine: str
    """The engine that measured, and its version."""
    rulebook: str
    """The name of the rulebook."""
    rulebook_title: Texts
    """What people call the rulebook, by language."""
    rulebook_version: str
    """The version of the rulebook."""
    submission: str
    """The submission, as it was named."""
    submitted_by: str | None
    """Who handed it in, as it says."""
    period: PeriodJson
    """The reporting period."""
    as_of: str
    """The day as of which was judged."""
    as_of_source: str
    """Where that day is from: `option`, `submission`, or `clock`."""
    language: str
    """The language of messages."""
    selected: list[str]
    """The rules that were run, if not all."""
    overrides: dict[str, str]
    """The parameters that were given other values."""


class ReportJson(TypedDict):
    """Everything a run has to say, as `checker check --format json` writes it. New keys may come without a new version."""

    format: Literal["checker-report"]
    """The name of the format."""
    version: Literal[1]
    """Raised whenever a key changes its meaning or goes away."""
    run: RunJson
    """What was run."""
    exit_code: int
    """The exit code of the program."""
    findings: Iterable[FindingJson]
    """The verdicts."""
    rules: Iterable[RuleJson]
    """The rules."""
    standings: Iterable[StandingJson]
    """The conclusions about bodies."""
    accounts: Iterable[AccountJson]
    """What became of the tables."""
    conflicts: Iterable[ConflictJson]
    """Exceptions that contradict each other."""
    waivers: Iterable[WaiverUseJson]
    """The waivers that were given, and what became of each."""
    previous: PreviousJson | None
    """The previous report, if one was given."""
    baseline: BaselineJson | None
    """The baseline, if one was given."""
    problems: Iterable[ProblemJson]
    """What could not be read; with any, the run is not a success."""
    notices: Iterable[ProblemJson]
    """What is worth knowing and stops nothing."""
    sources: Iterable[SourceJson]
    """The regulations that rules cite."""
    left_out: Counts
    """How many findings of each verdict are not listed."""


class ShortfallJson(TypedDict):
    """By how many a count, or the part of a ratio, misses its bound."""

    n: int
    """How many are missing, or too many."""
    excess: bool
    """Whether they are too many."""
    whole: int | None
    """The whole, of a ratio."""


class DueJson(TypedDict):
    """A day by which something must be done."""

    day: str
    """The day."""
    window: PeriodJson | None
    """The window it is about."""


class OpenJson(TypedDict):
    """A window that is not over."""

    window: PeriodJson
    """The window."""
    due: str | None
    """The day by which the duty must be met."""


class GapJson(TypedDict):
    """What was found of a duty in some windows, and what is missing of it."""

    message: str
    """What was found, in a sentence, in the language of the report."""
    measured: MeasuredJson | None
    """What was counted."""
    required: list[RequiredJson]
    """The bounds."""
    shortfall: ShortfallJson | None
    """What is certainly missing or too many, in each window."""
    windows: list[PeriodJson]
    """The windows."""
    due: list[DueJson]
    """The days by which what is pending must be done."""
    repeated: PeriodJson | None
    """Of what was violated in the previous report too, the period since which it is repeated."""
    known: bool
    """Whether the baseline knows it."""


class DutyJson(TypedDict):
    """One rule that one subject has not met."""

    body: list[BodyJson]
    """The bodies from the root of the tree to the one that answers for it."""
    subject: SubjectJson
    """Who has not met it."""
    rule: str
    """The id of the rule."""
    title: Texts
    """What the regulation demands, by language."""
    cites: list[str]
    """The provisions it follows from."""
    severity: Severity
    """How grave a violation is."""
    verdict: Verdict
    """`violated`, `undetermined`, or `pending`."""
    gaps: list[GapJson]
    """What was found, by what is alike about the windows."""
    open: list[OpenJson]
    """The windows of the same duty that are not over."""
    due: str | None
    """The first day by which it must be met."""
    hand_in: list[EvidenceJson]
    """The rows whose missing cells could decide it."""
    hand_in_left_out: int
    """How many more such rows are not listed."""
    tables_missing: list[str]
    """The tables that were not submitted, where that is the reason."""
    remedy: Texts
    """What has to be done, by language."""


class UnmetJson(TypedDict):
    """What each body still has to do, as `checker unmet --format json` writes it. New keys may come without a new version."""

    format: Literal["checker-unmet"]
    """The name of the format."""
    version: Literal[1]
    """Raised whenever a key changes its meaning or goes away."""
    run: RunJson
    """What was run."""
    exit_code: int
    """The exit code of the program."""
    duties: Iterable[DutyJson]
    """What is unmet."""
    previous: PreviousJson | None
    """The previous report, if one was given."""
    baseline: BaselineJson | None
    """The baseline, if one was given."""
    problems: Iterable[ProblemJson]
    """What could not be read; with any, the run is not a success."""
    left_out: Counts
    """How many findings of each verdict are not listed."""
