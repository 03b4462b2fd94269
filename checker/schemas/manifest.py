"""The schema of what a submission says of itself, in `submission.yaml`."""

from __future__ import annotations

from typing import Any

from checker.records.manifest import KEYS
from checker.records.stating.keys import KEYS as OF_TABLES
from checker.records.stating.keys import NESTED, TABLES
from checker.rules.scalars import DAY, PERIOD, TEXT
from checker.schemas.explained import described

_WRITTEN_DAY = {**DAY, "pattern": f"{DAY['pattern']}|^[0-9]{{1,2}}[-/.][0-9]{{1,2}}[-/.][0-9]{{4}}$"}
del _WRITTEN_DAY["format"]
_KINDS: dict[str, dict[str, Any]] = {"period": PERIOD, "as_of": _WRITTEN_DAY}


def manifest() -> dict[str, Any]:
    """The keys by their English names, for completion; and by all their names, however these are written."""
    properties = {name: {**_KINDS.get(name, TEXT)} for name in KEYS}
    for name, key in KEYS.items():
        described(properties[name], f"{key.text} Also: {', '.join(f'`{other}`' for other in key.names[1:])}.")
    names = {_pattern(name): {"$ref": f"#/properties/{key}"} for key, said in KEYS.items() for name in said.names}
    properties["tables"] = _tables()
    names |= {_pattern(name): {"$ref": "#/properties/tables"} for name in TABLES}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "submission manifest",
        "description": "What a submission says of itself; the command line may say it instead.",
        "type": "object",
        "properties": properties,
        "patternProperties": names,
        "additionalProperties": False,
        "$defs": {"TableEntry": _table()},
    }


def _tables() -> dict[str, Any]:
    """What can be said of tables: of each record one statement, or several in a list."""
    one = {"$ref": "#/$defs/TableEntry"}
    found: dict[str, Any] = {"type": "object", "additionalProperties": {"anyOf": [one, {"type": "array", "items": one}]}}
    described(found, "Where tables stand and how they are laid out, by the records that they are of. Also: `bảng`, `các bảng`.")
    return found


def _table() -> dict[str, Any]:
    """What can be said of a table."""
    several = {"anyOf": [TEXT, {"type": "array", "items": TEXT}]}
    properties = {name: {"type": "object", "additionalProperties": TEXT} if name in NESTED else {**several} for name in OF_TABLES}
    for name, (text, others) in OF_TABLES.items():
        described(properties[name], f"{text} Also: {', '.join(f'`{other}`' for other in others[1:])}.")
    names = {_pattern(name): properties[key] for key, (_, others) in OF_TABLES.items() for name in others}
    return {
        "title": "table",
        "description": "What a manifest states of one table.",
        "type": "object",
        "properties": properties,
        "patternProperties": names,
        "additionalProperties": False,
    }


def _pattern(name: str) -> str:
    """The name in any case, with runs of space, `_` and `-` alike."""
    signs = (f"[{sign}{sign.upper()}]" if sign.upper() != sign else "[\\s_\\-]+" for sign in name)
    return f"^{''.join(signs)}$"
