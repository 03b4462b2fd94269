"""The values of indicators: those of a report, all of them by parts, or as data, which the engine writes (see `exporting`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from checker.model.indicator_plan import IndicatorPlan
from checker.model.indicators import IndicatorState
from checker.model.quoting import literal
from checker.model.words import Reason
from checker.provenance.exporting import Data, file_of, name_subjects
from checker.run.session import Session
from checker.tables.schema import NAMED, SPOKEN_OF_INDICATORS

_AMOUNTS = ("low", "high", "part_low", "part_high", "whole_low", "whole_high")
_NOTHING_SO_FAR = "v.open AND v.low > v.high"
_VALUE = f"v.reason IS NULL AND COALESCE(NOT ({_NOTHING_SO_FAR}), TRUE)"
_TOLD = ", ".join(f"CASE WHEN {_VALUE} THEN v.{name} END AS {name}" for name in _AMOUNTS)
_KEY = "COALESCE(named.key, 'row ' || v.subject)"
_ROWS = f"""SELECT s.number AS _number, v.no AS _no, s.id AS indicator, s.title, s.measures AS measured, s.record,
  {_KEY} AS subject, COALESCE(named.label, {_KEY}) AS name, v.subject AS row_number, own.body, s.file,
  w.label AS window_label, w.first AS window_first, w.last AS window_last,
  CASE WHEN NOT v.reason IS NULL THEN '{IndicatorState.NONE}' WHEN v.open THEN '{IndicatorState.OPEN}'
    WHEN v.doubtful OR v.lacking THEN '{IndicatorState.PERHAPS}' ELSE '{IndicatorState.VALUE}' END AS state,
  CASE WHEN {_NOTHING_SO_FAR} THEN '{Reason.NOTHING_TO_MEASURE}' ELSE v.reason END AS reason, {_TOLD}
FROM indicator_values AS v
JOIN spoken_of_indicators AS s ON s.id = v.indicator
LEFT JOIN windows AS w ON w.no = v.no AND s.windowed
LEFT JOIN named ON named.record = s.record AND named.subject = v.subject
LEFT JOIN responsible_bodies AS own ON own.record = s.record AND own.subject = v.subject"""

_COLUMNS = "subject, no, reason, doubtful, lacking, open, low, high, part_low, part_high, whole_low, whole_high"
_LISTED = f"""SELECT indicator, times, {_COLUMNS} FROM (
  SELECT v.*, w.first, COUNT(*) OVER (PARTITION BY v.indicator) AS times,
    ROW_NUMBER() OVER (PARTITION BY v.indicator ORDER BY v.subject, w.first, v.no) AS place
  FROM indicator_values AS v LEFT JOIN windows AS w ON w.no = v.no
) AS placed WHERE place <= {{most}} ORDER BY indicator, place"""
_PART = f"""SELECT {_COLUMNS} FROM (
  SELECT v.*, w.first FROM indicator_values AS v LEFT JOIN windows AS w ON w.no = v.no
  WHERE v.indicator = {{indicator}} AND v.subject BETWEEN {{first}} AND {{last}}
) AS placed ORDER BY subject, first, no"""
_ALL = 1 << 62


def listed(run: Session, most: int | None) -> list[tuple[Any, ...]]:
    """(indicator, how many values it has, subject, window, and the rest of a value) of so many values of each at most."""
    return run.engine.rows(_LISTED.format(most=_ALL if most is None else most))


def parts(run: Session, indicator: str) -> Iterator[list[tuple[Any, ...]]]:
    """(subject, window, and the rest) of all values of an indicator, those of some subjects at a time."""
    named = literal(indicator)
    counted = f"SELECT COUNT(*), COALESCE(MAX(subject), 0) FROM indicator_values WHERE indicator = {named}"
    ((times, last),) = run.engine.rows(counted)
    at_once = max(1, run.engine.tuning.batch * last // max(1, times))
    for first in range(0, last + 1, at_once):
        yield values_of(run, indicator, first, first + at_once - 1)


def values_of(run: Session, indicator: str, first: int, last: int) -> list[tuple[Any, ...]]:
    """The same of the subjects in the rows from one to another."""
    return run.engine.rows(_PART.format(indicator=literal(indicator), first=first, last=last))


def values(run: Session, language: str) -> Data:
    """All values of the indicators of a finished run."""
    run.engine.empty(SPOKEN_OF_INDICATORS)
    run.engine.insert(SPOKEN_OF_INDICATORS, [_spoken(run, *each, language) for each in enumerate(run.indicators)])
    run.engine.empty(NAMED)
    for name in dict.fromkeys(each.record for each in run.indicators):
        about = "SELECT v.subject FROM indicator_values AS v JOIN spoken_of_indicators AS s ON s.id = v.indicator AND s.record = "
        name_subjects(run, run.plan.record(name).record, about + literal(name))
    return Data(_ROWS, "_number, row_number, window_first, _no", ("_number", "_no"), _AMOUNTS)


def _spoken(run: Session, number: int, plan: IndicatorPlan, language: str) -> tuple[object, ...]:
    """What an indicator says of itself, as a row of `spoken_of_indicators`."""
    title, file = plan.title.in_(language), file_of(run, plan.record)
    return (number, plan.id, title, plan.kind.value, plan.record, file, plan.unit is not None)
