"""Gathers what indicators measured, subject by subject, each with its windows in their order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from checker.model.indicator_plan import IndicatorPlan
from checker.model.indicators import Indicator, IndicatorValue
from checker.model.period import Period
from checker.provenance.indicator_values import listed, parts, values_of
from checker.provenance.lookup import Lookup
from checker.provenance.named_values import reading
from checker.provenance.subjects import Subjects
from checker.run.session import Session


def indicators(run: Session, subjects: Subjects, windows: Mapping[int, Period], most: int | None) -> Iterator[Indicator]:
    """What each of the indicators says, of so many subjects and windows at most."""
    found: dict[str, list[Sequence[Any]]] = {plan.id: [] for plan in run.indicators}
    left_out = dict.fromkeys(found, 0)
    for indicator, times, *row in listed(run, most) if found else ():
        found[indicator].append(row)
        left_out[indicator] = times - len(found[indicator])
    for plan in run.indicators:
        yield _indicator(run, plan, found[plan.id], subjects, windows)._replace(left_out=left_out[plan.id])


def by_parts(lookup: Lookup, windows: Mapping[int, Period]) -> Iterator[Indicator]:
    """All that each of the indicators says, some thousands of values at a time, of which none are held any longer."""
    for plan in lookup.run.indicators:
        for rows in parts(lookup.run, plan.id):
            yield _indicator(lookup.run, plan, rows, Subjects(lookup), windows)


def of_subject(
    run: Session, plan: IndicatorPlan, row: int, subjects: Subjects, windows: Mapping[int, Period]
) -> Iterator[tuple[int, IndicatorValue]]:
    """What an indicator says of the subject in one row: the numbers of the windows, and the values."""
    for _, no, *rest in values_of(run, plan.id, row, row):
        yield no, _value(plan, row, no, rest, subjects, windows)


def _indicator(
    run: Session, plan: IndicatorPlan, rows: Sequence[Sequence[Any]], subjects: Subjects, windows: Mapping[int, Period]
) -> Indicator:
    """What an indicator says by these rows of its values."""
    subjects.want((plan.record, row) for row, *_ in rows)
    values = (_value(plan, subject, no, row, subjects, windows) for subject, no, *row in rows)
    return of_values(plan, tuple(values), told=run.told(plan.record))


def of_values(plan: IndicatorPlan, values: tuple[IndicatorValue, ...], *, told: bool = True) -> Indicator:
    """The indicator of that plan with these values."""
    return Indicator(
        id=plan.id,
        title=plan.title,
        cites=plan.cites,
        form=plan.form,
        kind=plan.kind,
        restated=plan.restated,
        note=plan.note,
        values=values,
        told=told,
    )


def _value(
    plan: IndicatorPlan, subject: int, no: int, row: Sequence[Any], subjects: Subjects, windows: Mapping[int, Period]
) -> IndicatorValue:
    window = windows.get(no) if plan.unit is not None else None
    return IndicatorValue(subjects.subject(plan.record, subject), window, *reading(*row))
