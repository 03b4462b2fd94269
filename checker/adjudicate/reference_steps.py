"""The steps to a verdict or a standing, as the rule engine tells them, written down without one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

from checker.adjudicate import steps
from checker.adjudicate.conditions import alternatives, truth
from checker.adjudicate.steps import POSSIBLY, SURELY, Claim
from checker.model.law import BodyCase, Case, Firing, Law, Matter, RuleVerdict, Stated, Truth
from checker.model.words import Verdict

_OPEN = frozenset({Verdict.UNDETERMINED, Verdict.PENDING})


def steps_to_verdicts(
    law: Law, case: Case, readings: Sequence[RuleVerdict], rulings: Sequence[RuleVerdict], verdicts: Sequence[RuleVerdict]
) -> tuple[Firing, ...]:
    """What is told of a case: its exceptions, and how each matter was read, ruled on, and waived or not."""
    claims = _Claims()
    told = [_sorted(claims.of_exceptions(law, case)), _sorted(claims.of_conflicts(law))]
    effects = {rule: min(claimed) for rule, claimed in claims.found.items()}
    told += [
        _sorted(Firing(steps.EFFECT, (each.stated(),), (each.effect(),)) for each in effects.values()),
        _sorted(_read(reading, effects.get(reading.matter.rule)) for reading in readings),
        _sorted(bar.firing for matter in case.matters for bar in _bars(law, matter)),
        _sorted(_barred(law, *pair) for pair in zip(readings, rulings, strict=True) if any(_bars(law, pair[0].matter))),
        _sorted(_waived(*pair) for pair in zip(rulings, verdicts, strict=True) if pair[0].matter.covered),
    ]
    return tuple(firing for stratum in told for firing in stratum)


def steps_to_standing(law: Law, case: BodyCase, standing: str | None) -> tuple[Firing, ...]:
    """What is told of a body: the standings whose conditions hold, at least possibly, and which of them was pronounced."""
    candidates = [list(dict.fromkeys(_candidacies(law, order, case))) for order in range(len(law.standings))]
    first: list[Firing] = next(filter(None, candidates), [])
    last: list[Firing] = []
    if standing is not None:
        degrees = {dict(each.then[0].fields)["degree"]: each.then for each in first}
        name, given = (
            (steps.FIRST_STANDING, degrees[SURELY]) if SURELY in degrees else (steps.UNCERTAIN_STANDING, degrees[POSSIBLY])
        )
        last.append(Firing(name, given, (_stated("pronounced", standing=standing),)))
    return (*_sorted(firing for some in candidates for firing in some), *last)


class _Claimed(NamedTuple):
    """A claim on a rule, in the name of an exception that ranks so; of claims on one rule the least is the strongest."""

    claim: Claim
    rank: int
    rule: str
    exception: str | None = None
    by: str | None = None

    def stated(self) -> Stated:
        """The claim as a fact."""
        return _stated("claim", rule=self.rule, claim=self.claim.word, exception=self.exception, by=self.by)

    def effect(self) -> Stated:
        """What comes of the claim where none is stronger."""
        return _stated("effect", rule=self.rule, claim=self.claim.word, exception=self.exception)


@dataclass(slots=True)
class _Claims:
    """What is claimed of rules."""

    found: dict[str, list[_Claimed]] = field(default_factory=dict)

    def of_exceptions(self, law: Law, case: Case) -> Iterator[Firing]:
        """The claims of exceptions that hold, or may: to displace rules, and to make another hold."""
        truths = dict(case.holds)
        for rank, exception in enumerate(sorted(law.exceptions, key=lambda each: each.id)):
            if exception.id not in truths:
                continue
            held, sure = _stated("holds", exception=exception.id, truth=truths[exception.id]), truths[exception.id] is Truth.YES
            for rule in exception.displaces:
                claim = _Claimed(
                    Claim.DISPLACED if sure else Claim.PERHAPS_DISPLACED, rank, rule, exception.id, exception.by or ""
                )
                displaces = _stated("displaces", exception=exception.id, rule=rule, by=exception.by or "")
                yield Firing(steps.DISPLACES, (held, displaces), self._add(claim))
            if exception.by is not None:
                claim = _Claimed(Claim.CALLED if sure else Claim.PERHAPS_CALLED, rank, exception.by, exception.id)
                replaces = _stated("replaces", exception=exception.id, rule=exception.by)
                yield Firing(steps.CALLS, (held, replaces), (*self._add(claim), _stated("called", rule=exception.by)))

    def of_conflicts(self, law: Law) -> Iterator[Firing]:
        """The claims on replacements: that no exception calls for them, and that it is disputed whether they hold."""
        displaced = [
            sorted(each for each in claimed if each.claim in {Claim.DISPLACED, Claim.PERHAPS_DISPLACED})
            for claimed in self.found.values()
        ]
        called = {rule for rule, claimed in self.found.items() if any(each.claim >= Claim.CALLED for each in claimed)}
        for rule in dict.fromkeys(each.by for each in law.exceptions if each.by is not None):
            if rule not in called:
                yield Firing(steps.UNCALLED, (_stated("replacement", rule=rule),), self._add(_Claimed(Claim.UNCALLED, 0, rule)))
        for claimed in displaced:
            for one, other in combinations(claimed, 2):
                if one.by != other.by:
                    yield self._dispute(one, other)

    def _dispute(self, one: _Claimed, other: _Claimed) -> Firing:
        disputed = [each.by for each in (one, other) if each.by]
        doubtful = [each for each in (one, other) if each.claim is Claim.PERHAPS_DISPLACED]
        given = (one.stated(), other.stated())
        if not doubtful:
            conflict = _stated("conflict", rule=one.rule, one=one.exception, other=other.exception)
            claims = self._add(*(_Claimed(Claim.DISPUTED, 0, rule) for rule in disputed))
            return Firing(steps.CONFLICT, given, (conflict, *claims))
        claims = self._add(
            *(_Claimed(Claim.PERHAPS_DISPUTED, each.rank, rule, each.exception) for each in doubtful for rule in disputed)
        )
        return Firing(steps.BOTH_PERHAPS_CONFLICT if len(doubtful) > 1 else steps.PERHAPS_CONFLICT, given, claims)

    def _add(self, *claims: _Claimed) -> tuple[Stated, ...]:
        for claim in claims:
            self.found.setdefault(claim.rule, []).append(claim)
        return tuple(claim.stated() for claim in claims)


def _read(reading: RuleVerdict, effect: _Claimed | None) -> Firing:
    matter = reading.matter
    outcome = _stated("outcome", rule=matter.rule, outcome=matter.outcome, covered=str(int(matter.covered)))
    found = (_of_matter("reading", reading),)
    return Firing(steps.READ, (outcome, effect.effect()), found) if effect else Firing(steps.READ_AS_IT_IS, (outcome,), found)


class _Bar(NamedTuple):
    """A required rule with another verdict than is required; of several, the least is the strongest."""

    possibly: bool
    required: str
    stated: Stated
    firing: Firing


def _bars(law: Law, matter: Matter) -> Iterator[_Bar]:
    verdicts = dict(matter.required)
    for each in law.requirements:
        if each.rule == matter.rule and each.required in verdicts and verdicts[each.required] is not each.verdict:
            verdict = verdicts[each.required]
            possibly = verdict in _OPEN
            bar = _stated("bar", rule=each.rule, required=each.required, degree=POSSIBLY if possibly else SURELY)
            found = _stated("found", rule=each.rule, required=each.required, verdict=verdict)
            requires = _stated("requires", rule=each.rule, required=each.required, verdict=each.verdict)
            yield _Bar(possibly, each.required, bar, Firing(steps.BARS, (found, requires), (bar,)))


def _barred(law: Law, reading: RuleVerdict, ruling: RuleVerdict) -> Firing:
    strongest = min(_bars(law, reading.matter))
    return Firing(steps.BARRED, (_of_matter("reading", reading), strongest.stated), (_of_matter("ruling", ruling),))


def _waived(ruling: RuleVerdict, verdict: RuleVerdict) -> Firing:
    name = steps.WAIVED if verdict.verdict is Verdict.WAIVED else steps.NOT_WAIVED
    return Firing(name, (_of_matter("ruling", ruling),), (_of_matter("verdict", verdict),))


def _candidacies(law: Law, order: int, case: BodyCase) -> Iterator[Firing]:
    """Each way in which the condition of a standing holds, surely or possibly."""
    standing, severities = law.standings[order], dict(law.rules)
    for alternative in alternatives(standing):
        literals = sorted(alternative, key=repr)
        held = [literal.holds(truth(literal.atom, case, severities)) for literal in literals]
        degrees = [SURELY] if all(each is Truth.YES for each in held) else []
        degrees += [POSSIBLY] if literals and None not in held else []
        for degree in degrees:
            given = tuple(_stated("literal", text=str(literal), degree=degree) for literal in literals)
            candidate = _stated("candidate", standing=standing.id, degree=degree)
            yield Firing(steps.candidacy(standing.id), given, (candidate,))


def _of_matter(kind: str, found: RuleVerdict) -> Stated:
    covered = str(int(found.matter.covered))
    because = found.because if found.reason else None
    return _stated(kind, rule=found.matter.rule, covered=covered, verdict=found.verdict, reason=found.reason, because=because)


def _stated(kind: str, **fields: str | None) -> Stated:
    return Stated(kind, tuple(sorted((name, str(value)) for name, value in fields.items() if value is not None)))


def _sorted(firings: Iterable[Firing]) -> list[Firing]:
    """Each firing of a stratum once, in the order in which they are told."""
    return sorted(set(firings))
