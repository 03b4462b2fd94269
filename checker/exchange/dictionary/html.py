"""The data dictionary as a page for any browser, without a script and without a network."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

from checker.exchange.dictionary.tables import parts
from checker.exchange.form import Form
from checker.report import Presentation
from checker.report.html.render import fill
from checker.report.tables import shown

_HERE = Path(__file__).parent


def write(form: Form, stream: TextIO, _: Presentation) -> None:
    """Writes the page."""
    title = form.wording("dictionary", title=form.heading)
    values = {"say": form.wording, "shown": shown, "title": title, "parts": list(parts(form))}
    stream.writelines(fill("dictionary.html", "dictionary.css", templates=_HERE, **values))
