"""Says what the rule engine did: its rules, and the facts that go in and come out, in words."""

from __future__ import annotations

from collections.abc import Iterator

from checker.model.law import Stated
from checker.model.words import Reason, Text
from checker.report.say.fields import titled
from checker.report.say.wording import Wording

_DOUBTS = {Reason.PERHAPS, Reason.CONFLICT}
_CODED = {"truth", "claim", "outcome", "degree"}
"""The fields whose values are words of the engine."""
_RULES = ("rule", "required")
_NAMED = (*_RULES, "exception", "one", "other", "by")
"""The fields that name rules, and those that name rules or exceptions."""
_COVERED = {"outcome", "reading", "ruling"}
"""The facts of which it matters whether a waiver covers them."""


def reason_text(reason: Reason, because: str | None, wording: Wording) -> str:
    """Why a rule does not apply, or is undetermined, without the finding it is said of."""
    if reason is Reason.DISPLACED and because is not None:
        return wording("displaced-by", exception=titled(because, wording))
    if reason is Reason.REQUIREMENT and because is not None:
        return wording("requirement-of", rule=titled(because, wording))
    return wording(f"why-{reason.value}" if reason in _DOUBTS else reason.value)


def facts_text(facts: tuple[Stated, ...], wording: Wording, about: str | None = None) -> Iterator[str]:
    """Each fact as a sentence without a full stop; where all is `about` one rule, others are named by their titles alone."""
    return (_fact(fact, wording, about) for fact in facts)


def title_of(name: str, wording: Wording) -> str:
    """The title of a rule or an exception alone, for readers to whom its id says nothing; the id, if it has no title."""
    return wording.names.titles.get(name, Text()).in_(wording.language).removesuffix(".") or name


def _fact(fact: Stated, wording: Wording, about: str | None) -> str:
    fields = dict(fact.fields)
    values = {field: wording(f"fact-is-{value}") if field in _CODED else value for field, value in fields.items()}
    if about is not None:
        values |= {field: f"“{title_of(fields[field], wording)}”" for field in _NAMED if fields.get(field)}
    for field in (each for each in _RULES if each in fields):
        values[field] = wording("fact-this-rule") if fields[field] == about else wording("fact-rule", rule=values[field])
    if "claim" in fields and "exception" in fields:
        values["claim"] = wording("fact-by", claim=values["claim"], exception=values["exception"])
    values["by"] = values.get("by") or wording("fact-by-none")
    if "verdict" in fields:
        values["verdict"] = wording(fields["verdict"])
    if "reason" in fields:
        reason = reason_text(Reason(fields["reason"]), None, wording)
        values["verdict"] = wording("fact-because", verdict=values["verdict"], reason=reason)
    said = wording(f"fact-{fact.kind}", **values)
    return wording("fact-covered", fact=said) if fact.kind in _COVERED and fields.get("covered") == "1" else said
