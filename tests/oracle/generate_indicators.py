"""Random indicators, and rules that name them, for some random rulebooks."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.oracle.generate_links import links_of, some_pairs
from tests.oracle.generate_records import base
from tests.oracle.generate_verdicts import CITES
from tests.oracle.predicates import Records, amount, comparison, fields, maybe, predicate

PERS = ("month", "quarter", "half", "year", "year", "period", "period", "120 days")


def some_indicators(seed: int, records: Records, terms: dict[str, Any]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Indicators about one record, and rules that name some of them; in half of the rulebooks none.

    Nothing is drawn from what the rest of the rulebook is drawn from, so that this stays as it is.
    """
    random = Random(f"indicators {seed}")  # noqa: S311
    subject = random.choice(["organisations", "organisations", *records])
    links = list(links_of(records, terms, subject))
    if random.random() < 0.5 or not links:
        return [], []
    dated = "date" in records[subject]
    per = {} if dated or random.random() < 0.3 else {"per": random.choice(PERS)}
    whose = [subject, subject, *(term for term in terms if base(terms, term) == subject)]
    found: list[dict[str, Any]] = []
    for number in range(random.choice([1, 2, 2, 3])):
        measure = a_measure(random, records, terms, subject, links, found, windows=bool(per))
        if measure:
            found.append({"id": f"fact-{number}", "for": random.choice(whose), **per, "measure": measure})
    rules = [a_rule(random, records, terms, subject, found, n, per) for n in range(random.choice([1, 2, 3]))] if found else []
    return found, [rule for rule in rules if rule]


def a_measure(
    random: Random,
    records: Records,
    terms: dict[str, Any],
    subject: str,
    links: list[Any],
    before: list[dict[str, Any]],
    *,
    windows: bool,
) -> dict[str, Any]:
    """What an indicator measures; nothing where the rows that were drawn have no days for its windows."""
    if random.random() < 0.2:
        return {"value": an_amount(random, records, subject, before)}
    related, link = random.choice(links)
    link = some_pairs(random, records, subject, related) or link
    of = random.choice([related, *(term for term in terms if base(terms, term) == related)])
    dates = fields(records, related, "date")
    require = {"of": of, **link, **maybe(random, 0.4, where=predicate(random, records, related))}
    if windows and not dates:
        return {}
    if windows and ("date" not in records[related] or random.random() < 0.3):
        require["on"] = random.choice(dates)
    match random.choice(["count", "count", "sum", "sum", "rate", "share"]):
        case "count":
            named = list(records[related]["fields"])
            return {"count": require | maybe(random, 0.3, distinct=random.choice(named))}
        case "sum":
            return {"sum": require | {"value": amount(random, records, related)}}
        case "rate":
            return {"rate": require | {key: amount(random, records, related, bounded=True) for key in ("part", "whole")}}
    return {"share": require | {"that": predicate(random, records, related)}}


def an_amount(random: Random, records: Records, subject: str, indicators: list[dict[str, Any]]) -> str:
    """A numeric expression over a subject and its indicators."""
    own = amount(random, records, subject)
    if not indicators or random.random() < 0.2:
        return own
    name, other = (random.choice(indicators)["id"].replace("-", "_") for _ in range(2))
    said: str = random.choice(
        [
            name,
            name,
            f"{name} * 2",
            f"{name} + {own}",
            f"{own} - {name}",
            f"{name} * {other}",
            f"abs({name} - {other} - 1)",
            f"coalesce({name}, 1)",
            f"coalesce({name}, {other}) + 1",
            f"-{name}",
        ]
    )
    return said


def a_rule(
    random: Random,
    records: Records,
    terms: dict[str, Any],
    subject: str,
    indicators: list[dict[str, Any]],
    number: int,
    per: dict[str, Any],
) -> dict[str, Any]:
    """A rule that names an indicator in a predicate or a bound."""
    whose = [subject, subject, *(term for term in terms if base(terms, term) == subject)]
    rule = {"id": f"named-{number}", "title": "named", "cites": CITES, "for": random.choice(whose)}
    name = random.choice(indicators)["id"].replace("-", "_")
    one, other = an_amount(random, records, subject, indicators), an_amount(random, records, subject, indicators)
    sign = random.choice(["=", "<>", "<", "<=", ">", ">="])
    if random.random() < 0.6:
        said = random.choice(
            [
                f"{name} {sign} {random.randint(0, 3)}",
                f"{one} {sign} {other}",
                f"{name} {sign} {other}",
                f"{name} * 2 / 3 {sign} {one}",
                f"{name} is {random.choice(['', 'not '])}null",
                f"{name} between 1 and {random.randint(1, 4)}",
                f"{name} in (0, 1, {random.randint(2, 4)})",
                f"{name} is null or {name} {sign} 0.5",
                f"not ({name} {sign} 1) and {comparison(random, records, subject)}",
                f"{name} {sign} 1 or {comparison(random, records, subject)}",
            ]
        )
        return rule | {"require": {"condition": {"that": said, **per}}}
    related, link = random.choice(list(links_of(records, terms, subject)))
    dates = fields(records, related, "date")
    if per and not dates:
        return {}
    form = "frequency" if per else "coverage"
    on = {"on": random.choice(dates)} if per and "date" not in records[related] else {}
    bound = {
        random.choice(["at_least", "more_than", "at_most", "less_than", "exactly"]): random.choice([one, f"({one}) / 2", name])
    }
    # Of a whole number there is nothing to round.
    whole = all(text.isdecimal() for text in bound.values())
    rounding = {} if whole else maybe(random, 0.3, round=random.choice(["up", "down", "nearest"]))
    return rule | {"require": {form: {"of": related, **link, **per, **on, **bound, **rounding}}}
