"""Random rulebooks: their terms, parameters and exceptions."""

import random
from typing import Any

from tests.second_reading import layouts, measuring, others, phrases
from tests.second_reading.layouts import maybe, pick


def book(rng: random.Random, rules: int = 8) -> dict[str, Any]:
    """A random rulebook."""
    made: dict[str, Any] = {
        "rulebook": "random",
        "title": "Random",
        "body": "orgs",
        "sources": {"s": {"title": "S"}},
        "parameters": {
            "few": [{"from": "2018-01-01", "value": "1"}, {"from": "2019-06-01", "value": "2"}],
            "part": pick(rng, "50%", "2/3", [{"from": "2019-04-01", "value": "50%"}]),
        },
        "records": layouts.records(rng),
    }
    if maybe(rng, 0.2):
        made["year_starts"] = "04-01"
    if maybe(rng, 0.3):
        made["calendar"] = {"holidays": ["2019-01-01", "2019-05-01", "2018-12-25"]}
    phrase = phrases.Phrases(rng, made["records"])
    made["terms"] = {
        "some-orgs": {"of": "orgs", "where": phrase.predicate("orgs", parameters=False)},
        "fewer-orgs": {"of": "some-orgs", "where": phrase.predicate("orgs", parameters=False)},
        "some-meetings": {"of": "meetings", "where": phrase.predicate("meetings", parameters=False)},
        "some-people": {"of": "people", "where": phrase.predicate("people", parameters=False)},
        "some-mandates": {"of": "mandates", "where": phrase.predicate("mandates", parameters=False)},
    }
    made["indicators"] = measuring.indicators(rng, phrase)
    made["rules"] = [others.rule(rng, phrase, number) for number in range(rules)]
    for number in range(rules, rules + 4):
        subject, form, said = measuring.Measures(rng, phrase, made["indicators"]).naming()
        made["rules"].append({"id": f"r{number}", "cites": "s 1", "title": "A rule", "for": subject, "require": {form: said}})
    exceptions(rng, phrase, made)
    if maybe(rng, 0.7):
        made["standings"] = standings(rng, phrase, [rule["id"] for rule in made["rules"]])
    return made


def exceptions(rng: random.Random, phrase: phrases.Phrases, made: dict[str, Any]) -> None:
    """Adds exceptions and requirements, among the rules that are about organisations."""
    about = [rule["id"] for rule in made["rules"] if rule["for"] in {"orgs", "some-orgs", "fewer-orgs"}]
    rng.shuffle(about)
    if len(about) > 3 and maybe(rng, 0.7):
        first, second, third = about[:3]
        made["exceptions"] = [
            {
                "id": "x1",
                "cites": "s 1",
                "when": {"subject": phrase.predicate("orgs", parameters=False)},
                "displaces": [first],
                "by": second,
            },
        ]
        if maybe(rng, 0.6):
            other = {
                "id": "x2",
                "cites": "s 1",
                "when": {"subject": phrase.predicate("orgs", parameters=False)},
                "displaces": [first],
            }
            made["exceptions"].append({**other, "by": third} if maybe(rng) else other)
    for place in range(3, len(about) - 1):
        if maybe(rng, 0.3):
            (rule,) = (rule for rule in made["rules"] if rule["id"] == about[place])
            wanted = about[place + 1]
            rule["requires"] = pick(rng, wanted, {wanted: "violated"})


def standings(rng: random.Random, phrase: phrases.Phrases, rules: list[str]) -> list[dict[str, Any]]:
    """Random standings."""
    names = ["bad", "poor", "fair", "good"][: rng.randint(2, 4)]
    found: list[dict[str, Any]] = [{"id": name, "when": condition(rng, phrase, rules, names)} for name in names]
    if maybe(rng, 0.7):
        del found[-1]["when"]
    return found


def condition(rng: random.Random, phrase: phrases.Phrases, rules: list[str], names: list[str]) -> dict[str, Any]:
    """A random condition of a standing."""
    kind = rng.random()
    if kind < 0.15:
        return {rng.choice(["all", "any"]): [condition(rng, phrase, rules, names), condition(rng, phrase, rules, names)]}
    if kind < 0.2:
        return {"not": condition(rng, phrase, rules, names)}
    if kind < 0.3:
        return {"subject": phrase.predicate("orgs", parameters=False)}
    if kind < 0.6:
        which: dict[str, Any] = rng.choice(
            [{}, {"severity": "major"}, {"severity": ["minor", "critical"]}, {"rule": rng.sample(rules, 3)}]
        )
        return {rng.choice(["violated", "violated", "undetermined"]): which} | (
            {"at_least": rng.randint(1, 4)} if maybe(rng) else {}
        )
    bound = {rng.choice(["at_least", "more_than", "at_most", "less_than"]): rng.choice(["1", "2", "20%", "1/2", "50%"])}
    return {rng.choice(["children", "descendants"]): {"standing": rng.choice([rng.choice(names), rng.sample(names, 2)])}} | bound
