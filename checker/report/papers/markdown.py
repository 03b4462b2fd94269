"""A paper as Markdown."""

from __future__ import annotations

from typing import TextIO

from checker.report import Presentation
from checker.report.markdown.document import Document
from checker.report.papers import Paper


def write(paper: Paper, stream: TextIO, presentation: Presentation) -> None:  # noqa: ARG001 -- as all formats
    """Writes the facts, what it comes to, and the tables."""
    document = Document(stream, paper.wording)
    document.heading(1, paper.title)
    for label, value in paper.facts:
        document.item(value, label=label)
    for said in paper.said:
        document.paragraph(said, strong=True)
    for table in paper.tables:
        document.named_table(2, table._replace(rows=list(table.rows)))
