"""What is said of cases that do not come out as stated, and of verdicts that have none; every format says it alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from checker.bench import Valued
from checker.model.indicators import IndicatorState, Reading
from checker.model.measures import MeasureKind
from checker.model.words import Reason, Verdict
from checker.report.say.indicators import value_text
from checker.report.say.wording import Wording
from checker.rules.stated_values import StatedValue
from checker.trials import Coverage, Failure
from checker.words.message import Listing, Words, message, one_of


def failure_text(failure: Failure, words: Words) -> str:
    """What is stated, and what was found instead; of which subject and window, if the case says, or a value is of one."""
    subject, window = failure.expected.subject, failure.expected.window
    if failure.found is None:
        there = Listing(failure.windows, "list-comma") if failure.windows else message("trial-no-windows")
        return words("trial-no-such-window", subject=subject, window=window, there=there)
    if isinstance(failure.found, Valued):
        subject, window = subject or failure.found.subject or None, window or failure.found.window
    about = tuple(part for part in (subject, window) if part is not None)
    values = _told(failure, words)
    if not about:
        return words("trial-failed", **values)
    return words("trial-failed-of", about=Listing(about, "list-comma"), **values)


def _told(failure: Failure, words: Words) -> dict[str, object]:
    """What is stated, and what was found, in words; the value that was found in as many places as tell it from the other."""
    stated, found = failure.expected.stated, failure.found
    if isinstance(stated, StatedValue) and isinstance(found, Valued):
        said, measured = (stated.kind, stated.reading), (failure.kind or stated.kind, found.value)
        return {"stated": _value(*said, stated.bounds, words), "found": _value(*measured, stated.bounds, words)}
    return {"stated": message(str(stated)), "found": message(str(found))}


def _value(kind: MeasureKind, value: Reading, bounds: Sequence[Fraction], words: Words) -> str:
    """A value as reports say it; that there is none, without a reason where none is stated, or it is not about the subject."""
    if value.state is IndicatorState.NONE and value.reason in {None, Reason.NOT_SELECTED}:
        return words("trial-none")
    return value_text(kind, value, Wording(words.language), bounds)


def missing_text(coverage: Coverage, words: Words) -> str:
    """Which of the verdicts that every rule must have a case of have none; of an indicator, that it has none."""
    if coverage.values is not None:
        return words("trial-no-case")
    return words("trial-missing", verdicts=one_of(_said(coverage.missing)))


def further_text(coverage: Coverage, words: Words) -> str:
    """Which verdicts the rule can come to besides, and no case has."""
    return words("trial-further", verdicts=one_of(_said(coverage.further)))


def expected_text(coverage: Coverage, words: Words) -> str:
    """Which verdicts the cases of the rule have; of an indicator, how many there are."""
    if coverage.values:
        return words.several("trial-values", coverage.values)
    expected = tuple(_said(verdict for verdict in Verdict if verdict in coverage.expected))
    return words.say(Listing(expected, "list-comma") if expected else message("trial-no-case"))


def _said(verdicts: Iterable[Verdict]) -> Iterable[object]:
    return (message(verdict) for verdict in verdicts)
