"""The report as a page that opens in any browser: one file with all languages of the rulebook, and nothing from a network."""

from __future__ import annotations

from typing import TextIO

from checker.model.report import Report
from checker.report import Presentation
from checker.report.html.page import page_of
from checker.report.html.render import render


def write(report: Report, stream: TextIO, presentation: Presentation) -> None:
    """Writes the whole report as one page."""
    stream.writelines(render(page_of(report, presentation)))
