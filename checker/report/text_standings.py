"""The parts of the text report about conclusions: standings of bodies, and exceptions in conflict."""

from __future__ import annotations

from collections import Counter

from checker.model.report import Report, Standing
from checker.report.grouping import subject_text
from checker.report.page import Page
from checker.report.wording import Wording

_LISTED = 60


def write_standings(report: Report, page: Page, wording: Wording) -> None:
    """Writes how many bodies have each standing, and the bodies along the tree."""
    if not report.standings:
        return
    page.section(wording("standings"))
    titles = {standing.standing: _title(standing, wording) for standing in report.standings}
    counts = Counter(standing.standing for standing in report.standings)
    for identity, count in sorted(counts.items()):
        page.labelled(f"{count:>7}", titles[identity], column=9)
    page.blank()
    ordered = sorted(report.standings, key=lambda standing: [body for body, _ in standing.subject.path])
    least = min(len(standing.subject.path) for standing in ordered)
    for standing in ordered[:_LISTED]:
        detail = wording("standing-counts", violated=standing.violated, undetermined=standing.undetermined)
        said = f"{subject_text(standing.subject)}: {titles[standing.standing]} ({detail})"
        page.line(said, indent=2 * min(len(standing.subject.path) - least, 6), hang=4)
    if len(ordered) > _LISTED:
        page.line(wording("more-bodies", n=len(ordered) - _LISTED))


def write_conflicts(report: Report, page: Page, wording: Wording) -> None:
    """Writes the exceptions that hold at once and displace one rule differently."""
    if not report.conflicts:
        return
    page.section(wording("conflicts"))
    for conflict in report.conflicts:
        named = {"rule": conflict.rule, "subject": subject_text(conflict.subject)}
        page.line(wording("conflict-of", exceptions=", ".join(conflict.exceptions), **named), hang=2, style="yellow")


def _title(standing: Standing, wording: Wording) -> str:
    title = standing.title.in_(wording.language)
    return title or (wording("undetermined") if standing.standing == "undetermined" else standing.standing)
