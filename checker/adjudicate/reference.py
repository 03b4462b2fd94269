"""The contract in plain Python, slow and obvious: the adjudicator where durable-rules cannot be had, and its check."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Final, NamedTuple

from checker.adjudicate.protocol import refuse_unknown_exceptions, refuse_unknown_rules
from checker.adjudicate.reference_steps import steps_to_standing, steps_to_verdicts
from checker.adjudicate.steps import UNDETERMINED
from checker.model.law import (
    All,
    Any,
    Attribute,
    BodyCase,
    Case,
    Condition,
    ExceptionLaw,
    Kin,
    Law,
    Matter,
    Not,
    Pronouncement,
    RuleVerdict,
    Ruling,
    Tally,
    Truth,
)
from checker.model.words import Outcome, Reason, Severity, Verdict

NAME: Final = "reference"

_FALSE, _UNKNOWN, _TRUE = 0, 1, 2
_TRUTHS: Final = {Truth.YES: _TRUE, Truth.PERHAPS: _UNKNOWN, None: _FALSE}
_OPEN: Final = frozenset({Verdict.UNDETERMINED, Verdict.PENDING})


class Reference:
    """Judges by looking at the whole law for every matter."""

    name = NAME

    def __init__(self, law: Law) -> None:
        self._law = law
        self._severities = dict(law.rules)

    def adjudicate(self, case: Case) -> Ruling:
        """Gives the verdict on every matter of the case."""
        refuse_unknown_exceptions(self._law, case)
        held = _held(self._law, case)
        readings = [_excepted(self._law, held, matter) for matter in case.matters]
        rulings = [_required(self._law, reading) for reading in readings]
        verdicts = tuple(map(_waived, rulings))
        return Ruling(verdicts, _conflicts(held), steps_to_verdicts(self._law, case, readings, rulings, verdicts))

    def pronounce(self, case: BodyCase) -> Pronouncement:
        """Gives the first standing whose condition holds, `undetermined` where that is not certain."""
        refuse_unknown_rules(self._law, case)
        standing = self._standing(case)
        return Pronouncement(standing, steps_to_standing(self._law, case, standing))

    def _standing(self, case: BodyCase) -> str | None:
        for standing in self._law.standings:
            holds = _value(standing.when, case, self._severities)
            if holds != _FALSE:
                return standing.id if holds == _TRUE else UNDETERMINED
        return None


class _Held(NamedTuple):
    """The exceptions that hold in a case, those that may, and the pairs that displace one rule differently."""

    surely: list[ExceptionLaw]
    perhaps: list[ExceptionLaw]
    disputes: list[tuple[ExceptionLaw, ExceptionLaw]]
    doubtful_disputes: list[tuple[ExceptionLaw, ExceptionLaw]]


def _held(law: Law, case: Case) -> _Held:
    truths = dict(case.holds)
    surely = [each for each in law.exceptions if truths.get(each.id) is Truth.YES]
    perhaps = [each for each in law.exceptions if truths.get(each.id) is Truth.PERHAPS]
    return _Held(surely, perhaps, _disputes(surely, surely), _disputes(perhaps, surely + perhaps))


def _disputes(some: Sequence[ExceptionLaw], others: Sequence[ExceptionLaw]) -> list[tuple[ExceptionLaw, ExceptionLaw]]:
    return [(one, other) for one, other in product(some, others) if one.by != other.by and _displaced_by_both(one, other)]


def _displaced_by_both(one: ExceptionLaw, other: ExceptionLaw) -> set[str]:
    return set(one.displaces) & set(other.displaces)


def _excepted(law: Law, held: _Held, matter: Matter) -> RuleVerdict:  # noqa: PLR0911 -- a list of cases
    """The outcome in the light of the exceptions that hold, and of those that may."""
    rule, outcome = matter.rule, matter.outcome

    def decided(verdict: Verdict, reason: Reason | None = None, by: Sequence[ExceptionLaw] = ()) -> RuleVerdict:
        return RuleVerdict(matter, verdict, reason, min((each.id for each in by), default=None))

    if displacing := [each for each in held.surely if rule in each.displaces]:
        return decided(Verdict.NOT_APPLICABLE, Reason.DISPLACED, displacing)
    replacement = any(each.by == rule for each in law.exceptions)
    called = any(each.by == rule for each in held.surely)
    calling = [each for each in held.perhaps if each.by == rule]
    if replacement and not called and not calling:
        return decided(Verdict.NOT_APPLICABLE, Reason.NO_EXCEPTION)
    if outcome is Outcome.OPEN:
        return decided(Verdict.PENDING)
    if outcome is Outcome.NONE:
        return decided(Verdict.NOT_APPLICABLE)
    if any(rule in {one.by, other.by} for one, other in held.disputes):
        return decided(Verdict.UNDETERMINED, Reason.CONFLICT)
    if outcome is Outcome.MET:
        return decided(Verdict.SATISFIED)
    displacing = [each for each in held.perhaps if rule in each.displaces]
    disputing = [doubtful for doubtful, other in held.doubtful_disputes if rule in {doubtful.by, other.by}]
    if doubts := displacing or disputing or ([] if called else calling):
        return decided(Verdict.UNDETERMINED, Reason.PERHAPS, doubts)
    return decided(Verdict.VIOLATED if outcome is Outcome.BREACHED else Verdict.UNDETERMINED)


def _required(law: Law, found: RuleVerdict) -> RuleVerdict:
    """The reading in the light of the verdicts on what the rule requires."""
    if found.verdict is Verdict.NOT_APPLICABLE:
        return found
    matter, verdicts = found.matter, dict(found.matter.required)
    asked = sorted((each.required, each.verdict) for each in law.requirements if each.rule == matter.rule)
    other = [rule for rule, wanted in asked if rule in verdicts and verdicts[rule] is not wanted]
    for rule in other:
        if verdicts[rule] not in _OPEN:
            return RuleVerdict(matter, Verdict.NOT_APPLICABLE, Reason.REQUIREMENT, rule)
    if other and found.reason is None and found.verdict in {Verdict.VIOLATED, Verdict.UNDETERMINED}:
        return RuleVerdict(matter, Verdict.UNDETERMINED, Reason.PERHAPS, other[0])
    return found


def _waived(found: RuleVerdict) -> RuleVerdict:
    waived = found.matter.covered and found.verdict is Verdict.VIOLATED
    return RuleVerdict(found.matter, Verdict.WAIVED) if waived else found


def _conflicts(held: _Held) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found: dict[str, set[str]] = {}
    for one, other in held.disputes:
        for rule in _displaced_by_both(one, other):
            found.setdefault(rule, set()).update({one.id, other.id})
    return tuple((rule, tuple(sorted(exceptions))) for rule, exceptions in sorted(found.items()))


def _value(condition: Condition, case: BodyCase, severities: dict[str, Severity]) -> int:
    """Whether a condition holds of a body, in Kleene's logic."""
    match condition:
        case Not(part):
            return _TRUE - _value(part, case, severities)
        case All(parts):
            return min((_value(part, case, severities) for part in parts), default=_TRUE)
        case Any(parts):
            return max((_value(part, case, severities) for part in parts), default=_FALSE)
        case Attribute(key) | Kin(key):
            return _TRUTHS[dict(case.attributes).get(key)]
        case Tally():
            certain = uncertain = 0
            for rule, found, count in case.repeated if condition.repeated else case.findings:
                if condition.selects(rule, severities[rule]):
                    certain += count if found is condition.verdict else 0
                    uncertain += count if found is Verdict.UNDETERMINED else 0
            most = certain + uncertain if condition.verdict is Verdict.VIOLATED else certain
            return _TRUE if certain >= condition.at_least else _UNKNOWN if most >= condition.at_least else _FALSE
