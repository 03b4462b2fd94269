"""The measure that `frequency` and `coverage` share: how many rows there are."""

from __future__ import annotations

from typing import NamedTuple

from sqlglot import exp

from checker.forms.bounds import already, exactly, placed, within
from checker.forms.measure import Bound, Exact, Measure, Quantity, any_of, m, template, tried
from checker.model.measures import MeasureKind


class Judged(NamedTuple):
    """When a count is within its bounds, and when it is not, in a window that is over; and in one that is not."""

    met: exp.Expression
    breached: exp.Expression
    already_met: exp.Expression
    already_breached: exp.Expression


def judged(bounds: tuple[Bound, ...], name: str) -> Judged:
    """The quantity of that name against the bounds."""
    low, high = m(f"{name}_lo"), m(f"{name}_hi")
    asked = placed(bounds).bounds
    met, breached = within(asked, low, high)
    breached = any_of(breached, *(_never(bound) for bound in asked if bound.key == "exactly"))
    return Judged(met, breached, *already(asked, low))


def count(bounds: tuple[Bound, ...]) -> Measure:
    """Counts the related rows; each that counts is one."""
    one = exp.Literal.number(1)
    return Measure(
        kind=MeasureKind.COUNT,
        quantities={"n": Quantity(one, one)},
        exact=Exact({"n": one}),
        **judged(bounds, "n")._asdict(),
        own=placed(bounds).own,
        low=m("n_lo"),
        high=m("n_hi"),
        shown_bounds=exactly(bounds),
    )


def _never(bound: Bound) -> exp.Expression:
    """No count is exactly a number and a half."""
    return tried(template(":b % :q <> 0", b=bound.ends.exact, q=exp.Literal.number(bound.denominator)))
