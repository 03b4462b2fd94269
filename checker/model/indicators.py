"""What indicators tell in a report: facts without a verdict, each of a subject in a window."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from checker.model.measures import MeasureKind
from checker.model.words import Reason, Text

if TYPE_CHECKING:
    from checker.model.period import Period
    from checker.model.report import Subject
    from checker.words.amounts import Amount


class IndicatorState(StrEnum):
    """How a value stands: it is known as far as its interval says, perhaps there is none, it is what there is so far, or none."""

    VALUE = "value"
    """There is a value: one, or, where data are missing, some between two ends."""
    PERHAPS = "perhaps"
    """It is not known whether there is one."""
    OPEN = "open"
    """The window is not over: this is what there is so far; with a reason, there is nothing to measure so far."""
    NONE = "none"
    """There is none."""


class Reading(NamedTuple):
    """The ends of a value, of which None is no limit, how it stands, and why there is none; of a ratio part and whole too."""

    low: Amount | None
    high: Amount | None
    state: IndicatorState
    reason: Reason | None = None
    ratio: tuple[tuple[Amount | None, Amount | None], ...] = ()


class IndicatorValue(NamedTuple):
    """What an indicator says of a subject in a window, or (None) as of the reference date.

    The value lies from `low` to `high`, of which None is no limit; `reason` says why there is none. `ratio` are, as far as
    they are known, the ends of the part and of the whole that it is the ratio of.
    """

    subject: Subject
    window: Period | None
    low: Amount | None
    high: Amount | None
    state: IndicatorState
    reason: Reason | None = None
    ratio: tuple[tuple[Amount | None, Amount | None], ...] = ()


class NamedValue(NamedTuple):
    """What an indicator that a rule names is where the rule was judged; the value is that of `IndicatorValue`."""

    indicator: str
    title: Text
    kind: MeasureKind
    low: Amount | None
    high: Amount | None
    state: IndicatorState
    reason: Reason | None = None


class Indicator(NamedTuple):
    """An indicator, and its values in the order of subjects and windows; `left_out` of them are not listed.

    Where it is not `told`, its subjects were not submitted.
    """

    id: str
    title: Text
    cites: tuple[str, ...]
    form: str
    kind: MeasureKind
    restated: Text
    note: Text
    values: tuple[IndicatorValue, ...]
    left_out: int = 0
    told: bool = True
