"""Random rulebooks: their terms, parameters and exceptions."""

import random
from typing import Any

from tests.second_reading import layouts, others, phrases
from tests.second_reading.layouts import maybe, pick


def book(rng: random.Random, rules: int = 12) -> dict[str, Any]:
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
    made["rules"] = [others.rule(rng, phrase, number) for number in range(rules)]
    exceptions(rng, phrase, made)
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
