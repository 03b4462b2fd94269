"""What is unmet as a page that opens in any browser: one file with all languages of the rulebook, as the whole report is."""

from __future__ import annotations

from typing import TextIO

from checker.model.report import Report
from checker.report import Presentation
from checker.report.html.render import render
from checker.report.html.unmet_page import unmet_page_of


def write(report: Report, stream: TextIO, presentation: Presentation) -> None:
    """Writes what is unmet as one page."""
    stream.writelines(render(unmet_page_of(report, presentation)))
