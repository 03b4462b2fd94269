"""The whole report as Markdown: the overview, breaches, what to correct in the file, what is open, and what is due."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from checker.model.report import Finding, Report, RuleSummary
from checker.model.words import Verdict
from checker.report import ALL, By, Narrowing, Presentation
from checker.report.arranging import Section, named_in, sections
from checker.report.check.text import exit_text, left_out_text, run_facts
from checker.report.check.text_earlier import marks_text
from checker.report.check.text_waivers import waiver_text
from checker.report.corrections import corrections_of
from checker.report.exit import nothing_judged
from checker.report.grouping import alike, breaches_listed, deciding_left_out, deciding_rows, grouped, rule_of
from checker.report.markdown.document import Document
from checker.report.narrowing import narrowed, narrowing_text
from checker.report.overview import due_soon, overview, still_due
from checker.report.say.clauses import clause_text
from checker.report.say.coverage import not_judged
from checker.report.say.faults import columns_text, fault_lines
from checker.report.say.faults import missing_text as missing_line
from checker.report.say.message import describe_windows
from checker.report.say.places import Places
from checker.report.say.settling import group_text, settling_note
from checker.report.say.wording import Wording
from checker.report.settling import settling_of
from checker.report.tables.indicators import indicators_table
from checker.report.unmet.requirements import Gap
from checker.report.unmet.text import missing_text

_GROUPS = 20
"""The groups of cells that would settle most and are listed."""
_CAUSES = 20
"""The causes of a column that are listed; those of others are counted."""


def write(report: Report, stream: TextIO, presentation: Presentation) -> None:
    """Writes the report, or the part that is asked for, as Markdown."""
    whole, report, narrowing = report, narrowed(report, presentation.narrowing), presentation.narrowing
    wording = Wording(report.run.language, report.names)
    document, places = Document(stream, wording), Places(report.run.submission, wording)
    begin(document, report, wording("report"), presentation)
    for table in overview(report, wording, narrowing):
        document.named_table(2, table)
    if presentation.brief:
        return
    write_corrections(document, report, places, narrowing)
    write_settling(document, whole, places, narrowing)
    document.heading(2, wording("sheet-breaches"))
    _breaches(document, report, places, presentation.by)
    if unsure := breaches_listed(report, Verdict.UNDETERMINED):
        document.heading(2, wording("undetermined").capitalize())
        _sections(document, unsure, report, places, presentation.by)
    for due in (still_due(report, wording, narrowing), due_soon(report, wording, narrowing)):
        if due.rows:
            document.named_table(2, due)
    if report.indicators:
        document.named_table(2, indicators_table(report.indicators, wording))
    if left := not_judged(report, wording):
        document.heading(2, wording("not-judged"))
        for key, items in left:
            document.item("", label=wording(key))
            for item in items:
                document.item(item, level=1)


def begin(document: Document, report: Report, title: str, presentation: Presentation) -> None:
    """Writes the title, what was run, what it came to, and what is not listed."""
    document.heading(1, title)
    for label, value in run_facts(report.run, document.wording):
        document.item(value, label=label)
    document.paragraph(exit_text(report, document.wording, presentation), strong=True)
    if part := narrowing_text(report, presentation.narrowing, document.wording):
        document.paragraph(part)
    if left_out := left_out_text(report, document.wording):
        document.paragraph(left_out)


def write_corrections(document: Document, report: Report, places: Places, narrowing: Narrowing = ALL) -> None:
    """Writes what is to be corrected in the file, if there is anything."""
    corrections, wording = corrections_of(report, narrowing), places.wording
    if not corrections:
        return
    document.heading(2, wording("sheet-corrections"))
    document.paragraph(wording("corrections-lead"))
    problems = [("kind-problem", each) for each in corrections.problems]
    for kind, problem in (*problems, *(("kind-notice", each) for each in corrections.causes)):
        place = f"{problem.place.in_(wording)}: " if problem.place else ""
        said = f"{place}{problem.message_in(wording)} [{problem.code}] {problem.fix_in(wording)}"
        document.item(said, label=wording(kind))
    for missing in corrections.missing:
        document.item(missing_line(missing, wording))
    for fault in corrections.faults:
        document.item("", label=columns_text(fault.columns, wording))
        for depth, line in fault_lines(fault, places, _CAUSES):
            document.item(line, level=1 + depth)


def write_settling(document: Document, report: Report, places: Places, narrowing: Narrowing = ALL) -> None:
    """Writes what would settle most of what is undetermined, if anything is for any cell."""
    settling, wording = settling_of(report, narrowing), places.wording
    if not settling.groups:
        return
    document.heading(2, wording("settling"))
    document.paragraph(wording("settling-lead"))
    for group in settling.groups[:_GROUPS]:
        document.item(group_text(group, places))
    if (more := len(settling.groups) - _GROUPS) > 0:
        document.item(wording.several("settling-more", more))
    if note := settling_note(settling, wording):
        document.paragraph(note)


def write_heading(document: Document, section: Section) -> None:
    """Writes the heading of a body and the bodies above it, of a rule and its clause, or of a clause."""
    document.heading(3, section.title)
    if section.above:
        document.paragraph(document.wording("under", bodies=" > ".join(section.above)))
    if section.clause:
        document.paragraph(section.clause)


def _breaches(document: Document, report: Report, places: Places, by: By) -> None:
    found = breaches_listed(report, Verdict.VIOLATED, Verdict.WAIVED)
    if nothing_judged(report):
        document.paragraph(document.wording("findings-nothing"))
    elif not found:
        document.paragraph(document.wording("breaches-none"))
    _sections(document, found, report, places, by)


def _sections(document: Document, findings: Sequence[Finding], report: Report, places: Places, by: By) -> None:
    rule = rule_of(report)
    for section in sections(findings, report, places.wording, by):
        write_heading(document, section)
        for (name, verdict), of_rule in grouped(section.findings, lambda item: (item.rule, item.verdict)):
            law, wording = rule(name), document.wording
            clause = "; ".join(filter(None, (clause_text(law, wording), name)))
            said = f"{wording(verdict.value)}, {wording(law.severity.value)}"
            document.item(f"{law.title.in_(wording.language)} ({clause})", label=said)
            for _, of_subject in grouped(of_rule, lambda item: item.subject):
                for group in alike(of_subject):
                    _group(document, group, law, places, by)
            if remedy := law.remedy.in_(wording.language):
                document.item(remedy, label=wording("remedy"), level=1)


def _group(document: Document, group: Sequence[Finding], law: RuleSummary, places: Places, by: By) -> None:
    """Writes what was found of a subject, once of windows that are alike."""
    first, wording = group[0], document.wording
    said = describe_windows(group, law, wording)
    if missing := missing_text(Gap(tuple(group)), wording):
        said += f". {wording('missing')}: {missing}"
    document.item(
        "; ".join(filter(None, (said, marks_text(first, wording)))), label=named_in(first.subject, wording, by), level=1
    )
    if first.waiver is not None:
        document.item(waiver_text(first.waiver, places), level=2)
    if deciding := deciding_rows(group):
        document.item(places.many(deciding, deciding_left_out(group)), label=wording("could-decide"), level=2)
