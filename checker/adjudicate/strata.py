"""What the rule engine knows of law in general: how exceptions bear on rules, and how standings are picked.

Each stratum sees what those before it have settled, so that "unless" means the same in whatever order facts arrive:

    exceptions      those that hold lay their claims on rules: to displace them, or to make them hold
    conflicts       exceptions that displace one rule differently; replacements that no exception calls for
    effects         of all claims on a rule the strongest takes effect
    verdicts        an outcome is read in the light of what took effect on its rule

    standings       every standing whose condition is, surely or possibly, true is a candidate
    pronouncement   the first candidate is pronounced

A further kind of reasoning (waivers, repeated violations) is a further stratum.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Final

from checker.adjudicate.engine import Clause, Fact, Inference, Match, Of, Pattern
from checker.model.law import Truth
from checker.model.words import Outcome, Reason, Verdict

RULING: Final = ("exceptions", "conflicts", "effects", "verdicts")
PRONOUNCING: Final = ("standings", "pronouncement")

SURELY: Final = "surely"
POSSIBLY: Final = "possibly"
DEGREES: Final[Mapping[Truth | None, Sequence[str]]] = {
    Truth.YES: (SURELY, POSSIBLY),
    Truth.PERHAPS: (POSSIBLY,),
    None: (),
}
UNDETERMINED: Final = "undetermined"


class Claim(IntEnum):
    """What can be claimed of a rule, the strongest first."""

    DISPLACED = 0
    UNCALLED = 1
    DISPUTED = 2
    PERHAPS_DISPLACED = 3
    CALLED = 4
    PERHAPS_CALLED = 5


_EFFECT_FIELDS: Final = frozenset({"rule", "claim", "exception"})
_RANKS: Final = 1_000_000  # more than there are exceptions: claims are ordered by strength, then by exception
_NOTHING: Final = "nothing"

_PLAIN: Final = {
    Outcome.MET: Verdict.SATISFIED,
    Outcome.BREACHED: Verdict.VIOLATED,
    Outcome.UNKNOWN: Verdict.UNDETERMINED,
    Outcome.OPEN: Verdict.PENDING,
    Outcome.NONE: Verdict.NOT_APPLICABLE,
}
_UNCERTAIN: Final = frozenset({Outcome.BREACHED, Outcome.UNKNOWN})
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
        case Claim.PERHAPS_DISPLACED | Claim.PERHAPS_CALLED if outcome in _UNCERTAIN:
            return Verdict.UNDETERMINED, Reason.PERHAPS
        case _:
            return _PLAIN[outcome], None


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


def _conflict(match: Match) -> tuple[Fact, ...]:
    one, other = match["one"], match["other"]
    disputed = [str(claim["by"]).removeprefix("rule ") for claim in (one, other) if claim["by"] != _NOTHING]
    return (
        {"kind": "conflict", "rule": one["rule"], "one": one["exception"], "other": other["exception"]},
        *(_claim({"rule": rule}, Claim.DISPUTED) for rule in disputed),
    )


def _effect(match: Match) -> tuple[Fact, ...]:
    return ({**{field: value for field, value in match["claim"].items() if field in _EFFECT_FIELDS}, "kind": "effect"},)


def _verdict(match: Match) -> tuple[Fact, ...]:
    outcome, effect = match["outcome"], match.get("effect", {})
    verdict, reason = _read(Outcome(str(outcome["outcome"])), Claim(int(effect["claim"])) if effect else None)
    fact = {"kind": "verdict", "rule": outcome["rule"], "outcome": outcome["outcome"], "verdict": verdict.value}
    if reason:
        fact["reason"] = reason.value
        if "exception" in effect:
            fact["exception"] = effect["exception"]
    return (fact,)


RULINGS: Final = (
    Inference(
        "an exception that holds displaces rules",
        "exceptions",
        (Pattern("exception", "holds"), Pattern("law", "displaces", (_same("exception", "exception"),))),
        _displacement,
    ),
    Inference(
        "an exception that holds calls for its replacement",
        "exceptions",
        (Pattern("exception", "holds"), Pattern("law", "replaces", (_same("exception", "exception"),))),
        _call,
    ),
    Inference(
        "a replacement holds only where an exception calls for it",
        "conflicts",
        (Pattern("law", "replacement"), Pattern("call", "called", (_same("rule", "law"),), absent=True)),
        lambda match: (_claim(match["law"], Claim.UNCALLED),),
    ),
    Inference(
        "exceptions that displace one rule differently are a conflict",
        "conflicts",
        (
            Pattern("one", "claim", (Clause("claim", "=", Claim.DISPLACED),)),
            Pattern(
                "other",
                "claim",
                (
                    Clause("claim", "=", Claim.DISPLACED),
                    _same("rule", "one"),
                    Clause("by", "<>", Of("one", "by")),
                    Clause("order", ">", Of("one", "order")),
                ),
            ),
        ),
        _conflict,
    ),
    Inference(
        "the strongest claim takes effect",
        "effects",
        (
            Pattern("claim", "claim"),
            Pattern("stronger", "claim", (_same("rule", "claim"), Clause("order", "<", Of("claim", "order"))), absent=True),
        ),
        _effect,
    ),
    Inference(
        "an outcome is read in the light of what took effect",
        "verdicts",
        (Pattern("outcome", "outcome"), Pattern("effect", "effect", (_same("rule", "outcome"),))),
        _verdict,
    ),
    Inference(
        "an outcome is read as it is where nothing took effect",
        "verdicts",
        (Pattern("outcome", "outcome"), Pattern("effect", "effect", (_same("rule", "outcome"),), absent=True)),
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

    return Inference(f"the condition of standing {standing} holds", "standings", tuple(parts), candidate)


_FIRST: Final = Pattern("earlier", "candidate", (Clause("order", "<", Of("candidate", "order")),), absent=True)

PRONOUNCEMENTS: Final = (
    Inference(
        "the first standing whose condition holds is pronounced",
        "pronouncement",
        (Pattern("candidate", "candidate", (Clause("degree", "=", SURELY),)), _FIRST),
        lambda match: ({"kind": "pronounced", "standing": match["candidate"]["standing"]},),
    ),
    Inference(
        "where the first standing is only possible, none is certain",
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

_CLAIM_WORDS: Final = {
    Claim.DISPLACED: "displaced",
    Claim.UNCALLED: "called for by no exception",
    Claim.DISPUTED: "disputed between exceptions",
    Claim.PERHAPS_DISPLACED: "perhaps displaced",
    Claim.CALLED: "called for",
    Claim.PERHAPS_CALLED: "perhaps called for",
}


def in_words(fact: Fact) -> str:
    """A fact as a reader of an explanation wants it."""
    words = {field: value for field, value in fact.items() if field != "kind"}
    if "claim" in fact:
        by = f" by exception {fact['exception']}" if "exception" in fact else ""
        words["claim"] = _CLAIM_WORDS[Claim(int(fact["claim"]))] + by
    elif fact["kind"] == "holds":
        words["truth"] = "holds" if fact["truth"] == Truth.YES else "perhaps holds"
    return _WORDS[str(fact["kind"])].format_map(words)


_WORDS: Final = {
    "holds": "exception {exception} {truth}",
    "displaces": "exception {exception} displaces rule {rule} in favour of {by}",
    "replaces": "exception {exception} calls for rule {rule}",
    "replacement": "rule {rule} is a replacement",
    "claim": "rule {rule} is {claim}",
    "effect": "rule {rule} is {claim}",
    "outcome": "the outcome of rule {rule} is {outcome}",
    "literal": "{degree}: {text}",
    "candidate": "{degree}: standing {standing}",
}
