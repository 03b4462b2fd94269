"""Random small rulebooks: a seed is a rulebook, as the dict of its YAML."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.oracle.generate_days import a_calendar, day_of_rows, own_day
from tests.oracle.predicates import Records, amount, fields, maybe, predicate
from tests.oracle.world import expanded

PERS = ("month", "quarter", "quarter", "half", "year", "period", "period", "period", "30d", "120 days")
TERMS = ("term of mandates", "term of mandates", "term of host-mandates", "term of eras")
RATIOS = ("50%", "50%", "2/3", "0.5", "1/3", ":most", "0%", "100%", "1")
CITES = "law art. 1"


def rulebook(seed: int) -> dict[str, Any]:
    """The rulebook of that seed."""
    random = Random(f"rulebook {seed}")  # noqa: S311
    records = some_records(random)
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
    if random.random() < 0.25:
        book["year_starts"] = random.choice(["04-01", "02-01", "07-01"])
    if random.random() < 0.4:
        require_some(random, terms, rules)
    book |= {"calendar": calendar} if (calendar := a_calendar(random)) else {}
    if exceptions := some_exceptions(random, records, terms, rules):
        book["exceptions"] = exceptions
    if random.random() < 0.6:
        book["standings"] = some_standings(random, records, rules)
    return book


def a_change(random: Random) -> str:
    """A day on which the law changes."""
    return random.choice(["2018-08-01", "2019-01-01", "2019-02-15", "2019-04-01", "2019-04-02", "2019-07-01", "2020-01-01"])


def some_records(random: Random) -> Records:
    """Two to four record types, with the bodies and their tree always among them."""
    organisations: dict[str, Any] = {
        "key": "id",
        "parent": "parent",
        "fields": {
            "id": {},
            "parent": {"ref": "organisations"},
            "level": {"enum": {"region": ["province"], "cell": []}, **maybe(random, 0.2, default="cell")},
            "members": {"type": "integer", "min": 0, "max": random.choice([6, 12])},
            "dispersed": {"type": "boolean"},
            "reviewed": {"type": "date"},
        },
    }
    if random.random() < 0.8:
        organisations["lifespan"] = {"from": "founded", "until": "dissolved"}
        organisations["fields"] |= {"founded": {"type": "date"}, "dissolved": {"type": "date"}}
        organisations["fields"]["founded"] |= maybe(random, 0.15, required=True)
    alike = maybe(random, 0.3, unique=[random.choice([["level", "members"], ["dispersed"], ["parent", "level"]])])
    organisations |= alike
    reference = {"ref": "organisations", **maybe(random, 0.5, required=True)}
    meetings = {
        "key": "id",
        "date": "date",
        "fields": {
            "id": {},
            "organisation": reference,
            "type": {"enum": ["plenary", "committee"], **maybe(random, 0.3, required=True)},
            "status": {"enum": ["held", "cancelled"], "default": "held"},
            "date": {"type": "date", **maybe(random, 0.5, required=True)},
            "recorded": {"type": "date"},
            "present": {"type": "integer", **maybe(random, 0.8, min=0)},
            "eligible": {"type": "integer", **maybe(random, 0.8, min=0), **maybe(random, 0.5, max=6)},
        },
    }
    groups = {
        "key": "id",
        "belongs_to": "organisation",
        "fields": {
            "id": {},
            "organisation": dict(reference),
            "host": {"ref": "organisations"},
            "size": {"type": "integer", **maybe(random, 0.7, min=0), **maybe(random, 0.5, max=5)},
            "cost": {"type": "number", **maybe(random, 0.2, default=1)},
            "grade": {"enum": ["good", "fair", "poor"]},
            "visited": {"type": "date"},
        },
    }
    if random.random() < 0.5:
        groups["lifespan"] = {"from": "begun", "until": "ended"}
        groups["fields"] |= {"begun": {"type": "date"}, "ended": {"type": "date"}}  # type: ignore[operator]
    documents = {
        "date": "issued",
        "belongs_to": "organisation",
        "fields": {
            "organisation": {"ref": "organisations"},
            "kind": {"enum": ["plan", "report"]},
            "issued": {"type": "date"},
            "pages": {"type": "integer", "min": 1, "max": 9},
        },
    }
    others = {"meetings": meetings, "groups": groups, "documents": documents}
    chosen = random.sample(list(others), random.randint(1, 3))
    if "groups" in chosen and "documents" in chosen and random.random() < 0.6:
        documents["fields"]["group"] = {"ref": "groups"}  # type: ignore[index]
        if random.random() < 0.4:
            documents["belongs_to"] = "group"
    found: Records = {"organisations": organisations, **{name: others[name] for name in others if name in chosen}}
    if "groups" in chosen and "meetings" in chosen and random.random() < 0.5:
        found["marks"] = {
            "fields": {
                "group": {"ref": "groups", **maybe(random, 0.5, required=True)},
                "meeting": {"ref": "meetings"},
                "kind": {"enum": ["there", "excused"]},
                "code": {"enum": ["A", "B", "C"]},
                "noted": {"type": "date"},
            },
            **maybe(random, 0.3, date="noted"),
        }
        roll = {"who": "groups", "occasion": "meetings", "present": random.choice(["marks", "there"])}
        roll |= maybe(random, 0.3, by=random.choice([{"who": "code"}, {"occasion": "code"}, {"who": "group"}]))
        found["calls"] = {"belongs_to": "who", "roll_call": roll}
    if random.random() < 0.3:
        found["mandates"] = {
            "lifespan": {"from": "begins", "until": "ends"},
            "fields": {
                "holder": {"ref": "organisations", **maybe(random, 0.4, required=True)},
                "rank": {"type": "integer", "min": 1, "max": 3},
                "begins": {"type": "date"},
                "ends": {"type": "date", **maybe(random, 0.2, required=True)},
            },
        }
        found["eras"] = {
            "key": "id",
            "lifespan": {"from": "begins", "until": "ends"},
            "fields": {"id": {}, "begins": {"type": "date"}, "ends": {"type": "date"}},
        }
    return expanded(found)


def collapsed(record: Any) -> Any:
    """A record as it is written: the fields of a roll call are not."""
    return {key: record[key] for key in ("belongs_to", "roll_call")} if "roll_call" in record else record


def some_terms(random: Random, records: Records) -> dict[str, Any]:
    """Terms over records, and over other terms."""
    terms: dict[str, Any] = {"there": {"of": "marks", "where": "kind = 'there'"}} if "marks" in records else {}
    if "mandates" in records:
        terms["host-mandates"] = {"of": "mandates", "where": "rank <= 2"}
    for n in range(random.randint(0, 4)):
        of = random.choice([*records, *terms])
        where = predicate(random, records, base(terms, of))
        terms[f"term-{n}"] = {"of": of, "where": where} if random.random() < 0.9 else {"of": of}
    return terms


def base(terms: dict[str, Any], name: str) -> str:
    """The record of a term."""
    while name in terms:
        name = terms[name]["of"]
    return name


def a_rule(random: Random, records: Records, terms: dict[str, Any], name: str) -> dict[str, Any]:
    """A rule of some form about some record or term."""
    subject = random.choice(["organisations"] * 3 + [*records, *terms])
    rule: dict[str, Any] = {"id": name, "title": name, "cites": CITES, "for": subject}
    rule |= maybe(random, 0.6, severity=random.choice(["note", "minor", "major", "critical"]))
    in_force = maybe(random, 0.2, **{"from": a_change(random)}) | maybe(random, 0.15, until=a_change(random))
    rule |= {"in_force": in_force} if in_force and in_force.get("from", "") <= in_force.get("until", "9") else {}
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


def a_form(  # noqa: C901, PLR0911 - one for each form
    random: Random, records: Records, terms: dict[str, Any], subject: str
) -> dict[str, Any]:
    """A requirement that can be made of a record."""
    dated = "date" in records[subject]
    links = list(links_of(records, subject))
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
    ] * bool(links)
    form = random.choice(forms)
    if form == "condition":
        return {"condition": {"that": predicate(random, records, subject)}}
    if form == "rate own":
        return {
            "rate": {
                "part": amount(random, records, subject),
                "whole": amount(random, records, subject),
                **ratios(random),
            }
        }
    if form == "own day":
        return own_day(random, records, subject)
    related, link = random.choice(links)
    of = random.choice([related, *(term for term in terms if base(terms, term) == related)])
    require = {"of": of, **link, **maybe(random, 0.4, where=predicate(random, records, related))}
    dates = fields(records, related, "date")
    pers = TERMS if "mandates" in records and subject == "organisations" and random.random() < 0.4 else PERS
    windowed: dict[str, Any] = {"per": random.choice(pers)} | maybe(random, 0.3, on=random.choice(dates or [""]))
    if "date" not in records[related]:
        windowed["on"] = random.choice(dates or [""])
    may_have_windows = bool(dates) and not dated
    match form:
        case "frequency" if may_have_windows:
            asked = of_a_part(random, counts(random, records, subject))
            return {"frequency": require | windowed | asked | maybe(random, 0.35, **of_each(random, records, related))}
        case "frequency" | "coverage":
            require |= maybe(random, 0.25, nothing="not-applicable")
            return {"coverage": require | maybe(random, 0.7, **counts(random, records, subject))}
        case "rate" | "share":
            require |= ratios(random) | (maybe(random, 0.6, **windowed) if may_have_windows else {})
            require |= maybe(random, 0.35, partial="require") if "per" in require else {}
            require |= maybe(random, 0.25, nothing="breached")
            if form == "share":
                based = maybe(random, 0.35, base=predicate(random, records, related))
                return {"share": require | {"that": predicate(random, records, related)} | based}
            require |= maybe(random, 0.4, mean="rows")
            return {"rate": require | {"part": amount(random, records, related), "whole": amount(random, records, related)}}
        case "spacing" if may_have_windows:
            on = {key: windowed[key] for key in windowed if key == "on"}
            return {"spacing": require | on | lengths(random) | maybe(random, 0.35, ends="open")}
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
    """An enumerated field by whose values rows are counted, if there is one; or some of its values."""
    names = fields(records, related, "enum")
    if not names:
        return {}
    name = random.choice(names)
    values = list(records[related]["fields"][name]["enum"])
    return {"each": random.choice([name, name, {name: random.sample(values, random.randint(1, len(values)))}])}


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
    spans = ["7d", "20d", "30 days", "45d", "60 days", "1 month", "2 months", "3 months"]
    most, least = {"at_most": random.choice(spans)}, {"at_least": random.choice(spans)}
    return random.choice([most, most, most, least, most | least])


def links_of(records: Records, subject: str) -> list[tuple[str, dict[str, Any]]]:
    """The ways in which rows of records belong to a subject."""
    found: list[tuple[str, dict[str, Any]]] = []
    for name in records:
        references = [field for field in fields(records, name, "ref") if records[name]["fields"][field]["ref"] == subject]
        for field in references:
            by = {"by": field} if len(references) > 1 else {}
            if name != subject:
                found += [(name, by)] * 2
            if subject == "organisations":
                found += [(name, {**by, "via": via}) for via in ("children", "descendants")]
    if subject != "organisations" and "organisation" not in records[subject]["fields"]:
        return found
    if subject != "organisations":
        shared = [name for name in records if "organisation" in records[name]["fields"]]
        found += [(name, {"by": {"organisation": "organisation"}}) for name in shared]
    else:
        found += [("organisations", {"by": {"level": "level"}}), ("organisations", {"by": {"parent": "parent"}})]
    return found


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
    """Exceptions to some rules; two may displace one rule differently."""
    found: list[dict[str, Any]] = []
    for n in range(random.choice([0, 0, 0, 1, 2])):
        displaced = found[0]["displaces"][0] if found and random.random() < 0.7 else random.choice(rules)["id"]
        subject = next(base(terms, rule["for"]) for rule in rules if rule["id"] == displaced)
        alike = [rule["id"] for rule in rules if base(terms, rule["for"]) == subject and rule["id"] != displaced]
        by = {"by": random.choice(alike)} if alike and random.random() < 0.7 else {}
        when = predicate(random, records, subject, 1)
        found.append({"id": f"except-{n}", "cites": CITES, "when": {"subject": when}, "displaces": [displaced], **by})
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
