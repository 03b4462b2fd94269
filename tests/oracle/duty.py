"""One measuring: a rule about a subject, in a window or on a day; and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from checker.model.words import Outcome
from tests.oracle.cells import Row, Truth
from tests.oracle.rows import Require, related
from tests.oracle.world import Span, World

Number = Fraction | float | int
"""Exact, or an infinity."""

Interval = tuple[Number, Number]


@dataclass(frozen=True)
class Outcomes:
    """An outcome, why there is none, and the interval that was measured (of counts and totals); of an indicator's ratio both."""

    outcome: Outcome
    reason: str | None = None
    measured: Interval | None = None
    perhaps: bool = False
    ratio: tuple[Interval, ...] = ()


def as_counted(rule: Any) -> dict[str, Require]:
    """What a rule requires; of `unique` that of the rows that agree with the subject, itself among them, there is one (6)."""
    (found,) = ((str(form), says) for form, says in rule["require"].items())
    form, says = found
    if form != "unique":
        return {form: says}
    named = [says[key] if isinstance(says[key], list) else [says[key]] for key in ("within", "fields") if key in says]
    return {"coverage": {"of": rule["for"], "by": {path: path for paths in named for path in paths}, "at_most": 1}}


def parts_of(rule: Any) -> list[Any]:
    """A rule with several requirements as rules with one each; any other as it is."""
    require = rule["require"]
    return [rule | {"require": each} for each in require["all"]] if "all" in require else [rule]


@dataclass(frozen=True)
class Duty:
    """One measuring: a rule about a subject, in a window or (None) on the reference date; parameters as of `day`."""

    world: World
    rule: Any
    subject: Row
    window: Span | None
    day: date | None

    @property
    def form(self) -> str:
        return next(iter(as_counted(self.rule)))

    @property
    def require(self) -> Require:
        return as_counted(self.rule)[self.form]

    @property
    def is_open(self) -> bool:
        return self.window is not None and self.window.last > self.world.as_of

    @property
    def has_begun(self) -> bool:
        return self.window is None or self.window.first <= self.world.as_of

    def rows(self, until: date | None = None) -> list[tuple[Row, Truth]] | None:
        return related(self.world, self.require, self.subject, self.window, self.day, until)
