"""The part of the text reports that says what would settle most of what is undetermined."""

from __future__ import annotations

from checker.model.report import Report
from checker.report.page import Page
from checker.report.say.places import Places
from checker.report.say.settling import group_text, settling_note
from checker.report.say.wording import Wording
from checker.report.settling import Settling

_MOST = 12


def write_settling(report: Report, settling: Settling, page: Page, wording: Wording) -> None:
    """Writes the cells with most effect, if anything is undetermined for any."""
    places = Places(report.run.submission, wording)
    if not settling.groups:
        return
    page.section(wording("settling"))
    page.line(wording("settling-lead"), style="dim")
    for group in settling.groups[:_MOST]:
        page.line(f"- {group_text(group, places)}", hang=2)
    if (more := len(settling.groups) - _MOST) > 0:
        page.line(wording.several("settling-more", more), indent=2, style="dim")
    if note := settling_note(settling, wording):
        page.line(note, style="dim")
