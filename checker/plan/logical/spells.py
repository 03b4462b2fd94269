"""How many related rows exist on every day, and on which there are too few or too many (docs/meaning.md, section 6: occupancy).

From `pairs` to `m`: `turns` are the days on which the number may change, `days` the stretches between them with the number,
`sides` the same compared with the lower and with the upper bounds, `spells` the longest runs of days that do not keep the
bounds of a side, and `late` tells of which a run of days that break them lasts too long.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import reduce

from sqlglot import exp

from checker.forms.bounds import within
from checker.forms.measure import Ends, Spells, all_of, any_of, first_of, template

# A row with an unknown end may exist on all the days that end could leave, and certainly exists on none.
_TURNS = """
SELECT subject, GREATEST(COALESCE(begins, floor), floor) AS day, 1 AS may,
  CASE WHEN sure AND NOT begins IS NULL AND NOT ends IS NULL THEN 1 ELSE 0 END AS must
FROM pairs WHERE COALESCE(begins <= :ref, TRUE) AND COALESCE(ends >= floor, TRUE)
UNION ALL SELECT subject, CAST(ends + 1 AS DATE), -1, CASE WHEN sure AND NOT begins IS NULL THEN -1 ELSE 0 END
FROM pairs WHERE ends >= floor AND ends < :ref AND COALESCE(begins <= :ref, TRUE)
UNION ALL SELECT subject, floor, 0, 0 FROM frame WHERE reason IS NULL AND :begun
UNION ALL SELECT subject, started, 0, 0 FROM frame WHERE reason IS NULL AND :begun
"""
_CHANGE = "SELECT subject, :day, 0, 0 FROM frame WHERE reason IS NULL AND :begun AND floor < :day AND :day <= :ref"
_CHANGED = "SELECT subject, day, SUM(may) AS may, SUM(must) AS must FROM turns GROUP BY subject, day"
_DAYS = """
SELECT subject, day, COALESCE(LEAD(day) OVER following - 1, :ref) AS last,
  SUM(must) OVER following AS lo, SUM(may) OVER following AS hi
FROM changed WINDOW following AS (PARTITION BY subject ORDER BY day ROWS UNBOUNDED PRECEDING)
"""
_BOUNDED = "SELECT days.*, started FROM days JOIN frame ON frame.subject = days.subject"
_SIDE = "SELECT *, COALESCE(:keeps, FALSE) AS keeps, COALESCE(:breaks, FALSE) AS breaks, :side AS side FROM bounded"
_NUMBERED = """
SELECT *, SUM(CASE WHEN keeps THEN 1 ELSE 0 END) OVER up_to AS spell, SUM(CASE WHEN breaks THEN 0 ELSE 1 END) OVER up_to AS run
FROM sides WINDOW up_to AS (PARTITION BY subject, side ORDER BY day ROWS UNBOUNDED PRECEDING)
"""
# What no day before keeps begins on the first day of the duty: what was not submitted tells nothing.
_SINCE = "CASE WHEN spell = 0 THEN GREATEST(MIN(day), MIN(started)) ELSE MIN(day) END"
_RUNS = """
SELECT subject, side, spell, :since AS since, MAX(last) AS until
FROM numbered WHERE breaks GROUP BY subject, side, spell, run HAVING MAX(last) >= MIN(started)
"""
_TIMED = "SELECT subject, side, spell, :late AS late FROM runs"
_LATE = "SELECT subject, side, spell, BOOL_OR(late) AS late FROM timed GROUP BY subject, side, spell"
_SPELLS = """
SELECT subject, side, spell, :since AS since, MAX(last) AS until,
  MIN(CASE WHEN spell > 0 OR last >= started THEN lo END) AS lo, MAX(CASE WHEN spell > 0 OR last >= started THEN hi END) AS hi,
  BOOL_OR(breaks AND last >= started) AS breaks, BOOL_OR(spell = 0 AND last < started AND NOT breaks) AS vague
FROM numbered WHERE NOT keeps GROUP BY subject, side, spell HAVING MAX(last) >= MIN(started)
"""
# Too few and too many, on the same days and neither for certain, are one doubt.
_ONCE = """
SELECT * FROM spells WHERE breaks OR side = 'few'
UNION ALL SELECT * FROM spells AS many WHERE NOT breaks AND side = 'many' AND NOT EXISTS(
  SELECT 1 FROM spells AS few WHERE few.subject = many.subject AND few.since = many.since AND few.until = many.until
    AND few.side = 'few' AND NOT few.breaks
)
"""
_ALL = "SELECT subject, MIN(lo) AS lo, MAX(hi) AS hi FROM bounded WHERE last >= started GROUP BY subject"
_M = """
SELECT frame.*, once.side,
  CASE WHEN frame.reason IS NULL AND :begun THEN COALESCE(once.since, frame.started) END AS since,
  CASE WHEN frame.reason IS NULL AND :begun THEN COALESCE(once.until, :ref) END AS until,
  CASE WHEN :submitted THEN COALESCE(once.lo, every.lo) ELSE 0 END AS lo,
  CASE WHEN :submitted THEN COALESCE(once.hi, every.hi) END AS hi,
  once.breaks, COALESCE(late.late, FALSE) AS late, once.vague,
  ROW_NUMBER() OVER (PARTITION BY frame.subject ORDER BY once.since, once.until, once.side) AS number
FROM frame LEFT JOIN once ON once.subject = frame.subject AND frame.reason IS NULL AND :submitted
LEFT JOIN late ON late.subject = once.subject AND late.side = once.side AND late.spell = once.spell
LEFT JOIN every ON every.subject = frame.subject
"""
_SIDES = {
    "few": {"at_least": "at_least", "more_than": "more_than", "exactly": "at_least"},
    "many": {"at_most": "at_most", "less_than": "less_than", "exactly": "at_most"},
}
"""The bounds of either side, each as it is compared there."""


def over_time(spells: Spells, submitted: exp.Expression) -> Iterator[tuple[str, exp.Expression]]:
    """The queries, by name, from `pairs` and `frame` to `m`: a row for each shortfall and excess, or one where there is none."""
    since = template(_SINCE)
    run = {name: exp.Placeholder(this=name) for name in ("begun", "ref")}
    turns = (template(_TURNS, **run), *(template(_CHANGE, day=day, **run) for day in spells.changes))
    yield "turns", _all(turns)
    yield "changed", template(_CHANGED)
    yield "days", template(_DAYS, **run)
    yield "bounded", _on(template(_BOUNDED), spells, exp.column("day"), "limit")
    yield "sides", _sides(spells)
    yield "numbered", template(_NUMBERED)
    yield "runs", template(_RUNS, since=since)
    yield "timed", template(_TIMED, late=spells.late)
    yield "late", template(_LATE)
    yield "spells", template(_SPELLS, since=since)
    yield "once", template(_ONCE if spells.once else "SELECT * FROM spells")
    yield "every", template(_ALL)
    last = template("COALESCE(once.until, :ref)", **run)
    yield "m", _on(template(_M, submitted=submitted, **run), spells, last, "bound")


def _all(queries: Iterable[exp.Expression]) -> exp.Expression:
    return reduce(lambda one, other: exp.union(one, other, distinct=False, copy=False), queries)


def _on(select: exp.Expression, spells: Spells, day: exp.Expression, name: str) -> exp.Expression:
    """The query with the bounds as they are on a day: those since the last change of parameters before it."""
    if not isinstance(select, exp.Select):
        raise TypeError(select)
    for number, (bound, by_change) in enumerate(zip(spells.bounds, spells.limits, strict=True), 1):
        low, high = (_since(spells.changes, day, ends) for ends in zip(*by_change, strict=True))
        told = {str(column.name): end for column, end in zip(bound.ends, (low, high), strict=True)}
        if name == "bound":
            told = {f"bound_{number}": Ends(low, high).exact}
        select = select.select(*(tree.as_(column, copy=False) for column, tree in told.items()), copy=False)
    return select


def _since(changes: tuple[exp.Expression, ...], day: exp.Expression, ends: Sequence[exp.Expression]) -> exp.Expression:
    """The end as it is since the last change of parameters before a day."""
    first, *later = ends
    changed = list(zip(changes, later, strict=True))
    return first_of(
        *((template(":day >= :change", day=day, change=change), end) for change, end in reversed(changed)), default=first
    )


def _sides(spells: Spells) -> exp.Expression:
    """Every day as one of the lower bounds, and of the upper ones."""
    low, high, found = exp.column("lo"), exp.column("hi"), []
    for side, keys in _SIDES.items():
        asked = [replace(bound, key=keys[bound.key]) for bound in spells.bounds if bound.key in keys]
        compared = [within((bound,), low, high) for bound in asked]
        keeps, breaks = all_of(*(met for met, _ in compared)), any_of(*(broken for _, broken in compared))
        if asked:
            found.append(template(_SIDE, keeps=keeps, breaks=breaks, side=exp.Literal.string(side)))
    return _all(found)
