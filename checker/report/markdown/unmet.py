"""What is unmet as Markdown: what is due soon, then body by body what is missing, by when, and what to do."""

from __future__ import annotations

from typing import TextIO

from checker.model.report import Report
from checker.report import Presentation
from checker.report.arranging import body_section
from checker.report.corrections import corrections_of
from checker.report.exit import nothing_judged
from checker.report.markdown.check import begin, write_corrections, write_heading, write_settling
from checker.report.markdown.document import Document
from checker.report.overview import due_soon
from checker.report.say.places import Places
from checker.report.say.wording import Wording
from checker.report.tables import subject_name
from checker.report.unmet.requirements import Duty, unmet
from checker.report.unmet.text import facts


def write(report: Report, stream: TextIO, presentation: Presentation) -> None:
    """Writes what is unmet as Markdown."""
    wording, narrowing = Wording(report.run.language, report.names), presentation.narrowing
    document, places = Document(stream, wording), Places(report.run.submission, wording)
    begin(document, report, wording("unmet"), presentation)
    due = due_soon(report, wording, narrowing)
    if due.rows:
        document.named_table(2, due)
    if presentation.brief:
        return
    bodies, first = unmet(report, narrowing), corrections_of(report, narrowing).first
    if first:
        write_corrections(document, report, places, narrowing)
    write_settling(document, report, places, narrowing)
    document.heading(2, wording("sheet-unmet"))
    if not bodies:
        document.paragraph(wording("unmet-nothing" if nothing_judged(report) else "unmet-none"))
    for _, duties in bodies:
        write_heading(document, body_section(duties[0].gaps[0].findings[0].subject, (), wording))
        for duty in duties:
            _duty(document, duty, places)
    if not first:
        write_corrections(document, report, places, narrowing)


def _duty(document: Document, duty: Duty, places: Places) -> None:
    wording = document.wording
    title = ": ".join(filter(None, (duty.rule.title.in_(wording.language), subject_name(duty.subject))))
    document.item(title, label=wording(f"unmet-{duty.verdict.value}"))
    for key, said in facts(duty, places):
        if said:
            document.item(said, label=wording(key), level=1)
