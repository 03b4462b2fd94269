"""durable-rules and the reference agree on random laws and cases, in whatever order the facts arrive."""

from __future__ import annotations

import random
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

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
    RequirementLaw,
    StandingLaw,
    Tally,
    Truth,
)
from checker.model.words import Outcome, Severity, Verdict
from tests.adjudicate.both import Both

RULES = ["a", "b.c", 'records/họp/"id"/unique', "nothing", "rule a"]
EXCEPTIONS = ["x", "x.y", "ngoại lệ\\", "{z}"]
ATTRIBUTES = ["p", "q'\"", "r", "s\n"]
T = TypeVar("T")
TIMES = settings(max_examples=250)

names = st.sampled_from(RULES)
exceptions = st.lists(
    st.builds(
        ExceptionLaw,
        st.sampled_from(EXCEPTIONS),
        st.lists(names, min_size=1, max_size=3).map(tuple),
        st.none() | names,
    ),
    max_size=4,
    unique_by=lambda exception: exception.id,
).map(tuple)
tallies = st.builds(
    Tally,
    st.sampled_from([Verdict.VIOLATED, Verdict.UNDETERMINED]),
    st.lists(st.sampled_from(Severity), max_size=2, unique=True).map(tuple),
    st.lists(names, max_size=2, unique=True).map(tuple),
    st.integers(1, 4),
    st.booleans(),
)
conditions: st.SearchStrategy[Condition] = st.recursive(
    tallies
    | st.builds(Attribute, st.sampled_from(ATTRIBUTES))
    | st.builds(Kin, st.sampled_from(ATTRIBUTES), st.sampled_from(["children", "descendants"]), st.just(("standing 0",))),
    lambda parts: (
        st.builds(Not, parts)
        | st.builds(All, st.lists(parts, max_size=4).map(tuple))
        | st.builds(Any, st.lists(parts, max_size=3).map(tuple))
    ),
    max_leaves=8,
)
counted = st.lists(st.tuples(names, st.sampled_from(Verdict), st.integers(1, 3)), max_size=5).map(tuple)
bodies = st.builds(
    BodyCase,
    counted,
    st.tuples(*(st.sampled_from([(), ((key, Truth.YES),), ((key, Truth.PERHAPS),)]) for key in ATTRIBUTES)).map(
        lambda stated: tuple(pair for pairs in stated for pair in pairs)
    ),
    counted,
)
severities = st.lists(st.sampled_from(Severity), min_size=len(RULES), max_size=len(RULES))


requirements = st.lists(
    st.builds(RequirementLaw, names, names, st.sampled_from([Verdict.SATISFIED, Verdict.VIOLATED])),
    max_size=4,
    unique_by=lambda requirement: (requirement.rule, requirement.required),
).map(tuple)


def everything(law: Law, held: dict[str, Truth], chance: random.Random) -> Case:
    """Every outcome of every rule at once: the widest case there is; required rules have any verdict, and some are waived."""
    matters = []
    for rule, _ in law.rules:
        required = [each.required for each in law.requirements if each.rule == rule]
        for outcome in Outcome:
            verdicts = tuple((name, chance.choice(list(Verdict))) for name in required)
            matters.append(Matter(rule, outcome, chance.random() < 0.5, verdicts))
    return Case(tuple(matters), tuple(held.items()))


@TIMES
@given(exceptions, requirements, st.randoms(use_true_random=False), st.data())
def test_rulings(
    found: tuple[ExceptionLaw, ...], asked: tuple[RequirementLaw, ...], chance: random.Random, data: st.DataObject
) -> None:
    law = Law(tuple((rule, Severity.MAJOR) for rule in RULES), found, (), asked)
    adjudicator = Both(law)
    ids = [exception.id for exception in found]
    truths = st.dictionaries(st.sampled_from(ids), st.sampled_from(Truth)) if ids else st.just({})
    for held in data.draw(st.lists(truths, min_size=1, max_size=3)):
        case = everything(law, held, chance)
        ruling = adjudicator.adjudicate(case)
        assert [verdict.matter for verdict in ruling.verdicts] == list(case.matters)
        assert ruling.firings


@TIMES
@given(st.lists(conditions, max_size=3), severities, st.lists(bodies, min_size=2, max_size=5))
def test_pronouncements(whens: list[Condition], graded: list[Severity], cases: list[BodyCase]) -> None:
    standings = tuple(StandingLaw(f"standing {order}", when) for order, when in enumerate(whens))
    law = Law(tuple(zip(RULES, graded, strict=True)), (), standings)
    adjudicator = Both(law)
    for case in cases:
        assert adjudicator.pronounce(case).standing in {None, "undetermined", *(standing.id for standing in standings)}


@settings(TIMES, max_examples=80)
@given(exceptions, requirements, st.lists(conditions, max_size=3), bodies, st.randoms(use_true_random=False))
def test_the_order_of_facts_does_not_matter(
    found: tuple[ExceptionLaw, ...],
    asked: tuple[RequirementLaw, ...],
    whens: list[Condition],
    body: BodyCase,
    chance: random.Random,
) -> None:
    rules = tuple((rule, Severity.MAJOR) for rule in RULES)
    standings = tuple(StandingLaw(f"standing {order}", when) for order, when in enumerate(whens))
    law = Law(rules, found, standings, asked)
    case = everything(law, {exception.id: chance.choice(list(Truth)) for exception in found}, chance)

    def shuffled(items: tuple[T, ...]) -> tuple[T, ...]:
        return tuple(chance.sample(items, len(items)))

    other = Both(Law(shuffled(rules), shuffled(found), standings, shuffled(asked)))
    network = Both(law)
    one, two = network.adjudicate(case), other.adjudicate(Case(shuffled(case.matters), shuffled(case.holds)))
    assert (sorted(two.verdicts, key=repr), two.conflicts) == (sorted(one.verdicts, key=repr), one.conflicts)
    assert two.firings == one.firings
    same = BodyCase(shuffled(body.findings), shuffled(body.attributes), shuffled(body.repeated))
    assert other.pronounce(same) == network.pronounce(body)
