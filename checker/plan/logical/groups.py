"""The related rows of each value of a field (docs/meaning.md, section 6: `each` and `distinct`).

From `pairs` to `m`: `of_value` counts the rows of each value that occurs, `totals` all rows of a subject in its window, `asked`
are the values that are asked of, each with what it takes to judge it, and `judged` whether it is as required.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.forms.measure import Groups, any_of, template
from checker.model.measures import MeasureKind

_ROWS = "SELECT *, value IS NULL AND NOT COALESCE(none, FALSE) AS unknown, NOT COALESCE(none, FALSE) AS has_one FROM pairs"
_OF_VALUE = """
SELECT subject, no, value, COUNT_IF(sure) AS own_lo, COUNT(*) AS own_hi
FROM valued WHERE NOT value IS NULL GROUP BY subject, no, value
"""
_TOTALS = """
SELECT subject, no, COUNT_IF(sure AND :counted) AS all_lo, COUNT_IF(:counted) AS all_hi,
  COUNT_IF(sure AND unknown) AS any_lo, COUNT_IF(unknown) AS any_hi
FROM valued GROUP BY subject, no
"""
# Rows of unknown value may be of one that does not occur besides: it has no name.
_OCCURRING = """
SELECT subject, no, CAST(value AS TEXT) AS value, TRUE AS named, own_lo > 0 AS certain, own_lo, own_hi FROM of_value
UNION ALL SELECT subject, no, NULL, FALSE, FALSE, 0, 0 FROM totals WHERE any_hi > 0
"""
_LISTED = """
SELECT frame.subject, frame.no, listed.value, TRUE AS named, TRUE AS certain,
  COALESCE(of_value.own_lo, 0) AS own_lo, COALESCE(of_value.own_hi, 0) AS own_hi
FROM frame CROSS JOIN (SELECT UNNEST(:names) AS value) AS listed
LEFT JOIN of_value ON of_value.subject = frame.subject AND of_value.no = frame.no AND of_value.value = listed.value
"""
_ASKED = """
SELECT frame.*, each_kind.value, each_kind.named, each_kind.certain, each_kind.own_lo, each_kind.own_hi,
  COALESCE(totals.all_lo, 0) AS all_lo,
  COALESCE(totals.all_hi, 0) AS all_hi, COALESCE(totals.any_lo, 0) AS any_lo, COALESCE(totals.any_hi, 0) AS any_hi
FROM kinds AS each_kind JOIN frame ON frame.subject = each_kind.subject AND frame.no = each_kind.no
LEFT JOIN totals ON totals.subject = each_kind.subject AND totals.no = each_kind.no
"""
_JUDGED = """
SELECT subject, no, value, named, COALESCE(:met, FALSE) AS met, certain AND COALESCE(:breached, FALSE) AS breached,
  certain AND COALESCE(:already, FALSE) AS already
FROM measured AS m
"""
_TOGETHER = """
SELECT j.subject, j.no, BOOL_AND(j.met) AS all_met, BOOL_OR(j.breached) AS some_wrong, BOOL_OR(j.already) AS some_already,
  COUNT_IF(j.met AND j.named) AS held, COUNT_IF(j.named AND NOT (:wrong)) AS possible, COUNT_IF(j.named) AS found,
  LIST(j.value ORDER BY j.value) FILTER (WHERE :wrong) AS wrong,
  LIST(j.value ORDER BY j.value) FILTER (WHERE j.named AND NOT j.met) AS unsure
FROM judged AS j JOIN frame ON frame.subject = j.subject AND frame.no = j.no GROUP BY j.subject, j.no
"""
_M = """
SELECT frame.*, COALESCE(together.all_met, TRUE) AND :submitted AS all_met,
  COALESCE(together.some_wrong, FALSE) AND :submitted AS some_wrong,
  COALESCE(together.some_already, FALSE) AND :submitted AS some_already,
  COALESCE(together.held, 0) AS held, COALESCE(together.possible, 0) AS possible, COALESCE(together.found, 0) AS found,
  CASE WHEN :submitted THEN COALESCE(totals.all_lo, 0) ELSE 0 END AS all_lo,
  CASE WHEN :submitted THEN COALESCE(totals.all_hi, 0) END AS all_hi,
  COALESCE(together.wrong, together.unsure) AS missing
FROM frame LEFT JOIN together ON together.subject = frame.subject AND together.no = frame.no
LEFT JOIN totals ON totals.subject = frame.subject AND totals.no = frame.no
"""
_DIFFERENT = """
SELECT frame.*,
  CASE WHEN :submitted THEN GREATEST(COALESCE(different.sure, 0), LEAST(COALESCE(totals.all_lo, 0), 1)) ELSE 0 END AS n_lo,
  CASE WHEN :submitted THEN COALESCE(different.possible, 0) + COALESCE(totals.any_hi, 0) END AS n_hi
FROM frame LEFT JOIN totals ON totals.subject = frame.subject AND totals.no = frame.no
LEFT JOIN different ON different.subject = frame.subject AND different.no = frame.no
"""


def of_values(
    groups: Groups, kind: MeasureKind, submitted: exp.Expression, over: exp.Expression
) -> Iterator[tuple[str, exp.Expression]]:
    """The queries, by name, from `pairs` and `frame` to `m`: a row for each subject and window."""
    yield "valued", template(_ROWS)
    yield "of_value", template(_OF_VALUE)
    # A row of no value is counted by a share alone, in its whole.
    yield "totals", template(_TOTALS, counted=exp.true() if kind is MeasureKind.SHARES else exp.column("has_one"))
    if groups.distinct:
        counted = "SELECT subject, no, COUNT_IF(own_lo > 0) AS sure, COUNT(*) AS possible FROM of_value GROUP BY subject, no"
        yield "different", template(counted)
        yield "m", template(_DIFFERENT, submitted=submitted)
        return
    listed = groups.of.values
    if listed is None:
        yield "kinds", template(_OCCURRING)
    else:
        yield "kinds", template(_LISTED, names=exp.Array(expressions=[exp.Literal.string(value) for value in listed]))
    yield "asked", template(_ASKED)
    columns = exp.select("*", *(tree.as_(name) for name, tree in groups.columns.items())).from_("asked AS m")
    yield "measured", columns
    yield "judged", template(_JUDGED, met=groups.met, breached=groups.breached, already=groups.already_breached)
    wrong = any_of(exp.column("already", table="j"), template("j.breached AND :over", over=over))
    yield "together", template(_TOGETHER, wrong=wrong)
    yield "m", template(_M, submitted=submitted)
