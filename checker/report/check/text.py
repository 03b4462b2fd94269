"""The report for a reader: an overview, what to correct in the file, who violates which clause, and what was not judged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from checker.model.report import Report, Run
from checker.model.words import Category, Severity, Verdict
from checker.report import Presentation
from checker.report.check.text_corrections import write_corrections
from checker.report.check.text_coverage import write_accounts, write_not_judged, write_notices, write_problem_list, write_sources
from checker.report.check.text_earlier import since_text, write_earlier
from checker.report.check.text_findings import write_findings, write_waived
from checker.report.check.text_indicators import write_indicators
from checker.report.check.text_overview import write_overview, write_totals
from checker.report.check.text_settling import write_settling
from checker.report.check.text_short import write_measured, write_pending
from checker.report.check.text_standings import write_conflicts, write_standings
from checker.report.check.text_waivers import write_waivers
from checker.report.corrections import Corrections, corrections_of
from checker.report.exit import Exit, fails, nothing_judged, presented_exit
from checker.report.narrowing import narrowed, narrowing_text
from checker.report.page import Page
from checker.report.say.versions import versions
from checker.report.say.wording import Wording
from checker.report.settling import Faults, faults_of, settling_of

_LISTED = frozenset({Verdict.VIOLATED, Verdict.UNDETERMINED, Verdict.PENDING, Verdict.WAIVED})
_SOURCES = {"option", "submission", "clock"}
_SELECTED = 5


def write(report: Report, stream: TextIO, presentation: Presentation) -> None:
    """Writes the report, or the part that is asked for, as text: the overview first, then what it is about."""
    whole, report = report, narrowed(report, presentation.narrowing)
    wording, narrowing = Wording(report.run.language, report.names), presentation.narrowing
    page = Page(stream, presentation.width, colour=presentation.colour)
    corrections = corrections_of(whole, narrowing)
    if presentation.brief:
        write_problem_list("problems", report.problems, page, wording, "red")
        write_notices(report.notices, page, wording)
    else:
        begin(report, page, wording, presentation, wording("report"))
        write_overview(report, corrections, page, wording, narrowing)
        write_corrections(report, corrections, page, wording)
        write_settling(report, settling_of(whole, narrowing, corrections.missing), page, wording)
        _write_findings(report, faults_of(whole), page, wording, presentation)
        write_conflicts(report, page, wording)
        write_waivers(report, page, wording)
        write_not_judged(report, page, wording)
        write_accounts(report, page, wording)
        write_notices(corrections.other, page, wording)
    write_summary(report, corrections, page, wording, presentation)


def begin(report: Report, page: Page, wording: Wording, presentation: Presentation, title: str) -> None:
    """Writes the title, what was run, which part of it is listed, and what the exit code means."""
    page.title(title)
    write_run(report.run, page, wording)
    page.blank()
    if part := narrowing_text(report, presentation.narrowing, wording):
        page.line(part, style="yellow")
    page.line(exit_text(report, wording, presentation), style="bold")


def _write_findings(report: Report, faults: Faults, page: Page, wording: Wording, presentation: Presentation) -> None:
    """Writes the findings about the regulation, with the standings that follow from them."""
    whole = presentation.narrowing.body is None
    write_findings(report, page, wording, presentation.by, faults)
    write_waived(report, page, wording, presentation.by)
    write_sources(report, page, wording)
    write_pending(report, page, wording, whole=whole)
    write_measured(report, page, wording)
    write_indicators(report, page, wording)
    write_standings(report, page, wording)


def write_run(run: Run, page: Page, wording: Wording) -> None:
    """Writes what was run."""
    facts = run_facts(run, wording)
    column = max(len(label) for label, _ in facts) + 2
    for label, value in facts:
        page.labelled(label, value, column=column)


def run_facts(run: Run, wording: Wording) -> list[tuple[str, str]]:
    """What was run, by label: rulebook, submission, period, and what the caller narrowed or overrode."""
    submitted = run.submission
    if run.submitted_by:
        submitted += ", " + wording("submitted-by", who=run.submitted_by)
    version = wording("version", version=run.rulebook_version)
    rulebook = f"{run.rulebook_title.in_(wording.language)} ({run.rulebook}, {version})"
    as_of = f"as-of-{run.as_of_source}" if run.as_of_source in _SOURCES else "as-of"
    facts = [
        (wording("rulebook"), rulebook),
        (wording("submission"), submitted),
        (wording("period"), wording(as_of, period=run.period, day=run.as_of)),
    ]
    if run.selected:
        facts.append((wording("rules"), _selected(run.selected, wording)))
    if run.since is not None:
        facts.append((wording("since"), since_text(run.since, wording)))
    if run.overrides:
        facts.append((wording("set"), ", ".join(f"{name} = {value}" for name, value in run.overrides)))
    return [*facts, (wording("versions"), versions(run, wording))]


def _selected(rules: Sequence[str], wording: Wording) -> str:
    named = ", ".join(rules[:_SELECTED])
    more = len(rules) - _SELECTED
    return wording("selected-more", rules=named, n=more) if more > 0 else wording("selected", rules=named)


def write_summary(report: Report, corrections: Corrections, page: Page, wording: Wording, presentation: Presentation) -> None:
    """Writes the totals again, for whoever reads the end first, and what the exit code means."""
    page.section(wording("summary"))
    write_totals(report, corrections.missing, page, wording)
    if left_out := left_out_text(report, wording):
        page.line(left_out, style="dim")
    write_earlier(report, page, wording)
    page.blank()
    page.line(exit_text(report, wording, presentation), style="bold")


def left_out_text(report: Report, wording: Wording) -> str:
    """How many findings are counted and not listed that a reader would look for; nothing where there are none."""
    left_out = [f"{wording(verdict.value)} {wording.number(count)}" for verdict, count in report.left_out if verdict in _LISTED]
    return wording("left-out", verdicts=", ".join(left_out)) if left_out else ""


def exit_text(report: Report, wording: Wording, presentation: Presentation) -> str:
    """The exit code and what it means for this run."""
    fail_on, of_data = presentation.fail_on, presentation.fail_on_data
    code = presented_exit(report, presentation)
    failing = {rule.category for rule in report.rules if fails(rule, fail_on, of_data)}
    below = any(rule.new for rule in report.rules if rule.own)
    known = "-known" if report.known else ""
    match code:
        case Exit.UNDECIDED if nothing_judged(report):
            key = "exit-3-nothing"
        case Exit.CLEAN | Exit.UNDECIDED if below:
            key = f"exit-{code.value}-below{known}"
        case Exit.CLEAN | Exit.UNDECIDED if known:
            key = f"exit-{code.value}{known}"
        case Exit.CLEAN if report.count(Verdict.UNDETERMINED):
            key = "exit-0-allowed"
        case Exit.VIOLATED if failing == {Category.DATA}:
            key = "exit-1-data-below" if below else "exit-1-data"
        case Exit.VIOLATED if fail_on is not Severity.NOTE:
            key = "exit-1-from"
        case _:
            key = f"exit-{code.value}"
    said = wording(key, severity=wording(fail_on.value))
    if report.run.since is not None and report.run.since.left_out:
        said += " " + wording("exit-since", name=report.run.since.name)
    overlooked = code in {Exit.CLEAN, Exit.UNDECIDED} and any(rule.new for rule in report.rules if not rule.own)
    return f"{said} {wording('exit-data-overlooked')}" if overlooked else said
