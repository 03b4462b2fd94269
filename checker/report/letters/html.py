"""A letter as a page of HTML, for A4 paper; and the page that lists all letters of a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checker.model.report import Report
from checker.report.html.render import fill
from checker.report.letters.letter import Letter
from checker.report.say.wording import Wording


@dataclass(frozen=True, slots=True)
class Listed:
    """A letter in the list of letters: to whom, its files by format, how much it says, and the first day that is due."""

    name: str
    above: str
    files: tuple[tuple[str, str], ...]
    counts: tuple[int, ...]
    due: str


def letter_page(letter: Letter) -> Iterator[str]:
    """The page of a letter, in parts."""
    return fill("letter.html", "letter.css", letter=letter)


def index_page(listed: Iterable[Listed], said: Iterable[str], report: Report) -> Iterator[str]:
    """The list of letters, in parts; what is said of all of them stands above it."""
    wording = Wording(report.run.language, report.names)
    subtitle = wording("letter-about", rulebook=report.run.rulebook_title.in_(wording.language), period=report.run.period.label)
    return fill("letters.html", "letter.css", listed=list(listed), said=list(said), subtitle=subtitle, say=wording)
