"""What is unmet, for the body that has to fix it: the clause, what is missing, by when, and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TextIO

from checker.model.period import Period
from checker.model.report import Report
from checker.model.words import Verdict
from checker.report import Presentation
from checker.report.arranging import body_section
from checker.report.check.text import begin, write_summary
from checker.report.check.text_corrections import write_corrections
from checker.report.check.text_coverage import write_notices, write_problem_list
from checker.report.check.text_earlier import marks_text
from checker.report.check.text_findings import write_heading
from checker.report.check.text_overview import write_overview
from checker.report.check.text_settling import write_settling
from checker.report.corrections import corrections_of
from checker.report.exit import nothing_judged
from checker.report.grouping import is_body, is_submission, rows, subject_text
from checker.report.narrowing import narrowed
from checker.report.page import Page
from checker.report.say.cells import cells_text
from checker.report.say.clauses import clause_text
from checker.report.say.fields import record_text
from checker.report.say.message import describe_windows
from checker.report.say.places import Places
from checker.report.say.windows import window_names
from checker.report.say.wording import Wording
from checker.report.settling import settling_of
from checker.report.unmet.requirements import Duty, Gap, unmet

_STYLES = {Verdict.VIOLATED: "red bold", Verdict.UNDETERMINED: "yellow bold", Verdict.PENDING: "cyan bold"}
_LABELS = ("clause", "found", "before", "where", "missing", "missed", "open", "due", "hand-in", "remedy")
_ROWS = 8


def write(report: Report, stream: TextIO, presentation: Presentation) -> None:
    """Writes what is unmet as text."""
    wording = Wording(report.run.language, report.names)
    page = Page(stream, presentation.width, colour=presentation.colour)
    corrections = corrections_of(report, presentation.narrowing)
    if not presentation.brief:
        begin(report, page, wording, presentation, wording("unmet"))
        write_overview(narrowed(report, presentation.narrowing), corrections, page, wording, presentation.narrowing)
        if corrections.first:
            write_corrections(report, corrections, page, wording)
        bodies, places = unmet(report, presentation.narrowing), Places(report.run.submission, wording)
        if not bodies:
            page.blank()
            page.line(wording("unmet-nothing" if nothing_judged(report) else "unmet-none"))
        for _, duties in bodies:
            write_heading(body_section(duties[0].gaps[0].findings[0].subject, (), wording), page, wording)
            verdict = None
            for duty in duties:
                page.blank()
                if duty.verdict is not verdict:
                    verdict = duty.verdict
                    page.line(wording(f"unmet-{verdict.value}"), style=_STYLES[verdict])
                _duty(duty, page, places)
    if presentation.brief:
        write_problem_list("problems", report.problems, page, wording, "red")
    else:
        settling = settling_of(report, presentation.narrowing, corrections.missing)
        write_settling(report, settling, page, wording)
        if not corrections.first:
            write_corrections(report, corrections, page, wording)
    write_notices(report.notices if presentation.brief else corrections.other, page, wording)
    write_summary(report, corrections, page, wording, presentation)


def _duty(duty: Duty, page: Page, places: Places) -> None:
    wording = places.wording
    page.line(f"* {duty.rule.title.in_(wording.language)}", hang=2, style="bold")
    if not is_body(duty.subject) and not is_submission(duty.subject):
        page.line(subject_text(duty.subject), indent=2, hang=2)
    column = max(len(wording(key)) for key in _LABELS) + 2
    for key, said in facts(duty, places):
        if said:
            page.labelled(wording(key), said, indent=2, column=column)


def facts(duty: Duty, places: Places) -> Iterator[tuple[str, str]]:
    """What is said of a duty: the key of its label, and the text."""
    wording = places.wording
    rule = f"{duty.rule.id}, {wording(duty.rule.severity.value)}"
    yield "clause", "; ".join(filter(None, (clause_text(duty.rule, wording), rule)))
    for gap in duty.gaps:
        yield "found", describe_windows(gap.findings, duty.rule, wording)
        yield "before", marks_text(gap.findings[0], wording)
        yield "missing", missing_text(gap, wording)
        yield "where", places.many(rows(gap.findings, "subject"))
    if duty.verdict is Verdict.VIOLATED:
        names, n = window_names(duty.windows, wording), len(duty.windows)
        yield "missed", wording("missed-of", windows=names, n=n) if n > 1 else names
    yield "open", days_text([(day, window) for day, window in duty.open if day is not None], wording)
    yield "due", days_text([due for gap in duty.gaps for due in gap.due], wording)
    for said in hand_in(duty, places):
        yield "hand-in", said
    yield "remedy", duty.rule.remedy.in_(wording.language)


def missing_text(gap: Gap, wording: Wording) -> str:
    """What is missing or too many; empty where no whole number says it."""
    found = gap.shortfall
    if found is None:
        return ""
    kind = "excess" if found.excess else "missing"
    if found.whole is not None:
        return wording(f"{kind}-of", n=found.n, whole=found.whole)
    return wording(f"{kind}-each" if len(gap.windows) > 1 else f"{kind}-n", n=found.n)


def days_text(due: Sequence[tuple[date, Period | None]], wording: Wording) -> str:
    """By when something of some windows is due, which it is on the first day; nothing where there is none."""
    if not due:
        return ""
    day = min(day for day, _ in due)
    windows = [window for _, window in due if window is not None]
    if not windows:
        return wording("due-day", day=day)
    key = "due-window" if len(windows) == 1 else "due-windows"
    return wording(key, windows=window_names(windows, wording), day=day)


def hand_in(duty: Duty, places: Places) -> list[str]:
    """What has to be handed in, or told, for the duty to be decided: tables, or the cells of rows."""
    said, wording = [], places.wording
    if duty.tables_missing:
        said.append(wording("hand-in-table", tables=", ".join(record_text(each, wording) for each in duty.tables_missing)))
    for row in duty.hand_in[:_ROWS]:
        cells = cells_text(row, wording)
        said.append(wording("hand-in-cells", place=places.one(row), cells=cells) if cells else places.one(row))
    more = max(len(duty.hand_in) - _ROWS, 0) + duty.left_out
    return [*said, wording("more", n=more)] if more else said
