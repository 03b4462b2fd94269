"""What is to be corrected in the file, by what is missing, and by column and cause: the one place where these groups are made.

A breach of the regulation is a finding about a body; what stands here is a fault of the file, and is told by where it is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from checker.errors import Problem
from checker.model.accepted import accepted_by
from checker.model.integrity import IntegrityKind
from checker.model.report import Account, Columns, Evidence, Finding, Report, Required, RuleSummary
from checker.model.words import Reason, Verdict
from checker.report import ALL, Narrowing
from checker.report.grouping import grouped, in_order, rows
from checker.report.narrowing import concerns

_STATES = frozenset({"not-submitted", "unreadable"})
_TOLD = (Verdict.VIOLATED, Verdict.WAIVED)


class Cause(NamedTuple):
    """Cells of one column in which the same stands, and is wrong for the same cause.

    `values` are what stands in them, of each field of the column's rule, and `beside` what stands beside it where that is what
    is wrong; None is an empty cell.
    """

    findings: tuple[Finding, ...]
    values: tuple[str | None, ...]
    beside: str | None = None

    @property
    def waived(self) -> bool:
        """Whether that was granted leave."""
        return self.findings[0].verdict is Verdict.WAIVED

    @property
    def near(self) -> tuple[str, ...]:
        """What may be meant."""
        return self.findings[0].near

    @property
    def elements(self) -> tuple[str, ...]:
        """What is wrong of a list that stands there."""
        return self.findings[0].elements

    @property
    def unsplit(self) -> bool:
        """Whether the rows could not be split into cells, so that nothing is known of what stands there."""
        return any(row.unsplit for row in self.findings[0].evidence)

    @property
    def places(self) -> list[Evidence]:
        """Where the cells are."""
        return rows(self.findings, "subject", "counted", "could-decide")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one column, by cause: the commonest first. `count` is of all such cells, listed or not."""

    rule: RuleSummary
    columns: Columns
    count: int
    causes: tuple[Cause, ...]

    @property
    def left_out(self) -> int:
        """How many of the cells are not listed."""
        return self.count - sum(len(cause.findings) for cause in self.causes if not cause.waived)

    @property
    def single(self) -> bool:
        """Whether one cause is all there is to say."""
        return len(self.causes) == 1 and not self.left_out

    @property
    def accepted(self) -> tuple[Required, ...]:
        """What can stand there."""
        return accepted_by(self.rule)


class Missing(NamedTuple):
    """A table, or a column of one, that is not there, or cannot be read, and the rules that it leaves open.

    `demanded` says that the rulebook asks for it in any case.
    """

    table: str
    column: str | None
    state: str
    rules: tuple[RuleSummary, ...]
    demanded: bool = False


class Corrections(NamedTuple):
    """What could not be read, what is not there and why, and what is wrong in which column.

    `causes` are those of the notices that probably say why something is missing, such as a misspelt header: they are reported
    before all that follows from it, and the `other` notices after it.
    """

    problems: tuple[Problem, ...]
    missing: tuple[Missing, ...]
    faults: tuple[Fault, ...]
    causes: tuple[Problem, ...] = ()
    other: tuple[Problem, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.problems or self.missing or self.faults)

    @property
    def first(self) -> bool:
        """Whether they come before all else, since much of that may follow from them."""
        return bool(self.problems or self.causes)


def corrections_of(report: Report, narrowing: Narrowing = ALL) -> Corrections:
    """The corrections that a report asks for; of one body those in its rows, with what is missing and could not be read."""
    faults = grouped(_faults(report, narrowing), lambda fault: (fault.columns.record, fault.columns.at_fault))
    of_columns = tuple(fault for _, of_column in faults for fault in of_column)
    missing = missing_of(report)
    causes = causes_of(report, missing)
    other = tuple(notice for notice in report.notices if notice not in causes)
    return Corrections(tuple(report.problems), missing, of_columns, causes, other)


def causes_of(report: Report, missing: Sequence[Missing] | None = None) -> tuple[Problem, ...]:
    """The notices that probably say why a table or column is missing. What is `missing` may be known."""
    absent = {
        (each.table, each.column) if each.column is not None else (each.table,)
        for each in (missing_of(report) if missing is None else missing)
    }
    return tuple(notice for notice in report.notices if notice.explains in absent)


def missing_of(report: Report) -> tuple[Missing, ...]:
    """The tables and columns that are not there, and without which something stays open, or is demanded."""
    return (*_tables(report), *_columns(report))


def _tables(report: Report) -> Iterator[Missing]:
    for account in report.accounts:
        if account.state in _STATES:
            untold = (rule for rule in report.rules if dict(rule.reasons).get(Reason.NOT_SUBMITTED))
            # That nothing is known of its own cells goes without saying.
            others = (rule for rule in untold if rule.columns is None or rule.columns.record != account.table)
            rules = tuple(rule for rule in others if account.table in rule.tables)
            # A table that no rule misses need not be handed in.
            if rules or account.state == "unreadable":
                yield Missing(account.table, None, account.state, rules)


def _columns(report: Report) -> Iterator[Missing]:
    """The columns that are not there: those that the rulebook demands, and those without which a rule stays open."""
    asked = _asked(report)
    for account in report.accounts:
        for name in account.missing if account.state not in _STATES else ():
            demanded = any(
                rule.count(Verdict.VIOLATED) and rule.columns is not None and _is_required(rule.columns, account.table, name)
                for rule in report.rules
            )
            rules = tuple(
                rule
                for rule in report.rules
                if (account.table, name) in asked.get(rule.id, ())
                or (_is_key(report, account.table, name) and _open(rule, account))
            )
            if rules or demanded:
                yield Missing(account.table, name, "not-submitted", rules, demanded)


def _is_key(report: Report, table: str, field: str) -> bool:
    """Whether the rows of a table are known by that field."""
    record = report.names.records.get(table)
    return record is not None and record.key == field


def _open(rule: RuleSummary, account: Account) -> bool:
    """Whether a rule about that table is undetermined: which of its rows are referred to may not be known."""
    return rule.own and account.table in rule.tables and bool(rule.count(Verdict.UNDETERMINED))


def _asked(report: Report) -> Mapping[str, frozenset[tuple[str, str]]]:
    """The cells, by table and field, that undetermined findings of each rule ask for, though their columns are not there.

    All findings of a rule read the same cells: what one of them tells, they all would.
    """
    found: dict[str, frozenset[tuple[str, str]]] = {}
    unsure = {rule.id for rule in report.rules if rule.count(Verdict.UNDETERMINED)}
    for finding in report.findings if unsure else ():
        if finding.verdict is Verdict.UNDETERMINED and finding.evidence and finding.rule not in found:
            cells = ((row.table, field) for row in finding.evidence for field, value in row.values if value == "")
            found[finding.rule] = frozenset(cells)
    return found


def _is_required(columns: Columns, table: str, field: str) -> bool:
    return (columns.kind, columns.record, columns.fields) == ("required", table, (field,))


def _faults(report: Report, narrowing: Narrowing) -> Iterator[Fault]:
    rules = {rule.id: rule for rule in report.rules if rule.columns is not None}
    told = (
        each for each in report.findings if each.rule in rules and each.verdict in _TOLD and concerns(each.subject, narrowing)
    )
    cells = [finding for finding in told if not _is_column(finding, rules[finding.rule])]
    found = dict(grouped(in_order(cells, report), lambda finding: finding.rule))
    columns_missing = {account.table: account.missing for account in report.accounts}
    for rule in rules.values():
        own = found.get(rule.id, [])
        listed = sum(finding.verdict is Verdict.VIOLATED for finding in own)
        columns = rule.columns
        if columns is None:
            continue
        # Of a column that is not there the one finding is about no cell.
        absent = columns.kind is IntegrityKind.REQUIRED and columns.fields[0] in columns_missing.get(columns.record, ())
        count = listed if absent or narrowing.body is not None else rule.count(Verdict.VIOLATED)
        if count or own:
            yield Fault(rule, columns, count, _causes(own, columns))


def _is_column(finding: Finding, rule: RuleSummary) -> bool:
    """Whether it says that a column is not there, which is no fault of any cell."""
    return finding.subject.row is None and rule.columns is not None and rule.columns.kind is IntegrityKind.REQUIRED


def _causes(findings: Sequence[Finding], columns: Columns) -> tuple[Cause, ...]:
    def alike(finding: Finding) -> tuple[object, ...]:
        cells, beside = _cells(finding, columns)
        marks = (finding.waiver, finding.repeated, finding.known)
        return finding.verdict, cells, beside, finding.near, any(row.unsplit for row in finding.evidence), marks

    causes = [Cause(tuple(own), *_cells(own[0], columns)) for _, own in grouped(findings, alike)]
    return tuple(sorted(causes, key=lambda cause: (cause.waived, -len(cause.findings))))


def _cells(finding: Finding, columns: Columns) -> tuple[tuple[str | None, ...], str | None]:
    """What stands in the cells at fault, and beside them."""
    values = {name: value for row in finding.evidence for name, value in row.values}
    beside = [name for name in columns.fields if name not in columns.at_fault]
    return tuple(values.get(name) for name in columns.at_fault), values.get(beside[0]) if beside else None
