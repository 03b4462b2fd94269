"""What is remarked on a submission that is handed back: findings and problems, with the cells behind each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from checker.errors import Problem
from checker.exchange.returned.styles import Mark
from checker.model.report import Evidence, Finding, Report, RuleSummary
from checker.model.words import Severity, Verdict
from checker.records.values import Table
from checker.report.corrections import corrections_of
from checker.report.grouping import deciding_rows, listed, rows, rule_of
from checker.report.say.clauses import clause_text
from checker.report.say.faults import expected_text, missing_text
from checker.report.say.message import describe_windows
from checker.report.say.wording import Wording
from checker.report.tables import body_name, subject_name


class CellAt(NamedTuple):
    """A cell of a sheet of the workbook, and why it is marked."""

    sheet: str
    row: int
    column: int
    mark: Mark


class Remark(NamedTuple):
    """One remark: what it is about, in the words of a reader, and the cells behind it, that first where it is to be looked at.

    `kind` is the key of what kind it is. Some have no cell: a table that is missing.
    """

    kind: str
    severity: Severity | None
    body: str
    subject: str
    title: str
    clause: str
    message: str
    fix: str
    cells: tuple[CellAt, ...]
    noted: int
    """At how many of the cells, from the first, the remark is written; the others are only marked."""


class Remarks:
    """Finds the cells behind findings: `tables` are those of the submission by record, which have been read."""

    def __init__(self, report: Report, tables: Mapping[str, Table], labels: Mapping[str, str]) -> None:
        self._report = report
        self._tables = tables
        self._labels = labels
        self._wording = Wording(report.run.language, report.names)
        self._rule = rule_of(report)
        self._at_fault: set[tuple[str, int, int]] = set()

    def all(self) -> Iterator[Remark]:
        """What is to be corrected in the file, what the regulation finds violated, and what the data cannot tell."""
        found, wording = corrections_of(self._report), self._wording
        yield from (self._problem(each, "kind-problem") for each in found.problems)
        yield from (self._problem(each, "kind-notice") for each in found.causes)
        for missing in found.missing:
            yield Remark("missing", None, "", "", missing.column or missing.table, "", missing_text(missing, wording), "", (), 0)
        for fault in found.faults:
            for cause in fault.causes:
                if not cause.waived:
                    for finding in cause.findings:
                        yield self._of_file(finding, fault.rule, expected_text(fault, wording))
        for finding in listed(self._report, Verdict.VIOLATED, Verdict.UNDETERMINED):
            rule = self._rule(finding.rule)
            if rule.own:
                yield self._of_regulation(finding, rule)
        yield from (self._problem(each, "kind-notice") for each in found.other)

    def _problem(self, problem: Problem, kind: str) -> Remark:
        place, words = problem.place, self._wording
        cells: tuple[CellAt, ...] = ()
        if place is not None and place.sheet is not None and place.line is not None and place.row is None:
            mark = Mark.CORRECT if kind == "kind-problem" else Mark.OPEN
            cells = (CellAt(place.sheet, place.line, place.column or 1, mark),)
        return Remark(kind, None, "", "", problem.code, "", problem.message_in(words), problem.fix_in(words), cells, len(cells))

    def _of_file(self, finding: Finding, rule: RuleSummary, expected: str) -> Remark:
        fields = rule.columns.at_fault if rule.columns is not None else ()
        cells = [cell for row in finding.evidence for cell in self._cells(row, fields, Mark.CORRECT)]
        self._at_fault.update(cell[:3] for cell in cells)
        return self._remark("kind-cell", finding, rule, expected, cells, len(cells))

    def _of_regulation(self, finding: Finding, rule: RuleSummary) -> Remark:
        violated = finding.verdict is Verdict.VIOLATED
        mark = Mark.CORRECT if violated else Mark.OPEN
        own = [cell for row in rows([finding], "subject") for cell in self._cells(row, _fields(row), mark)]
        first = own or self._subject(finding, mark)
        deciding = [cell for row in deciding_rows([finding]) if row.role != "subject" for cell in self._deciding(row)]
        counted = [cell for row in rows([finding], "counted") for cell in self._counted(row)] if violated else []
        remedy = rule.remedy.in_(self._wording.language)
        # At rows that count nothing need be wrong: there they are only marked, so that notes do not drown them.
        return self._remark(
            finding.verdict.value, finding, rule, remedy, [*first[:1], *deciding, *first[1:], *counted], 1 + len(deciding)
        )

    def _remark(self, kind: str, finding: Finding, rule: RuleSummary, fix: str, cells: Sequence[CellAt], noted: int) -> Remark:
        wording = self._wording
        return Remark(
            kind,
            finding.severity,
            body_name(finding.subject, wording),
            subject_name(finding.subject),
            rule.title.in_(wording.language),
            clause_text(rule, wording) if rule.own else "",
            describe_windows([finding], rule, wording),
            fix,
            tuple(dict.fromkeys(cells)),
            noted,
        )

    def _subject(self, finding: Finding, mark: Mark) -> list[CellAt]:
        """The cell by which the subject is called, in its own row."""
        subject = finding.subject
        table = self._tables.get(subject.record)
        if table is None or subject.row is None:
            return []
        return self._at(table, subject.row, [self._labels.get(subject.record, "")], mark)[:1] or self._at(
            table, subject.row, [column.field for column in table.columns if column.field][:1], mark
        )

    def _deciding(self, row: Evidence) -> list[CellAt]:
        """The cells of a row that could decide: the empty ones and those at fault, or all that are read where none is."""
        cells = self._cells(row, _fields(row), Mark.OPEN)
        empty = set(self._cells(row, [name for name, value in row.values if value is None], Mark.OPEN))
        return [cell for cell in cells if cell in empty or cell[:3] in self._at_fault] or cells

    def _counted(self, row: Evidence) -> list[CellAt]:
        return self._cells(row, _fields(row), Mark.COUNTED)[:1]

    def _cells(self, row: Evidence, fields: Sequence[str], mark: Mark) -> list[CellAt]:
        table = self._tables.get(row.table)
        return [] if table is None or row.row is None else self._at(table, row.row, fields, mark)

    def _at(self, table: Table, row: int, fields: Sequence[str | None], mark: Mark) -> list[CellAt]:
        """The cells of a row of a table in those fields; a field whose column was not submitted has none."""
        places = [table.place(row, field) for field in fields if field and table.has(field)]
        return [
            CellAt(place.sheet, place.line, place.column, mark)
            for place in places
            if place.sheet is not None and place.line is not None and place.column is not None
        ]


def _fields(row: Evidence) -> list[str]:
    return [name for name, _ in row.values if "." not in name]
