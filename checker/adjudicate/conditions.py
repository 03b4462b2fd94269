"""Conditions of standings in three-valued logic: their alternatives, and what a body's findings say of each part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product
from typing import NamedTuple

from checker.errors import EngineError, Problem
from checker.model.law import All, Any, Attribute, BodyCase, Condition, Kin, Not, StandingLaw, Tally, Truth
from checker.model.words import Severity, Verdict
from checker.words.message import message

MAX_ALTERNATIVES = 240
"""A condition with more is refused while it is still being multiplied out: the rule engine could not hold them."""

_RULES_NAMED = 3


class Literal(NamedTuple):
    """What a condition is made of, or, with `negated`, that it is not the case."""

    atom: Tally | Attribute | Kin
    negated: bool = False

    def __str__(self) -> str:
        return f"not ({_words(self.atom)})" if self.negated else _words(self.atom)

    def holds(self, atom: Truth | None) -> Truth | None:
        """The truth of the literal, given that of its atom; None is false."""
        if not self.negated or atom is Truth.PERHAPS:
            return atom
        return Truth.YES if atom is None else None


Alternative = frozenset[Literal]
"""Literals of which all must hold."""


def alternatives(standing: StandingLaw) -> tuple[Alternative, ...]:
    """The condition as alternatives of which one must hold: disjunctive normal form, equal in all three truth values.

    A literal beside its negation stays: together they are unknown, not false, where the atom is.
    """
    found = _alternatives(standing.when, standing, negated=False)
    return tuple(sorted(found, key=lambda alternative: sorted(map(repr, alternative))))


def _alternatives(condition: Condition, standing: StandingLaw, *, negated: bool) -> frozenset[Alternative]:
    match condition:
        case Tally() | Attribute() | Kin():
            return frozenset({frozenset({Literal(condition, negated)})})
        case Not(part):
            return _alternatives(part, standing, negated=not negated)
        case All(parts) | Any(parts):
            every = [_alternatives(part, standing, negated=negated) for part in parts]
            if isinstance(condition, All) is negated:
                return _shortest(standing, (alternative for choices in every for alternative in choices))
            found: frozenset[Alternative] = frozenset({frozenset()})
            for choices in every:
                found = _shortest(standing, (one | other for one, other in product(found, choices)))
            return found


def _shortest(standing: StandingLaw, found: Iterable[Alternative]) -> frozenset[Alternative]:
    kept: set[Alternative] = set()
    for alternative in sorted(set(found), key=len):
        if not any(shorter <= alternative for shorter in kept):
            kept.add(alternative)
        if len(kept) > MAX_ALTERNATIVES:
            raise EngineError(
                Problem(
                    "standing-too-complex",
                    message("standing-too-complex", standing=standing.id, n=MAX_ALTERNATIVES),
                    message("standing-too-complex-fix"),
                )
            )
    return frozenset(kept)


def truth(atom: Tally | Attribute | Kin, case: BodyCase, severities: Mapping[str, Severity]) -> Truth | None:
    """Whether it holds of a body; None says that it does not."""
    match atom:
        case Attribute(key) | Kin(key):
            return dict(case.attributes).get(key)
        case Tally(verdict, at_least=at_least):
            sure = _count(atom, verdict, case, severities)
            doubtful = _count(atom, Verdict.UNDETERMINED, case, severities) if verdict is Verdict.VIOLATED else 0
            if sure >= at_least:
                return Truth.YES
            return Truth.PERHAPS if sure + doubtful >= at_least else None


def _count(tally: Tally, verdict: Verdict, case: BodyCase, severities: Mapping[str, Severity]) -> int:
    return sum(
        count
        for rule, found, count in (case.repeated if tally.repeated else case.findings)
        if found is verdict and tally.selects(rule, severities[rule])
    )


def _words(atom: Tally | Attribute | Kin) -> str:
    if isinstance(atom, Attribute):
        return atom.key
    if isinstance(atom, Kin):
        bound = (
            f"at least {atom.at_least}" if atom.share is None else f"{'more than' if atom.strict else 'at least'} {atom.share}"
        )
        return f"{bound} of its {atom.relation} are {' or '.join(atom.standings)}"
    rules = [*atom.rules[:_RULES_NAMED], *(["…"] if len(atom.rules) > _RULES_NAMED else [])]
    selected = ", ".join([*atom.severities, *rules])
    return f"at least {atom.at_least} {'repeatedly ' if atom.repeated else ''}{atom.verdict}" + (
        f" ({selected})" if selected else ""
    )
