"""What rules measure: the kinds of measure, and all that is decided by them alone.

A new kind is a line here, the form that measures it, its texts (`checker.report.say.message`), and its oracle.
"""

from __future__ import annotations

from enum import Enum, StrEnum
from typing import Self


class Ends(Enum):
    """What an interval is of."""

    NUMBERS = "numbers"
    DAYS = "days"
    NOTHING = "nothing"


class Kept(Enum):
    """How it is listed what satisfies a rule."""

    EACH = "each"
    """Each value by itself."""
    COUNTED = "counted"
    """The windows of a subject together, the first first."""
    SPANNED = "spanned"
    """The windows of a subject together, from the first day to the last."""


class MeasureKind(StrEnum):
    """A kind of measure: the interval is of numbers, of days or there is none.

    In its `own_window`, what was found is the window. A `ratio` is a low end over a whole, compared with a percentage. The
    bounds of a `whole` number are whole.
    """

    ends: Ends
    kept: Kept
    own_window: bool
    ratio: bool
    whole: bool

    def __new__(cls, value: str, ends: Ends, kept: Kept, *marks: str) -> Self:
        """A kind with what is decided by it."""
        kind = str.__new__(cls, value)
        kind._value_ = value
        kind.ends, kind.kept = ends, kept
        kind.own_window, kind.ratio, kind.whole = ("own window" in marks, "ratio" in marks, "whole" in marks)
        return kind

    COUNT = "count", Ends.NUMBERS, Kept.COUNTED, "whole"
    """How many related rows there are."""
    VALUES = "values", Ends.NUMBERS, Kept.COUNTED, "whole"
    """Of how many values of a field a count holds."""
    SHARES = "shares", Ends.NUMBERS, Kept.COUNTED
    """Of how many values of a field a share holds."""
    RATIO = "ratio", Ends.NUMBERS, Kept.EACH, "ratio"
    """A part of a whole."""
    MEAN = "mean", Ends.NUMBERS, Kept.EACH, "ratio"
    """The sum of the ratios of rows, and how many rows there are."""
    SUM = "sum", Ends.NUMBERS, Kept.EACH
    """A total, beside what was declared."""
    DATE = "date", Ends.DAYS, Kept.EACH
    """The day of an event."""
    TRUTH = "truth", Ends.NOTHING, Kept.COUNTED
    """Whether a predicate holds."""
    DAYS = "days", Ends.NUMBERS, Kept.SPANNED, "own window"
    """The length of a gap between rows."""
    RUN = "run", Ends.NUMBERS, Kept.EACH, "own window", "whole"
    """The length of a run of rows."""
    PARTS = "parts", Ends.NOTHING, Kept.EACH
    """Whether each of several requirements is met."""
    OCCUPANCY = "occupancy", Ends.NUMBERS, Kept.EACH, "own window", "whole"
    """How many rows exist on each of some days."""


OWN_WINDOWS = tuple(kind for kind in MeasureKind if kind.own_window)
"""The kinds of measure whose window is what was found, a gap or a run."""


def kept(how: Kept) -> tuple[MeasureKind, ...]:
    """The kinds of which that is listed so."""
    return tuple(kind for kind in MeasureKind if kind.kept is how)


def of_ends(ends: Ends) -> tuple[MeasureKind, ...]:
    """The kinds whose interval is of that."""
    return tuple(kind for kind in MeasureKind if kind.ends is ends)
