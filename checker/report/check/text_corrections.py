"""The part of the text reports that says what is to be corrected in the file, which breaches no regulation."""

from __future__ import annotations

from checker.model.report import Report
from checker.report.check.text_coverage import write_problem
from checker.report.corrections import Corrections
from checker.report.grouping import grouped
from checker.report.page import Page
from checker.report.say.faults import columns_text, fault_lines, missing_text
from checker.report.say.places import Places
from checker.report.say.wording import Wording

_CAUSES = 10
"""The causes of a column that are listed: where more different things are wrong, the others are counted."""


def write_corrections(report: Report, corrections: Corrections, page: Page, wording: Wording) -> None:
    """Writes what could not be read, what is missing, and what is wrong in which column, if there is anything."""
    if not corrections:
        return
    page.section(wording("sheet-corrections"))
    page.line(wording("corrections-lead"), style="dim")
    if corrections.problems or corrections.causes:
        page.blank()
    for problem in corrections.problems:
        write_problem(problem, page, wording, "red")
    for cause in corrections.causes:
        write_problem(cause, page, wording, "yellow")
    if corrections.missing:
        page.blank()
    for missing in corrections.missing:
        page.line(missing_text(missing, wording), hang=2, style="yellow bold")
    places = Places(report.run.submission, wording)
    for _, of_column in grouped(corrections.faults, lambda fault: (fault.columns.record, fault.columns.at_fault)):
        page.blank()
        page.line(columns_text(of_column[0].columns, wording), hang=2, style="bold")
        for fault in of_column:
            for depth, line in fault_lines(fault, places, _CAUSES):
                page.line(f"- {line}" if depth else line, indent=2, hang=2)
