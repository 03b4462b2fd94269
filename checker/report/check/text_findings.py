"""The part of the text report that lists what is violated and undetermined, body by body, in full."""

from __future__ import annotations

from collections.abc import Sequence

from checker.model.report import Finding, Report, RuleSummary
from checker.model.words import Verdict
from checker.report.check.text_earlier import marks_text
from checker.report.check.text_waivers import waiver_text
from checker.report.exit import nothing_judged
from checker.report.grouping import (
    Body,
    alike,
    body_text,
    breaches_listed,
    by_body,
    counted_left_out,
    deciding_left_out,
    deciding_rows,
    grouped,
    is_body,
    is_submission,
    rows,
    rule_of,
    subject_text,
)
from checker.report.page import Page
from checker.report.say.clauses import clause_text
from checker.report.say.message import cells_text, describe_windows
from checker.report.say.origins import origin_text
from checker.report.say.places import Places
from checker.report.say.wording import Wording

_STYLES = {Verdict.VIOLATED: "red bold", Verdict.UNDETERMINED: "yellow bold", Verdict.WAIVED: "yellow bold"}
_DECIDING = 6


def write_findings(report: Report, page: Page, wording: Wording) -> None:
    """Writes what of the regulation is violated and undetermined, body by body."""
    page.section(wording("findings"))
    findings = breaches_listed(report, Verdict.VIOLATED, Verdict.UNDETERMINED)
    if nothing_judged(report):
        page.line(wording("findings-nothing"), style="yellow bold")
    elif not findings:
        page.line(wording("findings-none"), style="green")
    _bodies(findings, report, page, wording)


def write_waived(report: Report, page: Page, wording: Wording) -> None:
    """Writes every violation that is waived, body by body, and by whom."""
    findings = breaches_listed(report, Verdict.WAIVED)
    if findings:
        page.section(wording("waived-findings"))
        _bodies(findings, report, page, wording)


def _bodies(findings: Sequence[Finding], report: Report, page: Page, wording: Wording) -> None:
    rule, places = rule_of(report), Places(report.run.submission, wording)
    for body, of_body in by_body(findings):
        write_body(body, page, wording)
        for (name, verdict), of_rule in grouped(of_body, lambda item: (item.rule, item.verdict)):
            _rule(rule(name), verdict, page, wording, origin_text(rule(name).origin, report.run.rulebook, wording))
            for _, of_subject in grouped(of_rule, lambda item: item.subject):
                _subject(of_subject, rule(name), page, places)


def write_body(body: Body, page: Page, wording: Wording) -> None:
    """Writes the heading of a body and the bodies above it."""
    page.group(body_text(body) if body else wording("submission-itself"))
    if len(body) > 1:
        page.line(wording("under", bodies=" > ".join(name for _, name in body[:-1])), style="dim")


def _rule(rule: RuleSummary, verdict: Verdict, page: Page, wording: Wording, origin: str) -> None:
    page.blank()
    head = f"{wording(verdict.value).upper()} ({wording(rule.severity.value)}) {rule.id}"
    page.line(head, hang=2, style=_STYLES[verdict])
    page.line(rule.title.in_(wording.language), indent=2, hang=2)
    if clause := clause_text(rule, wording):
        page.line(clause, indent=2, hang=2, style="dim")
    if origin:
        page.line(origin, indent=2, hang=2, style="dim")


def _subject(findings: Sequence[Finding], rule: RuleSummary, page: Page, places: Places) -> None:
    indent = 2
    subject = findings[0].subject
    if not is_body(subject) and not is_submission(subject):
        page.line(f"- {subject_text(subject)}", indent=2, hang=2)
        indent = 4
    for group in alike(findings):
        page.line(describe_windows(group, rule, places.wording), indent=indent, hang=2, style="bold")
        if group[0].waiver is not None:
            page.line(waiver_text(group[0].waiver, places), indent=indent + 2, hang=2, style="yellow")
        if marks := marks_text(group[0], places.wording):
            page.line(marks, indent=indent + 2, hang=2, style="yellow")
        _evidence(group, page, places, indent + 2)


def _evidence(findings: Sequence[Finding], page: Page, places: Places, indent: int) -> None:
    wording = places.wording
    deciding = deciding_rows(findings)
    own, counted = rows(findings, "subject"), [row for row in rows(findings, "counted") if row not in deciding]
    if own:
        page.line(f"{wording('subject-row')}: {places.many(own)}", indent=indent, hang=2, style="dim")
    if counted:
        said = places.many(counted, counted_left_out(findings))
        page.line(f"{wording('counted')}: {said}", indent=indent, hang=2, style="dim")
    if not deciding:
        return
    page.line(wording("could-decide") + ":", indent=indent, style="dim")
    for row in deciding[:_DECIDING]:
        cells = cells_text(row, wording)
        page.line(places.one(row) + (f" ({cells})" if cells else ""), indent=indent + 2, hang=2, style="dim")
    more = max(len(deciding) - _DECIDING, 0) + deciding_left_out(findings)
    if more:
        page.line(wording("more", n=more), indent=indent + 2, style="dim")
