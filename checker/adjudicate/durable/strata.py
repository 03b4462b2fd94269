"""What the rule engine knows of law in general: what bears on a verdict, and how standings are picked.

Each stratum sees what those before it have settled, so that "unless" means the same in whatever order facts arrive:

    exceptions      those that hold lay their claims on rules: to displace them, or to make them hold
    conflicts       exceptions that displace one rule differently, or perhaps do; replacements that no exception calls for
    effects         of all claims on a rule the strongest takes effect
    readings        an outcome is read in the light of what took effect on its rule
    requirements    a required rule with another verdict than is required bars the rule that requires it
    rulings         a reading is taken in the light of the strongest bar
    verdicts        a waiver that covers a violation waives it

    standings       every standing whose condition is, surely or possibly, true is a candidate
    pronouncement   the first candidate is pronounced
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from checker.adjudicate import steps
from checker.adjudicate.conditions import Literal, alternatives
from checker.adjudicate.durable.inference import Clause, Fact, Inference, Match, Of, Pattern, Scalar
from checker.adjudicate.steps import POSSIBLY, SURELY, UNDETERMINED, Claim
from checker.model.law import Law, Stated, Truth
from checker.model.words import VERDICTS, Outcome, Reason, Verdict

RULING: Final = ("exceptions", "conflicts", "effects", "readings", "requirements", "rulings", "verdicts")
PRONOUNCING: Final = ("standings", "pronouncement")

DEGREES: Final[Mapping[Truth | None, Sequence[str]]] = {
    Truth.YES: (SURELY, POSSIBLY),
    Truth.PERHAPS: (POSSIBLY,),
    None: (),
}
_EFFECT_FIELDS: Final = frozenset({"rule", "claim", "exception"})
_RANKS: Final = 1_000_000  # more than there are exceptions or rules: what bears on a rule is ordered by strength, then by these
_NOTHING: Final = "nothing"

_UNCERTAIN: Final = frozenset({Outcome.BREACHED, Outcome.UNKNOWN})
_OPEN: Final = frozenset({Verdict.UNDETERMINED, Verdict.PENDING})
_DISPUTABLE: Final = _UNCERTAIN | {Outcome.MET}


def in_favour_of(by: str | None) -> str:
    """The replacement as the engine knows it: a value, also where there is none."""
    return f"rule {by}" if by is not None else _NOTHING


def _read(outcome: Outcome, effect: Claim | None) -> tuple[Verdict, Reason | None]:
    match effect:
        case Claim.DISPLACED:
            return Verdict.NOT_APPLICABLE, Reason.DISPLACED
        case Claim.UNCALLED:
            return Verdict.NOT_APPLICABLE, Reason.NO_EXCEPTION
        case Claim.DISPUTED if outcome in _DISPUTABLE:
            return Verdict.UNDETERMINED, Reason.CONFLICT
        case Claim.PERHAPS_DISPLACED | Claim.PERHAPS_DISPUTED | Claim.PERHAPS_CALLED if outcome in _UNCERTAIN:
            return Verdict.UNDETERMINED, Reason.PERHAPS
        case _:
            return VERDICTS[outcome], None


_MATTER: Final = ("matter", "rule", "covered")


def _same(field: str, alias: str) -> Clause:
    return Clause(field, "=", Of(alias, field))


def _claim(rule: Fact, claim: Claim, cause: Fact | None = None) -> dict[str, str | int]:
    rank = int(cause["rank"]) if cause else 0
    fact = {"kind": "claim", "rule": rule["rule"], "claim": int(claim), "order": claim * _RANKS + rank}
    return {**fact, "exception": cause["exception"]} if cause else fact


def _displacement(match: Match) -> tuple[Fact, ...]:
    law, sure = match["law"], match["exception"]["truth"] == Truth.YES
    claim = _claim(law, Claim.DISPLACED if sure else Claim.PERHAPS_DISPLACED, law)
    return ({**claim, "by": law["by"]},)


def _call(match: Match) -> tuple[Fact, ...]:
    law, sure = match["law"], match["exception"]["truth"] == Truth.YES
    return (
        _claim(law, Claim.CALLED if sure else Claim.PERHAPS_CALLED, law),
        {"kind": "called", "rule": law["rule"]},
    )


def _disputed(match: Match) -> tuple[str, ...]:
    """The replacements of two exceptions that displace one rule differently."""
    return tuple(str(match[side]["by"]).removeprefix("rule ") for side in ("one", "other") if match[side]["by"] != _NOTHING)


def _conflict(match: Match) -> tuple[Fact, ...]:
    one, other = match["one"], match["other"]
    return (
        {"kind": "conflict", "rule": one["rule"], "one": one["exception"], "other": other["exception"]},
        *(_claim({"rule": rule}, Claim.DISPUTED) for rule in _disputed(match)),
    )


def _perhaps_conflict(match: Match) -> tuple[Fact, ...]:
    """Claims on the replacements, in the name of each exception that only may hold."""
    doubtful = [match[side] for side in ("one", "other") if match[side]["claim"] == Claim.PERHAPS_DISPLACED]
    return tuple(
        _claim(
            {"rule": rule},
            Claim.PERHAPS_DISPUTED,
            {"rank": int(each["order"]) % _RANKS, "exception": each["exception"]},
        )
        for each in doubtful
        for rule in _disputed(match)
    )


def _displaced_differently(one: Claim, other: Claim) -> tuple[Pattern, Pattern]:
    """Two claims of exceptions with different replacements to displace the same rule, each pair once."""
    return (
        Pattern("one", "claim", (Clause("claim", "=", one),)),
        Pattern(
            "other",
            "claim",
            (
                Clause("claim", "=", other),
                _same("rule", "one"),
                Clause("by", "<>", Of("one", "by")),
                Clause("order", ">", Of("one", "order")),
            ),
        ),
    )


def _effect(match: Match) -> tuple[Fact, ...]:
    return ({**{field: value for field, value in match["claim"].items() if field in _EFFECT_FIELDS}, "kind": "effect"},)


def _reading(match: Match) -> tuple[Fact, ...]:
    outcome, effect = match["outcome"], match.get("effect", {})
    verdict, reason = _read(Outcome(str(outcome["outcome"])), Claim(int(effect["claim"])) if effect else None)
    return (_stated("reading", outcome, verdict, reason, effect.get("exception")),)


def _stated(kind: str, of: Fact, verdict: Verdict, reason: Reason | None, because: Scalar | None) -> Fact:
    """What is stated of the matter that the fact `of` is about."""
    fact: dict[str, Scalar] = {"kind": kind, **{field: of[field] for field in _MATTER}, "verdict": verdict.value}
    if reason:
        fact["reason"] = reason.value
        if because is not None:
            fact["because"] = because
    return fact


def _bar(match: Match) -> tuple[Fact, ...]:
    found, law = match["found"], match["law"]
    possibly = found["verdict"] in _OPEN
    fact = {"kind": "bar", "matter": found["matter"], "rule": found["rule"], "required": found["required"]}
    return ({**fact, "degree": POSSIBLY if possibly else SURELY, "order": possibly * _RANKS + int(law["rank"])},)


def _ruling(match: Match) -> tuple[Fact, ...]:
    reading, bar = match["reading"], match.get("bar")
    verdict = Verdict(str(reading["verdict"]))
    if bar is not None and verdict is not Verdict.NOT_APPLICABLE:
        if bar["degree"] == SURELY:
            return (_stated("ruling", reading, Verdict.NOT_APPLICABLE, Reason.REQUIREMENT, bar["required"]),)
        if verdict is Verdict.VIOLATED or (verdict is Verdict.UNDETERMINED and "reason" not in reading):
            return (_stated("ruling", reading, Verdict.UNDETERMINED, Reason.PERHAPS, bar["required"]),)
    return ({**reading, "kind": "ruling"},)


def _verdict(match: Match) -> tuple[Fact, ...]:
    return ({**match["ruling"], "kind": "verdict"},)


RULINGS: Final = (
    Inference(
        steps.DISPLACES,
        "exceptions",
        (Pattern("exception", "holds"), Pattern("law", "displaces", (_same("exception", "exception"),))),
        _displacement,
    ),
    Inference(
        steps.CALLS,
        "exceptions",
        (Pattern("exception", "holds"), Pattern("law", "replaces", (_same("exception", "exception"),))),
        _call,
    ),
    Inference(
        steps.UNCALLED,
        "conflicts",
        (Pattern("law", "replacement"), Pattern("call", "called", (_same("rule", "law"),), absent=True)),
        lambda match: (_claim(match["law"], Claim.UNCALLED),),
    ),
    Inference(
        steps.CONFLICT,
        "conflicts",
        _displaced_differently(Claim.DISPLACED, Claim.DISPLACED),
        _conflict,
    ),
    Inference(
        steps.PERHAPS_CONFLICT,
        "conflicts",
        _displaced_differently(Claim.DISPLACED, Claim.PERHAPS_DISPLACED),
        _perhaps_conflict,
    ),
    Inference(
        steps.BOTH_PERHAPS_CONFLICT,
        "conflicts",
        _displaced_differently(Claim.PERHAPS_DISPLACED, Claim.PERHAPS_DISPLACED),
        _perhaps_conflict,
    ),
    Inference(
        steps.EFFECT,
        "effects",
        (
            Pattern("claim", "claim"),
            Pattern("stronger", "claim", (_same("rule", "claim"), Clause("order", "<", Of("claim", "order"))), absent=True),
        ),
        _effect,
    ),
    Inference(
        steps.READ,
        "readings",
        (Pattern("outcome", "outcome"), Pattern("effect", "effect", (_same("rule", "outcome"),))),
        _reading,
    ),
    Inference(
        steps.READ_AS_IT_IS,
        "readings",
        (Pattern("outcome", "outcome"), Pattern("effect", "effect", (_same("rule", "outcome"),), absent=True)),
        _reading,
    ),
    Inference(
        steps.BARS,
        "requirements",
        (
            Pattern("found", "found"),
            Pattern(
                "law",
                "requires",
                (_same("rule", "found"), _same("required", "found"), Clause("verdict", "<>", Of("found", "verdict"))),
            ),
        ),
        _bar,
    ),
    Inference(
        steps.BARRED,
        "rulings",
        (
            Pattern("reading", "reading"),
            Pattern("bar", "bar", (_same("matter", "reading"),)),
            Pattern("stronger", "bar", (_same("matter", "bar"), Clause("order", "<", Of("bar", "order"))), absent=True),
        ),
        _ruling,
    ),
    Inference(
        "a reading stands where nothing bars the rule",
        "rulings",
        (Pattern("reading", "reading"), Pattern("bar", "bar", (_same("matter", "reading"),), absent=True)),
        _ruling,
        told=False,
    ),
    Inference(
        steps.WAIVED,
        "verdicts",
        (Pattern("ruling", "ruling", (Clause("verdict", "=", Verdict.VIOLATED.value), Clause("covered", "=", 1))),),
        lambda match: (_stated("verdict", match["ruling"], Verdict.WAIVED, None, None),),
    ),
    Inference(
        "a ruling that no waiver covers is the verdict",
        "verdicts",
        (Pattern("ruling", "ruling", (Clause("covered", "=", 0),)),),
        _verdict,
        told=False,
    ),
    Inference(
        steps.NOT_WAIVED,
        "verdicts",
        (Pattern("ruling", "ruling", (Clause("covered", "=", 1), Clause("verdict", "<>", Verdict.VIOLATED.value))),),
        _verdict,
    ),
)


def candidacy(order: int, standing: str, alternative: Sequence[int]) -> Inference:
    """A standing is a candidate where all literals of one alternative of its condition hold, to the same degree."""
    parts = [
        Pattern(
            f"part{index}",
            "literal",
            (Clause("number", "=", number), *([_same("degree", "part0")] if index else [])),
        )
        for index, number in enumerate(alternative)
    ]

    def candidate(match: Match) -> tuple[Fact, ...]:
        degree = match["part0"]["degree"] if parts else SURELY
        return ({"kind": "candidate", "order": order, "standing": standing, "degree": degree},)

    return Inference(steps.candidacy(standing), "standings", tuple(parts), candidate)


_FIRST: Final = Pattern("earlier", "candidate", (Clause("order", "<", Of("candidate", "order")),), absent=True)

PRONOUNCEMENTS: Final = (
    Inference(
        steps.FIRST_STANDING,
        "pronouncement",
        (Pattern("candidate", "candidate", (Clause("degree", "=", SURELY),)), _FIRST),
        lambda match: ({"kind": "pronounced", "standing": match["candidate"]["standing"]},),
    ),
    Inference(
        steps.UNCERTAIN_STANDING,
        "pronouncement",
        (
            Pattern("candidate", "candidate", (Clause("degree", "=", POSSIBLY),)),
            _FIRST,
            Pattern(
                "certain",
                "candidate",
                (Clause("degree", "=", SURELY), Clause("order", "=", Of("candidate", "order"))),
                absent=True,
            ),
        ),
        lambda _: ({"kind": "pronounced", "standing": UNDETERMINED},),
    ),
)


def of_law(law: Law) -> tuple[tuple[Inference, ...], dict[Literal, int]]:
    """All that the rule engine knows of a law, and the numbers of the literals of which its standings' conditions are made.

    Raises EngineError where a condition has too many alternatives.
    """
    literals: dict[Literal, int] = {}
    candidacies = [
        candidacy(
            order,
            standing.id,
            [literals.setdefault(literal, len(literals)) for literal in sorted(alternative, key=repr)],
        )
        for order, standing in enumerate(law.standings)
        for alternative in alternatives(standing)
    ]
    return (*RULINGS, *PRONOUNCEMENTS, *candidacies), literals


_INNER: Final = frozenset({"kind", "order", "rank", "number", "matter"})
"""What only keeps facts apart."""


def stated(fact: Fact) -> Stated:
    """A fact in the words of a rulebook."""
    fields = {field: str(value) for field, value in fact.items() if field not in _INNER}
    if "claim" in fact:
        fields["claim"] = Claim(int(fact["claim"])).word
    if "by" in fact:
        fields["by"] = "" if fact["by"] == _NOTHING else fields["by"].removeprefix("rule ")
    return Stated(str(fact["kind"]), tuple(sorted(fields.items())))
