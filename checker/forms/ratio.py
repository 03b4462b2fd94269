"""The measures that `rate` and `share` share: parts over wholes, compared with a bound without dividing.

With the bound p/q each row contributes `d = q * part - p * whole`, and the sum of d is compared with 0 (docs/meaning.md,
section 6), so a missing number is only as harmful as it can be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from sqlglot import exp

from checker.forms.bounds import columns_of, exactly, placed, within
from checker.forms.measure import Bound, Ends, Exact, Measure, Quantity, all_of, any_of, m, one, template, tried
from checker.forms.site import Site
from checker.model.measures import MeasureKind


def pooled(
    site: Site,
    steps: tuple[dict[str, exp.Expression], ...],
    part: Quantity,
    whole: Quantity,
    difference: Callable[[Ends, int], Quantity],
    *,
    exact: Exact,
    nothing_breaches: bool,
) -> Measure:
    """Sums parts and wholes; `difference` gives the d of a row for a bound p/q, from what p may be, and q.

    Parts, wholes and differences are computed from the last set of `steps`; `exact` says which rows tell both part and whole,
    so small that nothing computed from them overflows. What p is, rows tell by their day, or else the subject that they are
    paired with. A whole of 0 is a breach with `nothing_breaches`, else the rule does not apply.
    """
    bounds = site.bounds(related=True)
    own, limits = placed(bounds)
    quantities, derived = {"part": part, "whole": whole}, dict[str, exp.Expression]()
    by_row, by_subject = dict[str, exp.Expression](), dict[str, exp.Expression]()
    for number, (bound, limit) in enumerate(zip(bounds, limits, strict=True), 1):
        columns, asked = columns_of(f"p{number}", bound.ends, None)
        if bound.ends.single:
            by_row |= columns
        else:
            by_subject |= {name: exp.column(end.name) for name, end in zip(columns, limit.ends, strict=True)}
        quantities[f"d{number}"] = difference(asked, bound.denominator)
        q = exp.Literal.number(bound.denominator)
        derived[f"d{number}"] = tried(template(f":q * x_part - bound_{number} * x_whole", q=q))
    first, *later = {**steps[0], **by_row}, *([_same(steps[0]) | by_subject] if own else []), *steps[1:]
    kept = _same(by_row | by_subject)
    met, breached = against_zero(bounds)
    measured = Measure(
        kind=MeasureKind.RATIO,
        met=met,
        breached=breached,
        steps=(first, *({**kept, **columns} for columns in later)),
        quantities=quantities,
        exact=None if own else replace(exact, derived=derived),
        own=own,
        by_subject=bool(own),
        low=m("part_lo"),
        high=m("part_hi"),
        whole_low=m("whole_lo"),
        whole_high=m("whole_hi"),
        shown_bounds=exactly(site.bounds(related=False)),
    )
    return or_nothing(measured, "whole", nothing_breaches=nothing_breaches)


def against_zero(bounds: tuple[Bound, ...]) -> tuple[exp.Expression, exp.Expression]:
    """(met, breached) of bounds, by the columns `d<number>_lo` and `_hi`: how far what is measured is above each."""
    zero, met, breached = one(exp.Literal.number(0)), [], []
    for number, bound in enumerate(bounds, 1):
        compared = within((replace(bound, ends=zero, denominator=1),), m(f"d{number}_lo"), m(f"d{number}_hi"))
        met.append(compared[0])
        breached.append(compared[1])
    return all_of(*met), any_of(*breached)


def or_nothing(measured: Measure, whole: str, *, nothing_breaches: bool) -> Measure:
    """The measure, with what a whole of 0 is; `whole` is what its columns are called."""
    ends = {"lo": m(f"{whole}_lo"), "hi": m(f"{whole}_hi")}
    if not nothing_breaches:
        return replace(measured, nothing=template(NOTHING, **ends))
    met, breached = all_of(measured.met, template(":lo > 0", **ends)), any_of(measured.breached, template(":hi = 0", **ends))
    return replace(measured, met=met, breached=breached)


def _same(columns: Iterable[str]) -> dict[str, exp.Expression]:
    return {name: exp.column(name) for name in columns}


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


def _difference(asked: Ends, denominator: int) -> Quantity:
    """The interval of q * part - p * whole of one row.

    Its least value is reached with the largest whole and the smallest part, its greatest with the part as large as the
    whole can be: for a known part with the smallest whole, for a known whole with the part equal to it. Below 0, a p takes
    the wholes the other way round.
    """
    q = exp.Literal.number(denominator)
    low = template(
        "CASE WHEN part IS NULL AND whole IS NULL THEN NULL "
        "ELSE :q * COALESCE(part, 0) - :p * CASE WHEN :p > 0 THEN largest ELSE COALESCE(whole, part) END END",
        p=asked.high,
        q=q,
    )
    high = template(
        ":q * COALESCE(part, whole) - :p * CASE WHEN :p < 0 THEN largest ELSE COALESCE(whole, part) END", p=asked.low, q=q
    )
    # What cannot be computed, or added up, for sheer size, is not known.
    return Quantity(_added(low), _added(high), signed=True)


def _added(tree: exp.Expression) -> exp.Expression:
    return template("CASE WHEN :v BETWEEN -:most AND :most THEN :v END", v=exp.Try(this=tree), most=exp.Literal.number(10**22))
