"""Generates the JSON Schema of each kind of file from the models that read or write it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from pydantic import BaseModel, TypeAdapter

from checker.handbook.json_shape import RulesDiffJson
from checker.report.check.json_shape import ReportJson
from checker.report.compare.json_shape import DiffJson, TrendJson
from checker.report.explain.json_shape import ExplanationJson
from checker.report.joint.json_shape import OverviewJson
from checker.report.unmet.json_shape import UnmetJson
from checker.rules.cases import CaseEntry, ValueCaseEntry
from checker.rules.waivers import WaiverEntry
from checker.schemas.explained import ExplainedSchema, WrittenSchema
from checker.schemas.manifest import manifest
from checker.schemas.rulebook import LibraryEntry, RulebookEntry

Schema = dict[str, Any]


def _some_keys(title: str, model: type[BaseModel]) -> Schema:
    schema = model.model_json_schema(schema_generator=WrittenSchema)
    # A file of a folder holds some of the keys, and which of them stand in which file is the author's choice.
    del schema["required"]
    return schema | {"title": title, "minProperties": 1}


def _cases() -> Schema:
    schema = TypeAdapter(list[CaseEntry] | list[ValueCaseEntry]).json_schema(schema_generator=WrittenSchema)
    return schema | {"title": "cases", "description": "The cases of the rule, or indicator, after which the file is named."}


def _report() -> Schema:
    return TypeAdapter(ReportJson).json_schema(schema_generator=ExplainedSchema) | {"title": "report"}


def _unmet() -> Schema:
    return TypeAdapter(UnmetJson).json_schema(schema_generator=ExplainedSchema) | {"title": "unmet"}


def _diff() -> Schema:
    return TypeAdapter(DiffJson).json_schema(schema_generator=ExplainedSchema) | {"title": "diff"}


def _trend() -> Schema:
    return TypeAdapter(TrendJson).json_schema(schema_generator=ExplainedSchema) | {"title": "trend"}


def _rules_diff() -> Schema:
    return TypeAdapter(RulesDiffJson).json_schema(schema_generator=ExplainedSchema) | {"title": "rules-diff"}


def _overview() -> Schema:
    return TypeAdapter(OverviewJson).json_schema(schema_generator=ExplainedSchema) | {"title": "overview"}


def _waivers() -> Schema:
    schema = TypeAdapter(list[WaiverEntry]).json_schema(schema_generator=WrittenSchema)
    waivers = {"type": "array", "items": schema["items"]}
    return {
        "$schema": schema["$schema"],
        "$defs": schema["$defs"],
        "title": "waivers",
        "description": "A list of waivers, or `waivers:` and such a list.",
        "anyOf": [
            waivers,
            {"type": "object", "properties": {"waivers": waivers}, "required": ["waivers"], "additionalProperties": False},
        ],
    }


def _explanation() -> Schema:
    return TypeAdapter(ExplanationJson).json_schema(schema_generator=ExplainedSchema) | {"title": "explanation"}


SCHEMAS: Mapping[str, Callable[[], Schema]] = {
    "rulebook": partial(_some_keys, "rulebook", RulebookEntry),
    "library": partial(_some_keys, "library", LibraryEntry),
    "cases": _cases,
    "waivers": _waivers,
    "submission-manifest": manifest,
    "report": _report,
    "unmet": _unmet,
    "explanation": _explanation,
    "diff": _diff,
    "trend": _trend,
    "rules-diff": _rules_diff,
    "overview": _overview,
}
"""What makes the schema of each kind of file."""


def written(kind: str) -> str:
    """The schema of that kind as it is shipped in `<kind>.json`."""
    return json.dumps(SCHEMAS[kind](), ensure_ascii=False, indent=1) + "\n"
