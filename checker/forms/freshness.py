"""`freshness`: the latest dated row is no older than so long."""

from __future__ import annotations

from types import MappingProxyType
from typing import ClassVar, Literal

from pydantic import field_validator
from sqlglot import exp

from checker.forms.base import DurationText, Related, Tighter, unfit
from checker.forms.day import Day
from checker.forms.measure import Exact, Fold, Measure, Quantity, m, template
from checker.forms.site import Site
from checker.forms.words import Words
from checker.model.measures import MeasureKind
from checker.words.message import message


class Freshness(Related):
    """The latest related row, or the subject's own date, is not older than `within`: reviewed in the last year."""

    example: ClassVar[str] = """\
for: branches
require:
  freshness: {of: documents, where: "kind = 'working regulations'", within: 1 year}
"""
    tighter = MappingProxyType({"within": Tighter.SHORTER, "never": Tighter.GIVEN})

    durations: ClassVar[tuple[str, ...]] = ("within",)

    within: DurationText
    """How old the latest may be: `365d`, `30 days`, `12 months`, `1 year`."""
    on: str | None = None
    """The date field that is read; the record's own `date`, if not given."""
    never: Literal["breached"] | None = None
    """`breached` reads an empty date of the subject's own row as *never*; without it an empty date is unknown."""

    @field_validator("within")
    @classmethod
    def _is_counted_in_all_days(cls, text: str) -> str:
        if "working" in text:
            raise unfit(message("form-calendar-span"))
        return text

    @property
    def dated(self) -> bool:
        """It always does."""
        return True

    def measure(self, site: Site) -> Measure:
        """Counts the rows that are fresh: dated from the oldest allowed day to the reference date."""
        return self._own(site) if self.of is None else self._related(site)

    def _related(self, site: Site) -> Measure:
        day, oldest = site.days(related=True), self._oldest(site)
        within = {"low": day.low, "high": day.high, "oldest": oldest}
        fresh = template("CASE WHEN :low >= :oldest AND :high <= :ref THEN 1 ELSE 0 END", **within)
        maybe = template("CASE WHEN :low IS NULL OR :high >= :oldest AND :low <= :ref THEN 1 ELSE 0 END", **within)
        latest = template("CASE WHEN :high <= :ref THEN :low END", **within)
        perhaps = latest if day.exact else template("CASE WHEN :low <= :ref THEN LEAST(:high, :ref) END", **within)
        stale = template(":hi = 0", hi=m("fresh_hi"))
        begun, began = site.begun(), site.begun().named("began", "m")
        return Measure(
            kind=MeasureKind.DATE,
            quantities={"fresh": Quantity(fresh, maybe), "latest": Quantity(latest, perhaps, fold=Fold.LATEST)},
            exact=Exact({"fresh": fresh, "latest": latest}, template("NOT :day IS NULL", day=site.day(related=True))),
            own={**begun.columns("began"), "deadline": self._due(site, begun)},
            met=template(":lo >= 1", lo=m("fresh_lo")),
            breached=_since_long(stale, began, oldest),
            opens=template(":stale AND :began > :oldest", stale=stale, began=began.low, oldest=oldest),
            due=m("deadline"),
            day_low=m("latest_lo"),
            day_high=m("latest_hi"),
            allowed_from=oldest,
            limits=(("within", self.within),),
        )

    def _own(self, site: Site) -> Measure:
        never = site.absent() if self.never else exp.false()
        own, oldest = site.days(related=False), self._oldest(site)
        day = own.named("day", "m")
        stale = template(":high < :oldest OR :never", high=day.high, oldest=oldest, never=m("never"))
        begun, began = site.begun(), site.begun().named("began", "m")
        return Measure(
            kind=MeasureKind.DATE,
            own={
                **own.columns("day"),
                "never": never,
                **begun.columns("began"),
                "deadline": self._due(site, begun),
            },
            day_low=day.low,
            day_high=day.high,
            met=template(":low >= :oldest AND :high <= :ref", low=day.low, high=day.high, oldest=oldest),
            breached=_since_long(stale, began, oldest),
            opens=template("(:stale) AND :began > :oldest", stale=stale, began=began.low, oldest=oldest),
            due=m("deadline"),
            allowed_from=oldest,
            limits=(("within", self.within),),
        )

    def _due(self, site: Site, begun: Day) -> exp.Expression:
        """By when the first is due, where the day on which the duty began is known."""
        return site.moved(begun.low, "within", 1) if begun.exact else exp.cast(exp.null(), "DATE")

    def _oldest(self, site: Site) -> exp.Expression:
        """The first day that is still fresh on the reference date."""
        return site.moved(exp.Placeholder(this="ref"), "within", -1)

    def sentence(self, words: Words) -> str:
        """How old the latest date may be, and what is said of none."""
        within = words.span(self.within)
        if self.of is None:
            day = words.quantity(self.on, related=False) if self.on is not None else words.say("restated-its-date")
            said = words.say("restated-fresh", day=day, within=within)
        else:
            said = words.say("restated-latest-fresh", within=within)
        return words.say("restated-never-breaches", said=said) if self.never else said


def _since_long(stale: exp.Expression, began: Day, oldest: exp.Expression) -> exp.Expression:
    """Where nothing is fresh, whether the duty cannot have begun after the oldest day that is."""
    if began.exact:
        return stale
    return template("(:stale) AND COALESCE(:began <= :oldest, TRUE)", stale=stale, began=began.high, oldest=oldest)
