"""SARIF 2.1.0, for code-scanning services and editors: the parts of a log, whatever it tells of, and how it is written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple, TextIO

from checker import __version__
from checker.display_width import column_letters, visible
from checker.errors import Level, Place, Problem
from checker.report.ci.addresses import Addresses
from checker.words.message import Words

Json = dict[str, Any]

MOST_RESULTS: Final = 25_000
"""A service refuses a log with more of them."""

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "SRCROOT"
_MOST_TEXT = 1024
"""The most characters of a description that a service takes."""
_MOST_TAGS = 10


class Described(NamedTuple):
    """A rule, as a log describes it: `markdown` is its help as Markdown, by default that in plain text."""

    id: str
    title: str
    text: str
    level: Level
    help: str
    markdown: str = ""
    url: str | None = None
    tags: Sequence[str] = ()


def write_log(run: Mapping[str, object], results: Iterable[Json], stream: TextIO) -> None:
    """Writes a log of one run: each of its members, and each result, on a line of its own, so that versions compare well."""
    stream.write(f'{{\n"$schema": {_dump(_SCHEMA)},\n"version": "2.1.0",\n"runs": [{{\n')
    stream.writelines(f"{_dump(name)}: {_dump(value)},\n" for name, value in run.items())
    lead = '"results": [\n'
    for result in results:
        stream.write(lead + _dump(result))
        lead = ",\n"
    stream.write('"results": []' if lead.startswith('"') else "\n]")
    stream.write("\n}]\n}\n")


def run_of(
    rules: Sequence[Described], category: str, problems: Iterable[tuple[Level, Problem]], addresses: Addresses, words: Words
) -> Json:
    """A run without its results: the program, its rules, under which category a service files the run, and what went wrong.

    Everything up to the last slash is the category.
    """
    notifications = [notification(level, problem, addresses, words) for level, problem in problems]
    done = not any(each["level"] == Level.ERROR for each in notifications)
    return {
        "tool": {"driver": _driver(rules)},
        "automationDetails": {"id": category},
        "invocations": [{"executionSuccessful": done, "toolExecutionNotifications": notifications}],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository, or else the working directory."}}},
        "columnKind": "unicodeCodePoints",
    }


def _driver(rules: Sequence[Described]) -> Json:
    return {
        "name": "checker",
        "fullName": "checker, the compliance checker for organisational regulations",
        "semanticVersion": __version__,
        "rules": [_rule(rule) for rule in rules],
    }


def _rule(rule: Described) -> Json:
    described: Json = {
        "id": rule.id,
        "shortDescription": {"text": sentence(rule.title, _MOST_TEXT)},
        "fullDescription": {"text": sentence(rule.text or rule.title, _MOST_TEXT)},
        "help": {"text": rule.help, "markdown": rule.markdown or rule.help},
        "defaultConfiguration": {"level": rule.level.value},
        "properties": {"precision": "very-high", "problem.severity": _SEVERITIES[rule.level], "tags": [*rule.tags][:_MOST_TAGS]},
    }
    name = "".join(part[:1].upper() + part[1:] for part in rule.id.replace("/", "-").replace("_", "-").split("-"))
    # A name that only repeats the id is refused by validators.
    if name.lower() != rule.id.lower():
        described["name"] = name
    if rule.url is not None:
        described["helpUri"] = rule.url
    return described


_SEVERITIES = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "recommendation"}


def sentence(text: str, most: int | None = None) -> str:
    """The text as one that ends in a full stop, cut to so many characters."""
    said = visible(text).strip()
    if most is not None and len(said) >= most:
        said = f"{said[: most - 1]}…"
    return said if said.endswith((".", "!", "?", "…")) else f"{said}."


def location(place: Place, addresses: Addresses, *, said: str | None = None, number: int | None = None, marks: int = 1) -> Json:
    """Where something is: a line of a file, or a cell of a sheet; with what is said of it there, and its number.

    So many characters from the column on are meant by `marks`.
    """
    found: Json = {} if number is None else {"id": number}
    found["physicalLocation"] = {"artifactLocation": artifact(place.file, addresses)}
    found["physicalLocation"]["region"] = region(place, marks)
    if place.sheet is not None or place.key is not None:
        found["logicalLocations"] = [_cell(place, addresses)]
    if said is not None:
        found["message"] = {"text": sentence(said)}
    return found


def region(place: Place, marks: int = 1) -> Json:
    """The line, by default the first, and the columns in it. Where there is no text, a row is a line, and a cell one column."""
    found = {"startLine": max(place.line or place.row or 1, 1)}
    if place.column is None or place.numbered:
        return found
    return {**found, "startColumn": place.column, "endColumn": place.column + marks}


def _cell(place: Place, addresses: Addresses) -> Json:
    """The cell, row or sheet of a workbook, by the name that a spreadsheet gives it; or the row of a database."""
    parts = [addresses.path(place.file).rpartition("/")[2], *([place.sheet] if place.sheet is not None else [])]
    if place.key is not None:
        parts.append(place.key)
    elif place.line is not None:
        parts.append(f"{place.line}:{place.line}" if place.column is None else f"{column_letters(place.column)}{place.line}")
    return {"name": parts[-1], "fullyQualifiedName": "!".join(parts), "kind": "member"}


def artifact(file: str, addresses: Addresses) -> Json:
    """The address of a file: relative to the root where it lies below it."""
    uri, relative = addresses.uri(file)
    return {"uri": uri, "uriBaseId": _ROOT} if relative else {"uri": uri}


def notification(level: Level, problem: Problem, addresses: Addresses, words: Words) -> Json:
    """What went wrong, or is worth knowing, of the run itself."""
    told: Json = {
        "descriptor": {"id": problem.code},
        "level": level.value,
        "message": {"text": f"{sentence(problem.message_in(words))} {sentence(problem.fix_in(words))}"},
    }
    if problem.place is not None:
        told["locations"] = [location(problem.place, addresses)]
    return told


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
