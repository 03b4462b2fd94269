"""What an explanation in JSON holds: each key with its type and its text, as `checker.report.json_shape` for reports."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from typing_extensions import Doc, TypedDict

from checker.model.law import Truth
from checker.model.words import Reason, Verdict
from checker.report.check.json_shape import IndicatorJson, IndicatorValueJson, RuleJson, RunJson, SourceJson
from checker.report.json_shape import (
    AmountJson,
    EvidenceJson,
    FindingJson,
    NamedValueJson,
    PeriodJson,
    PlaceJson,
    ProblemJson,
    RequiredJson,
    SubjectJson,
    Texts,
)
from checker.report.unmet.json_shape import ShortfallJson


class ClauseJson(TypedDict):
    """A provision that a rule follows from."""

    cites: str
    """The citation, as the rulebook writes it."""
    source: SourceJson
    """The regulation that is cited."""


class SelectionJson(TypedDict):
    """Rows that a rule speaks of."""

    title: Texts
    """What they are called, by language."""
    record: Texts
    """The record whose rows they are, by language."""
    predicates: list[str]
    """The predicates that hold of each of them."""
    found_by: str | None
    """The field, or path of references, that leads from the row to its subject; or those of which the values are the same."""
    below: str | None
    """`children` or `descendants`, where it leads to what is below the subject in the tree."""
    dated_by: str | None
    """The field with the day on which the row counts."""


_Value = TypedDict(
    "_Value",
    {"from": Annotated[str | None, Doc("The first day on which it holds; null: always.")]},
)


class ParameterValueJson(_Value):
    """A value of a parameter."""

    value: str
    """The value as written."""
    cites: str | None
    """The provision that gives it."""


class ParameterJson(TypedDict):
    """A parameter that the rule reads."""

    name: str
    """Its name."""
    values: list[ParameterValueJson]
    """Its values, in the order of time."""


class ExceptionJson(TypedDict):
    """An exception that bears on the rule."""

    id: str
    """Its id."""
    title: Texts
    """What people call it, by language."""
    cites: list[str]
    """The provisions it follows from."""
    when: str
    """The predicate over the subject where it holds."""
    displaces: list[str]
    """The rules that do not apply where it holds."""
    by: str | None
    """The rule that holds instead, if there is one."""
    brings_in: bool
    """Whether the explained rule is the one that holds instead, and only there."""


class ExampleJson(TypedDict):
    """A case of the rule."""

    name: str
    """Its name."""
    expects: list[Verdict]
    """The verdicts it expects."""
    place: PlaceJson
    """Where it is written."""


class ExplainedRuleJson(RuleJson):
    """The rule, told in full."""

    clauses: list[ClauseJson]
    """The provisions it follows from, with the regulations cited."""
    judged: SelectionJson | None
    """Who is judged."""
    counted_by_parts: list[SelectionJson | None]
    """The same of each of several requirements."""
    counted: SelectionJson | None
    """The related rows that are measured; null: the subject's own row."""
    reads: list[str]
    """The fields of the measured rows that it reads: a row in which one of them cannot be told may count or not."""
    accepted: list[RequiredJson]
    """Of a rule about the cells of a field, what can stand in them."""
    parameters: list[ParameterJson]
    """The parameters it reads."""
    exceptions: list[ExceptionJson]
    """The exceptions that bear on it."""
    examples: list[ExampleJson]
    """Some of its cases, where it is explained without a submission."""


class VerdictsJson(TypedDict):
    """How often the rule gave a verdict for a reason."""

    verdict: Verdict
    """The verdict."""
    reason: Reason | None
    """Why the rule does not apply, or is undetermined."""
    because: str | None
    """The exception or the required rule that decided, if one did."""
    findings: int
    """How often: in how many windows of all subjects."""
    subjects: list[SubjectJson]
    """The first of the subjects."""
    subjects_left_out: int
    """How many more subjects there are."""


class ConditionJson(TypedDict):
    """A predicate by which the rule selects its subjects."""

    predicate: str
    """As written."""
    holds: bool | None
    """Whether it holds of the subject; null: it cannot be told."""
    cells: dict[str, str | None]
    """The cells of the subject that it reads, as submitted."""


class ExemptedJson(TypedDict):
    """An exception that holds of a subject, or may hold."""

    id: str
    """Its id."""
    truth: Truth
    """Whether it holds, or may hold."""
    cells: dict[str, str | None]
    """The cells of the subject that it reads, as submitted."""


class FactJson(TypedDict):
    """A fact of the rule engine."""

    kind: str
    """What kind of fact it is."""
    fields: dict[str, str]
    """What it states."""


class FiringJson(TypedDict):
    """A rule of the rule engine that fired."""

    rule: str
    """Its name."""
    given: list[FactJson]
    """The facts that made it fire."""
    then: list[FactJson]
    """The facts that it added."""


class ExplainedFindingJson(FindingJson):
    """The verdict in one window, with all rows behind it."""

    shortfall: ShortfallJson | None
    """What is certainly missing or too many."""
    firings: list[FiringJson]
    """What the rule engine did, in the order in which conclusions build on one another."""


class ExplainedValueJson(IndicatorValueJson):
    """What an indicator is in one window, with all rows behind it."""

    part: list[AmountJson] | None
    """Of a share or rate, between which two numbers its numerator lies; null is no limit."""
    whole: list[AmountJson] | None
    """The same of its denominator."""
    named: list[NamedValueJson]
    """The indicators that it names, as they are there."""
    evidence: list[EvidenceJson]
    """The rows that count, and those that may."""
    evidence_left_out: int
    """How many of them are not listed."""


class NotDueJson(TypedDict):
    """A window of the period in which the rule is not judged."""

    window: PeriodJson
    """The window."""
    reason: Reason
    """Why it is not."""


class ExplainedSubjectJson(TypedDict):
    """How the rule came to its verdicts on one subject."""

    subject: SubjectJson
    """Who or what is judged."""
    conditions: list[ConditionJson]
    """Why it is judged, or is not."""
    exceptions: list[ExemptedJson]
    """The exceptions that hold of it, or may hold."""
    findings: list[ExplainedFindingJson]
    """The verdicts, window by window."""
    values: list[ExplainedValueJson]
    """Of an indicator its values, window by window."""
    not_due: list[NotDueJson]
    """The windows in which it is not judged."""


class QueryJson(TypedDict):
    """A query in SQL, complete."""

    role: str
    """`tables`, `measure`, or `evidence`."""
    sql: str
    """The query; those of one explanation can be run one after the other."""


class ExplanationJson(TypedDict):
    """A rule, and how it came to its verdicts, as `checker explain --format json` writes it."""

    format: Literal["checker-explanation"]
    """The name of the format."""
    version: Literal[1]
    """Raised whenever a key changes its meaning or goes away; new keys may come without."""
    run: RunJson | None
    """What was run; null where a rule is explained without a submission."""
    rule: ExplainedRuleJson
    """The rule; of an indicator what it measures, which has no severity that means anything."""
    indicator: IndicatorJson | None
    """The indicator that is explained, with its first values, where no subject is asked for; null: it is a rule."""
    verdicts: Iterable[VerdictsJson]
    """How often it gave each verdict, where no subject is asked for."""
    subjects: Iterable[ExplainedSubjectJson]
    """The subjects that are asked for."""
    queries: Iterable[QueryJson]
    """The queries, where they are asked for."""
    problems: Iterable[ProblemJson]
    """What of the submission could not be read."""
