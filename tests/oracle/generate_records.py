"""Random records and terms, with the bodies and their tree always among them."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.oracle.predicates import BOUNDLESS, Records, maybe, predicate
from tests.oracle.world import expanded


def some_records(random: Random) -> Records:
    """Two to four record types, with the bodies and their tree always among them."""
    organisations: dict[str, Any] = {
        "key": "id",
        "parent": "parent",
        "fields": {
            "id": {},
            "parent": {"ref": "organisations", **maybe(random, 0.2, required=True)},
            "level": {"enum": {"region": ["province"], "cell": []}, **maybe(random, 0.2, default="cell")},
            "members": {"type": "integer", "min": 0, "max": random.choice([6, 12])},
            "dispersed": {"type": "boolean"},
            "reviewed": {"type": "date"},
            "note": {},
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
            "status": {"enum": ["held", "cancelled"], "default": "held", **maybe(random, 0.3, required=True)},
            "date": {"type": "date", **maybe(random, 0.5, required=True)},
            "recorded": {"type": "date", **maybe(random, 0.3, formats=["%d/%m/%Y", "%Y%m%d"])},
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
            **maybe(random, 0.3, **BOUNDLESS),
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
            "note": {},
        },
    }
    if random.random() < 0.35:
        documents["lifespan"] = {"from": "valid", "until": "void"}
        documents["fields"] |= {"valid": {"type": "date"}, "void": {"type": "date"}}  # type: ignore[operator]
    for some, names in ((meetings, ["organisation", "date"]), (groups, ["host"]), (documents, ["organisation", "issued"])):
        some.update(maybe(random, 0.15, unique=[names]))
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
        if "groups" in found and random.random() < 0.5:
            found["mandates"]["fields"]["group"] = {"ref": "groups"}
        found["eras"] = {
            "key": "id",
            "lifespan": {"from": "begins", "until": "ends"},
            "fields": {"id": {}, "begins": {"type": "date"}, "ends": {"type": "date"}},
        }
    return expanded({"records": found}, whole=False)


def with_some_lists(seed: int, records: Records) -> Records:
    """The records, some of them with fields that hold several values in a cell, in some rulebooks."""
    random = Random(f"lists {seed}")  # noqa: S311
    keyed = [name for name, record in records.items() if "key" in record and "roll_call" not in record]
    for record in records.values():
        if "roll_call" in record or random.random() < 0.7:
            continue
        kinds: list[dict[str, Any]] = [{"ref": random.choice(keyed)}, {"enum": {"plan": ["draft"], "report": [], "poor": []}}, {}]
        for kind in random.sample(kinds, random.choice([1, 1, 2])):
            signs = random.choice(["|", "~|"])
            default = random.choice(list(kind["enum"])) if "enum" in kind else "A|C"
            asked = (
                maybe(random, 0.25, required=True) | maybe(random, 0.15, default=default) | maybe(random, 0.2, missing=["none"])
            )
            record["fields"][f"list_{len(record['fields'])}"] = {"list": signs, **kind, **asked}
    return records


def collapsed(record: Any) -> Any:
    """A record as it is written: the fields of a roll call are not."""
    made = [key for key in ("roll_call", "derive") if key in record]
    return {key: record[key] for key in ("belongs_to", *made) if key in record} if made else record


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
