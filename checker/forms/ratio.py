"""The measures that `rate` and `share` share: parts over wholes, compared with a bound without dividing.

With the bound p/q each row contributes `d = q * part - p * whole`, and the sum of d is compared with 0 (docs/meaning.md,
section 6), so a missing number is only as harmful as it can be.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlglot import exp

from checker.forms.measure import Bound, Columns, Exact, Measure, Quantity, all_of, any_of, m, template, tried, within
from checker.forms.site import Site
from checker.model.measures import MeasureKind


def pooled(
    site: Site,
    steps: tuple[Columns, ...],
    part: Quantity,
    whole: Quantity,
    difference: Callable[[exp.Expression, int], Quantity],
    *,
    exact: Exact,
    nothing_breaches: bool,
) -> Measure:
    """Sums parts and wholes; `difference` gives the d of a row for a bound p/q, from p and q.

    Parts, wholes and differences are computed from the last set of `steps`; `exact` says which rows tell both part and whole,
    so small that nothing computed from them overflows. A whole of 0 is a breach with `nothing_breaches`,
    else the rule does not apply.
    """
    bounds = site.bounds(related=True)
    asked = {f"p{number}": bound.numerator for number, bound in enumerate(bounds, 1)}
    kept = {name: exp.column(name) for name in asked}
    first, *later = steps
    low, high = m("whole_lo"), m("whole_hi")
    quantities = {"part": part, "whole": whole}
    derived = {}
    met, breached = [], []
    for number, bound in enumerate(bounds, 1):
        name = f"d{number}"
        derived[name] = tried(template(f":q * x_part - bound_{number} * x_whole", q=exp.Literal.number(bound.denominator)))
        quantities[name] = difference(exp.column(f"p{number}"), bound.denominator)
        against_zero = (Bound(bound.key, exp.Literal.number(0), 1),)
        one_met, one_breached = within(against_zero, m(f"{name}_lo"), m(f"{name}_hi"))
        met.append(one_met)
        breached.append(one_breached)
    if nothing_breaches:
        met.append(template(":lo > 0", lo=low))
    return Measure(
        kind=MeasureKind.RATIO,
        steps=({**first, **asked}, *({**columns, **kept} for columns in later)),
        quantities=quantities,
        exact=replace(exact, derived=derived),
        met=all_of(*met),
        breached=any_of(*breached, *([template(":hi = 0", hi=high)] if nothing_breaches else [])),
        nothing=exp.false() if nothing_breaches else template(NOTHING, lo=low, hi=high),
        low=m("part_lo"),
        high=m("part_hi"),
        whole_low=low,
        whole_high=high,
        shown_bounds=tuple(bound.numerator for bound in site.bounds(related=False)),
    )


NOTHING = "CASE WHEN :hi = 0 THEN TRUE WHEN :lo = 0 THEN NULL ELSE FALSE END"


def parts_of_wholes(site: Site, *, nothing_breaches: bool) -> Measure:
    """The part of each row lies in its whole: a row whose part is unknown has it between 0 and its whole."""
    return pooled(
        site,
        (
            {
                "said_part": site.value("part", related=True),
                "said_whole": site.value("whole", related=True),
                "most": site.upper("whole", related=True),
            },
            {**SANE, "most": exp.column("most")},
            {"part": exp.column("part"), "whole": exp.column("whole"), "largest": template(LARGEST)},
        ),
        part=Quantity(template("COALESCE(part, 0)"), template("COALESCE(part, largest)")),
        whole=Quantity(template("COALESCE(whole, part, 0)"), template("largest")),
        difference=_difference,
        exact=Exact({"part": exp.column("said_part"), "whole": exp.column("said_whole")}, template(_EXACTLY)),
        nothing_breaches=nothing_breaches,
    )


_CONTRADICTS = "COALESCE(said_part < 0 OR said_whole < 0 OR said_part > said_whole, FALSE)"
SANE = {
    "part": template(f"CASE WHEN NOT {_CONTRADICTS} THEN said_part END"),
    "whole": template(f"CASE WHEN NOT {_CONTRADICTS} THEN said_whole END"),
}
"""A row that contradicts itself tells neither its part nor its whole."""

LARGEST = "COALESCE(whole, CASE WHEN most >= part THEN most END)"
"""The largest whole that there can be; a declared maximum below the part says nothing of it."""


_EXACTLY = "said_part >= 0 AND said_part <= said_whole AND said_whole <= 1000000000000"


def _difference(asked: exp.Expression, denominator: int) -> Quantity:
    """The interval of q * part - p * whole of one row.

    Its least value is reached with the largest whole and the smallest part, its greatest with the part as large as the
    whole can be: for a known part with the smallest whole, for a known whole with the part equal to it.
    """
    parts = {"p": asked, "q": exp.Literal.number(denominator)}
    low = template(
        "CASE WHEN part IS NULL AND whole IS NULL THEN NULL "
        "ELSE :q * COALESCE(part, 0) - CASE WHEN :p = 0 THEN 0 ELSE :p * largest END END",
        **parts,
    )
    high = template(":q * COALESCE(part, whole) - :p * COALESCE(whole, part)", **parts)
    # What cannot be computed, or added up, for sheer size, is not known.
    return Quantity(_added(low), _added(high), signed=True)


def _added(tree: exp.Expression) -> exp.Expression:
    return template("CASE WHEN :v BETWEEN -:most AND :most THEN :v END", v=exp.Try(this=tree), most=exp.Literal.number(10**22))
