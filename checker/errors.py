"""The tree of errors: each class names who can fix it, and carries every problem found, with place and fix.

What is wrong and how to fix it are messages, said in the language of whoever reads them.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from enum import StrEnum
from typing import ClassVar, NamedTuple

from checker.display_width import column_letters, cut, text_width, visible, wrap
from checker.words.catalogue import FALLBACK
from checker.words.message import Message, Words, message

_WIDTH = 80


class Place(NamedTuple):
    """Where in the input something is: a file and, where known, a 1-based line and column, or a cell of a sheet.

    `row` is the number of a row in its table where other rows stand on its line, or where there are no lines; `key` is what a
    row of a database is known by. Of a CSV file the column is `numbered`: that of the table, and not of the line's characters.
    """

    file: str
    line: int | None = None
    column: int | None = None
    sheet: str | None = None
    row: int | None = None
    key: str | None = None
    numbered: bool = False

    @property
    def spot(self) -> Message | str:
        """Where it is in its file or sheet: the line, or the row."""
        if self.key is not None:
            return self.key
        return message("spot-line", line=str(self.line)) if self.row is None else message("spot-row", row=str(self.row))

    def in_(self, words: Words) -> str:
        """The place, in the language of those words."""
        sheet = f"!{self.sheet}" if self.sheet else ""
        if self.sheet and self.line is not None and self.column is not None:
            return f"{self.file}{sheet}!{column_letters(self.column)}{self.line}"
        line = f":{self.line}" if self.line is not None else ""
        column = f":{self.column}" if self.line is not None and self.column is not None else ""
        row = f", {words.say(self.spot)}" if self.key is not None or self.row is not None else ""
        return f"{self.file}{sheet}{line}{column}{row}"

    def __str__(self) -> str:
        return self.in_(Words(FALLBACK))


class Level(StrEnum):
    """How bad a problem is: it stands in the way, it is probably a slip, or it is worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Problem(NamedTuple):
    """One thing that is wrong: what, where, and what to do about it.

    `code` is stable, lower-case and hyphenated (`unknown-key`); `excerpt` is the source line, if there is one, of which
    `length` characters from the place's column on are meant. `instead` is what was probably meant in their place. It `explains`
    why a table, or a column of one, is missing: that is probably what is written otherwise here.
    """

    code: str
    message: Message
    fix: Message
    place: Place | None = None
    excerpt: str | None = None
    length: int = 1
    instead: str | None = None
    level: Level = Level.ERROR
    explains: tuple[str, ...] = ()

    def message_in(self, words: Words) -> str:
        """What is wrong, with the suggestion, in the language of those words."""
        said = words.say(self.message)
        return said if self.instead is None else words("did-you-mean", message=said, instead=self.instead)

    def fix_in(self, words: Words) -> str:
        """What to do about it, in the language of those words."""
        return words.say(self.fix)

    @property
    def marked(self) -> str | None:
        """The text that is meant, without quotation marks around it; None where no line can be shown."""
        if self.excerpt is None or self.place is None or self.place.column is None:
            return None
        return self.excerpt[self.place.column - 1 : self.place.column - 1 + self.length]

    def in_(self, words: Words) -> str:
        """All of it, in the language of those words: where, what is wrong, the line with a caret, and the fix."""
        where = f"{self.place.in_(words)}: " if self.place else ""
        lines = [f"{where}{words(f'level-{self.level}')}: {self.message_in(words)} [{self.code}]", *self._pointed()]
        lead = f"  {words('fix')}: "
        fix = wrap(self.fix_in(words), _WIDTH - text_width(lead))
        lines += [(" " * text_width(lead) if number else lead) + line for number, line in enumerate(fix)]
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.in_(Words(FALLBACK))

    def _pointed(self) -> Iterator[str]:
        """The source line, and under it a caret for each column that is meant."""
        if self.excerpt is None or self.place is None or self.place.line is None:
            return
        gutter = f"{self.place.line:>5} | "
        line, column = cut(self.excerpt, self.place.column or 1, _WIDTH - len(gutter))
        yield gutter + line
        if self.place.column is not None:
            before, meant = (visible(part) for part in (line[: column - 1], line[column - 1 : column - 1 + self.length]))
            yield f"{'| ':>{len(gutter)}}" + " " * text_width(before) + "^" * max(text_width(meant), 1)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """What was probably meant by a word: the most alike of those that are known, if one is alike at all."""
    return next(iter(get_close_matches(word.lower(), list(known), 1, 0.65)), None)


class CheckerError(Exception):
    """Base of all errors that a user is shown. Never a verdict: a verdict is a finding.

    `language` is that of the run that it ends, once that is known.
    """

    exit_code: ClassVar[int] = 2

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems
        self.language: str | None = None


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Errors within are reported in that language, unless they know of another."""
    try:
        yield
    except CheckerError as error:
        error.language = error.language or language
        raise


class UsageError(CheckerError):
    """The call itself is wrong: the caller fixes it."""


class RecordsError(CheckerError):
    """The submission cannot be read at all: whoever handed it in fixes it."""


class RulesError(CheckerError):
    """A rulebook is wrong: its author fixes it."""


class WaiversError(CheckerError):
    """A waiver file is wrong: whoever grants waivers fixes it."""


class LimitError(CheckerError):
    """Memory or disk does not suffice: the caller gives more, or asks for less."""


class EngineError(CheckerError):
    """An engine failed, or disagreed with itself: the maintainers fix it."""

    exit_code = 4
