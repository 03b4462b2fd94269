"""What the command line asks the library for: options, and the fields of a request that have their names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from checker.cli.parameters import settings
from checker.request import CheckRequest


def asked(given: Mapping[str, Any]) -> CheckRequest:
    """The request, of click's values. Raises WrongCallError where a parameter is given two values."""
    named = {each.name: given[each.name] for each in fields(CheckRequest) if each.name in given}
    return CheckRequest(**{**named, "overrides": settings(given["overrides"]), "read_limits": dict(given.get("read_limits", ()))})
