"""The breaches of the regulation, a row each; those that are waived too, with the waiver."""

from __future__ import annotations

from collections.abc import Iterator

from checker.model.report import Finding, Report
from checker.model.words import Verdict
from checker.report import By
from checker.report.arranging import arranged
from checker.report.check.text_earlier import marks_text
from checker.report.check.text_waivers import waiver_text
from checker.report.grouping import breaches_listed, rows, rule_of
from checker.report.say.clauses import clause_text
from checker.report.say.message import describe_windows
from checker.report.say.places import Places
from checker.report.tables import Cell, Table, above, body_name, identities, subject_name
from checker.report.unmet.requirements import Gap
from checker.report.unmet.text import missing_text

COLUMNS = (
    *("column-verdict", "column-severity", "column-body", "column-subject", "column-rule", "clause"),
    *("column-window", "found", "missing", "remedy"),
)
DETAILS = ("column-under", "where", "before", "column-waiver", "column-rule-id", "column-body-id", "column-subject-id")


def breaches(report: Report, places: Places, by: By = By.BODY) -> Table:
    """What the rulebook's own rules found violated, or waived, in the order of a report, or by rule or clause."""
    return Table("sheet-breaches", COLUMNS + DETAILS, _rows(report, places, by), len(DETAILS))


def _rows(report: Report, places: Places, by: By) -> Iterator[tuple[Cell, ...]]:
    rule, wording = rule_of(report), places.wording
    for finding in arranged(breaches_listed(report, Verdict.VIOLATED, Verdict.WAIVED), report, by):
        law, subject = rule(finding.rule), finding.subject
        yield (
            *(finding.verdict, finding.severity, body_name(subject, wording), subject_name(subject)),
            *(law.title.in_(wording.language), clause_text(law, wording)),
            wording.window(finding.window) if finding.window else "",
            describe_windows([finding], law, wording),
            missing_text(Gap((finding,)), wording),
            law.remedy.in_(wording.language),
            above(subject),
            _where(finding, places),
            marks_text(finding, wording),
            waiver_text(finding.waiver, places) if finding.waiver is not None else "",
            *(finding.rule, *identities(subject)),
        )


def _where(finding: Finding, places: Places) -> str:
    """The rows behind a finding: the subject's own first."""
    own, counted = rows([finding], "subject"), rows([finding], "counted")
    return places.many([*own, *counted], finding.evidence_left_out)
