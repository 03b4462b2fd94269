"""Findings one by one, for people who sort and filter: what, of whom, under which clause, and where."""

from __future__ import annotations

from collections.abc import Iterable

from checker.model.report import Finding, RuleSummary
from checker.report.check.text_earlier import marks_text
from checker.report.grouping import rows
from checker.report.say.clauses import clause_text
from checker.report.say.message import describe_windows
from checker.report.say.places import Places
from checker.report.tables import Cell, Table, above, body_name, identities, subject_name

COLUMNS = (
    *("column-verdict", "column-severity", "column-body", "column-subject", "column-rule", "clause", "column-window"),
    *("found", "due", "remedy", "where"),
)
DETAILS = ("column-under", "before", "column-rule-id", "column-body-id", "column-subject-id")


def findings_table(findings: Iterable[Finding], rules: Iterable[RuleSummary], places: Places) -> Table:
    """A row for each finding, in their order, made when it is read."""
    by_id = {rule.id: rule for rule in rules}
    return Table(
        "sheet-each-finding", COLUMNS + DETAILS, (_row(each, by_id[each.rule], places) for each in findings), len(DETAILS)
    )


def _row(finding: Finding, rule: RuleSummary, places: Places) -> tuple[Cell, ...]:
    wording, subject = places.wording, finding.subject
    return (
        *(finding.verdict, finding.severity, body_name(subject, wording), subject_name(subject)),
        *(rule.title.in_(wording.language), clause_text(rule, wording)),
        wording.window(finding.window) if finding.window else "",
        describe_windows([finding], rule, wording),
        finding.due,
        rule.remedy.in_(wording.language),
        places.many(rows([finding], "subject", "counted", "could-decide"), finding.evidence_left_out),
        above(subject),
        marks_text(finding, wording),
        *(rule.id, *identities(subject)),
    )
