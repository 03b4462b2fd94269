"""The tree of errors: each class names who can mend it, and carries every problem found, with place and mend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the input something is: a file and, where known, a 1-based line and column, or a cell of a sheet."""

    file: str
    line: int | None = None
    column: int | None = None
    sheet: str | None = None

    def __str__(self) -> str:
        sheet = f"!{self.sheet}" if self.sheet else ""
        line = f":{self.line}" if self.line is not None else ""
        column = f":{self.column}" if self.line is not None and self.column is not None else ""
        return f"{self.file}{sheet}{line}{column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: what, where, and what to do about it.

    `code` is stable, lower-case and hyphenated (`unknown-key`); `excerpt` is the source line, if there is one.
    """

    code: str
    what: str
    mend: str
    place: Place | None = None
    excerpt: str | None = None

    def __str__(self) -> str:
        lines = [f"{self.place}: {self.what} [{self.code}]" if self.place else f"{self.what} [{self.code}]"]
        if self.excerpt is not None and self.place is not None and self.place.line is not None:
            gutter = f"{self.place.line:>5} | "
            lines.append(gutter + self.excerpt)
            if self.place.column is not None:
                lines.append(" " * (len(gutter) - 2) + "| " + " " * (self.place.column - 1) + "^")
        lines.append(f"  mend: {self.mend}")
        return "\n".join(lines)


class CheckerError(Exception):
    """Base of all errors that a user is shown. Never a verdict: a verdict is a finding."""

    exit_code: ClassVar[int] = 2

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class UsageError(CheckerError):
    """The call itself is wrong: the caller mends it."""


class RecordsError(CheckerError):
    """The submission cannot be read at all: whoever handed it in mends it."""


class RulesError(CheckerError):
    """A rulebook is wrong: its author mends it."""


class EngineError(CheckerError):
    """An engine failed, or disagreed with itself: the maintainers mend it."""

    exit_code = 4
