"""Waivers: dated, reasoned leave for one subject not to keep one rule; and what became of each in a run."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from checker.errors import Place
from checker.model.period import Period


class Waiver(NamedTuple):
    """One waiver, valid from `first` to `last`, both included; with `window`, only for what lies inside that.

    `place` is where it is written.
    """

    rule: str
    subject: str
    first: date
    last: date
    reason: str
    approved_by: str
    place: Place
    window: Period | None = None


class WaiverState(StrEnum):
    """What became of a waiver: it waived something, or why not."""

    USED = "used"
    """It waives violations."""
    UNUSED = "unused"
    """There was nothing to waive."""
    NO_WINDOW = "no-window"
    """It has a window, and no window in which its rule is judged lies inside that."""
    EXPIRED = "expired"
    """It was no longer valid."""
    NOT_YET_VALID = "not-yet-valid"
    """It was not valid yet."""
    UNKNOWN_SUBJECT = "unknown-subject"
    """No subject has that key."""
    NOT_SELECTED = "not-selected"
    """Its rule is not judged in this run."""


class WaiverUse(NamedTuple):
    """A waiver, what became of it, and how many findings it waives; `overlaps` are earlier waivers of the same."""

    waiver: Waiver
    state: WaiverState
    waived: int = 0
    overlaps: tuple[Place, ...] = ()
