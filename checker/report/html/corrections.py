"""What is to be corrected in the file itself: its problems, and the cells that are not in order, by column and cause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checker.errors import Problem
from checker.model.report import Finding, Report
from checker.model.words import Reason, Verdict
from checker.report.grouping import grouped, rule_of
from checker.report.html.entries import Entries, Entry
from checker.report.say.message import describe_windows
from checker.report.say.places import Places
from checker.report.say.wording import Wording


@dataclass(frozen=True, slots=True)
class Said:
    """A problem or notice: where, what, its code, and what to do about it."""

    place: str
    message: str
    code: str
    fix: str


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing that is wrong in one column; of cells in which the same stands there is one entry."""

    table: str
    column: str
    cause: str
    count: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Corrections:
    """What could not be read, which tables are missing and what that leaves open, and what is wrong in which column."""

    problems: tuple[Said, ...]
    missing: tuple[tuple[str, str], ...]
    causes: tuple[Cause, ...]

    @property
    def any(self) -> bool:
        """Whether there is anything to correct."""
        return bool(self.problems or self.missing or self.causes)


def corrections_of(findings: Sequence[Finding], report: Report, entries: Entries, wording: Wording) -> Corrections:
    """The corrections that a report asks for; the findings are those about the file, in the order of the report."""
    return Corrections(
        problems=said_of(report.problems, Places(report.run.submission, wording)),
        missing=_missing(report, wording),
        causes=tuple(_cause(rule, found, report, entries, wording) for rule, found in grouped(findings, lambda each: each.rule)),
    )


def said_of(problems: Sequence[Problem], places: Places) -> tuple[Said, ...]:
    """Problems, or notices, with their files as seen from the submission."""
    return tuple(
        Said(
            place="" if (place := problem.place) is None else str(place).replace(place.file, places.file(place.file), 1),
            message=problem.said,
            code=problem.code,
            fix=problem.fix,
        )
        for problem in problems
    )


def _missing(report: Report, wording: Wording) -> tuple[tuple[str, str], ...]:
    """The tables that are not there, in one line, and the rules that this leaves open."""
    tables = [account.table for account in report.accounts if account.state in {"not-submitted", "unreadable"}]
    left_open = [rule.id for rule in report.rules if dict(rule.reasons).get(Reason.NOT_SUBMITTED)]
    if not tables:
        return ()
    said = wording("page-leaves-open", rules=", ".join(left_open)) if left_open else wording("page-leaves-nothing-open")
    return ((", ".join(tables), said),)


def _cause(rule: str, findings: Sequence[Finding], report: Report, entries: Entries, wording: Wording) -> Cause:
    _, table, names, kind = rule.split("/")
    summary = rule_of(report)(rule)
    if kind == "required" and all(finding.subject.row is None for finding in findings):
        kind = "column"
    alike = grouped(findings, lambda each: (each.verdict, describe_windows([each], summary, wording)))
    return Cause(
        table=table,
        column=names.replace("+", ", "),
        cause=wording(f"page-cause-{kind}"),
        count=sum(finding.verdict is not Verdict.WAIVED for finding in findings),
        entries=tuple(entries.entry(group) for _, group in alike),
    )
