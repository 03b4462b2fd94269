"""Random small rulebooks: a seed is a rulebook, as the dict of its YAML."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from random import Random
from typing import Any

from tests.oracle.generate_days import a_calendar, day_of_rows, own_day
from tests.oracle.generate_indicators import some_indicators
from tests.oracle.generate_links import a_derivation, links_of, paths, some_pairs
from tests.oracle.generate_records import base, collapsed, some_records, some_terms, with_some_lists
from tests.oracle.generate_several import some_several
from tests.oracle.generate_verdicts import CITES, require_some, some_exceptions, some_standings
from tests.oracle.odd_texts import rewritten, vocabulary
from tests.oracle.predicates import Records, amount, fields, maybe, predicate
from tests.oracle.world import expanded

PERS = ("week", "month", "quarter", "quarter", "half", "year", "period", "period", "period", "30d", "120 days")
CYCLES = ("2 months", "4 months", "5 months from 2019-02", "1 year from 2018-08", "18 months from 2018-03")
TERMS = ("term of mandates", "term of mandates", "term of host-mandates", "term of eras")
TERMS_OF = {"organisations": TERMS, "groups": ("term of mandates", "term of eras")}
"""The terms of office that there may be of a record."""
SHORT = (
    {"from": "2019-02-01", "until": "2019-02-28"},
    {"from": "2019-03-20", "until": "2019-04-10"},
    {"from": "2019-05-01", "until": "2019-05-01"},
)
"""Times in force that are shorter than the windows."""
RATIOS = ("50%", "50%", "2/3", "0.5", "1/3", ":most", "0%", "100%", "1")


def rulebook(seed: int) -> dict[str, Any]:
    """The rulebook of that seed."""
    random = Random(f"rulebook {seed}")  # noqa: S311
    records = with_some_lists(seed, some_records(random))
    some_partly_known(seed, records)
    terms = some_terms(random, records)
    rules = [a_rule(random, records, terms, f"rule-{n}") for n in range(random.choice([1, 2, 3, 4, 5, 5]))]
    book: dict[str, Any] = {
        "rulebook": f"random-{seed}",
        "title": "Random",
        "body": "organisations",
        "sources": {"law": {"title": "Law"}},
        "parameters": {
            "few": [{"from": "2018-01-01", "value": random.randint(0, 3)}, {"from": a_change(random), "value": 2}],
            "most": [
                {"from": random.choice(["2018-01-01", "2019-02-15"]), "value": "50%"},
                {"from": "2019-05-01", "value": "2/3"},
            ],
            "three": 3,
        },
        "records": {name: collapsed(record) for name, record in records.items()},
        "terms": terms,
        "rules": rules,
    }
    book["rules"] = [
        *rules,
        *some_about_made(seed, book),
        *some_unique(seed, book),
        *some_several(seed, [*records, *terms], partial(one_requirement, records, terms)),
    ]
    every = expanded(book, whole=True)
    facts, naming = some_indicators(seed, every, terms, partial(one_requirement, every, terms))
    if facts:
        book |= {"indicators": facts, "rules": [*book["rules"], *naming]}
    if random.random() < 0.25:
        book["year_starts"] = random.choice(["04-01", "02-01", "07-01"])
    if random.random() < 0.4:
        require_some(random, terms, rules)
    book |= {"calendar": calendar} if (calendar := a_calendar(random)) else {}
    if exceptions := some_exceptions(random, records, terms, rules):
        book["exceptions"] = exceptions
    if random.random() < 0.6:
        book["standings"] = some_standings(random, records, rules)
    found: dict[str, Any] = rewritten(book, vocabulary(book["rulebook"]))
    return found


def some_partly_known(seed: int, records: Records) -> None:
    """Days of which only the month, or the year, need be known, in some rulebooks."""
    random = Random(f"precision {seed}")  # noqa: S311
    if random.random() < 0.5:
        for record in (each for name, each in records.items() if name != "calls"):
            for spec in record["fields"].values():
                if (spec or {}).get("type") == "date" and random.random() < 0.5:
                    spec["precision"] = random.choice(["month", "year"])


def some_about_made(seed: int, book: dict[str, Any]) -> list[dict[str, Any]]:
    """Rules about the whole submission and about a record that is made of values of another, in some rulebooks."""
    random = Random(f"made {seed}")  # noqa: S311
    chosen = random.choice([(), (), (), ("submission",), ("values",), ("values", "submission")])
    if "values" in chosen and (derive := a_derivation(random, book["records"], book["terms"])):
        book["records"]["values"] = {"derive": derive}
    records = expanded(book)
    terms, rules = book["terms"], []
    made = (each for each in chosen if each in records and (each == "submission" or each in book["records"]))
    for subject in (each for each in made if links_of(records, terms, each)):
        for n in range(random.choice([1, 1, 2])):
            require = about_related(random, records, terms, subject)
            rules.append({"id": f"{subject}-{n}", "title": subject, "cites": CITES, "for": subject, "require": require})
    return rules


def some_unique(seed: int, book: dict[str, Any]) -> list[dict[str, Any]]:
    """Rules that no two rows agree in some fields, in some rulebooks."""
    random = Random(f"unique {seed}")  # noqa: S311
    if random.random() < 0.6:
        return []
    records, terms = expanded(book), book["terms"]
    subject = random.choice([name for name in (*records, *terms) if name != "submission"])
    record = base(terms, subject)
    there = [path for path, kind in paths(records, record) if kind != "list" and path != records[record].get("key")]
    named = random.sample(list(dict.fromkeys(there)), min(len(set(there)), random.choice([1, 1, 2])))
    said = {"fields": named if len(named) > 1 or random.random() < 0.5 else named[0]}
    said |= maybe(random, 0.5, within=random.choice([each for each in there if each not in named] or named))
    return [{"id": "alike", "title": "Alike", "cites": CITES, "for": subject, "require": {"unique": said}}]


def about_related(random: Random, records: Records, terms: dict[str, Any], subject: str) -> dict[str, Any]:
    """A requirement of related rows; none of those that a record without days or numbers cannot have."""
    while True:
        with suppress(IndexError):
            require = a_form(random, records, terms, subject)
            if "of" in next(iter(require.values())) and not parameters_in_term(require, terms):
                return require


def one_requirement(records: Records, terms: dict[str, Any], random: Random, subject: str) -> dict[str, Any]:
    """A requirement of a record or term; none that asks parameters of the rows of a term of office."""
    while True:
        require = a_form(random, records, terms, base(terms, subject))
        if not parameters_in_term(require, terms):
            return require


def a_change(random: Random) -> str:
    """A day on which the law changes."""
    return random.choice(["2018-08-01", "2019-01-01", "2019-02-15", "2019-04-01", "2019-04-02", "2019-07-01", "2020-01-01"])


def a_rule(random: Random, records: Records, terms: dict[str, Any], name: str) -> dict[str, Any]:
    """A rule of some form about some record or term."""
    subject = random.choice(["organisations"] * 3 + [*records, *terms])
    rule: dict[str, Any] = {"id": name, "title": name, "cites": CITES, "for": subject}
    rule |= maybe(random, 0.6, severity=random.choice(["note", "minor", "major", "critical"]))
    in_force = maybe(random, 0.2, **{"from": a_change(random)}) | maybe(random, 0.15, until=a_change(random))
    if random.random() < 0.08:
        in_force = random.choice(SHORT)
    rule |= {"in_force": dict(in_force)} if in_force and in_force.get("from", "") <= in_force.get("until", "9") else {}
    rule["require"] = a_form(random, records, terms, base(terms, subject))
    while parameters_in_term(rule["require"], terms):
        rule["require"] = a_form(random, records, terms, base(terms, subject))
    (form,) = rule["require"].values()
    return rule | (maybe(random, 0.2, parameters="end") if "per" in form else {})


def parameters_in_term(require: dict[str, Any], terms: dict[str, Any]) -> bool:
    """Whether parameters are asked of the rows of a term of office, which is an error."""
    ((form, says),) = require.items()
    if not str(says.get("per", "")).startswith("term of "):
        return False
    rows = [says.get(key) for key in ("where", "that", "base", "part", "whole")] + [terms if says["of"] in terms else None]
    return ":few" in str(rows) or (form != "frequency" and ":most" in str(says))


def a_form(  # noqa: C901, PLR0911, PLR0912, PLR0915 - one for each form
    random: Random, records: Records, terms: dict[str, Any], subject: str
) -> dict[str, Any]:
    """A requirement that can be made of a record."""
    dated = "date" in records[subject]
    links = list(links_of(records, terms, subject))
    forms = ["condition", "own day", "own day", "rate own"]
    forms += [
        "frequency",
        "frequency",
        "frequency",
        "coverage",
        "coverage",
        "rate",
        "rate",
        "share",
        "share",
        "total",
        "total",
        "day",
        "day",
        "day",
        "spacing",
        "spacing",
        "streak",
        "streak",
        "occupancy",
        "occupancy",
    ] * bool(links)
    form = random.choice(forms)
    if form == "condition":
        return {"condition": {"that": predicate(random, records, subject)}}
    if form == "rate own":
        return {
            "rate": {
                "part": amount(random, records, subject, bounded=True),
                "whole": amount(random, records, subject, bounded=True),
                **ratios(random),
            }
        }
    if form == "own day":
        return own_day(random, records, subject)
    related, link = random.choice(links)
    link = some_pairs(random, records, subject, related) or link
    of = random.choice([related, *(term for term in terms if base(terms, term) == related)])
    require = {"of": of, **link, **maybe(random, 0.4, where=predicate(random, records, related))}
    dates = fields(records, related, "date")
    pers = TERMS_OF[subject] if "mandates" in records and subject in TERMS_OF and random.random() < 0.5 else PERS
    pers = pers if random.random() < 0.85 else CYCLES
    windowed: dict[str, Any] = {"per": random.choice(pers)} | maybe(random, 0.3, on=random.choice(dates or [""]))
    if "date" not in records[related]:
        windowed["on"] = random.choice(dates or [""])
    may_have_windows = bool(dates) and not dated
    match form:
        case "frequency" if may_have_windows:
            asked = of_a_part(random, counts(random, records, subject))
            return {"frequency": require | windowed | asked | maybe(random, 0.5, **of_values(random, records, related))}
        case "frequency" | "coverage":
            require |= maybe(random, 0.4, **of_values(random, records, related))
            require |= maybe(random, 0.25, nothing="not-applicable") if "each" not in require else {}
            return {"coverage": require | maybe(random, 0.7, **counts(random, records, subject))}
        case "rate" | "share":
            require |= ratios(random) | (maybe(random, 0.6, **windowed) if may_have_windows else {})
            require |= maybe(random, 0.35, partial="require") if "per" in require else {}
            require |= maybe(random, 0.25, nothing="breached")
            if form == "share" and random.random() < 0.35:
                return {"share": require | of_each(random, records, related)}
            if form == "share":
                based = maybe(random, 0.35, base=predicate(random, records, related))
                return {"share": require | {"that": predicate(random, records, related)} | based}
            require |= maybe(random, 0.4, mean="rows")
            parts = {key: amount(random, records, related, bounded=True) for key in ("part", "whole")}
            return {"rate": require | parts}
        case "spacing" if may_have_windows:
            on = {key: windowed[key] for key in windowed if key == "on"}
            return {"spacing": require | on | lengths(random) | maybe(random, 0.35, ends="open")}
        case "occupancy" if not dated and "lifespan" in records[related]:
            asked = counts(random, records, subject)
            lasts = random.choice(["1d", "20d", "45 days", "2 months", "10 working days"])
            short = not {"at_least", "more_than", "exactly"}.isdisjoint(asked)
            return {"occupancy": require | asked | (maybe(random, 0.5, within=lasts) if short else {})}
        case "streak" if may_have_windows:
            on = {key: windowed[key] for key in windowed if key == "on"}
            that = {"that": predicate(random, records, related, 1)}
            since = maybe(random, 0.35, since=predicate(random, records, related, 1))
            return {"streak": require | on | that | since | counts(random, records, subject)}
        case "day" if dates:
            require |= {key: windowed[key] for key in windowed if key == "on"}
            return day_of_rows(random, records, subject, related, require, windows=may_have_windows)
    require |= maybe(random, 0.3, tolerance=random.choice([0, 1, 2, "0.5"]))
    require |= random.choice([{"count": True}, {"sum": amount(random, records, related)}])
    require |= maybe(random, 0.3, opening=amount(random, records, subject))
    require |= maybe(random, 0.3, **{"in": predicate(random, records, related)})
    require |= maybe(random, 0.3, out=predicate(random, records, related))
    return {"total": require | {"declared": amount(random, records, subject)}}


def of_each(random: Random, records: Records, related: str) -> dict[str, Any]:
    """A field by whose values rows are counted; or some of its values, where they are declared."""
    names = fields(records, related, "enum")
    if not names or random.random() < 0.6:
        return {"each": a_path(random, records, related)}
    name = random.choice(names)
    values = list(records[related]["fields"][name]["enum"])
    return {"each": random.choice([name, name, {name: random.sample(values, random.randint(1, len(values)))}])}


def of_values(random: Random, records: Records, related: str) -> dict[str, Any]:
    """What makes a count one of values."""
    return of_each(random, records, related) if random.random() < 0.7 else {"distinct": a_path(random, records, related)}


def a_path(random: Random, records: Records, related: str) -> str:
    """A field of a record, or of one that it refers to."""
    name = random.choice([name for name, spec in records[related]["fields"].items() if "list" not in (spec or {})])
    target = (records[related]["fields"][name] or {}).get("ref")
    return f"{name}.{a_path(random, records, target)}" if target and random.random() < 0.4 else name


def of_a_part(random: Random, asked: dict[str, Any]) -> dict[str, Any]:
    """What a frequency asks of a window, or of a part of one."""
    partial = random.choice([None, None, "require", "prorate"])
    if partial is None:
        return asked
    if partial == "prorate" and "exactly" in asked:
        asked |= {"round": random.choice(["up", "down", "nearest"]), "exactly": ":few"}
    return asked | {"partial": partial}


def lengths(random: Random) -> dict[str, Any]:
    """How long a gap may be, and how short."""
    spans = ["7d", "20d", "30 days", "45d", "60 days", "1 month", "2 months end to end", "1 month or the next day"]
    most, least = {"at_most": random.choice(spans)}, {"at_least": random.choice(spans)}
    return random.choice([most, most, most, least, most | least])


def counts(random: Random, records: Records, subject: str) -> dict[str, Any]:
    """One or two bounds of a count."""
    limits = [
        0,
        1,
        1,
        2,
        2,
        3,
        ":few",
        ":three",
        "1.5",
        ":most",
        f"{amount(random, records, subject)}",
        f"({amount(random, records, subject)}) / 3",
    ]
    bounds = some_bounds(random, limits)
    broken = any(not str(limit).isdigit() for limit in bounds.values())
    return bounds | (maybe(random, 0.4, round=random.choice(["up", "down", "nearest"])) if broken else {})


def ratios(random: Random) -> dict[str, Any]:
    """One or two bounds of a ratio."""
    return some_bounds(random, list(RATIOS))


def some_bounds(random: Random, limits: list[Any]) -> dict[str, Any]:
    """One bound, or two different ones."""
    lower, upper = ["at_least", "at_least", "more_than"], ["at_most", "less_than", "exactly"]
    pair = random.choice([(lower,), (lower,), (lower,), (upper,), (upper,), (lower, upper)])
    return {random.choice(words): random.choice(limits) for words in pair}
