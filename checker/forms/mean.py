"""The mean of rows' ratios, each row having the same weight, compared with a bound exactly (docs/meaning.md, section 6).

A row gives two fractions, the least and the greatest that its ratio can be. Those of a subject and window are collected,
brought to a common denominator, `scale`, and added up as integers; each bound p/q is compared with their sum times q less
p for each of them.
"""

from __future__ import annotations

from sqlglot import exp

from checker.forms.bounds import exactly, placed
from checker.forms.measure import Columns, Fold, Measure, Quantity, m, template
from checker.forms.ratio import LARGEST, SANE, against_zero, or_nothing
from checker.forms.site import Site
from checker.model.measures import MeasureKind

_MILLIONTHS = "TRY(CASE WHEN CAST(:v AS DECIMAL(38, 6)) = :v THEN CAST(CAST(:v AS DECIMAL(38, 6)) * 1000000 AS HUGEINT) END)"
"""Numbers have six places; what has more, a product of such numbers, is not known here."""

_ENDS = {
    "none": "COALESCE(whole = 0, FALSE)",
    "told": "COALESCE(whole > 0 OR part > 0, FALSE)",
    "low_part": "CASE WHEN part > 0 AND NOT largest IS NULL THEN part ELSE 0 END",
    "low_whole": "CASE WHEN part > 0 AND NOT largest IS NULL THEN largest ELSE 1 END",
    "high_part": "CASE WHEN part IS NULL THEN 1 ELSE part END",
    "high_whole": "CASE WHEN part > 0 THEN COALESCE(whole, part) ELSE 1 END",
}
"""The two fractions of a row; `told` says that it has a ratio, `none` that it has none, for its whole is 0."""

_RATIO = """
CASE WHEN NOT none THEN {
  'sure': :sure,
  'low_part': low_part // GCD(low_part, low_whole), 'low_whole': low_whole // GCD(low_part, low_whole),
  'high_part': high_part // GCD(high_part, high_whole), 'high_whole': high_whole // GCD(high_part, high_whole)
} END
"""

_LOWER, _HIGHER = (
    f"COALESCE(TRY(a.{end}_part * b.{end}_whole {sign} b.{end}_part * a.{end}_whole), "
    f"CAST(a.{end}_part AS DOUBLE) / a.{end}_whole {sign} CAST(b.{end}_part AS DOUBLE) / b.{end}_whole)"
    for end, sign in (("low", "<"), ("high", ">"))
)
_HULL = f"""
LIST_REDUCE(:ways, LAMBDA a, b : {{
  'sure': a.sure,
  'low_part': CASE WHEN {_LOWER} THEN a.low_part ELSE b.low_part END,
  'low_whole': CASE WHEN {_LOWER} THEN a.low_whole ELSE b.low_whole END,
  'high_part': CASE WHEN {_HIGHER} THEN a.high_part ELSE b.high_part END,
  'high_whole': CASE WHEN {_HIGHER} THEN a.high_whole ELSE b.high_whole END
}})
"""
"""The least and the greatest that one row's ratio can be by any of several ways to read the row."""

_SCALE = """
COALESCE(TRY(LIST_REDUCE(
  LIST_DISTINCT(LIST_CONCAT(
    LIST_TRANSFORM(ratios, LAMBDA r : r.low_whole), LIST_TRANSFORM(ratios, LAMBDA r : r.high_whole), [CAST(1 AS HUGEINT)]
  )),
  LAMBDA a, b : CASE WHEN LCM(a, b) <= 10000000000000000000000 THEN LCM(a, b) END
)), 1000000000000)
"""
"""The least common denominator; where it has more than 22 digits, twelve decimals: sums of either fit in 38 digits."""

_SCALED = """
LIST_TRANSFORM(ratios, LAMBDA r : {
  'sure': r.sure,
  'low': COALESCE(TRY(:low), CAST(0 AS HUGEINT)),
  'high': COALESCE(TRY(:high), scale)
})
"""
_LOW = "CASE WHEN scale % r.low_whole = 0 THEN r.low_part * (scale // r.low_whole) ELSE r.low_part * scale // r.low_whole END"
_HIGH = (
    "CASE WHEN scale % r.high_whole = 0 THEN r.high_part * (scale // r.high_whole) "
    "ELSE r.high_part * scale // r.high_whole + 1 END"
)
"""The ends of a ratio in units of the scale; what is no whole number is rounded away from the truth, never past it."""

_SUM = "CASE WHEN NOT scaled IS NULL THEN COALESCE(LIST_SUM(LIST_TRANSFORM(scaled, LAMBDA r : {each})), 0) END"
"""The sum of something of each row, 0 of no rows; NULL where the rows are unknown."""

_SUMS = {
    "n_lo": "COALESCE(LENGTH(LIST_FILTER(scaled, LAMBDA r : r.sure)), 0)",
    "n_hi": "LENGTH(scaled)",
    "ratios_lo": f"COALESCE({_SUM.format(each='CASE WHEN r.sure THEN r.low ELSE 0 END')}, 0)",
    "ratios_hi": _SUM.format(each="r.high"),
}


def mean_of_rows(site: Site, *, nothing_breaches: bool) -> Measure:
    """The mean of the ratios of the rows that have one; with `nothing_breaches` none at all is a breach."""
    bounds, against = site.bounds(related=False), dict[str, exp.Expression]()
    asked = placed(bounds, None)
    for number, bound in enumerate(asked.bounds, 1):
        against[f"d{number}_lo"] = _difference(bound.ends.high, bound.denominator, "low", "LEAST")
        against[f"d{number}_hi"] = _difference(bound.ends.low, bound.denominator, "high", "GREATEST")
    met, breached = against_zero(bounds)
    measured = Measure(
        kind=MeasureKind.MEAN,
        met=met,
        breached=breached,
        steps=_fractions(site),
        quantities={"ratios": Quantity(_ratio("told"), _ratio("FALSE"), fold=Fold.EACH, hull=_HULL)},
        concluded=(
            {"scale": template(_SCALE)},
            {"scaled": template(_SCALED, low=template(_LOW), high=template(_HIGH))},
            {name: template(sql) for name, sql in _SUMS.items()} | against,
        ),
        own=asked.own,
        low=m("ratios_lo"),
        high=m("ratios_hi"),
        scale=m("scale"),
        whole_low=m("n_lo"),
        whole_high=m("n_hi"),
        shown_bounds=exactly(bounds),
    )
    return or_nothing(measured, "n", nothing_breaches=nothing_breaches)


def _fractions(site: Site) -> tuple[Columns, ...]:
    said = {
        "said_part": site.value("part", related=True),
        "said_whole": site.value("whole", related=True),
        "most": site.upper("whole", related=True),
    }
    return (
        said,
        {name: template(_MILLIONTHS, v=exp.column(name)) for name in said},
        {**SANE, "most": exp.column("most")},
        {"part": exp.column("part"), "whole": exp.column("whole"), "largest": template(LARGEST)},
        {name: template(sql) for name, sql in _ENDS.items()},
    )


def _ratio(sure: str) -> exp.Expression:
    return template(_RATIO, sure=template(sure))


def _difference(asked: exp.Expression, denominator: int, end: str, hull: str) -> exp.Expression:
    """The end of Σ(q · ratio − p), in units of the scale; a row that only may count, or have a ratio, may add 0."""
    missed = f":q * r.{end} - :p * scale"
    each = f"CASE WHEN r.sure THEN {missed} ELSE {hull}({missed}, 0) END"
    return template(
        f"CASE WHEN NOT :p IS NULL THEN TRY({_SUM.format(each=each)}) END",
        q=exp.Literal.number(denominator),
        p=template("CAST(:p AS HUGEINT)", p=asked),
    )
