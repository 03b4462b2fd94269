"""Groups findings for a reader: by body along the tree, then by rule, then by subject."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import TypeVar

from checker.model.report import Evidence, Finding, Report, RuleSummary, Subject
from checker.model.words import Verdict

Body = tuple[tuple[str, str], ...]
"""The chain of bodies (id, name) from the root of the tree; empty for the submission itself."""

Key = TypeVar("Key", bound=Hashable)
Item = TypeVar("Item")

_VERDICTS = list(Verdict)


def listed(report: Report, *verdicts: Verdict) -> list[Finding]:
    """The findings of those verdicts in the order of a report: tree, rule as in the rulebook, subject, window."""
    return in_order(of_verdict(report, *verdicts), report)


def breaches_listed(report: Report, *verdicts: Verdict) -> list[Finding]:
    """The same of the rulebook's own rules alone: those about the file are listed by column and cause (`corrections_of`)."""
    own = {rule.id for rule in report.rules if rule.own}
    return in_order((each for each in of_verdict(report, *verdicts) if each.rule in own), report)


def of_verdict(report: Report, *verdicts: Verdict) -> list[Finding]:
    """The findings of those verdicts, in any order."""
    return [finding for finding in report.findings if finding.verdict in verdicts]


def in_order(findings: Iterable[Finding], report: Report) -> list[Finding]:
    """The findings in the order of a report."""
    place = {rule.id: number for number, rule in enumerate(report.rules)}

    def key(finding: Finding) -> tuple[object, ...]:
        subject = finding.subject
        return (
            (subject.cut, subject.path),
            place.get(finding.rule, len(place)),
            finding.rule,
            (subject.record, subject.row or 0, subject.id),
            _VERDICTS.index(finding.verdict),
            finding.window.first if finding.window else date.min,
        )

    return sorted(findings, key=key)


def by_body(findings: Iterable[Finding]) -> Iterator[tuple[Body, list[Finding]]]:
    """The bodies in order, each with its findings; the findings must be in the order of a report."""
    for _, group in groupby(findings, key=_ids):
        found = list(group)
        yield found[0].subject.path, found


def _ids(finding: Finding) -> list[str]:
    return [body for body, _ in finding.subject.path]


def grouped(items: Iterable[Item], key: Callable[[Item], Key]) -> list[tuple[Key, list[Item]]]:
    """The items, such as findings, with the same key together, in the order in which the keys first come."""
    groups: dict[Key, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return list(groups.items())


def alike(findings: Iterable[Finding]) -> list[list[Finding]]:
    """The findings of one rule and subject, those that differ in nothing but the window together."""
    groups = grouped(findings, _but_for_the_window)
    return [group for _, group in groups]


def _but_for_the_window(item: Finding) -> Hashable:
    marks = (item.waiver, item.repeated, item.known)
    parts = tuple(map(_but_for_the_window, item.parts))
    return (item.verdict, item.measured, item.required, item.reason, item.because, marks, parts)


def rule_of(report: Report) -> Callable[[str], RuleSummary]:
    """Finds the summary of a rule by its id."""
    rules = {rule.id: rule for rule in report.rules}
    return rules.__getitem__


def is_body(subject: Subject) -> bool:
    """Whether the subject is itself the body that answers for it."""
    return bool(subject.path) and subject.path[-1][0] == subject.id


def is_submission(subject: Subject) -> bool:
    """Whether the subject stands for the submission as a whole."""
    return subject.row is None and not subject.path


def subject_text(subject: Subject) -> str:
    """The subject's name, with its id where that says more."""
    if subject.name and subject.id and subject.name != subject.id:
        return f"{subject.name} ({subject.id})"
    return subject.name or subject.id or subject.record


def body_text(body: Body) -> str:
    """The name of the last body of the chain, with its id where that says more."""
    identity, name = body[-1]
    return f"{name} ({identity})" if name and name != identity else identity


def rows(findings: Sequence[Finding], *roles: str) -> list[Evidence]:
    """The rows behind the findings in those roles, each once, in order."""
    found = {row: None for finding in findings for row in finding.evidence if row.role in roles}
    return sorted(found, key=place_of)


def deciding_rows(findings: Sequence[Finding]) -> list[Evidence]:
    """The rows that could decide what is undetermined, each once, in order."""
    if findings[0].verdict is not Verdict.UNDETERMINED:
        return []
    return sorted({row for finding in findings for row in finding.evidence if could_decide(row)}, key=place_of)


def could_decide(row: Evidence) -> bool:
    """Whether a row behind something undetermined could decide it: it is in doubt, has an empty cell, or contradicts itself."""
    match row.role:
        case "could-decide":
            return True
        case "counted":
            return row.contradicts or any(value is None for _, value in row.values)
        case _:
            return row.contradicts and row.role == "subject"


def place_of(row: Evidence) -> tuple[str, str, int, int, int, int]:
    """Where a row stands, to sort by."""
    number = row.row or 0 if row.key is not None else 0
    return row.file, row.sheet or "", row.line or 0, row.in_line or 0, row.column or 0, number


def deciding_left_out(findings: Sequence[Finding]) -> int:
    """How many rows that could decide what is undetermined are not listed; one that is behind several findings is one."""
    if findings[0].verdict is not Verdict.UNDETERMINED:
        return 0
    unlisted = [finding.could_decide_unlisted for finding in findings]
    listed = {row.row for row in deciding_rows(findings) if row.row is not None}
    shared = _together(frozenset(each.shared for each in unlisted))
    others = {row for each in unlisted for row in each.own if row not in shared} - listed
    # What is shared is all of the same rows, but for a few that are looked at one by one.
    but = {row for each in unlisted for row in each.but} | (listed & shared)
    return len(shared) + len(others) - sum(row in listed or not any(row in each for each in unlisted) for row in but)


@lru_cache(maxsize=8)
def _together(sets: frozenset[frozenset[int]]) -> frozenset[int]:
    """What is in any of those sets; asked again and again of the same ones."""
    return frozenset().union(*sets)


def counted_left_out(findings: Iterable[Finding]) -> int:
    """How many rows that count, and could decide nothing, are not listed."""
    return sum(finding.evidence_left_out - len(finding.could_decide_unlisted) for finding in findings)
