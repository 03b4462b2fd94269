"""Random records: always of the same names, with other keys, limits and defaults."""

import random
from typing import Any


def pick(rng: random.Random, *choices: Any) -> Any:
    """One of the choices."""
    return rng.choice(choices)


def maybe(rng: random.Random, chance: float = 0.5) -> bool:
    """Whether something happens."""
    return rng.random() < chance


def records(rng: random.Random) -> dict[str, Any]:
    """The records: always of the same names, with other keys."""
    limits = pick(rng, {}, {"min": 0}, {"min": 0, "max": 10}, {"min": -3, "max": 5})
    required = {"required": "true"} if maybe(rng, 0.4) else {}
    orgs: dict[str, Any] = {
        "key": "id",
        "parent": "above",
        "fields": {
            "id": {},
            "above": {"ref": "orgs", **({"required": "true"} if maybe(rng, 0.1) else {})},
            "zone": {"ref": "zones", **required},
            "kind": {
                "enum": pick(rng, ["town", "ward"], {"town": ["Stadt"], "ward": []}),
                **({"default": "town"} if maybe(rng, 0.2) else {}),
            },
            "members": {"type": "integer", **limits},
            "size": {"type": "number"},
            "active": {"type": "boolean", **({"required": "true"} if maybe(rng, 0.2) else {})},
            "opened": {
                "type": "date",
                **({"formats": pick(rng, ["%d/%m/%Y"], ["%d/%m/%Y", "%d.%m.%y"], ["%m/%d/%Y"])} if maybe(rng) else {}),
            },
            "note": {},
            "tags": {"list": pick(rng, ";", ";,"), **({"required": "true"} if maybe(rng, 0.2) else {})},
            "reach": {"ref": "zones", "list": ",", **({"required": "true"} if maybe(rng, 0.2) else {})},
            "since": {"type": "date"},
            "until": {"type": "date"},
        },
    }
    if maybe(rng, 0.6):
        orgs["lifespan"] = pick(rng, {"from": "since", "until": "until"}, {"from": "since"}, {"until": "until"})
    meetings: dict[str, Any] = {
        "date": "held",
        "fields": {
            "id": {},
            "org": {"ref": "orgs", **({"required": "true"} if maybe(rng) else {})},
            "kind": {"enum": ["board", "plenary", "other"]},
            "held": {"type": "date", **({"required": "true"} if maybe(rng) else {})},
            "filed": {"type": "date"},
            "eligible": {"type": "integer", **pick(rng, {}, {"min": 0, "max": 9})},
            "present": {"type": "integer"},
            "ok": {"type": "boolean"},
            "note": {},
            "topics": {"enum": {"budget": ["money"], "staff": [], "it's": []}, "list": ";"},
        },
    }
    if maybe(rng, 0.5):
        meetings["key"] = "id"
    if maybe(rng, 0.3):
        meetings["unique"] = [pick(rng, ["org", "held"], ["org", "kind", "held"])]
    people: dict[str, Any] = {
        "fields": {
            "id": {},
            "org": {"ref": "orgs", **({"required": "true"} if maybe(rng, 0.3) else {})},
            "zone": {"ref": "zones"},
            "role": {
                "enum": ["chair", "member", *pick(rng, [], ["it's $1", 'a "b"'], ["{}", "-- ;"])],
                **({"default": "member"} if maybe(rng, 0.3) else {}),
            },
            "age": {"type": "integer", **pick(rng, {}, {"min": 0}, {"min": 0, "max": 9})},
            "joined": {"type": "date"},
            "left": {"type": "date"},
            "paid": {"type": "number"},
        },
    }
    if maybe(rng, 0.6):
        people["key"] = "id"
    if maybe(rng):
        people["lifespan"] = {"from": "joined", "until": "left"}
    goals: dict[str, Any] = {
        "fields": {
            "org": {"ref": "orgs", **({"required": "true"} if maybe(rng) else {})},
            "wanted": {"type": "integer"},
            "start": {"type": "date"},
            "finish": {"type": "date"},
        },
    }
    if maybe(rng, 0.3):
        goals["date"] = "start"
    mandates = {
        "lifespan": {"from": "starts", "until": "ends"},
        "fields": {"org": {"ref": "orgs"}, "kind": {"enum": ["a", "b"]}, "starts": {"type": "date"}, "ends": {"type": "date"}},
    }
    if maybe(rng, 0.3):
        people["missing"] = ["N/A", "-"]
        orgs["fields"]["size"]["missing"] = ["?"]
    vaguer(rng, orgs, meetings, people, goals, mandates)
    zones = {"key": "id", "fields": {"id": {}, "name": {}, "big": {"type": "boolean"}}}
    found = {"orgs": orgs, "zones": zones, "people": people, "meetings": meetings, "goals": goals, "mandates": mandates}
    return found | (roll_call(rng) if "key" in people and "key" in meetings else {})


def vaguer(rng: random.Random, *declared: dict[str, Any]) -> None:
    """Lets some days be known by their month, or year, only."""
    for said in declared:
        for field in said["fields"].values():
            if field.get("type") == "date" and maybe(rng, 0.25):
                field["precision"] = pick(rng, "month", "year")


def roll_call(rng: random.Random) -> dict[str, Any]:
    """A record of who was present, and one of who should have been."""
    required = {"required": "true"} if maybe(rng) else {}
    fields = {"meeting": {"ref": "meetings", **required}, "person": {"ref": "people"}, "late": {"type": "boolean"}}
    return {
        "attendance": {"fields": fields},
        "due": {"roll_call": {"who": "people", "occasion": "meetings", "present": "attendance"}},
    }
