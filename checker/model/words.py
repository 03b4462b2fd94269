"""Verdicts, outcomes, severities and texts: the closed sets of words that every room shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What is concluded about one rule, subject and window."""

    SATISFIED = "satisfied"
    """What is required is there."""
    VIOLATED = "violated"
    """What is required is not there, whatever the unknown data are."""
    WAIVED = "waived"
    """It is not there, and leave was granted."""
    UNDETERMINED = "undetermined"
    """The data cannot tell."""
    PENDING = "pending"
    """It is not there yet, and there is still time."""
    NOT_APPLICABLE = "not-applicable"
    """The rule does not apply; the reason is given."""


GRAVEST = (
    Verdict.VIOLATED,
    Verdict.UNDETERMINED,
    Verdict.PENDING,
    Verdict.WAIVED,
    Verdict.SATISFIED,
    Verdict.NOT_APPLICABLE,
)
"""The verdicts, the gravest first."""

REQUIRED_VERDICTS = (Verdict.SATISFIED, Verdict.VIOLATED)
"""What a rule can require of another."""


class Category(StrEnum):
    """What a rule, and so each of its findings, is about."""

    REGULATION = "regulation"
    """What the regulation demands of a subject: what is violated breaches it."""
    DATA = "data"
    """What the records demand of the file that was handed in: what is violated is to be corrected there."""


class Outcome(StrEnum):
    """What measuring says, before exceptions and waivers (docs/meaning.md, section 6)."""

    MET = "met"
    """What is required is there."""
    BREACHED = "breached"
    """What is required is not there."""
    UNKNOWN = "unknown"
    """The data cannot tell."""
    OPEN = "open"
    """The window is not over, and it can still be there."""
    NONE = "none"
    """The rule does not apply; the reason is given."""


VERDICTS: Mapping[Outcome, Verdict] = {
    Outcome.MET: Verdict.SATISFIED,
    Outcome.BREACHED: Verdict.VIOLATED,
    Outcome.UNKNOWN: Verdict.UNDETERMINED,
    Outcome.OPEN: Verdict.PENDING,
    Outcome.NONE: Verdict.NOT_APPLICABLE,
}
"""What is concluded from each outcome where nothing else bears on it."""


class Severity(StrEnum):
    """How grave a violation is, in the words of the regulation."""

    NOTE = "note"
    """Worth knowing; nothing is demanded."""
    MINOR = "minor"
    """A slip, to be fixed in its turn."""
    MAJOR = "major"
    """What the regulation plainly demands is not there."""
    CRITICAL = "critical"
    """What the body rests on is not there."""

    @property
    def rank(self) -> int:
        """0 for the lightest; severities compare by it."""
        return list(Severity).index(self)


class Reason(StrEnum):
    """Why a rule does not apply, or why its outcome is unknown."""

    NOT_SELECTED = "not-selected"
    """The rule is not about this subject."""
    NOT_IN_FORCE = "not-in-force"
    """The rule is not in force then, or throughout no window of the period."""
    NOT_IN_EXISTENCE = "not-in-existence"
    """The subject does not exist then, or throughout no window in which the rule is in force."""
    NO_WINDOW = "no-window"
    """No window lies wholly in the period; of terms of office: the subject has none that is due."""
    NOTHING_TO_MEASURE = "nothing-to-measure"
    """The whole of a ratio is zero."""
    NO_EXCEPTION = "no-exception"
    """The rule holds only instead of another, where an exception says so."""
    DISPLACED = "displaced"
    """An exception displaces the rule."""
    REQUIREMENT = "requirement"
    """A rule that it requires has not, or may not have, the verdict that is needed."""
    CONFLICT = "conflict"
    """Two exceptions displace a rule differently."""
    NOT_SUBMITTED = "not-submitted"
    """A table that it needs was not submitted."""
    NOT_HANDED_IN = "not-handed-in"
    """Of what many bodies handed in: a table that it needs, and that others handed in, was not handed in with the subject."""
    PERHAPS = "perhaps"
    """It is not certain that the rule applies."""
    PERHAPS_WAIVED = "perhaps-waived"
    """A waiver may cover it: on which day it came to be is not known."""


ABSENT_TABLE = frozenset({Reason.NOT_SUBMITTED, Reason.NOT_HANDED_IN})
"""The reasons that say that a table is not there."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text in one or more languages; the first is the rulebook's first language."""

    variants: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, value: str | Mapping[str, str], language: str = "en") -> Text:
        """Reads `{vi: …, en: …}`, or a plain string as text in `language`."""
        return cls(((language, value),)) if isinstance(value, str) else cls(tuple(value.items()))

    def in_(self, language: str) -> str:
        """The text in that language, else in the first one there is, else the empty string."""
        for known, text in self.variants:
            if known == language:
                return text
        return self.variants[0][1] if self.variants else ""

    def __bool__(self) -> bool:
        return bool(self.variants)
