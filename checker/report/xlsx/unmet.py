"""What is unmet as a workbook: with due dates and remedies, beside what is to be corrected in the file."""

from __future__ import annotations

from typing import BinaryIO

from checker.model.report import Report
from checker.report import Presentation
from checker.report.check.text import exit_text, left_out_text, run_facts
from checker.report.corrections import causes_of
from checker.report.narrowing import narrowing_text
from checker.report.overview import due_soon
from checker.report.say.places import Places
from checker.report.say.wording import Wording
from checker.report.tables.corrections import corrections
from checker.report.tables.settling import settling_table
from checker.report.tables.unmet import unmet_table
from checker.report.xlsx.book import MOST_ROWS, Book
from checker.report.xlsx.summary import Summary


def write(report: Report, stream: BinaryIO, presentation: Presentation, most_rows: int = MOST_ROWS) -> None:
    """Writes what is unmet as a workbook, with at most so many rows a sheet."""
    wording, narrowing = Wording(report.run.language, report.names), presentation.narrowing
    places = Places(report.run.submission, wording)
    book = Book(stream, wording, report.run.as_of, most_rows)
    summary = Summary(book)
    tables = (
        unmet_table(report, places, narrowing),
        settling_table(report, places, narrowing),
        corrections(report, places, narrowing),
    )
    sheets = [book.add_table(table) for table in tables]
    narrowed = narrowing_text(report, narrowing, wording)
    causes = [f"{each.message_in(wording)}. {each.fix_in(wording)}" for each in causes_of(report)]
    said = (narrowed, exit_text(report, wording, presentation), left_out_text(report, wording), *causes)
    summary.write(wording("unmet"), run_facts(report.run, wording), filter(None, said))
    summary.contents(sheets)
    due = due_soon(report, wording, narrowing)
    if due.rows:
        summary.table(due)
    book.close()
