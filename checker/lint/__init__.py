"""What is wrong or suspicious in a rulebook: the catalogue of diagnostics, what finds them, and what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

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
