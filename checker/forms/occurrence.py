"""The measure that `deadline` and `sequence` share: something happens between two days that the subject tells.

The days are columns `earliest` and `latest` of the subject, of which one may be missing. What counts is what happened
until the as-of date, also after the period: a duty that falls due then is seen nowhere else (docs/meaning.md, section 6).
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp

from checker.forms.day import Day, since, until
from checker.forms.measure import Fold, Measure, Quantity, all_of, any_of, denied, m, perhaps, surely, template
from checker.forms.site import Site
from checker.model.measures import MeasureKind

_AS_OF = exp.Placeholder(this="as_of")


Limit = tuple[exp.Expression, str | None]
"""A day as a tree over the subject, and what the rulebook says of it; None where the day is not worth telling."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """The first and the last allowed day, as trees over the subject and as written; None where there is no such end."""

    earliest: Limit | None = None
    latest: Limit | None = None

    @property
    def columns(self) -> dict[str, exp.Expression]:
        """The days by the names of their columns."""
        days = {"earliest": self.earliest, "latest": self.latest}
        return {name: day[0] for name, day in days.items() if day is not None}

    def holds(self, day: Day, table: str | None = None) -> exp.Expression:
        """Whether the day is allowed: unknown where it, or an end, is, or where only some of those that it may be are."""
        order = {"earliest": since, "latest": until}
        return all_of(*(order[name](day, Day.of(exp.column(name, table=table))) for name in self.columns))

    @property
    def limits(self) -> tuple[tuple[str, str], ...]:
        """What a report says is required."""
        ends = {">=": self.earliest, "<=": self.latest}
        return tuple((operator, day[1]) for operator, day in ends.items() if day is not None and day[1] is not None)

    def end(self, name: str) -> exp.Expression:
        """That end as a column of what was measured, NULL where there is none."""
        return m(name) if name in self.columns else exp.null()


def first_such_day(start: exp.Expression, month: int, day: int) -> exp.Expression:
    """The first such day of a year from that day on."""
    of_year, next_year = (f"MAKE_DATE(CAST(EXTRACT(YEAR FROM :start) AS INT) + {years}, {month}, {day})" for years in (0, 1))
    return template(f"CASE WHEN {of_year} >= :start THEN {of_year} ELSE {next_year} END", start=start)


def occurs(site: Site, allowed: Allowed, *, about: exp.Expression | None = None) -> Measure:
    """Some related row is dated on an allowed day; the earliest that is not too early is shown.

    With `about`, only those rows count that are about the window.
    """
    row = site.days(related=True)
    day, kept = row.named("day"), exp.column("kept")
    not_early = Allowed(earliest=allowed.earliest).holds(day)
    found = {"found": _where(not_early, day.high)}
    if not day.exact:
        found["perhaps_found"] = _where(perhaps(not_early), day.low)
    missed = template(":hi = 0", hi=m("kept_hi"))
    ends = allowed.latest is not None
    met = template(":lo >= 1", lo=m("kept_lo"))
    return Measure(
        kind=MeasureKind.DATE,
        paired=True,
        cutoff=_AS_OF,
        about=about,
        steps=(row.columns("day"), {"kept": allowed.holds(day), **found}),
        quantities={
            "kept": Quantity(
                template("CASE WHEN :kept THEN 1 ELSE 0 END", kept=kept),
                template("CASE WHEN NOT :kept THEN 0 ELSE 1 END", kept=kept),
            ),
            "found": Quantity(exp.column(list(found)[-1]), exp.column("found"), fold=Fold.EARLIEST),
        },
        own=allowed.columns,
        met=met,
        breached=all_of(missed, template("NOT m.latest IS NULL")) if ends else exp.false(),
        already_met=met,
        over=template("m.latest <= :as_of") if ends else exp.null(),
        opens=exp.false() if ends else all_of(missed, template("NOT m.earliest IS NULL")),
        day_low=m("found_lo"),
        day_high=m("found_hi"),
        allowed_from=allowed.end("earliest"),
        allowed_until=allowed.end("latest"),
        due=allowed.end("latest"),
        limits=allowed.limits,
    )


def occurs_itself(own: Day, allowed: Allowed, *, never: exp.Expression) -> Measure:
    """The subject's own day is an allowed one; where it is certainly `never`, it is missed once the last one is over."""
    day, as_of = own.named("day", "m"), Day.of(_AS_OF)
    kept = allowed.holds(day, "m")
    coming = [template(":low > :as_of", low=day.low)]
    missed = denied(kept)
    if allowed.latest is not None:
        coming.append(template("m.latest > :as_of"))
        missed = any_of(missed, template("m.never AND m.latest <= :as_of"))
    return Measure(
        kind=MeasureKind.DATE,
        own={**own.columns("day"), "never": never, **allowed.columns},
        met=all_of(kept, until(day, as_of)),
        breached=missed,
        opens=all_of(any_of(*coming), denied(surely(missed))),
        day_low=day.low,
        day_high=day.high,
        allowed_from=allowed.end("earliest"),
        allowed_until=allowed.end("latest"),
        due=allowed.end("latest"),
        limits=allowed.limits,
    )


def _where(condition: exp.Expression, day: exp.Expression) -> exp.Expression:
    return day if condition == exp.true() else template("CASE WHEN :condition THEN :day END", condition=condition, day=day)
