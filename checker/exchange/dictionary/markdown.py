"""The data dictionary as a page of Markdown."""

from __future__ import annotations

from typing import TextIO

from checker.exchange.dictionary.tables import parts
from checker.exchange.form import Form
from checker.report import Presentation
from checker.report.markdown.document import Document


def write(form: Form, stream: TextIO, _: Presentation) -> None:
    """Writes the page."""
    document = Document(stream, form.wording)
    document.heading(1, form.wording("dictionary", title=form.heading))
    document.paragraph(form.wording("dictionary-about"))
    for part in parts(form):
        document.heading(2, f"{part.title} ({part.name})")
        document.table(part.columns.columns, list(part.columns.rows))
        if part.words is not None:
            document.named_table(3, part.words)
