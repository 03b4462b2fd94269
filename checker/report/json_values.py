"""The values that the JSON formats share. Numbers are exact: integers as such, all others as strings."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, overload

from checker.errors import Place, Problem
from checker.model.period import Period
from checker.model.report import Evidence, Measured, Required, Subject
from checker.model.words import Text
from checker.report.say.bounds import ratio_of
from checker.report.say.wording import Wording
from checker.words.amounts import Amount, approximate, number

if TYPE_CHECKING:
    from checker.report.json_shape import (
        AmountJson,
        EvidenceJson,
        MeasuredJson,
        PeriodJson,
        PlaceJson,
        ProblemJson,
        RequiredJson,
        SubjectJson,
        Texts,
    )


def amount_json(value: Amount | None) -> AmountJson:
    """An integer as such; a decimal, a fraction (`2/3`) or a day as a string."""
    return value if value is None or isinstance(value, int) else number(value)


def text_json(text: Text) -> Texts:
    """A text by language."""
    return dict(text.variants)


@overload
def period_json(period: Period) -> PeriodJson: ...
@overload
def period_json(period: None) -> None: ...
def period_json(period: Period | None) -> PeriodJson | None:
    """A period or window."""
    if period is None:
        return None
    return {"label": period.label, "first": period.first.isoformat(), "last": period.last.isoformat()}


def day_json(day: date | None) -> str | None:
    """A day."""
    return None if day is None else day.isoformat()


def subject_json(subject: Subject) -> SubjectJson:
    """A subject and the chain of bodies that answers for it."""
    return {
        "record": subject.record,
        "id": subject.id,
        "name": subject.name,
        "row": subject.row,
        "path": [{"id": body, "name": name} for body, name in subject.path],
        "path_cut": subject.cut,
        "digest": subject.digest,
    }


def measured_json(measured: Measured | None) -> MeasuredJson | None:
    """What was counted; of an exact ratio also its value, and a decimal near a value that no decimal shows."""
    if measured is None:
        return None
    ratio = ratio_of(measured)
    return {
        "kind": measured.kind,
        "low": amount_json(measured.low),
        "high": amount_json(measured.high),
        "whole_low": amount_json(measured.whole_low),
        "whole_high": amount_json(measured.whole_high),
        "missing": list(measured.missing),
        "exact": measured.exact,
        "ratio": amount_json(ratio),
        "approximate": approximate(ratio),
    }


def required_json(required: Required) -> RequiredJson:
    """One bound."""
    return {
        "operator": required.operator,
        "value": amount_json(required.value),
        "text": required.text,
        "rounded": required.rounded,
        "approximate": approximate(required.value),
    }


def evidence_json(row: Evidence) -> EvidenceJson:
    """One submitted row."""
    found: EvidenceJson = {
        "table": row.table,
        "file": row.file,
        "sheet": row.sheet,
        "line": row.line,
        "row": row.in_line,
        "column": row.column,
        "role": row.role,
        "values": dict(row.values),
        "contradicts": row.contradicts,
        "unsplit": row.unsplit,
        "reached": {field: place_json(place) for field, place in row.reached},
    }
    if row.key is not None:
        found["key"] = row.key
    return found


def problem_json(problem: Problem, wording: Wording) -> ProblemJson:
    """One problem, and where it is; its texts are in the language of the report."""
    return {
        "code": problem.code,
        "message": problem.message_in(wording),
        "fix": problem.fix_in(wording),
        "place": place_json(problem.place),
        "excerpt": problem.excerpt,
    }


@overload
def place_json(place: Place) -> PlaceJson: ...
@overload
def place_json(place: None) -> None: ...
def place_json(place: Place | None) -> PlaceJson | None:
    """Where something is written."""
    if place is None:
        return None
    found: PlaceJson = {
        "file": place.file,
        "sheet": place.sheet,
        "line": place.line,
        "row": place.row,
        "column": place.column,
    }
    if place.key is not None:
        found["key"] = place.key
    return found
