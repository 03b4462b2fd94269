"""The measure that `frequency` and `coverage` share: how many rows there are."""

from __future__ import annotations

from dataclasses import replace

from sqlglot import exp

from checker.forms.measure import Bound, Measure, Quantity, already, any_of, m, template, within


def count(bounds: tuple[Bound, ...]) -> Measure:
    """Counts the related rows; each that counts is one."""
    one = exp.Literal.number(1)
    asked = tuple(replace(bound, numerator=m(f"bound_{number}")) for number, bound in enumerate(bounds, 1))
    met, breached = within(asked, m("n_lo"), m("n_hi"))
    breached = any_of(breached, *(_never(bound) for bound in asked if bound.key == "exactly"))
    already_met, already_breached = already(asked, m("n_lo"))
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


def _never(bound: Bound) -> exp.Expression:
    """No count is exactly a number and a half."""
    return template(":b % :q <> 0", b=bound.numerator, q=exp.Literal.number(bound.denominator))
