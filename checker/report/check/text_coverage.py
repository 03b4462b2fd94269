"""The parts of the text report about what was and was not looked at: rules, tables, columns, cells, problems."""

from __future__ import annotations

from collections.abc import Sequence

from checker.display_width import text_width
from checker.errors import Problem
from checker.model.report import Report
from checker.model.words import Verdict
from checker.report.page import Page
from checker.report.say.clauses import cited, source_title
from checker.report.say.coverage import account_text, not_judged
from checker.report.say.fields import record_text
from checker.report.say.places import Places
from checker.report.say.wording import Wording


def write_not_judged(report: Report, page: Page, wording: Wording) -> None:
    """Writes what was not judged, and why, as plainly as what failed."""
    lists = not_judged(report, wording)
    if not lists:
        return
    page.section(wording("not-judged"))
    for key, items in lists:
        page.line(wording(key) + ":", style="" if key == "rules-in-part" else "yellow")
        for item in items:
            page.line(item, indent=2, hang=2)


def write_accounts(report: Report, page: Page, wording: Wording) -> None:
    """Writes what became of each table."""
    if not report.accounts:
        return
    page.section(wording("tables"))
    places = Places(report.run.submission, wording)
    titles = {account.table: record_text(account.table, wording) for account in report.accounts}
    column = min(max(map(text_width, titles.values())), 36) + 2
    for account in report.accounts:
        source = f" ({places.file(account.file, account.sheet)})" if account.file else ""
        page.labelled(titles[account.table], account_text(account, wording) + source, column=column)


def write_notices(notices: Sequence[Problem], page: Page, wording: Wording) -> None:
    """Writes what is worth knowing, and stops nothing."""
    write_problem_list("notices", notices, page, wording)


def write_problem_list(heading: str, problems: Sequence[Problem], page: Page, wording: Wording, style: str = "") -> None:
    """Writes problems under a heading, where there are any."""
    if problems:
        page.section(wording(heading))
    for problem in problems:
        write_problem(problem, page, wording, style)


def write_problem(problem: Problem, page: Page, wording: Wording, style: str) -> None:
    """Writes a problem, and what to do."""
    place = f"{problem.place.in_(wording)}: " if problem.place else ""
    page.line(f"{place}{problem.message_in(wording)} [{problem.code}]", hang=2, style=style)
    page.line(problem.fix_in(wording), indent=2, hang=2)


def write_sources(report: Report, page: Page, wording: Wording) -> None:
    """Writes the titles and notes of the regulations that are cited where something is violated, waived or undetermined."""
    graver = (Verdict.VIOLATED, Verdict.WAIVED, Verdict.UNDETERMINED)
    named = cited((rule for rule in report.rules if any(map(rule.count, graver))), report.sources)
    if not named:
        return
    page.section(wording("sources"))
    for source in named:
        issued = wording("issued", day=source.issued) if source.issued else ""
        page.line(source_title(source, wording) + issued, hang=2)
        if note := source.note.in_(wording.language):
            page.line(note, indent=2, hang=2)
