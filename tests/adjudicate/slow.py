"""A slow, obvious adjudicator: the contract in plain Python, for the network to be compared with."""

from __future__ import annotations

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
    RuleVerdict,
    Tally,
    Truth,
)
from checker.model.words import Outcome, Reason, Verdict

FALSE, UNKNOWN, TRUE = 0, 1, 2


def verdict(law: Law, case: Case, matter: Matter) -> RuleVerdict:
    found = required(law, matter, excepted(law, case, matter))
    waived = matter.covered and found.verdict is Verdict.VIOLATED
    return RuleVerdict(matter, Verdict.WAIVED) if waived else found


def required(law: Law, matter: Matter, found: RuleVerdict) -> RuleVerdict:
    if found.verdict is Verdict.NOT_APPLICABLE:
        return found
    verdicts = dict(matter.required)
    asked = sorted((law.required, law.verdict) for law in law.requirements if law.rule == matter.rule)
    other = [rule for rule, wanted in asked if rule in verdicts and verdicts[rule] is not wanted]
    doubtful = [rule for rule in other if verdicts[rule] in {Verdict.UNDETERMINED, Verdict.PENDING}]
    for rule in other:
        if rule not in doubtful:
            return RuleVerdict(matter, Verdict.NOT_APPLICABLE, Reason.REQUIREMENT, rule)
    told = found.reason is not None or found.verdict not in {Verdict.VIOLATED, Verdict.UNDETERMINED}
    return RuleVerdict(matter, Verdict.UNDETERMINED, Reason.PERHAPS, doubtful[0]) if doubtful and not told else found


def excepted(law: Law, case: Case, matter: Matter) -> RuleVerdict:  # noqa: C901, PLR0911  # a list of cases
    rule, outcome, holds = matter.rule, matter.outcome, dict(case.holds)
    surely = [e for e in law.exceptions if holds.get(e.id) is Truth.YES]
    perhaps = [e for e in law.exceptions if holds.get(e.id) is Truth.PERHAPS]

    def decided(verdict: Verdict, reason: Reason | None = None, by: list[ExceptionLaw] | None = None) -> RuleVerdict:
        return RuleVerdict(matter, verdict, reason, min(e.id for e in by) if by else None)

    displacing = [e for e in surely if rule in e.displaces]
    if displacing:
        return decided(Verdict.NOT_APPLICABLE, Reason.DISPLACED, displacing)
    if any(e.by == rule for e in law.exceptions) and not any(e.by == rule for e in surely + perhaps):
        return decided(Verdict.NOT_APPLICABLE, Reason.NO_EXCEPTION)
    if outcome is Outcome.OPEN:
        return decided(Verdict.PENDING)
    if outcome is Outcome.NONE:
        return decided(Verdict.NOT_APPLICABLE)
    if any(rule in {one.by, other.by} for one in surely for other in surely if displaced_differently(one, other)):
        return decided(Verdict.UNDETERMINED, Reason.CONFLICT)
    if outcome is Outcome.MET:
        return decided(Verdict.SATISFIED)
    doubting = [e for e in perhaps if rule in e.displaces]
    if doubting:
        return decided(Verdict.UNDETERMINED, Reason.PERHAPS, doubting)
    disputing = [
        doubtful
        for doubtful in perhaps
        for e in surely + perhaps
        if displaced_differently(doubtful, e) and rule in {doubtful.by, e.by}
    ]
    if disputing:
        return decided(Verdict.UNDETERMINED, Reason.PERHAPS, disputing)
    if any(e.by == rule for e in law.exceptions) and not any(e.by == rule for e in surely):
        return decided(Verdict.UNDETERMINED, Reason.PERHAPS, [e for e in perhaps if e.by == rule])
    return decided(Verdict.VIOLATED if outcome is Outcome.BREACHED else Verdict.UNDETERMINED)


def displaced_differently(one: ExceptionLaw, other: ExceptionLaw) -> set[str]:
    return set(one.displaces) & set(other.displaces) if one.by != other.by else set()


def conflicts(law: Law, case: Case) -> dict[str, set[str]]:
    surely = [e for e in law.exceptions if (e.id, Truth.YES) in case.holds]
    found: dict[str, set[str]] = {}
    for one in surely:
        for other in surely:
            for rule in displaced_differently(one, other):
                found.setdefault(rule, set()).update({one.id, other.id})
    return found


def value(condition: Condition, law: Law, case: BodyCase) -> int:
    match condition:
        case Not(part):
            return TRUE - value(part, law, case)
        case All(parts):
            return min((value(part, law, case) for part in parts), default=TRUE)
        case Any(parts):
            return max((value(part, law, case) for part in parts), default=FALSE)
        case Attribute(key) | Kin(key):
            return {Truth.YES: TRUE, Truth.PERHAPS: UNKNOWN, None: FALSE}[dict(case.attributes).get(key)]
        case Tally():
            certain = uncertain = 0
            for rule, found, count in case.repeated if condition.repeated else case.findings:
                severity = dict(law.rules)[rule]
                if rule in (condition.rules or [rule]) and severity in (condition.severities or [severity]):
                    certain += count if found is condition.verdict else 0
                    uncertain += count if found is Verdict.UNDETERMINED else 0
            most = certain + uncertain if condition.verdict is Verdict.VIOLATED else certain
            return TRUE if certain >= condition.at_least else UNKNOWN if most >= condition.at_least else FALSE


def standing(law: Law, case: BodyCase) -> str | None:
    for candidate in law.standings:
        match value(candidate.when, law, case):
            case 2:
                return candidate.id
            case 1:
                return "undetermined"
    return None
