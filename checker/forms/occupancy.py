"""`occupancy`: how many related rows exist on every day, and how long there may be too few."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import ClassVar

from pydantic import model_validator
from sqlglot import exp

from checker.forms.base import LOWER, DurationText, Related, Tighter, unfit
from checker.forms.bounds import columns_of, exactly
from checker.forms.measure import Bound, Ends, Measure, Spells, all_of, denied, first_of, m, surely, template
from checker.forms.rounding import Rounded
from checker.forms.site import Site
from checker.forms.words import Words
from checker.model.measures import MeasureKind
from checker.words.message import message

_EVER = exp.cast(exp.Literal.string("-infinity"), "DATE")


class Occupancy(Rounded, Related):
    """So many related rows at any time, by their `lifespan`: exactly one chair, never fewer than three directors."""

    example: ClassVar[str] = """\
for: branches
require:
  occupancy: {of: posts, where: "role = 'chair'", exactly: 1, within: 90 days}
"""

    tighter = MappingProxyType({"within": Tighter.SHORTER})
    durations: ClassVar[tuple[str, ...]] = ("within",)

    of: str
    """The record with a `lifespan`, or the term, whose rows are counted on every day."""
    within: DurationText | None = None
    """Where there are too few there may be so for this long: `90 days`, `3 months`; too many are too many on any day."""

    @model_validator(mode="after")
    def _is_bounded(self) -> Occupancy:
        if not self.bounds():
            raise unfit(message("form-no-bound"))
        if self.within is not None and LOWER.isdisjoint(dict(self.bounds())):
            raise unfit(message("form-within-too-few"))
        return self

    def measure(self, site: Site) -> Measure:
        """Measures each spell with too few rows, or too many; rows that only may exist may fill it."""
        begins, ends = site.lifetime()
        changes, bounds = site.daily_bounds()
        limits, of_a_day, own = list[tuple[Ends, ...]](), list[Bound](), dict[str, exp.Expression]()
        for number, by_change in enumerate(zip(*bounds, strict=True), 1):
            found = [columns_of(f"limit_{number}_{k}", bound.ends, "frame") for k, bound in enumerate(by_change)]
            own |= {name: end for columns, _ in found for name, end in columns.items()}
            limits.append(tuple(ends for _, ends in found))
            of_a_day.append(replace(by_change[0], ends=columns_of(f"limit_{number}", by_change[0].ends, None)[1]))
        floor = template("COALESCE(:began, :ever)", began=site.began(), ever=_EVER)
        told = template("NOT m.hi IS NULL")
        kept, broken = template("m.side IS NULL"), template("m.breaks")
        late, lasting, due = template("FALSE"), template("FALSE"), template("NULL")
        if self.within is not None:
            due = site.moved(m("since"), "within", 1)
            late = template("until >= :due", due=site.moved(exp.column("since"), "within", 1))
            in_time = template("m.side = 'few' AND NOT m.late AND NOT m.vague AND m.until < :due", due=due)
            lasting = all_of(in_time, template("m.until = :ref AND :due <= :last", due=due))
            kept = template("m.side IS NULL OR (:in_time AND :over)", in_time=in_time, over=denied(surely(lasting)))
            broken = first_of((template("m.side = 'few'"), m("late")), default=broken)
        return Measure(
            kind=MeasureKind.OCCUPANCY,
            paired=True,
            spells=Spells(begins, ends, tuple(of_a_day), tuple(limits), changes, late, once=self.within is None),
            own={"started": site.started(), "floor": floor, **own},
            met=all_of(told, kept),
            breached=all_of(told, broken),
            opens=exp.false() if self.within is None else all_of(told, lasting),
            due=due,
            number=m("number"),
            low=m("lo"),
            high=m("hi"),
            day_low=m("since"),
            day_high=m("until"),
            shown_bounds=exactly(bounds[0]),
            limits=() if self.within is None else (("within", self.within),),
        )

    def sentence(self, words: Words) -> str:
        """The number of rows at any time, and how long there may be too few."""
        said = words.say("restated-occupancy", bounds=words.bounds(self.bounds(), self.round))
        if self.within is None:
            return said
        return words.say("restated-occupancy-within", said=said, within=words.span(self.within))
