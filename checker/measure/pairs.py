"""Pairs of a subject in its window and a related row that is, or may be, its own (docs/meaning.md, section 5).

Rows are found by equality of their link with the subject's; those whose link may be anything, and those of a subject
whose link may be, are found apart: one join on all three conditions would not be a hash join.
"""

from __future__ import annotations

from sqlglot import exp

from checker.forms.measure import Measure, all_of, perhaps, surely, template
from checker.measure.cuts import Cut
from checker.measure.quantities import stages

_ITS_OWN = """NOT EXISTS(
  SELECT 1 FROM related AS own WHERE own._row = r._row AND own.no = r.no AND own.link = f.link
)"""


def pairs(measure: Measure, cut: Cut | None, *, plain: bool, numbered: bool, climbs: bool) -> exp.Expression:
    """`subject`, `no`, `_row`, `sure`, the first columns of the row, and those of the subject that the measure needs.

    With a `cut`, of rows that are, or may be, dated in it. With `numbered`, rows have the number of their window. With
    `plain`, of rows and subjects whose links are all known. Where links climb a tree, a row may be the subject's and, above
    that, anybody's: it is a pair once.
    """
    window = "r.no = f.no" if numbered else "TRUE"
    own = _pairs(measure, cut, exp.to_table("related"), f"{window} AND r.link = f.link", exp.column("sure", table="r"))
    if plain:
        return own
    stray = _pairs(measure, cut, exp.to_table("related"), f"{window} AND r.link IS NULL AND NOT f.link IS NULL", exp.false())
    if climbs:
        stray = stray.where(template(_ITS_OWN), copy=False)
    anybody = _pairs(measure, cut, each_row(), f"{window} AND f.link IS NULL AND f.any_link", exp.false())
    return exp.union(exp.union(own, stray, distinct=False, copy=False), anybody, distinct=False, copy=False)


def each_row() -> exp.Subquery:
    """Every related row once in each window, as it was submitted, whoever it belongs to; none where no subject needs them."""
    once = exp.select("*").distinct(exp.column("_row"), exp.column("no")).from_("related")
    once = once.order_by("_row", "no", "_via NULLS FIRST")
    needed = template("EXISTS(SELECT 1 FROM frame WHERE link IS NULL AND any_link)")
    return once.where(needed, copy=False).subquery("r", copy=False)


def _pairs(measure: Measure, cut: Cut | None, rows: exp.Expression, on: str, sure: exp.Expression) -> exp.Select:
    columns = [
        *(exp.column(name, table="f") for name in ("subject", "no", *measure.own)),
        *(exp.column(name, table="r") for name in ("_row", *stages(measure)[0])),
    ]
    source = rows if isinstance(rows, exp.Subquery) else rows.as_("r", copy=False)
    inside = exp.true() if cut is None else cut.inside("r", "f")
    joined = exp.select(*columns, all_of(sure, surely(inside)).as_("sure", copy=False))
    joined = joined.from_(exp.to_table("frame").as_("f", copy=False), copy=False)
    joined = joined.join(source, on=template(on), copy=False)
    return joined if cut is None else joined.where(perhaps(inside), copy=False)
