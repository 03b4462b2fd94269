"""What is said of cases that do not come out as stated, and of verdicts that have none; every format says it alike."""

from __future__ import annotations

from collections.abc import Iterable

from checker.model.words import Verdict
from checker.trials import Coverage, Failure
from checker.words.message import Listing, Words, message, one_of


def failure_text(failure: Failure, words: Words) -> str:
    """What is stated, and what was found instead; of which subject and window, if the case says."""
    if failure.found is None:
        there = Listing(failure.windows, "list-comma") if failure.windows else message("trial-no-windows")
        subject, window = failure.expected.subject, failure.expected.window
        return words("trial-no-such-window", subject=subject, window=window, there=there)
    about = tuple(part for part in (failure.expected.subject, failure.expected.window) if part is not None)
    values = {"stated": message(failure.expected.verdict), "found": message(failure.found)}
    if not about:
        return words("trial-failed", **values)
    return words("trial-failed-of", about=Listing(about, "list-comma"), **values)


def missing_text(coverage: Coverage, words: Words) -> str:
    """Which of the verdicts that every rule must have a case of have none."""
    return words("trial-missing", verdicts=one_of(_said(coverage.missing)))


def further_text(coverage: Coverage, words: Words) -> str:
    """Which verdicts the rule can come to besides, and no case has."""
    return words("trial-further", verdicts=one_of(_said(coverage.further)))


def expected_text(coverage: Coverage, words: Words) -> str:
    """Which verdicts the cases of the rule have."""
    expected = tuple(_said(verdict for verdict in Verdict if verdict in coverage.expected))
    return words.say(Listing(expected, "list-comma") if expected else message("trial-no-case"))


def _said(verdicts: Iterable[Verdict]) -> Iterable[object]:
    return (message(verdict) for verdict in verdicts)
