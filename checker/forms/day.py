"""A day of which perhaps only the month or the year is known, and how two days lie (docs/meaning.md, section 2)."""

from __future__ import annotations

from typing import NamedTuple

from sqlglot import exp

from checker.forms.measure import template


class Day(NamedTuple):
    """A day by the first and the last that it may be: both are it where it is known, and NULL where it may be any."""

    low: exp.Expression
    high: exp.Expression

    @staticmethod
    def of(day: exp.Expression) -> Day:
        """A day that is known, or may be any."""
        return Day(day, day)

    @property
    def exact(self) -> bool:
        """Whether the two are the same."""
        return self.low == self.high

    def columns(self, name: str) -> dict[str, exp.Expression]:
        """The day as columns: one of that name where the two are the same."""
        return {name: self.low} if self.exact else {f"{name}_from": self.low, f"{name}_until": self.high}

    def named(self, name: str, table: str | None = None) -> Day:
        """The day by these columns of a table."""
        columns = [exp.column(each, table=table) for each in self.columns(name)]
        return Day(columns[0], columns[-1])


def until(one: Day, other: Day) -> exp.Expression:
    """Whether the one is not after the other; NULL where some of the days that they may be are, and some are not."""
    if one.exact and other.exact:
        return template(":one <= :other", one=one.low, other=other.low)
    return template(
        "CASE WHEN :high <= :other_low THEN TRUE WHEN :low > :other_high THEN FALSE END",
        high=one.high,
        other_low=other.low,
        low=one.low,
        other_high=other.high,
    )


def since(one: Day, other: Day) -> exp.Expression:
    """Whether the one is not before the other; NULL as above."""
    if one.exact and other.exact:
        return template(":one >= :other", one=one.low, other=other.low)
    return until(other, one)
