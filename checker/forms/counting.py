"""The measure that `frequency` and `coverage` share: how many rows there are."""

from __future__ import annotations

from sqlglot import exp

from checker.forms.measure import Bound, Measure, Quantity, already, m, within


def count(bounds: tuple[Bound, ...]) -> Measure:
    """Counts the related rows; each that counts is one."""
    one = exp.Literal.number(1)
    met, breached = within(bounds, m("n_lo"), m("n_hi"))
    already_met, already_breached = already(bounds, m("n_lo"))
    return Measure(
        kind="count",
        quantities={"n": Quantity(one, one)},
        met=met,
        breached=breached,
        already_met=already_met,
        already_breached=already_breached,
        low=m("n_lo"),
        high=m("n_hi"),
        shown_bounds=tuple(bound.numerator for bound in bounds),
    )
