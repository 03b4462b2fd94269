"""Diagnostics as SARIF 2.1.0, for code-scanning services and editors."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import quote

from checker import __version__
from checker.errors import Place, Problem
from checker.lint import Linted
from checker.lint.catalogue import Entry, catalogue
from checker.report import Presentation
from checker.words.catalogue import FALLBACK
from checker.words.message import Words

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "SRCROOT"
_ENGLISH = Words(FALLBACK)

Json = dict[str, Any]


def write(linted: Sequence[Linted], stream: TextIO, presentation: Presentation) -> None:  # noqa: ARG001 -- as all formats
    """Writes one log with one run over all rulebooks."""
    problems = [problem for each in linted for problem in each.problems]
    codes = [code for code in catalogue() if any(problem.code == code for problem in problems)]
    run = {
        "tool": {"driver": _driver(codes)},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, codes) for problem in problems],
    }
    json.dump({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, stream, ensure_ascii=False, indent=2)
    stream.write("\n")


def _driver(codes: Sequence[str]) -> Json:
    return {
        "name": "checker",
        "semanticVersion": __version__,
        "rules": [_rule(catalogue()[code]) for code in codes],
    }


def _rule(entry: Entry) -> Json:
    text, markdown = f"{entry.title}. {entry.why}", f"**{entry.title}.** {entry.why}"
    for heading, example in (("Wrong", entry.wrong), ("Right", entry.right)):
        if example is not None:
            text += f"\n\n{heading}:\n\n{example}"
            markdown += f"\n\n{heading}:\n\n```yaml\n{example}```"
    return {
        "id": entry.code,
        "shortDescription": {"text": entry.title},
        "fullDescription": {"text": entry.why},
        "help": {"text": text, "markdown": markdown},
        "defaultConfiguration": {"level": str(entry.level)},
    }


def _result(problem: Problem, codes: Sequence[str]) -> Json:
    result: Json = {
        "ruleId": problem.code,
        "level": str(problem.level),
        "message": {"text": f"{problem.message_in(_ENGLISH)}\n{problem.fix_in(_ENGLISH)}"},
    }
    if problem.code in codes:
        result["ruleIndex"] = codes.index(problem.code)
    if problem.place is not None:
        result["locations"] = [{"physicalLocation": _location(problem.place, problem)}]
        if problem.instead is not None and problem.marked is not None:
            result["fixes"] = [_fix(problem.place, problem, problem.instead)]
    return result


def _location(place: Place, problem: Problem) -> Json:
    location: Json = {"artifactLocation": _artifact(place.file)}
    if place.line is not None:
        location["region"] = _region(place, problem)
    return location


def _region(place: Place, problem: Problem) -> Json:
    region: Json = {"startLine": place.line}
    if place.column is not None:
        region |= {"startColumn": place.column, "endColumn": place.column + problem.length}
    if problem.excerpt is not None:
        region["snippet"] = {"text": problem.excerpt}
    return region


def _fix(place: Place, problem: Problem, instead: str) -> Json:
    """What was probably meant, put in the place of what is marked."""
    region = _region(place, problem)
    region.pop("snippet", None)
    replacement = {"deletedRegion": region, "insertedContent": {"text": instead}}
    return {
        "description": {"text": f"Write '{instead}'."},
        "artifactChanges": [{"artifactLocation": _artifact(place.file), "replacements": [replacement]}],
    }


def _artifact(file: str) -> Json:
    """The file's address: relative to the working directory where it lies below it."""
    path, here = Path(file).absolute(), Path.cwd()
    if path.is_relative_to(here):
        return {"uri": quote(path.relative_to(here).as_posix()), "uriBaseId": _ROOT}
    return {"uri": path.as_uri()}
