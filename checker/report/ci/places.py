"""Where a finding is shown: at the cell or row that it is about, else where its subject stands, else at the submission."""

from __future__ import annotations

from checker.errors import Place
from checker.model.report import Evidence, Finding, Report


def place_of(row: Evidence) -> Place:
    """Where a submitted row, or a cell of it, stands."""
    return Place(row.file, row.line, row.column, row.sheet, row.in_line, row.key, row.numbered)


def main_row(finding: Finding) -> Evidence | None:
    """The row that a finding is about, if it lists it."""
    return next((row for row in finding.evidence if row.role == "subject"), None)


def place(finding: Finding, report: Report) -> Place:
    """The one place at which a finding is shown."""
    row = main_row(finding)
    if row is not None:
        return place_of(row)
    if finding.at is not None:
        return finding.at
    return place_of(finding.evidence[0]) if finding.evidence else whole(report)


def whole(report: Report) -> Place:
    """The place of the submission: the file, or the first one that was read of its folder."""
    return Place(next((each.file for each in report.accounts if each.file is not None), report.run.submission), 1)
