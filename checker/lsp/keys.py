"""What the schema of a kind of file says of its keys and values, along the way to a place in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from checker.rules.home import Role
from checker.schemas import shipped

if TYPE_CHECKING:
    from pathlib import Path

    from checker.lsp.names import Declared
    from checker.rules.home import Home
    from checker.yaml_tree import Path as Way

Schema = Mapping[str, Any]
_BRANCHES = ("anyOf", "oneOf", "allOf")


_CASES = ("cases of rules", "cases of indicators")
"""The kinds of files of cases, in the order of the branches of their schema."""


def kind_of(home: Home, file: Path, declared: Declared) -> str:
    """What kind of file that is; of cases it depends on whether the file is named after an indicator."""
    if home.library:
        return "library"
    if home.role is Role.RULES:
        return "rulebook"
    return _CASES[file.stem in declared.names("indicators")]


@cache
def _schema(kind: str) -> Schema:
    found: Schema = json.loads(shipped("cases" if kind in _CASES else kind))
    return {**found, "anyOf": [found["anyOf"][_CASES.index(kind)]]} if kind in _CASES else found


def keys(kind: str, path: Way) -> dict[str, Schema]:
    """The keys that what stands at that path can have, each with what is said of it."""
    return {key: part for schema in _along(kind, path) for key, part in schema.get("properties", {}).items()}


def values(kind: str, path: Way) -> tuple[str, ...]:
    """The words that can stand at that path, where they are few."""
    found: dict[str, None] = {}
    for schema in _along(kind, path):
        found.update(dict.fromkeys(str(each) for each in schema.get("enum", ()) if isinstance(each, str)))
        if schema.get("type") == "boolean":
            found.update(dict.fromkeys(("true", "false")))
    return tuple(found)


def description(kind: str, path: Way) -> str | None:
    """What is said of the key at that path; None where it is a name that the author gives."""
    if not path or not isinstance(path[-1], str):
        return None
    said = keys(kind, path[:-1]).get(path[-1], {}).get("description")
    return said if isinstance(said, str) else None


def _along(kind: str, path: Way) -> Iterator[Schema]:
    """What is said of the value at that path, each branch by itself."""
    root = _schema(kind)
    found = list(_branches(root, root))
    for step in path:
        found = [branch for schema in found for part in _below(schema, step) for branch in _branches(part, root)]
    yield from found


def _below(schema: Schema, step: str | int) -> Iterator[Schema]:
    if isinstance(step, int):
        if isinstance(items := schema.get("items"), dict):
            yield items
        return
    if step in schema.get("properties", {}):
        yield schema["properties"][step]
        return
    for pattern, part in schema.get("patternProperties", {}).items():
        if re.search(pattern, step):
            yield part
    if isinstance(further := schema.get("additionalProperties"), dict):
        yield further


def _branches(schema: Schema, root: Schema) -> Iterator[Schema]:
    """A schema without references and alternatives: each of these by itself."""
    if "$ref" in schema:
        yield from _branches(root["$defs"][schema["$ref"].rsplit("/", 1)[-1]], root)
    for branch in _BRANCHES:
        for part in schema.get(branch, ()):
            yield from _branches(part, root)
    yield schema
