"""How grave a violation is, in the words of the services."""

from __future__ import annotations

from collections.abc import Mapping

from checker.errors import Level
from checker.model.words import Severity

LEVELS: Mapping[Severity, Level] = {
    Severity.CRITICAL: Level.ERROR,
    Severity.MAJOR: Level.ERROR,
    Severity.MINOR: Level.WARNING,
    Severity.NOTE: Level.NOTE,
}
"""The level of a violation of that severity, where there are three."""
