"""A handbook as a page for any browser, in all its languages, without a network."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

from checker.handbook.book import Handbook
from checker.handbook.edition import edition
from checker.report import Presentation
from checker.report.html.render import fill

_HERE = Path(__file__).parent


def write(book: Handbook, stream: TextIO, _: Presentation) -> None:
    """Writes the page."""
    editions = [edition(book, language) for language in book.languages]
    stream.writelines(fill("handbook.html", "handbook.css", "handbook.js", templates=_HERE, editions=editions))
