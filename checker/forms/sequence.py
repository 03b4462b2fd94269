"""`sequence`: one thing happens before another, and so long before."""

from __future__ import annotations

from typing import ClassVar

from pydantic import model_validator
from sqlglot import exp

from checker.forms.base import DateText, DurationText, Related, unfit
from checker.forms.measure import Measure
from checker.forms.occurrence import Allowed, Limit, occurs, occurs_itself
from checker.forms.site import Site
from checker.forms.words import Words
from checker.words.message import message


class Sequence(Related):
    """Two events in their order, so long apart: an invitation at least 7 days before the meeting."""

    example: ClassVar[str] = """\
for: meetings
require:
  sequence: {first: announced, then: date, at_least: 7d}
"""
    durations: ClassVar[tuple[str, ...]] = ("at_least", "at_most")

    first: DateText | None = None
    """The earlier event: a date expression over the subject."""
    then: DateText | None = None
    """The later event: a date expression over the subject, not before `first`."""
    on: str | None = None
    """The date field of the related rows that is read; the record's own `date`, if not given."""
    before: DateText | None = None
    """A date expression over the subject: some related row is dated before it, or on the same day."""
    after: DateText | None = None
    """A date expression over the subject: some related row is dated after it, or on the same day."""
    at_least: DurationText | None = None
    """How long at least lies between the two: `7d`, `10 working days`, `1 month`. Of seven clear days write `8d`."""
    at_most: DurationText | None = None
    """How long at most lies between the two."""

    @model_validator(mode="after")
    def _has_two_events(self) -> Sequence:
        if self.of is None:
            if self.first is None or self.then is None or self.before or self.after or self.on:
                raise unfit(message("form-sequence"))
        elif self.first or self.then or (self.before is None) == (self.after is None):
            raise unfit(message("form-sequence-of"))
        return self

    @property
    def dated(self) -> bool:
        """It does of related rows; of the subject it reads `first` and `then`."""
        return self.of is not None

    def measure(self, site: Site) -> Measure:
        """Looks for the other event between the days that lie so far from the first, or from the subject's own."""
        near, far = (self._moved(site, key) for key in ("at_least", "at_most"))
        if self.before is not None:
            return occurs(site, Allowed(far, near))
        allowed = Allowed(near, far)
        if self.of is not None:
            return occurs(site, allowed)
        return occurs_itself(site.days_of("then"), allowed, never=exp.false())

    @property
    def _anchor(self) -> str:
        return "before" if self.before is not None else "after" if self.after is not None else "first"

    def _moved(self, site: Site, key: str) -> Limit | None:
        """The subject's day moved by that duration; of none the day itself, or no limit at all."""
        span = self.text(key)
        if span is None:
            return (site.date(self._anchor), site.date_text(self._anchor)) if key == "at_least" else None
        return (site.moved(site.date(self._anchor), key, -1 if self.before is not None else 1), span)

    def sentence(self, words: Words) -> str:
        """The order of the two events, and how long lies between them."""
        key, anchor = self._anchor, words.quantity(str(self.text(self._anchor)), related=False)
        if self.of is None:
            event = words.say("restated-event", then=words.quantity(str(self.then), related=False))
        else:
            event = words.say("restated-event-of-rows")
        spans = {name: words.span(span) for name in ("at_least", "at_most") if (span := self.text(name)) is not None}
        if not spans:
            return words.say("restated-not-after" if key == "before" else "restated-not-before", event=event, anchor=anchor)
        ordered = "restated-before" if key == "before" else "restated-after"
        return words.say(ordered, event=event, gap=words.bounds(spans.items()), anchor=anchor)
