"""`deadline`: something has happened by a day."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from pydantic import field_validator, model_validator
from sqlglot import exp

from checker.forms.base import DAY_OF_YEAR, DateText, DurationText, Related, Windowed, unfit, wrong
from checker.forms.day import Day, since, until
from checker.forms.measure import Measure, all_of, template
from checker.forms.occurrence import Allowed, Limit, first_such_day, occurs, occurs_itself
from checker.forms.site import Site
from checker.forms.words import Words
from checker.model.period import Months, Unit
from checker.words.message import message


class Deadline(Related, Windowed):
    """A related row, or the subject's own date, is not later than a day: minutes within 30 days of the meeting."""

    example: ClassVar[str] = """\
for: branches
require:
  deadline: {of: documents, where: "kind = 'report'", until: 03-01, per: year}
"""

    durations: ClassVar[tuple[str, ...]] = ("within",)

    on: str | None = None
    """The date field that is read; the record's own `date`, if not given."""
    within: DurationText | None = None
    """How long after `after`, or with `per` after the window, the last allowed day is: `30d`, `10 working days`, `2 months`."""
    after: DateText | None = None
    """The first allowed day, a date expression over the subject; with `within`, its own `date` if not given."""
    until: DateText | None = None
    """The last allowed day, a date expression; or with `per: year` the first `03-01` in the window, or `next 03-01` after it."""
    about: str | None = None
    """With `per`, the date field that says which window a row is about; without it rows are about the window just over."""
    roll: Literal["next working day", "previous working day"] | None = None
    """Where the last allowed day is no working day: it is the next one, or the one before."""
    early: Literal["counts"] | None = None
    """`counts` lets what happened before `after` do as well."""
    never: Literal["breached"] | None = None
    """`breached` reads an empty date of the subject's own row as *not yet*; without it an empty date is unknown."""

    @model_validator(mode="after")
    def _has_one_end(self) -> Deadline:
        if (self.within is None) == (self.until is None):
            raise unfit(message("form-within-or-until"))
        if self.never is not None and self.of is not None:
            raise unfit(message("form-never-own"))
        if self.early is not None and self.until is not None and self.after is None:
            raise unfit(message("form-early"))
        return self

    @model_validator(mode="after")
    def _comes_again_in_windows(self) -> Deadline:
        day = self.day_of_year
        if self.per is None:
            if day is not None:
                raise unfit(message("form-until-per", until=self.until))
            if self.about is not None:
                raise unfit(message("form-about-per"))
            return self
        if day is None and self.within is None:
            raise unfit(message("form-per-until"))
        if day is not None and self.per is not Unit.YEAR:
            raise unfit(message("form-until-per", until=self.until))
        if not isinstance(self.per, Unit | Months):
            raise unfit(message("form-per-calendar"))
        for key in ("after", "early"):
            if getattr(self, key) is not None:
                raise unfit(message("form-per-after", key=key))
        return self

    @model_validator(mode="after")
    def _rolls_what_may_be_no_working_day(self) -> Deadline:
        if self.roll is not None and "working" in (self.within or ""):
            raise unfit(message("form-roll-working"))
        return self

    @property
    def day_of_year(self) -> tuple[bool, int, int] | None:
        """The month and the day of the month by which it happens each year, and whether after the window, if the form says so."""
        match = DAY_OF_YEAR.fullmatch(self.until or "")
        return (match[1] is not None, int(match[2]), int(match[3])) if match else None

    @field_validator("until")
    @classmethod
    def _is_in_every_year(cls, text: str | None) -> str | None:
        match = DAY_OF_YEAR.fullmatch(text or "")
        if match is not None:
            try:
                date(2019, int(match[2]), int(match[3]))
            except ValueError:
                raise wrong("bad_date", message("form-no-such-day", text=text), message("form-no-such-day-fix")) from None
        return text

    @property
    def dated(self) -> bool:
        """It always does."""
        return True

    def measure(self, site: Site) -> Measure:
        """Looks for a row on one of the allowed days."""
        if self.per is not None:
            return occurs(site, self._in_window(site), about=None if self.about is None else self._is_about(site))
        allowed = self._allowed(site)
        if self.of is not None:
            return occurs(site, allowed)
        return occurs_itself(site.days(related=False), allowed, never=site.absent() if self.never else exp.false())

    def _is_about(self, site: Site) -> exp.Expression:
        """Whether the day that says what a row is about lies in the window."""
        day, (first, last) = site.days_by("about"), site.window()
        return all_of(since(day, Day.of(first)), until(day, Day.of(last)))

    def _in_window(self, site: Site) -> Allowed:
        """The days allowed in each window: rows that say what they are about need not lie after it."""
        first, last = site.window()
        after = template("CAST(:last + INTERVAL 1 DAY AS DATE)", last=last)
        if self.day_of_year is None:
            latest = (site.moved(last, "within", 1), str(self.within))
            start: Limit = (after, "")
        else:
            next_one, month, day = self.day_of_year
            start = (after, "") if next_one else (first, None)
            latest = (first_such_day(start[0], month, day), str(self.until))
        return Allowed(None if self.about else start, self._rolled(site, latest))

    def _allowed(self, site: Site) -> Allowed:
        after = (site.date("after"), site.date_text("after")) if self.within or self.after else None
        if after is None or self.within is None:
            latest = (site.date("until"), site.date_text("until"))
        else:
            latest = (site.moved(after[0], "within", 1), self.within)
        return Allowed(None if self.early else after, self._rolled(site, latest))

    def _rolled(self, site: Site, latest: Limit) -> Limit:
        if self.roll is None:
            return latest
        return site.rolled(latest[0], 1 if self.roll.startswith("next") else -1), f"{latest[1]}, {self.roll}"

    def sentence(self, words: Words) -> str:
        """Between which days it happens, and what is said of none."""
        when = self._when(words)
        if self.of is not None:
            said = words.say("restated-happens", when=when)
        else:
            own = words.quantity(self.on, related=False) if self.on else words.say("restated-its-date")
            said = words.say("restated-lies", own=own, when=when)
        return words.say("restated-never-breaches", said=said) if self.never else said

    def _when(self, words: Words) -> str:
        when = self._until_when(words)
        if self.about is not None:
            when = words.say("restated-about", when=when, about=words.quantity(self.about, related=True))
        return when if self.roll is None else words.say(f"restated-roll-{self.roll.split()[0]}", when=when)

    def _until_when(self, words: Words) -> str:
        if self.day_of_year is not None:
            next_one, month, day = self.day_of_year
            key = "restated-by-next-month-and-day" if next_one else "restated-by-month-and-day"
            return words.say(key, until=f"{month:02d}-{day:02d}")
        if self.per is not None:
            return words.say("restated-after-window", within=words.span(str(self.within)))
        if self.within is None and self.after is None:
            return words.say("restated-no-later-than", until=words.quantity(str(self.until), related=False))
        after = words.quantity(self.after, related=False) if self.after else words.say("restated-its-own-date")
        if self.within is not None:
            when = words.say("restated-within", within=words.span(self.within), after=after)
        else:
            when = words.say("restated-between", after=after, until=words.quantity(str(self.until), related=False))
        return words.say("restated-or-before", when=when) if self.early else when
