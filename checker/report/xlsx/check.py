"""The whole report as a workbook: a sheet for each question that a reader comes with."""

from __future__ import annotations

from typing import BinaryIO

from checker.model.report import Report
from checker.report import Presentation
from checker.report.check.text import exit_text, left_out_text, run_facts
from checker.report.corrections import causes_of
from checker.report.narrowing import narrowed, narrowing_text
from checker.report.overview import due_soon, overview
from checker.report.say.conclusion import conclusion_text
from checker.report.say.places import Places
from checker.report.say.wording import Wording
from checker.report.tables.breaches import breaches
from checker.report.tables.corrections import corrections
from checker.report.tables.decisions import standings_table, waivers_table
from checker.report.tables.indicators import indicators_table
from checker.report.tables.rules import not_judged, rules_table
from checker.report.tables.settling import settling_table
from checker.report.tables.unmet import unmet_table
from checker.report.xlsx.book import MOST_ROWS, Book
from checker.report.xlsx.summary import Summary


def write(report: Report, stream: BinaryIO, presentation: Presentation, most_rows: int = MOST_ROWS) -> None:
    """Writes the report, or the part that is asked for, as a workbook, with at most so many rows a sheet."""
    whole, report, narrowing = report, narrowed(report, presentation.narrowing), presentation.narrowing
    wording = Wording(report.run.language, report.names)
    places = Places(report.run.submission, wording)
    book = Book(stream, wording, report.run.as_of, most_rows)
    summary = Summary(book)
    tables = [
        breaches(report, places, presentation.by),
        corrections(report, places, narrowing),
        settling_table(whole, places, narrowing),
        unmet_table(report, places, narrowing),
        *([standings_table(report, wording)] if report.standings else []),
        *([indicators_table(report.indicators, wording)] if report.indicators else []),
        rules_table(report, wording),
        not_judged(report, wording),
        waivers_table(report, places),
    ]
    sheets = [book.add_table(table) for table in tables]
    said = [
        *(narrowing_text(report, narrowing, wording), conclusion_text(report, wording)),
        *(left_out_text(report, wording), exit_text(report, wording, presentation)),
    ]
    said += [f"{each.message_in(wording)}. {each.fix_in(wording)}" for each in causes_of(report)]
    summary.write(wording("report"), run_facts(report.run, wording), [text for text in said if text])
    summary.contents(sheets)
    for table in overview(report, wording, narrowing):
        summary.table(table)
    due = due_soon(report, wording, narrowing)
    if due.rows:
        summary.table(due)
    book.close()
