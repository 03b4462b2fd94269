"""Random indicators, and rules that name them, for some random rulebooks."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from random import Random
from typing import Any

from tests.oracle.generate_links import links_of, some_pairs
from tests.oracle.generate_records import base
from tests.oracle.generate_verdicts import CITES
from tests.oracle.predicates import Records, amount, comparison, fields, maybe, predicate

Make = Callable[[Random, str], dict[str, Any]]
"""What makes a requirement of a record."""
BOUNDS = ("at_least", "more_than", "at_most", "less_than", "exactly")
FORMS = ("frequency", "coverage", "rate", "share", "total", "target", "occupancy", "streak")
PERS = ("month", "quarter", "half", "year", "year", "period", "period", "120 days")


def some_indicators(
    seed: int, records: Records, terms: dict[str, Any], make: Make
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
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
    rules = (
        [a_rule(random, records, terms, subject, found, n, per, make) for n in range(random.choice([1, 2, 3]))] if found else []
    )
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
            named = [each for each, spec in records[related]["fields"].items() if "list" not in (spec or {})]
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
    make: Make,
) -> dict[str, Any]:
    """A rule that names an indicator in a predicate, in a bound, or in what is declared."""
    whose = [subject, subject, *(term for term in terms if base(terms, term) == subject)]
    rule = {"id": f"named-{number}", "title": "named", "cites": CITES, "for": random.choice(whose)}
    name = random.choice(indicators)["id"].replace("-", "_")
    one, other = an_amount(random, records, subject, indicators), an_amount(random, records, subject, indicators)
    sign = random.choice(["=", "<>", "<", "<=", ">", ">="])
    if random.random() < 0.4:
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
    form, says = bounded(random, make, subject, windows=bool(per))
    if not says:
        return {}
    named = [one, other, name, name]
    asked = [key for key in says if key in {*BOUNDS, "declared", "opening", "target"}] or ["at_least"]
    for key in random.sample(asked, random.randint(1, len(asked))):
        divided = [f"({one}) / 2"] if key in BOUNDS else []
        says[key] = of_ratio(random, name, other) if form in {"rate", "share"} else random.choice(named + divided)
    if form == "target" and random.random() < 0.5:
        says = {key: said for key, said in says.items() if key not in BOUNDS}
        says[random.choice(BOUNDS)] = f"({random.choice(named)}) * 30%"
    # Of a whole number there is nothing to round.
    if all(str(says[key]).isdecimal() for key in says if key in BOUNDS):
        says.pop("round", None)
    return rule | {"require": {form: says | per}}


def bounded(random: Random, make: Make, subject: str, *, windows: bool) -> tuple[str, dict[str, Any]]:
    """A form of which a bound, or what is declared, is an expression, in windows or without any; nothing where none is found."""
    wanted = random.choice(FORMS)
    for tried in range(200):
        found: dict[str, Any] = {}
        with suppress(IndexError):  # a record without days or numbers
            found = make(random, subject)
        form, says = next(iter(found.items()), ("", dict[str, Any]()))
        in_windows = "per" in says and not str(says["per"]).startswith("term of")
        if (form == wanted or (tried > 50 and form in FORMS)) and in_windows is windows and (windows or "per" not in says):
            return form, {key: said for key, said in says.items() if key != "partial"}
    return "", {}


def of_ratio(random: Random, name: str, other: str) -> str:
    """A bound of a ratio, by indicators."""
    return random.choice(
        [name, name, f"{name} / 3", f"({other}) / 10", f"{name} * 20%", f"1 - {name}", f"coalesce({name}, 0.5)", f"{name} - 0.5"]
    )
