"""What is wrong or suspicious in a rulebook: the catalogue of diagnostics, what finds them, and the formats they are told in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, TextIO, cast

from checker.errors import Level

if TYPE_CHECKING:
    from checker.errors import Problem


class Linted(NamedTuple):
    """A rulebook, as it was named, and every problem of it, in the order of files and lines."""

    rulebook: str
    problems: tuple[Problem, ...]

    def count(self, level: Level) -> int:
        """How many of the problems are of that level."""
        return sum(problem.level is level for problem in self.problems)


FORMATS: Mapping[str, str] = {"text": "checker.lint.text", "json": "checker.lint.json_", "sarif": "checker.lint.sarif"}
"""The module of each format, imported when first used."""


def write(name: str, linted: Sequence[Linted], stream: TextIO) -> None:
    """Writes what was found in that format."""
    write_format = cast("Callable[[Sequence[Linted], TextIO], None]", import_module(FORMATS[name]).write)
    write_format(linted, stream)
