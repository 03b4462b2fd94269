"""Diagnostics for people: each with its line, a caret and the fix, and how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from checker.display_width import visible
from checker.errors import Level
from checker.lint import Linted
from checker.report import Presentation


def write(linted: Sequence[Linted], stream: TextIO, presentation: Presentation) -> None:  # noqa: ARG001 -- as all formats
    """Writes the diagnostics of each rulebook, then their number."""
    for each in linted:
        stream.writelines(f"{visible(str(problem))}\n\n" for problem in each.problems)
        stream.write(f"{each.rulebook}: {numbers(each)}\n")


def numbers(linted: Linted) -> str:
    """How many problems of each level there are: `1 error, 2 warnings`."""
    counts = [(linted.count(level), level) for level in Level]
    said = [f"{count} {level}{'s' if count > 1 else ''}" for count, level in counts if count]
    return ", ".join(said) or "no problem"
