"""Counts what is violated or undetermined along a tree of records other than that of the bodies: by wards and hamlets, say.

A subject lies in the row of that tree that it is itself, or to which a reference of its own leads; else where the body that
answers for it lies, or the nearest body above that one that lies anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from checker.model.schema import Record
from checker.run.session import Session
from checker.tables.schema import LYING

_BELOW = 50
"""So many bodies are climbed at most in search of one that lies anywhere."""

_COUNTED = "verdict IN ('violated', 'undetermined')"

_AREAS = """SELECT t._row AS row, t."{key}" AS key, {label} AS label, up._row AS above
FROM "t_{record}" AS t LEFT JOIN "t_{record}" AS up ON up."{key}" = t."{parent}" AND up._first
WHERE t._first"""
"""The rows of the tree: number, key, name, and the row above."""

_HOMES = """WITH RECURSIVE bodies AS (
  SELECT t._row AS row, t."{key}" AS key, {parent} AS parent, areas.row AS area
  FROM "t_{record}" AS t LEFT JOIN areas ON areas.key = {field} WHERE t._first
), up AS (
  SELECT row, parent, area, 0 AS step FROM bodies
  UNION ALL
  SELECT up.row, bodies.parent, bodies.area, up.step + 1 FROM up JOIN bodies ON bodies.key = up.parent
  WHERE up.area IS NULL AND up.step < {most}
)
SELECT row, area FROM up WHERE NOT area IS NULL"""
"""In which area each body lies, as far as it lies in one."""

_LIE = """INSERT INTO lying
SELECT '{record}', t._row, COALESCE({own}, homes.area)
FROM "t_{record}" AS t
LEFT JOIN areas ON areas.key = {field}
LEFT JOIN responsible_bodies AS owner ON owner.record = '{record}' AND owner.subject = t._row
LEFT JOIN homes ON homes.row = owner.body_row
WHERE t._row IN (SELECT subject FROM found WHERE record = '{record}' AND {counted})"""
"""In which area the subjects of one record lie of which anything is counted."""

_TALLY = """WITH RECURSIVE within AS (
  SELECT row, row AS at FROM areas
  UNION
  SELECT within.row, areas.above FROM within JOIN areas ON areas.row = within.at WHERE NOT areas.above IS NULL
), counted AS (
  SELECT lying.area, found.verdict, rules.kind = 'integrity' AS of_file, SUM(found.times) AS times
  FROM found JOIN lying USING (record, subject) JOIN rules ON rules.rule = found.rule
  WHERE {counted} AND NOT lying.area IS NULL GROUP BY lying.area, found.verdict, rules.kind
), tallied AS (
  SELECT within.at, SUM(times) FILTER (WHERE verdict = 'violated' AND NOT of_file) AS breached,
    SUM(times) FILTER (WHERE verdict = 'violated' AND of_file) AS to_correct,
    SUM(times) FILTER (WHERE verdict = 'undetermined') AS undetermined
  FROM counted JOIN within ON within.row = counted.area GROUP BY within.at
)
SELECT areas.row, areas.above, areas.key, areas.label, CAST(COALESCE(breached, 0) AS BIGINT),
  CAST(COALESCE(to_correct, 0) AS BIGINT), CAST(COALESCE(undetermined, 0) AS BIGINT)
FROM areas JOIN tallied ON tallied.at = areas.row ORDER BY areas.key, areas.row"""
"""Each area in which, or below which, anything is counted."""


class Tallied(NamedTuple):
    """A row of the tree, the row above it, and how much is counted in it and below it."""

    row: int
    above: int | None
    key: str | None
    label: str | None
    breached: int
    to_correct: int
    undetermined: int


def trees_of(run: Session) -> Iterator[Record]:
    """The submitted records that are trees to which other records refer, but for that of the bodies."""
    records = [each.record for each in run.plan.records]
    referred = {field.ref for record in records for field in record.fields if field.ref not in {None, record.name}}
    there = referred & run.tables.keys() - {run.plan.body}
    yield from (record for record in records if record.name in there and record.parent and record.key)


def tallied(run: Session, tree: Record) -> list[Tallied]:
    """What is counted along one tree."""
    engine = run.engine
    label = f't."{tree.label}"' if tree.label else "NULL"
    engine.table("areas", _AREAS.format(record=tree.name, key=tree.key, parent=tree.parent, label=label))
    engine.table("homes", _homes(run, tree))
    engine.empty(LYING)
    for (name,) in engine.rows(f"SELECT DISTINCT record FROM found WHERE {_COUNTED} AND subject > 0 ORDER BY record"):
        record = run.plan.record(name).record
        own = "t._row" if record.name == tree.name else "areas.row"
        engine.run(_LIE.format(record=name, own=own, field=_leads(record, tree), counted=_COUNTED))
    return [Tallied(*row) for row in engine.rows(_TALLY.format(counted=_COUNTED))]


def lying(run: Session, record: str, rows: Iterable[int]) -> dict[int, int]:
    """The rows of the tree that was tallied last in which some subjects of a record lie."""
    some = f"record = '{record}' AND subject IN (SELECT UNNEST($some))"
    found = f"SELECT subject, area FROM lying WHERE NOT area IS NULL AND {some}"
    return dict(run.engine.rows(found, some=sorted(set(rows))))


def _homes(run: Session, tree: Record) -> str:
    if run.plan.body is None or run.plan.body not in run.tables:
        return "SELECT CAST(NULL AS BIGINT) AS row, CAST(NULL AS BIGINT) AS area WHERE FALSE"
    body = run.plan.record(run.plan.body).record
    parent = f't."{body.parent}"' if body.parent else "NULL"
    return _HOMES.format(record=body.name, key=body.key, parent=parent, field=_leads(body, tree), most=_BELOW)


def _leads(record: Record, tree: Record) -> str:
    """The column that leads into the tree: the first that refers to it; of the tree itself, its key."""
    if record.name == tree.name:
        return f't."{tree.key}"'
    field = next((field.name for field in record.fields if field.ref == tree.name), None)
    return f't."{field}"' if field else "NULL"
