"""The part of the text reports that a reader sees first: how much of what there is, and what is most pressing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from checker.display_width import text_width
from checker.model.report import Report
from checker.model.words import Category, Severity, Verdict
from checker.report import Narrowing
from checker.report.check.text_standings import standing_counts
from checker.report.corrections import Corrections, Missing
from checker.report.overview import due_soon, most_breached, soon_after
from checker.report.page import Page
from checker.report.say.wording import Wording
from checker.report.styles import STYLES

_MOST = 5
_SOON = 3
_LABELS = ("total-regulation", "total-listed", "total-file", "standings", "total-most", "due-soon")


def write_overview(report: Report, corrections: Corrections, page: Page, wording: Wording, narrowing: Narrowing) -> None:
    """Writes the verdicts, what is to be corrected, the bodies by standing, the rules breached most, and what is due soon."""
    page.section(wording("overview"))
    write_totals(report, corrections.missing, page, wording)
    column = _column(wording)
    if narrowing.body is not None:
        page.labelled(wording("total-listed"), ", ".join(_listed(report, corrections, wording)), column=column)
    if report.standings:
        counts = ", ".join(f"{title} {wording.number(n)}" for title, n in standing_counts(report, wording))
        page.labelled(wording("standings"), counts, column=column)
    for number, (rule, n) in enumerate(islice(most_breached(report, narrowing), _MOST)):
        label = "" if number else wording("total-most")
        label += " " * (column - text_width(label)) + f"{wording.number(n):>4}"
        page.labelled(label, rule.title.in_(wording.language), column=column + 6)
    _due(report, page, wording, narrowing)


def write_totals(report: Report, missing: Sequence[Missing], page: Page, wording: Wording) -> None:
    """Writes how many findings have each verdict: those about the regulation, and apart from them those about the file."""
    column = _column(wording)
    page.labelled(wording("total-regulation"), ", ".join(_regulation(report, wording)), column=column)
    page.labelled(wording("total-file"), ", ".join(_file(report, missing, wording)), column=column)


def _column(wording: Wording) -> int:
    return max(len(wording(key)) for key in _LABELS) + 2


def _regulation(report: Report, wording: Wording) -> Iterator[str]:
    for verdict in STYLES:
        n = report.count(verdict, Category.REGULATION)
        if not n and verdict is Verdict.WAIVED:
            continue
        said = f"{wording(verdict.value)} {wording.number(n)}"
        severities = _by_severity(report, wording) if verdict is Verdict.VIOLATED and n else ""
        yield f"{said} ({severities})" if severities else said


def _listed(report: Report, corrections: Corrections, wording: Wording) -> Iterator[str]:
    """How many findings are listed of one body, and of those below it."""
    own = {rule.id for rule in report.rules if rule.own}
    counts = Counter(finding.verdict for finding in report.findings if finding.rule in own)
    for verdict in (Verdict.VIOLATED, Verdict.UNDETERMINED, Verdict.PENDING, Verdict.WAIVED):
        if counts[verdict] or verdict is not Verdict.WAIVED:
            yield f"{wording(verdict.value)} {wording.number(counts[verdict])}"
    yield wording("total-to-correct", n=sum(fault.count for fault in corrections.faults))


def _by_severity(report: Report, wording: Wording) -> str:
    rules = [rule for rule in report.rules if rule.own]
    counts = {each: sum(rule.count(Verdict.VIOLATED) for rule in rules if rule.severity is each) for each in reversed(Severity)}
    return ", ".join(f"{wording(severity.value)} {wording.number(n)}" for severity, n in counts.items() if n)


def _file(report: Report, missing: Sequence[Missing], wording: Wording) -> Iterator[str]:
    yield wording("total-to-correct", n=report.count(Verdict.VIOLATED, Category.DATA))
    for verdict in (Verdict.UNDETERMINED, Verdict.WAIVED):
        if n := report.count(verdict, Category.DATA):
            yield f"{wording(verdict.value)} {wording.number(n)}"
    for key, n in (
        ("total-tables", sum(each.column is None for each in missing)),
        ("total-columns", sum(each.column is not None for each in missing)),
        ("total-problems", len(report.problems)),
    ):
        if n:
            yield wording(key, n=n)


def _due(report: Report, page: Page, wording: Wording, narrowing: Narrowing) -> None:
    rows = list(due_soon(report, wording, narrowing).rows)
    last, column = narrowing.due_by or soon_after(report.run.as_of), _column(wording)
    if not rows:
        page.labelled(wording("due-soon"), wording("due-until-none", day=last), column=column)
    for number, (title, day, n, bodies) in enumerate(rows[:_SOON]):
        said = wording("due-until", day=day, rule=title, n=n, bodies=bodies)
        page.labelled("" if number else wording("due-soon"), said, column=column)
    if len(rows) > _SOON:
        page.labelled("", wording("more", n=len(rows) - _SOON), column=column)
