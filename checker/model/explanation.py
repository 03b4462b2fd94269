"""What is told of one rule, and of how it came to its verdicts: a frozen value of which every format is a function."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from checker.errors import Place, Problem
from checker.model.indicators import Indicator, IndicatorValue
from checker.model.law import Firing, Source, Truth
from checker.model.names import Names
from checker.model.period import Period
from checker.model.report import Finding, RuleSummary, Run, Subject
from checker.model.words import Reason, Text, Verdict


@dataclass(frozen=True, slots=True)
class Clause:
    """A citation as the rulebook writes it, and the regulation it cites."""

    cites: str
    source: Source


@dataclass(frozen=True, slots=True)
class Selection:
    """Rows that a rule speaks of: those of a record of which every predicate holds. `title` is what they are called.

    `of` is the name of the record, and `said` are the predicates in ordinary words.

    Of related rows, `found_by` are the fields that lead to the subject, `below` says that they may lead to what is below it
    in the tree instead, and `dated_by` is the field that puts them into a window.
    """

    title: Text
    record: Text
    predicates: tuple[str, ...] = ()
    found_by: str | None = None
    below: str | None = None
    dated_by: str | None = None
    said: tuple[Text, ...] = ()
    of: str = ""


@dataclass(frozen=True, slots=True)
class LimitValue:
    """A value of a parameter as written, the day from which it holds (None: always), and what gives it."""

    text: str
    first: date | None
    cites: str | None


@dataclass(frozen=True, slots=True)
class Limit:
    """A parameter of the rulebook that the rule reads."""

    name: str
    values: tuple[LimitValue, ...]


@dataclass(frozen=True, slots=True)
class Exemption:
    """An exception that bears on the rule: it displaces the rule, or (`brings_in`) the rule holds where it does."""

    id: str
    title: Text
    cites: tuple[str, ...]
    when: str
    displaces: tuple[str, ...]
    by: str | None
    brings_in: bool
    said: Text = Text()


@dataclass(frozen=True, slots=True)
class Example:
    """A case of the rulebook: its name, the verdicts it expects, and where it stands."""

    name: str
    expects: tuple[Verdict, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class RuleAccount:
    """One rule, told in full. `reads` are the fields of the measured rows whose cells it reads.

    Of several requirements, `parts`, each tells what it counts, and reads.
    """

    summary: RuleSummary
    clauses: tuple[Clause, ...] = ()
    judged: Selection | None = None
    counted: Selection | None = None
    parts: tuple[RuleAccount, ...] = ()
    reads: tuple[str, ...] = ()
    limits: tuple[Limit, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """A predicate of the rule's `for`, whether it holds of a subject (None: it cannot be told), and the cells it reads."""

    predicate: str
    holds: bool | None
    cells: tuple[tuple[str, str | None], ...]
    said: Text = Text()


@dataclass(frozen=True, slots=True)
class Exempted:
    """An exception that holds, or may hold, of a subject, and the cells it reads."""

    id: str
    truth: Truth
    cells: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict in one window: the finding, with its rows, and what the rule engine made of the outcome."""

    finding: Finding
    firings: tuple[Firing, ...] = ()


@dataclass(frozen=True, slots=True)
class ExplainedValue:
    """What an indicator is in one window, and the rows that were looked at, in the form of a finding."""

    value: IndicatorValue
    behind: Finding


@dataclass(frozen=True, slots=True)
class SubjectAccount:
    """How the rule came to its verdicts on one subject.

    `conditions` say why it is judged, or is not. `exemptions` are those of the rule's exceptions that hold, or may hold, with
    the cells of the subject that they read.
    `not_due` are the windows of the period in which it is not judged, and why. Of an indicator there are `values` instead.
    """

    subject: Subject
    conditions: tuple[Condition, ...]
    exemptions: tuple[Exempted, ...]
    judgements: tuple[Judgement, ...]
    not_due: tuple[tuple[Period, Reason], ...] = ()
    values: tuple[ExplainedValue, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdicts:
    """How often the rule gave a verdict for a reason, and the first of the subjects on which it did.

    Of subjects that the rule does not select, `subjects` is empty.
    """

    verdict: Verdict
    reason: Reason | None
    because: str | None
    findings: int
    subjects: tuple[Subject, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Query:
    """A query in SQL, complete: `role` is tables, measure or evidence."""

    role: str
    sql: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A rule, or an `indicator`, explained: by itself, or (with `run`) with what it found in a submission: in all, or of some.

    `name` and `rulebook` are the rulebook's id and title, `languages` its languages; `language` is the reader's. Of each
    finding so many `rows` are to be listed (None: all). `problems` are what of the submission could not be read,
    and `names` what people call that of which it tells.
    """

    name: str
    rulebook: Text
    languages: tuple[str, ...]
    language: str
    rule: RuleAccount
    indicator: Indicator | None = None
    run: Run | None = None
    verdicts: tuple[Verdicts, ...] = ()
    subjects: tuple[SubjectAccount, ...] = ()
    rows: int | None = None
    queries: tuple[Query, ...] = ()
    problems: tuple[Problem, ...] = ()
    names: Names = Names()
