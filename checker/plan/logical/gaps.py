"""The gaps between the related rows of a subject, in the order of their days (docs/meaning.md, section 6: spacing).

From `pairs` to `m` in four steps: `marks` are the dated rows and the two ends of the duty, `steps` lead from each mark to
the next, `gaps` are the steps between two marks that are certain, `undated` counts the rows that may lie in any.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.forms.measure import Gaps, template

_MARKS = """
SELECT subject, day, 1 AS place, sure, _row FROM pairs WHERE day >= started
UNION ALL SELECT subject, started, 0, TRUE, 0 FROM frame WHERE reason IS NULL AND :begun
UNION ALL SELECT subject, :ref, 2, TRUE, 0 FROM frame WHERE reason IS NULL AND :begun
"""
# A row that only may count lies in the gap that ends on its day.
_STEPS = """
SELECT subject, day, place, LEAD(day) OVER following AS next_day, LEAD(place) OVER following AS next_place,
  SUM(CASE WHEN sure THEN 1 ELSE 0 END) OVER following AS gap
FROM marks WINDOW following AS (PARTITION BY subject ORDER BY day, place, sure, _row ROWS UNBOUNDED PRECEDING)
"""
_GAPS = """
SELECT subject, CAST(gap AS INTEGER) AS gap, MIN(day) AS since, MAX(next_day) AS until, MIN(place) = 0 AS leads,
  MAX(next_place) = 2 AS trails, COUNT(*) - 1 AS possible, MIN(next_day) AS first_possible, MAX(day) AS last_possible,
  SUM(:needed) AS needed, BOOL_OR(:near AND place = 1 AND next_place = 1) AS near
FROM steps WHERE NOT next_day IS NULL GROUP BY subject, gap
"""
_UNDATED = "SELECT subject, COUNT(*) AS undated FROM pairs WHERE day IS NULL GROUP BY subject"
_M = """
SELECT frame.*, gaps.gap, gaps.since, gaps.until, gaps.leads, gaps.trails, gaps.first_possible, gaps.last_possible,
  gaps.needed, gaps.near, CASE WHEN :submitted THEN COALESCE(undated.undated, 0) END AS undated,
  gaps.possible + COALESCE(undated.undated, 0) + 2 - CAST(gaps.leads AS INTEGER) - CAST(gaps.trails AS INTEGER) AS rows
FROM frame LEFT JOIN gaps ON gaps.subject = frame.subject AND frame.reason IS NULL
LEFT JOIN undated ON undated.subject = frame.subject
"""


def between(gaps: Gaps, submitted: exp.Expression) -> Iterator[tuple[str, exp.Expression]]:
    """The queries, by name, from `pairs` and `frame` to `m`: a row for each gap that is judged, or one where none is."""
    placeholders = {name: exp.Placeholder(this=name) for name in ("begun", "ref")}
    yield "marks", template(_MARKS, **placeholders)
    yield "steps", template(_STEPS)
    yield "gaps", template(_GAPS, needed=gaps.needed, near=gaps.near)
    yield "undated", template(_UNDATED)
    yield "measured", template(_M, submitted=submitted)
    yield "judged", template("SELECT m.*, COALESCE(:kept, FALSE) AS kept FROM measured AS m", kept=gaps.kept)
    # Of a subject of which no gap is judged one row tells that there is none.
    each = "SELECT *, BOOL_OR(kept) OVER (PARTITION BY subject) AS some FROM judged"
    yield "m", template(f"SELECT * FROM ({each}) AS numbered WHERE kept OR (NOT some AND COALESCE(gap, 1) = 1)")
