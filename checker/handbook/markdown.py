"""A handbook as a page of Markdown, one language after the other."""

from __future__ import annotations

from typing import TextIO

from checker.handbook.book import Handbook
from checker.handbook.edition import Edition, Said, edition
from checker.report import Presentation
from checker.report.markdown.document import Document


def write(book: Handbook, stream: TextIO, _: Presentation) -> None:
    """Writes the page."""
    for number, language in enumerate(book.languages):
        if number:
            stream.write("\n")
        _write(edition(book, language), stream)


def _write(said: Edition, stream: TextIO) -> None:
    document = Document(stream, said.wording)
    document.heading(1, said.title)
    document.paragraph(said.wording("handbook-about"))
    for part in said.parts:
        document.heading(2, part.title)
        for about in filter(None, (part.issued, part.note, part.url)):
            document.paragraph(about)
        for rule in part.rules:
            _rule(rule, document)
    if said.figures:
        document.heading(2, said.wording("handbook-indicators"))
        document.paragraph(said.wording("handbook-indicators-about"))
        for figure in said.figures:
            document.heading(3, figure.title)
            for text in filter(None, (figure.sentence, figure.note)):
                document.paragraph(text)
            if figure.clause:
                document.item(figure.clause, label=said.wording("clause"))
    if said.defined:
        document.heading(2, said.wording("handbook-defined"))
        for _, text in said.defined:
            document.item(text)


def _rule(rule: Said, document: Document) -> None:
    document.heading(3, rule.title)
    if rule.sentence:
        document.paragraph(rule.sentence)
    document.item(rule.clause, label=document.wording("clause"))
    document.item(rule.severity, label=document.wording("severity"))
    for key, text in rule.facts:
        document.item(text, label=document.wording(key))
    for example in rule.examples:
        document.paragraph(": ".join(filter(None, (example.label, example.name))), strong=True)
        document.paragraph(example.when)
        for table in example.tables:
            document.paragraph(table.title)
            if table.rows:
                document.grid(table.headers, table.rows)
            else:
                document.paragraph(document.wording("handbook-no-rows"))
