"""Pairs of a subject in its window and a related row that is, or may be, its own (docs/meaning.md, section 5).

Rows are found by equality of their link with the subject's; those whose link may be anything, and those of a subject
whose link may be, are found apart: one join on all three conditions would not be a hash join.

A row whose reference almost matches several keys may be a subject's by more than one of them. Such a row is a pair once too:
`ways` are then the pairs as they are found, which `together` makes one of.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from checker.forms.measure import Fold, Measure, all_of, perhaps, surely, template
from checker.plan.logical.partial_windows import Cut
from checker.plan.logical.quantities import stages
from checker.plan.logical.related_rows import name_of

_NEEDED = "EXISTS(SELECT 1 FROM frame WHERE link IS NULL AND any_link)"
_ITS_OWN = """NOT EXISTS(
  SELECT 1 FROM related AS own WHERE own._row = r._row AND own.no = r.no AND own.link = f.link
)"""


def pairs(
    measure: Measure, cut: Cut | None, *, number_of_links: int, plain: bool, numbered: bool, climbs: bool, ways: bool
) -> exp.Expression:
    """`subject`, `no`, `_row`, `sure`, the first columns of the row, and those of the subject that the measure needs.

    With a `cut`, of rows that are, or may be, dated in it. With `numbered`, rows have the number of their window. With
    `plain`, of rows and subjects whose links are all known. Where links climb a tree, a row may be the subject's and, above
    that, anybody's: it is a pair once, but for the `ways`.
    Of several links each is the same, or may be; the pairs are then ways too, unless they are `plain`.
    """
    window = "r.no = f.no" if numbered else "TRUE"
    links = [name_of(number) for number in range(1, number_of_links + 1)]
    equal = " AND ".join(f"r.{link} = f.{link}" for link in links)
    own = _pairs(measure, cut, exp.to_table("related"), f"{window} AND {equal}", exp.column("sure", table="r"))
    if plain:
        return own
    if len(links) > 1:
        stray = _pairs(measure, cut, exp.to_table("related"), f"{window} AND {astray(links)}", exp.false())
        anybody = _pairs(measure, cut, exp.to_table("related"), f"{window} AND {adrift(links)}", exp.false())
        return exp.union(exp.union(own, stray, distinct=False, copy=False), anybody, distinct=False, copy=False)
    stray = _pairs(measure, cut, exp.to_table("related"), f"{window} AND r.link IS NULL AND NOT f.link IS NULL", exp.false())
    if climbs and not ways:
        stray = stray.where(template(_ITS_OWN), copy=False)
    anybody = _pairs(
        measure, cut, _every_way() if ways else each_row(), f"{window} AND f.link IS NULL AND f.any_link", exp.false()
    )
    return exp.union(exp.union(own, stray, distinct=False, copy=False), anybody, distinct=False, copy=False)


def astray(links: Sequence[str]) -> str:
    """Of a row `r` of which some link may be anything, and a subject `f`: whether each may be the same."""
    return f"({' OR '.join(f'r.{link} IS NULL' for link in links)}) AND {_may_agree(links)}"


def adrift(links: Sequence[str]) -> str:
    """Of a row `r` of which all links are known, and a subject `f` of which some is not: whether each may be the same."""
    known = " AND ".join(f"NOT r.{link} IS NULL" for link in links)
    return f"{known} AND ({' OR '.join(f'f.{link} IS NULL' for link in links)}) AND {_may_agree(links)}"


def _may_agree(links: Sequence[str]) -> str:
    return " AND ".join(
        f"(r.{link} = f.{link} OR (r.{link} IS NULL AND NOT f.{link} IS NULL) OR (f.{link} IS NULL AND f.any_{link}))"
        for link in links
    )


def once() -> exp.Select:
    """Every related row once in each window, as it was submitted, whoever it belongs to."""
    rows = (
        exp.select(exp.Star()).distinct(exp.column("_row"), exp.column("no"), copy=False).from_(exp.table_("related"), copy=False)
    )
    order = (exp.Ordered(this=exp.column(name), nulls_first=True) for name in ("_row", "no", "_via"))
    return rows.order_by(*order, copy=False)


def each_row() -> exp.Subquery:
    """The same; none where no subject needs them."""
    return once().where(template(_NEEDED), copy=False).subquery("r", copy=False)


def _every_way() -> exp.Subquery:
    """The same rows, also by each key that their reference almost matches."""
    return exp.select("*").from_("related").where(template(_NEEDED), copy=False).subquery("r", copy=False)


def together(measure: Measure) -> exp.Select:
    """The pairs of the `ways`: of a row that is a subject's by several the hull of what it adds by each of them.

    What orders a row among others, and is not the same by each, is unknown.
    """
    columns: dict[str, exp.Expression] = {"sure": exp.LogicalOr(this=exp.column("sure"))}
    for name, quantity in measure.quantities.items():
        low, high = (exp.column(f"{name}_{end}") for end in ("lo", "hi"))
        known = "CASE WHEN COUNT(*) = COUNT(:end) THEN :extreme END" if quantity.fold is Fold.SUM else ":extreme"
        if quantity.hull is not None:
            columns[f"{name}_lo"] = exp.AnyValue(this=low)
            columns[f"{name}_hi"] = template(quantity.hull, ways=template("LIST(:way) FILTER (WHERE NOT :way IS NULL)", way=high))
            continue
        columns[f"{name}_lo"] = template(known, end=low, extreme=exp.Min(this=low))
        columns[f"{name}_hi"] = template(known, end=high, extreme=exp.Max(this=high))
    kept = ["subject", "no", "_row"]
    if measure.in_order or measure.groups is not None:
        kept += measure.own
        same = "CASE WHEN COUNT(*) = COUNT(:said) AND MIN(:said) = MAX(:said) THEN MIN(:said) END"
        columns |= {name: template(same, said=exp.column(name)) for name in stages(measure)[0]}
    select = exp.select(*kept, *(tree.as_(name, copy=False) for name, tree in columns.items()), copy=False)
    return select.from_("ways", copy=False).group_by(*kept, copy=False)


def _pairs(measure: Measure, cut: Cut | None, rows: exp.Expression, on: str, sure: exp.Expression) -> exp.Select:
    columns = [
        *(exp.column(name, table="f") for name in ("subject", "no", *measure.own)),
        *(exp.column(name, table="r") for name in ("_row", *stages(measure)[0])),
    ]
    source = rows if isinstance(rows, exp.Subquery) else rows.as_("r", copy=False)
    inside = exp.true() if cut is None else cut.inside("r", "f")
    joined = exp.select(*columns, all_of(sure, surely(inside)).as_("sure", copy=False))
    joined = joined.from_(exp.table_("frame", alias="f"), copy=False)
    joined = joined.join(source, on=template(on), copy=False)
    return joined if cut is None else joined.where(perhaps(inside), copy=False)
