"""Gathers what indicators measured, subject by subject, each with its windows in their order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from checker.model.indicators import Indicator, IndicatorValue
from checker.model.period import Period
from checker.provenance.named_values import reading
from checker.provenance.subjects import Subjects
from checker.run.session import Session

_VALUES = """
SELECT indicator, times, subject, no, reason, doubtful, lacking, open, low, high FROM (
  SELECT v.*, w.first, COUNT(*) OVER (PARTITION BY v.indicator) AS times,
    ROW_NUMBER() OVER (PARTITION BY v.indicator ORDER BY v.subject, w.first, v.no) AS place
  FROM indicator_values AS v LEFT JOIN windows AS w ON w.no = v.no
) AS placed WHERE place <= {most} ORDER BY indicator, place
"""
_ALL = 1 << 62


def indicators(run: Session, subjects: Subjects, windows: Mapping[int, Period], most: int | None) -> Iterator[Indicator]:
    """What each of the indicators says, of so many subjects and windows at most."""
    found: dict[str, list[tuple[Any, ...]]] = {plan.id: [] for plan in run.indicators}
    for indicator, *row in run.engine.rows(_VALUES.format(most=_ALL if most is None else most)) if found else ():
        found[indicator].append(tuple(row))
    for plan in run.indicators:
        rows = found[plan.id]
        subjects.want((plan.record, row) for _, row, *_ in rows)
        yield Indicator(
            id=plan.id,
            title=plan.title,
            cites=plan.cites,
            form=plan.form,
            kind=plan.kind,
            restated=plan.restated,
            note=plan.note,
            values=tuple(
                IndicatorValue(
                    subjects.subject(plan.record, subject), windows.get(no) if plan.unit is not None else None, *reading(*row)
                )
                for _, subject, no, *row in rows
            ),
            left_out=rows[0][0] - len(rows) if rows else 0,
            told=run.told(plan.record),
        )
