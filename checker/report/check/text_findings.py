"""The part of the text report that lists what is violated and undetermined, body by body, in full."""

from __future__ import annotations

from collections.abc import Sequence

from checker.model.report import Finding, Report, RuleSummary
from checker.model.words import Verdict
from checker.report import By
from checker.report.arranging import Section, named_in, sections
from checker.report.check.text_earlier import marks_text
from checker.report.check.text_waivers import waiver_text
from checker.report.exit import nothing_judged
from checker.report.grouping import (
    alike,
    breaches_listed,
    counted_left_out,
    deciding_left_out,
    deciding_rows,
    grouped,
    rows,
    rule_of,
)
from checker.report.page import Page
from checker.report.say.clauses import clause_text
from checker.report.say.message import describe_windows
from checker.report.say.origins import origin_text
from checker.report.say.places import Places
from checker.report.say.settling import cause_of_row
from checker.report.say.wording import Wording
from checker.report.settling import Faults

_STYLES = {Verdict.VIOLATED: "red bold", Verdict.UNDETERMINED: "yellow bold", Verdict.WAIVED: "yellow bold"}
_DECIDING = 6


def write_findings(report: Report, page: Page, wording: Wording, by: By, faults: Faults) -> None:
    """Writes what of the regulation is violated and undetermined, body by body, or as is asked for."""
    page.section(wording("findings"))
    findings = breaches_listed(report, Verdict.VIOLATED, Verdict.UNDETERMINED)
    if nothing_judged(report):
        page.line(wording("findings-nothing"), style="yellow bold")
    elif not findings:
        page.line(wording("findings-none"), style="green")
    _sections(findings, report, page, wording, by, faults)


def write_waived(report: Report, page: Page, wording: Wording, by: By) -> None:
    """Writes every violation that is waived, and by whom."""
    findings = breaches_listed(report, Verdict.WAIVED)
    if findings:
        page.section(wording("waived-findings"))
        _sections(findings, report, page, wording, by)


def _sections(
    findings: Sequence[Finding], report: Report, page: Page, wording: Wording, by: By, faults: Faults = lambda _: ()
) -> None:
    rule, places = rule_of(report), Places(report.run.submission, wording)
    for section in sections(findings, report, wording, by):
        write_heading(section, page, wording)
        for (name, verdict), of_rule in grouped(section.findings, lambda item: (item.rule, item.verdict)):
            origin = origin_text(rule(name).origin, report.run.rulebook, wording)
            page.blank()
            _head(rule(name), verdict, page, wording)
            # What the heading says is not said again.
            if by is not By.RULE:
                page.line(rule(name).title.in_(wording.language), indent=2, hang=2)
            if by is By.BODY and (clause := clause_text(rule(name), wording)):
                page.line(clause, indent=2, hang=2, style="dim")
            if origin:
                page.line(origin, indent=2, hang=2, style="dim")
            for _, of_subject in grouped(of_rule, lambda item: item.subject):
                _subject(of_subject, rule(name), page, places, by, faults)


def write_heading(section: Section, page: Page, wording: Wording) -> None:
    """Writes the heading of a body and the bodies above it, of a rule and its clause, or of a clause."""
    page.group(section.title)
    if section.above:
        page.line(wording("under", bodies=" > ".join(section.above)), style="dim")
    if section.clause:
        page.line(section.clause, style="dim")


def _head(rule: RuleSummary, verdict: Verdict, page: Page, wording: Wording) -> None:
    head = f"{wording(verdict.value).upper()} ({wording(rule.severity.value)}) {rule.id}"
    page.line(head, hang=2, style=_STYLES[verdict])


def _subject(findings: Sequence[Finding], rule: RuleSummary, page: Page, places: Places, by: By, faults: Faults) -> None:
    indent = 2
    if named := named_in(findings[0].subject, places.wording, by):
        page.line(f"- {named}", indent=2, hang=2)
        indent = 4
    for group in alike(findings):
        page.line(describe_windows(group, rule, places.wording), indent=indent, hang=2, style="bold")
        if group[0].waiver is not None:
            page.line(waiver_text(group[0].waiver, places), indent=indent + 2, hang=2, style="yellow")
        if marks := marks_text(group[0], places.wording):
            page.line(marks, indent=indent + 2, hang=2, style="yellow")
        _evidence(group, page, places, indent + 2, faults)


def _evidence(findings: Sequence[Finding], page: Page, places: Places, indent: int, faults: Faults) -> None:
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
        cells = cause_of_row(row, faults(row), wording)
        page.line(f"{places.one(row)}: {cells}" if cells else places.one(row), indent=indent + 2, hang=2, style="dim")
    more = max(len(deciding) - _DECIDING, 0) + deciding_left_out(findings)
    if more:
        page.line(wording("more", n=more), indent=indent + 2, style="dim")
