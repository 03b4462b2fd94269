"""The longest run of related rows, in the order of their days, of which a predicate holds (docs/meaning.md, section 6: streak).

A run belongs to the period in which it ends. From `pairs` to `m`: `marks` are the dated rows, `counted` those from the first
on of which `since` holds, `runs` the longest run there certainly is and the longest there
may be, `undated` the rows that may stand anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.forms.measure import template

_MARKS = """
SELECT subject, day, _row, that, day >= started AS ends, sure AND COALESCE(BOOL_OR(sure AND after) OVER up_to, FALSE) AS sure,
  BOOL_OR(COALESCE(after, TRUE)) OVER up_to AS counts
FROM pairs WHERE NOT day IS NULL AND (owed IS NULL OR day >= owed)
WINDOW up_to AS (PARTITION BY subject ORDER BY day, _row ROWS UNBOUNDED PRECEDING)
"""
_COUNTED = """
SELECT subject, day, ends, sure AND COALESCE(that, FALSE) AS misses, COALESCE(that, TRUE) AS may_miss,
  SUM(CASE WHEN COALESCE(that, FALSE) THEN 0 ELSE 1 END) OVER up_to AS broken_perhaps,
  SUM(CASE WHEN sure AND NOT COALESCE(that, TRUE) THEN 1 ELSE 0 END) OVER up_to AS broken
FROM marks WHERE counts WINDOW up_to AS (PARTITION BY subject ORDER BY day, _row ROWS UNBOUNDED PRECEDING)
"""
_CERTAIN = """
SELECT subject, MAX(n) AS n FROM (
  SELECT subject, COUNT_IF(misses) AS n FROM counted GROUP BY subject, broken_perhaps HAVING BOOL_OR(misses AND ends)
) AS each_run GROUP BY subject
"""
_POSSIBLE = """
SELECT subject, MAX(n) AS n, ARG_MAX(since, key) AS since, ARG_MAX(until, key) AS until FROM (
  SELECT subject, COUNT_IF(may_miss) AS n, MIN(CASE WHEN may_miss THEN day END) AS since,
    MAX(CASE WHEN may_miss THEN day END) AS until,
    COUNT_IF(may_miss) * 100000000 - broken AS key
  FROM counted GROUP BY subject, broken HAVING BOOL_OR(may_miss AND ends)
) AS each_run GROUP BY subject
"""
_UNDATED = (
    "SELECT subject, CASE WHEN COUNT_IF(COALESCE(that, TRUE) AND (day IS NULL OR day >= started)) > 0 "
    "THEN COUNT_IF(COALESCE(that, TRUE)) ELSE 0 END AS misses "
    "FROM pairs WHERE day IS NULL OR owed IS NULL OR day >= owed GROUP BY subject"
)
_ANYWHERE = "SELECT DISTINCT subject FROM pairs WHERE day IS NULL"
_M = """
SELECT frame.*, CASE WHEN NOT :submitted THEN 0 WHEN anywhere.subject IS NULL THEN COALESCE(certain.n, 0)
    ELSE LEAST(COALESCE(certain.n, 0), 1) END AS n_lo,
  CASE WHEN :submitted THEN CASE WHEN anywhere.subject IS NULL THEN COALESCE(possible.n, 0) ELSE undated.misses END END AS n_hi,
  CASE WHEN anywhere.subject IS NULL AND possible.n > 0 THEN possible.since END AS since,
  CASE WHEN anywhere.subject IS NULL AND possible.n > 0 THEN possible.until END AS until
FROM frame
LEFT JOIN certain ON certain.subject = frame.subject
LEFT JOIN possible ON possible.subject = frame.subject
LEFT JOIN undated ON undated.subject = frame.subject
LEFT JOIN anywhere ON anywhere.subject = frame.subject
"""


def longest(submitted: exp.Expression) -> Iterator[tuple[str, exp.Expression]]:
    """The queries, by name, from `pairs` and `frame` to `m`."""
    for name, sql in (
        ("marks", _MARKS),
        ("counted", _COUNTED),
        ("certain", _CERTAIN),
        ("possible", _POSSIBLE),
        ("undated", _UNDATED),
        ("anywhere", _ANYWHERE),
    ):
        yield name, template(sql)
    yield "m", template(_M, submitted=submitted)
