"""The part of the text report about indicators: what was measured without being required."""

from __future__ import annotations

from checker.model.indicators import Indicator
from checker.model.report import Report
from checker.report.grouping import subject_text
from checker.report.page import Page
from checker.report.say.indicators import series, series_text
from checker.report.say.wording import Wording

_LISTED = 30


def write_indicators(report: Report, page: Page, wording: Wording) -> None:
    """Writes each indicator with its values, a line for each subject; of many subjects the first."""
    if not report.indicators:
        return
    page.section(wording("indicators"))
    for each in report.indicators:
        page.line(f"{each.id}: {each.title.in_(wording.language)}", hang=2)
        write_values(each, page, wording)


def write_values(indicator: Indicator, page: Page, wording: Wording) -> None:
    """Writes the values of an indicator, a line for each subject; of many subjects the first."""
    if not indicator.told:
        page.line(wording("not-submitted"), indent=2, hang=2)
    subjects = list(series(indicator))
    for subject, values in subjects[:_LISTED]:
        page.line(f"{subject_text(subject)}: {series_text(indicator, values, wording)}", indent=2, hang=2, style="cyan")
    left = sum(len(values) for _, values in subjects[_LISTED:]) + indicator.left_out
    if left:
        page.line(wording("indicator-more", n=left), indent=2, hang=2)
