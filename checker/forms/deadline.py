"""`deadline`: something has happened by a day."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from pydantic import field_validator, model_validator
from sqlglot import exp

from checker.forms.base import DAY_OF_YEAR, DateText, DurationText, Related, Windowed, wrong
from checker.forms.measure import Measure, Site
from checker.forms.occurrence import Allowed, occurs, occurs_itself
from checker.forms.words import Words
from checker.model.period import Unit


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
    """How long after `after` the last allowed day is: `30d`, `10 working days`, `2 months`."""
    after: DateText | None = None
    """The first allowed day, a date expression over the subject; with `within`, its own `date` if not given."""
    until: DateText | None = None
    """The last allowed day, a date expression over the subject; or a day of every year such as `03-01`, with `per: year`."""
    early: Literal["counts"] | None = None
    """`counts` lets what happened before `after` do as well."""
    never: Literal["breached"] | None = None
    """`breached` reads an empty date of the subject's own row as *not yet*; without it an empty date is unknown."""

    @model_validator(mode="after")
    def _has_one_end(self) -> Deadline:
        if (self.within is None) == (self.until is None):
            raise ValueError("give either 'within: 30d' or 'until: a day'")
        if self.never is not None and self.of is not None:
            raise ValueError("'never' is for the subject's own date: leave out 'of' or 'never'")
        if self.early is not None and self.until is not None and self.after is None:
            raise ValueError("'early' says what is done with rows from before 'after': give 'after', or leave out 'early'")
        return self

    @model_validator(mode="after")
    def _has_windows_for_a_day_of_the_year(self) -> Deadline:
        if self.month_and_day is None and self.per is not None:
            raise ValueError("'per' goes with a day of the year such as 'until: 03-01': leave it out")
        if self.month_and_day is not None and self.after is not None:
            raise ValueError(f"'until: {self.until}' is counted in windows: leave out 'after'")
        if self.month_and_day is not None and self.per is not Unit.YEAR:
            raise ValueError(f"'until: {self.until}' comes every year: add 'per: year'")
        return self

    @property
    def month_and_day(self) -> tuple[int, int] | None:
        """The month and the day of the month by which it happens each year, if that is how the form says it."""
        match = DAY_OF_YEAR.fullmatch(self.until or "")
        return (int(match[1]), int(match[2])) if match else None

    @field_validator("until")
    @classmethod
    def _is_in_every_year(cls, text: str | None) -> str | None:
        match = DAY_OF_YEAR.fullmatch(text or "")
        if match is not None:
            try:
                date(2019, int(match[1]), int(match[2]))
            except ValueError:
                raise wrong("bad_date", f"not every year has a day '{text}'", "Write month and day: 03-01 is 1 March.") from None
        return text

    @property
    def dated(self) -> bool:
        """It always does."""
        return True

    def measure(self, site: Site) -> Measure:
        """Looks for a row on one of the allowed days."""
        allowed = self._allowed(site)
        if self.of is not None:
            return occurs(site, allowed)
        return occurs_itself(site.day(related=False), allowed, never=site.absent() if self.never else exp.false())

    def _allowed(self, site: Site) -> Allowed:
        if self.month_and_day is not None:
            return Allowed(latest=(site.day_of_year(*self.month_and_day), str(self.until)))
        after = (site.date("after"), site.date_text("after")) if self.within or self.after else None
        if after is None or self.within is None:
            latest = (site.date("until"), site.date_text("until"))
        else:
            latest = (site.moved(after[0], "within", 1), self.within)
        return Allowed(None if self.early else after, latest)

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
        if self.month_and_day is not None:
            return words.say("restated-by-month-and-day", until=str(self.until))
        if self.within is None and self.after is None:
            return words.say("restated-no-later-than", until=words.quantity(str(self.until), related=False))
        after = words.quantity(self.after, related=False) if self.after else words.say("restated-its-own-date")
        if self.within is not None:
            when = words.say("restated-within", within=words.span(self.within), after=after)
        else:
            when = words.say("restated-between", after=after, until=words.quantity(str(self.until), related=False))
        return words.say("restated-or-before", when=when) if self.early else when
