"""Puts cases before the rule engine, and reads its conclusions: verdicts on rules, and standings of bodies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from checker.adjudicate.conditions import truth
from checker.adjudicate.durable import strata
from checker.adjudicate.durable.engine import VERSION, Engine
from checker.adjudicate.durable.inference import Fact, Fired
from checker.adjudicate.protocol import fault, refuse_unknown_exceptions, refuse_unknown_rules
from checker.model.law import BodyCase, Case, Firing, Law, Matter, Pronouncement, RuleVerdict, Ruling, Stated
from checker.model.words import Reason, Verdict

_CONCLUSIONS = 10_000
"""So many pronouncements are kept."""

_Held = tuple[int, str, str]
"""A literal that holds: its number, how it is told, and to which degree."""


class Network:
    """The law of a rulebook in the rule engine: made once, then asked about case after case. The adjudicator by default.

    Raises EngineError where the law does not fit into the engine, or the engine fails.
    """

    name = f"durable-rules {VERSION}"

    def __init__(self, law: Law) -> None:
        inferences, self._literals = strata.of_law(law)
        self._of = law
        self._severities = dict(law.rules)
        self._law = list(_law_as_facts(law))
        self._engine = Engine(inferences)
        # Of many bodies the findings differ, but not what the conditions ask of them.
        self._concluded = lru_cache(maxsize=_CONCLUSIONS)(self._conclude)

    def adjudicate(self, case: Case) -> Ruling:
        """Gives the verdict on every matter of the case."""
        refuse_unknown_exceptions(self._of, case)
        facts: list[Fact] = [
            *self._law,
            *({"kind": "holds", "exception": exception, "truth": truth.value} for exception, truth in case.holds),
            *(fact for number, matter in enumerate(case.matters) for fact in _matter_as_facts(number, matter)),
        ]
        inferred, fired = self._engine.infer(facts, strata.RULING)
        stated = sorted(_of_kind("verdict", inferred), key=lambda fact: int(fact["matter"]))
        if [fact["matter"] for fact in stated] != list(range(len(case.matters))):
            raise fault("the rule engine did not give one verdict for each matter of a case")
        return Ruling(tuple(map(_verdict, case.matters, stated)), _conflicts(inferred), _firings(fired))

    def pronounce(self, case: BodyCase) -> Pronouncement:
        """Gives the first standing whose condition holds, `undetermined` where that is not certain."""
        refuse_unknown_rules(self._of, case)
        return self._concluded(tuple(self._literals_that_hold(case)))

    def _conclude(self, literals: tuple[_Held, ...]) -> Pronouncement:
        facts: list[Fact] = [
            {"kind": "literal", "number": number, "text": text, "degree": degree} for number, text, degree in literals
        ]
        inferred, fired = self._engine.infer(facts, strata.PRONOUNCING)
        standings = [str(fact["standing"]) for fact in _of_kind("pronounced", inferred)]
        if len(standings) > 1:
            raise fault(f"the rule engine pronounced {len(standings)} standings of one body")
        return Pronouncement(standings[0] if standings else None, _firings(fired))

    def _literals_that_hold(self, case: BodyCase) -> Iterator[_Held]:
        for literal, number in self._literals.items():
            holds = literal.holds(truth(literal.atom, case, self._severities))
            for degree in strata.DEGREES[holds]:
                yield number, str(literal), degree


def _law_as_facts(law: Law) -> Iterator[Fact]:
    for rank, exception in enumerate(sorted(law.exceptions, key=lambda exception: exception.id)):
        by = strata.in_favour_of(exception.by)
        for rule in exception.displaces:
            yield {"kind": "displaces", "exception": exception.id, "rule": rule, "by": by, "rank": rank}
        if exception.by is not None:
            yield {"kind": "replaces", "exception": exception.id, "rule": exception.by, "rank": rank}
            yield {"kind": "replacement", "rule": exception.by}
    for rank, (rule, required, verdict) in enumerate(sorted(law.requirements, key=lambda requirement: requirement.required)):
        yield {"kind": "requires", "rule": rule, "required": required, "verdict": verdict.value, "rank": rank}


def _matter_as_facts(number: int, matter: Matter) -> Iterator[Fact]:
    about: Fact = {"matter": number, "rule": matter.rule}
    yield {"kind": "outcome", **about, "outcome": matter.outcome.value, "covered": int(matter.covered)}
    for required, verdict in matter.required:
        yield {"kind": "found", **about, "required": required, "verdict": verdict.value}


def _of_kind(kind: str, facts: Iterable[Fact]) -> list[Fact]:
    return [fact for fact in facts if fact["kind"] == kind]


def _verdict(matter: Matter, fact: Fact) -> RuleVerdict:
    return RuleVerdict(
        matter,
        Verdict(str(fact["verdict"])),
        Reason(str(fact["reason"])) if "reason" in fact else None,
        str(fact["because"]) if "because" in fact else None,
    )


def _conflicts(facts: Iterable[Fact]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found: dict[str, set[str]] = {}
    for fact in _of_kind("conflict", facts):
        found.setdefault(str(fact["rule"]), set()).update({str(fact["one"]), str(fact["other"])})
    return tuple((rule, tuple(sorted(exceptions))) for rule, exceptions in sorted(found.items()))


def _firings(fired: Iterable[Fired]) -> tuple[Firing, ...]:
    """Each firing once, in the order in which conclusions build on one another."""
    place = {stratum: number for number, stratum in enumerate((*strata.RULING, *strata.PRONOUNCING))}
    found = {
        (place[rule.stratum], Firing(rule.name, _stated(match.values()), _stated(rule.then(match))))
        for rule, match in fired
        if rule.told
    }
    return tuple(firing for _, firing in sorted(found))


def _stated(facts: Iterable[Fact]) -> tuple[Stated, ...]:
    return tuple(map(strata.stated, facts))
