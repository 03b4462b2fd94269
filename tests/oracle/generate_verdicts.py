"""Random rules about verdicts: required rules, exceptions and standings."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.oracle.generate_records import base
from tests.oracle.predicates import Records, maybe, predicate

CITES = "law art. 1"


def require_some(random: Random, terms: dict[str, Any], rules: list[dict[str, Any]]) -> None:
    """Lets rules require earlier ones about the same record."""
    for place, rule in enumerate(rules):
        alike = [other["id"] for other in rules[:place] if base(terms, other["for"]) == base(terms, rule["for"])]
        if alike and random.random() < 0.7:
            chosen = random.sample(alike, min(len(alike), random.choice([1, 1, 2])))
            rule["requires"] = random.choice(
                [chosen[0], chosen, {name: random.choice(["satisfied", "violated"]) for name in chosen}]
            )


def some_exceptions(random: Random, records: Records, terms: dict[str, Any], rules: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Exceptions to some rules; several may displace one rule, each differently, or one rule may stand for several."""
    found: list[dict[str, Any]] = []
    for n in range(random.choice([0, 0, 0, 1, 2, 3, 4])):
        displaced = found[0]["displaces"][0] if found and random.random() < 0.7 else random.choice(rules)["id"]
        subject = next(base(terms, rule["for"]) for rule in rules if rule["id"] == displaced)
        alike = [rule["id"] for rule in rules if base(terms, rule["for"]) == subject and rule["id"] != displaced]
        by = {"by": random.choice(alike)} if alike and random.random() < 0.7 else {}
        when = predicate(random, records, subject, 1)
        others = [rule for rule in alike if rule != by.get("by") and random.random() < 0.15]
        found.append({"id": f"except-{n}", "cites": CITES, "when": {"subject": when}, "displaces": [displaced, *others], **by})
    return found


def some_standings(random: Random, records: Records, rules: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A ladder of standings."""
    steps = random.randint(1, 3)
    ids = [f"standing-{n}" for n in range(steps)]
    ladder = [{"id": name, "title": "Standing", "when": a_condition(random, records, rules, 1, ids)} for name in ids]
    return [*ladder, {"id": "standing-last", "title": "Last"}] if random.random() < 0.6 else ladder


def a_condition(
    random: Random, records: Records, rules: list[dict[str, Any]], depth: int, standings: list[str]
) -> dict[str, Any]:
    """A condition of a standing."""
    if depth and random.random() < 0.4:
        parts = [a_condition(random, records, rules, depth - 1, standings) for _ in range(2)]
        return random.choice([{"all": parts}, {"any": parts}, {"not": parts[0]}])
    chosen = random.choice([{}, {"severity": "major"}, {"severity": ["note", "critical"]}, {"rule": rules[0]["id"]}])
    least = maybe(random, 0.5, at_least=random.randint(1, 4))
    return random.choice(
        [
            {"violated": chosen, **least},
            {"violated": chosen, **least},
            {"undetermined": chosen, **least},
            {"subject": predicate(random, records, "organisations", 0)},
            {
                random.choice(["children", "descendants"]): {"standing": random.choice([standings[0], standings])},
                **maybe(random, 0.5, at_least=random.choice([1, 2, "20%", "50%", "2/3", "100%"])),
                **maybe(random, 0.4, at_most=random.choice([0, 1, "0%", "20%", "50%"])),
                **maybe(random, 0.1, **{random.choice(["more_than", "less_than"]): random.choice([1, "50%", "1/3"])}),
            },
        ]
    )
