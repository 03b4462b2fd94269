"""`spacing`: how far apart dated rows are, one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar, Literal

from pydantic import model_validator
from sqlglot import exp

from checker.forms.base import DurationText, Related, Tighter, unfit
from checker.forms.measure import Gaps, Measure, all_of, any_of, denied, first_of, m, surely, template
from checker.forms.site import Site
from checker.forms.words import Words
from checker.model.measures import MeasureKind
from checker.words.message import message


class Spacing(Related):
    """Not more, or not less, than so long from each related row to the next: four months between meetings at most."""

    example: ClassVar[str] = """\
for: branches
require:
  spacing: {of: meetings, where: held, at_most: 4 months}
"""

    tighter = MappingProxyType({"at_most": Tighter.SHORTER})
    durations: ClassVar[tuple[str, ...]] = ("at_most", "at_least")

    of: str
    """The record, or the term, whose rows follow one another."""
    on: str | None = None
    """The date field by which they do; the record's own `date`, if not given."""
    at_most: DurationText | None = None
    """No gap is longer: `120d`, `4 months`, `1 year`."""
    at_least: DurationText | None = None
    """No two rows are nearer to each other than this."""
    ends: Literal["open"] | None = None
    """`open`: only from row to row; else also from the first day, where no earlier row was submitted, and to the last."""

    @model_validator(mode="after")
    def _is_bounded(self) -> Spacing:
        if self.at_most is None and self.at_least is None:
            raise unfit(message("form-no-gap"))
        return self

    @property
    def dated(self) -> bool:
        """The rows follow one another by their days."""
        return True

    def measure(self, site: Site) -> Measure:
        """Measures each gap between rows that count; those that only may count, and undated ones, may lie in it."""
        closed = self.ends is None
        sides = [] if self.at_most is None else [_closed(site) if closed else _open(site)]
        sides += [] if self.at_least is None else [_apart(site)]
        always = closed and self.at_most is not None
        told = template("NOT m.undated IS NULL")
        breached = any_of(*(side.breached for side in sides))
        length = template("CAST(:until - :since AS BIGINT)", since=m("since"), until=m("until"))
        kept = exp.true() if always else any_of(_INNER, denied(told), *(side.maybe for side in sides))
        texts = (("<=", self.at_most), (">=", self.at_least))
        return Measure(
            kind=MeasureKind.DAYS,
            paired=True,
            gaps=Gaps(
                day=site.day(related=True),
                kept=kept,
                needed=exp.Literal.number(0) if self.at_most is None else _needed(site, exp.column("day")),
                later=exp.Literal.number(0) if self.at_most is None else _needed(site, exp.column("late")),
                near=exp.false() if self.at_least is None else _near(site, exp.column("day"), exp.column("next_day")),
            ),
            own={"started": site.started(), "owed": site.began()},
            met=all_of(told, *(side.met for side in sides)),
            breached=all_of(told, breached),
            opens=all_of(told, _last(site), surely(denied(breached))) if always else exp.false(),
            nothing=exp.false() if always else template("NOT m.kept"),
            due=site.moved(m("since"), "at_most", 1) if always else exp.null(),
            low=length,
            high=length,
            whole_low=template("CASE WHEN m.leads AND (m.owed IS NULL OR m.owed < m.started) THEN 0 END"),
            day_low=m("since"),
            day_high=m("until"),
            number=template("COALESCE(-m.gap, 0)"),
            limits=tuple((operator, text) for operator, text in texts if text is not None),
        )

    def sentence(self, words: Words) -> str:
        """The gaps, and how long they may be."""
        pairs = (("at_most", self.at_most), ("at_least", self.at_least))
        bounds = words.bounds((key, words.span(text)) for key, text in pairs if text is not None)
        between = self.ends is not None or self.at_most is None
        return words.say("restated-gaps" if between else "restated-gaps-and-ends", bounds=bounds)


@dataclass(frozen=True, slots=True)
class _Side:
    """What one bound says of a gap; `maybe`: that a gap which is none yet might become one and break it."""

    met: exp.Expression
    breached: exp.Expression
    maybe: exp.Expression


_INNER = template("NOT m.leads AND NOT m.trails")
"""A gap between two rows that count."""


def _closed(site: Site) -> _Side:
    """At most so long, also from the beginning of the duty and to its end: to the end of the period, once it is over."""
    end = template("CASE WHEN m.trails THEN :last ELSE m.until END", last=exp.Placeholder(this="last"))
    met = _short(site, m("earliest"), end)
    return _Side(met, template("m.needed > m.undated"), exp.false())


def _last(site: Site) -> exp.Expression:
    """The last gap is short enough so far, and would be too long by the end of the period."""
    last = exp.Placeholder(this="last")
    return all_of(m("trails"), _short(site, m("earliest"), m("until")), denied(_short(site, m("earliest"), last)))


def _open(site: Site) -> _Side:
    """At most so long from row to row: rows that only may count may be the ends of further gaps."""
    wide = template("m.rows >= 2 AND COALESCE(NOT :short, TRUE)", short=_short(site, template(_FROM), template(_TO)))
    met = first_of((_INNER, _short(site, m("since"), m("until"))), default=denied(wide))
    return _Side(met, all_of(_INNER, template("m.needed > m.undated")), wide)


def _apart(site: Site) -> _Side:
    """At least so long from row to row."""
    near_before = _near(site, m("earlier_last"), m("first_row"))
    beside = template("NOT m.earlier_last IS NULL AND NOT m.first_row IS NULL AND :near", near=near_before)
    crowded = any_of(template("m.near"), beside, template("m.undated > 0 AND m.rows >= 2"))
    near = _near(site, m("since"), m("until"))
    return _Side(denied(crowded), all_of(_INNER, near), crowded)


def _short(site: Site, since: exp.Expression, until: exp.Expression) -> exp.Expression:
    return template(":lapse <= :limit", lapse=site.lapse(since, until, "at_most"), limit=site.length("at_most"))


def _needed(site: Site, since: exp.Expression) -> exp.Expression:
    """How many rows it would take to make a step between two neighbouring days short enough."""
    lapse = site.lapse(since, exp.column("next_day"), "at_most")
    return template("GREATEST((:lapse + :limit - 1) // :limit - 1, 0)", lapse=lapse, limit=site.length("at_most"))


def _near(site: Site, first: exp.Expression, second: exp.Expression) -> exp.Expression:
    return template("COALESCE(:second < :nearest, TRUE)", second=second, nearest=site.moved(first, "at_least", 1))


# Where the ends are open, a gap at an end reaches as far as rows that may count; undated ones may be anywhere.
_FROM = "CASE WHEN m.leads AND m.undated = 0 THEN m.first_one ELSE m.earliest END"
_TO = "CASE WHEN m.trails AND m.undated = 0 THEN m.last_possible ELSE m.until END"
