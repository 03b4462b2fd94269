"""Findings by batches, where there are more than can be held at once: body by body, or rule by rule.

The table `batched` says which subjects of which rules are in which batch. `listed` is false for those that are in none
because their body has too many of the kind.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from checker.model.words import Verdict
from checker.run import results
from checker.run.session import Session

_TOLD = "found.verdict IN (SELECT UNNEST($verdicts)) AND NOT found.subject IS NULL"
_BY_BODY = f"""CREATE OR REPLACE TABLE batched AS
WITH own AS (
  SELECT owner.body, found.rule, found.subject, found.verdict, COUNT(*) AS times
  FROM found LEFT JOIN responsible_bodies AS owner ON owner.record = found.record AND owner.subject = found.subject
  WHERE {_TOLD} GROUP BY owner.body, found.rule, found.subject, found.verdict
), ranked AS (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY body, rule, verdict ORDER BY subject) <= $most AS listed FROM own
), sized AS (
  SELECT body, SUM(times) AS size, BOOL_AND(listed) AND NOT body IS NULL AS whole FROM ranked GROUP BY body
), parted AS (
  SELECT body, CAST(CASE WHEN whole
    THEN SUM(size) OVER (PARTITION BY whole ORDER BY body ROWS UNBOUNDED PRECEDING) // $at_once
    ELSE -ROW_NUMBER() OVER (PARTITION BY whole ORDER BY body DESC NULLS LAST) END AS INTEGER) AS part
  FROM sized
)
SELECT parted.part, ranked.rule, ranked.subject, ranked.verdict, ranked.times, ranked.listed
FROM ranked JOIN parted ON parted.body IS NOT DISTINCT FROM ranked.body"""
_BY_RULE = f"""CREATE OR REPLACE TABLE batched AS
WITH own AS (
  SELECT found.rule, found.subject, found.verdict, COUNT(*) AS times
  FROM found WHERE {_TOLD} GROUP BY found.rule, found.subject, found.verdict
)
SELECT *, CAST(SUM(times) OVER (ORDER BY rule, subject) // $at_once AS INTEGER) AS part, TRUE AS listed FROM own"""


def by_body(run: Session, verdicts: Iterable[Verdict]) -> list[int]:
    """Makes batches of which each has all that is told of its bodies.

    What concerns no body comes first, and by itself; so does a body of which not all is told.
    """
    return _made(run, _BY_BODY, verdicts, most=run.engine.tuning.of_body)


def by_rule(run: Session, verdicts: Iterable[Verdict]) -> list[int]:
    """Makes batches in the order of rules and rows, of which each has all that a rule says of its subjects."""
    return _made(run, _BY_RULE, verdicts)


def _made(run: Session, statement: str, verdicts: Iterable[Verdict], **given: int) -> list[int]:
    run.engine.run(statement, verdicts=[verdict.value for verdict in verdicts], at_once=run.engine.tuning.batch, **given)
    return [part for (part,) in run.engine.rows("SELECT DISTINCT part FROM batched ORDER BY part")]


def batch(run: Session, part: int, verdicts: Iterable[Verdict]) -> list[tuple[Any, ...]]:
    """The findings of a batch, as `results.EACH` gives them."""
    query = run.bearing.batch_folded() if run.folds else results.BATCH
    return run.engine.rows(query, part=part, verdicts=[verdict.value for verdict in verdicts])


def left_out(run: Session, part: int) -> dict[Verdict, int]:
    """How many findings about the bodies of a batch are not in it, by verdict."""
    query = "SELECT verdict, SUM(times) FROM batched WHERE part = $part AND NOT listed GROUP BY verdict ORDER BY verdict"
    return {Verdict(verdict): int(times) for verdict, times in run.engine.rows(query, part=part)}
