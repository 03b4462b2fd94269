"""The gaps between the related rows of a subject, in the order of their days (docs/meaning.md, section 6: spacing).

From `pairs` to `m` in six steps: `before` is the last row that counts before the days that are judged, `earlier` are rows that
may be it where there is none, `marks` are the dated rows from there on and the ends of the duty, `steps` lead from each mark to
the next, `gaps` are the steps between two marks that are certain, `undated` counts the rows that may lie in any.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.forms.measure import Gaps, template

_BEFORE = """
SELECT subject, day, _row FROM pairs WHERE sure AND day < started AND (owed IS NULL OR day >= owed)
QUALIFY ROW_NUMBER() OVER (PARTITION BY subject ORDER BY day DESC, _row DESC) = 1
"""
_EARLIER = """
SELECT pairs.subject, MIN(pairs.day) AS first, MAX(pairs.day) AS last FROM pairs
LEFT JOIN before ON before.subject = pairs.subject
WHERE before.subject IS NULL AND pairs.day < started AND (owed IS NULL OR pairs.day >= owed) GROUP BY pairs.subject
"""
_MARKS = """
SELECT pairs.subject, pairs.day, 1 AS place, sure, pairs._row, started
FROM pairs LEFT JOIN before ON before.subject = pairs.subject
WHERE pairs.day >= started OR pairs.day > before.day OR pairs._row = before._row
UNION ALL SELECT frame.subject, started, 0, TRUE, 0, started FROM frame LEFT JOIN before ON before.subject = frame.subject
  WHERE reason IS NULL AND :begun AND before.subject IS NULL
UNION ALL SELECT subject, :ref, 2, TRUE, 0, started FROM frame WHERE reason IS NULL AND :begun
"""
# A row that only may count lies in the gap that ends on its day. A step across the first day is one from the day before, too.
_STEPS = """
SELECT subject, day, place, started, GREATEST(day, started - 1) AS late, LEAD(day) OVER following AS next_day,
  LEAD(place) OVER following AS next_place, SUM(CASE WHEN sure THEN 1 ELSE 0 END) OVER following AS gap
FROM marks WINDOW following AS (PARTITION BY subject ORDER BY day, place, sure, _row ROWS UNBOUNDED PRECEDING)
"""
_GAPS = """
SELECT subject, CAST(gap AS INTEGER) AS gap, MIN(day) AS since, MAX(next_day) AS until, MIN(place) = 0 AS leads,
  MAX(next_place) = 2 AS trails, COUNT(*) - 1 AS possible, MIN(next_day) AS first_possible, MAX(day) AS last_possible,
  SUM(CASE WHEN next_day < started THEN 0 WHEN day < started THEN LEAST(:needed, 1 + :later) ELSE :needed END) AS needed,
  BOOL_OR(:near AND place = 1 AND next_place = 1 AND next_day >= started) AS near
FROM steps WHERE NOT next_day IS NULL GROUP BY subject, gap
"""
_UNDATED = "SELECT subject, COUNT(*) AS undated FROM pairs WHERE day IS NULL GROUP BY subject"
_M = """
SELECT frame.*, gaps.gap, gaps.since, gaps.until, gaps.leads, gaps.trails, gaps.first_possible, gaps.last_possible,
  gaps.needed, gaps.near, CASE WHEN :submitted THEN COALESCE(undated.undated, 0) END AS undated,
  CASE WHEN gaps.leads THEN earlier.last END AS earlier_last,
  CASE WHEN gaps.possible > 0 THEN gaps.first_possible WHEN NOT gaps.trails THEN gaps.until END AS first_row,
  CASE WHEN NOT gaps.leads THEN gaps.since WHEN undated.undated > 0 THEN frame.owed
    ELSE COALESCE(earlier.first, gaps.since) END AS earliest,
  COALESCE(earlier.first, gaps.first_possible) AS first_one,
  gaps.possible + COALESCE(undated.undated, 0) + 2 - CAST(gaps.leads AS INTEGER) - CAST(gaps.trails AS INTEGER)
    + CASE WHEN gaps.leads AND NOT earlier.subject IS NULL THEN 1 ELSE 0 END AS rows
FROM frame LEFT JOIN gaps ON gaps.subject = frame.subject AND frame.reason IS NULL
LEFT JOIN undated ON undated.subject = frame.subject
LEFT JOIN earlier ON earlier.subject = frame.subject
"""


def between(gaps: Gaps, submitted: exp.Expression) -> Iterator[tuple[str, exp.Expression]]:
    """The queries, by name, from `pairs` and `frame` to `m`: a row for each gap that is judged, or one where none is."""
    placeholders = {name: exp.Placeholder(this=name) for name in ("begun", "ref")}
    yield "before", template(_BEFORE)
    yield "earlier", template(_EARLIER)
    yield "marks", template(_MARKS, **placeholders)
    yield "steps", template(_STEPS)
    yield "gaps", template(_GAPS, needed=gaps.needed, later=gaps.later, near=gaps.near)
    yield "undated", template(_UNDATED)
    yield "measured", template(_M, submitted=submitted)
    yield "judged", template("SELECT m.*, COALESCE(:kept, FALSE) AS kept FROM measured AS m", kept=gaps.kept)
    # Of a subject of which no gap is judged one row tells that there is none.
    each = "SELECT *, BOOL_OR(kept) OVER (PARTITION BY subject) AS some FROM judged"
    yield "m", template(f"SELECT * FROM ({each}) AS numbered WHERE kept OR (NOT some AND COALESCE(gap, 1) = 1)")
