"""What stands in for services that run checks: their shells, their variables, and the schemas of their files."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from tests.integration.repositories import environment

_EXPRESSION = re.compile(r"\$\{\{ inputs\.([\w-]+) \}\}")


def accept_file(path: Path, schema: str) -> dict[str, Any]:
    """A file that tells a service what to run, if it is valid against the schema that the service publishes."""
    vendored = files("check_jsonschema.builtin_schemas").joinpath("vendor", f"{schema}.json")
    content: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506 -- a safe loader too
    known = json.loads(vendored.read_text(encoding="utf-8"))
    jsonschema.validators.validator_for(known)(known).validate(content)
    return content


class _Loader(yaml.SafeLoader):
    """Reads YAML as these services do: `on` is a text."""


_Loader.yaml_implicit_resolvers = {
    letter: [each for each in resolvers if each[0] != "tag:yaml.org,2002:bool" or letter in "tTfF"]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def filled(text: str, inputs: Mapping[str, str]) -> str:
    """A value in which the service writes inputs; no other expression is understood."""
    said = _EXPRESSION.sub(lambda match: inputs[match[1]], text)
    assert "${{" not in said
    return said


def bash(script: str, folder: Path, variables: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Runs a step as services do: it ends with the first command that fails."""
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    here = environment(LANG=os.environ.get("LANG", "C.UTF-8"), CI="true", **variables)
    return subprocess.run(command, cwd=folder, env=here, capture_output=True, text=True, encoding="utf-8", check=False)
