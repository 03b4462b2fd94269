"""The measure that `frequency` and `coverage` share: how many rows there are."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from sqlglot import exp

from checker.forms.measure import Bound, Exact, Measure, Quantity, already, any_of, m, template, tried, within
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
    asked = tuple(_of_m(bound, number) for number, bound in enumerate(bounds, 1))
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
        own=limits(bounds),
        low=m("n_lo"),
        high=m("n_hi"),
        shown_bounds=tuple(bound.exact for bound in bounds),
    )


def limits(bounds: tuple[Bound, ...]) -> dict[str, exp.Expression]:
    """The columns of the subject with both ends of the bounds that depend on indicators."""
    return {
        f"limit_{number}_{end}": tree
        for number, bound in enumerate(bounds, 1)
        if bound.highest is not None
        for end, tree in (("lo", bound.numerator), ("hi", bound.highest))
    }


def _of_m(bound: Bound, number: int) -> Bound:
    """The bound as the columns of the measured rows have it."""
    if bound.highest is None:
        return replace(bound, numerator=m(f"bound_{number}"))
    return replace(bound, numerator=m(f"limit_{number}_lo"), highest=m(f"limit_{number}_hi"))


def _never(bound: Bound) -> exp.Expression:
    """No count is exactly a number and a half."""
    return tried(template(":b % :q <> 0", b=bound.exact, q=exp.Literal.number(bound.denominator)))
