"""The schema of what a submission says of itself, in `submission.yaml`."""

from __future__ import annotations

from typing import Any

from checker.records.manifest import KEYS
from checker.rules.scalars import DAY, PERIOD, TEXT
from checker.schemas.explained import described

_KINDS: dict[str, dict[str, Any]] = {"period": PERIOD, "as_of": DAY}


def manifest() -> dict[str, Any]:
    """The keys by their English names, for completion; and by all their names, however these are written."""
    properties = {name: {**_KINDS.get(name, TEXT)} for name in KEYS}
    for name, key in KEYS.items():
        described(properties[name], f"{key.text} Also: {', '.join(f'`{other}`' for other in key.names[1:])}.")
    names = {_pattern(name): {"$ref": f"#/properties/{key}"} for key, said in KEYS.items() for name in said.names}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "submission manifest",
        "description": "What a submission says of itself; the command line may say it instead.",
        "type": "object",
        "properties": properties,
        "patternProperties": names,
        "additionalProperties": False,
    }


def _pattern(name: str) -> str:
    """The name in any case, with runs of space, `_` and `-` alike."""
    signs = (f"[{sign}{sign.upper()}]" if sign.upper() != sign else "[\\s_\\-]+" for sign in name)
    return f"^{''.join(signs)}$"
