"""Arranges breaches under headings: by body along the tree, by rule, or by clause, as a reader asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from checker.model.report import Finding, Report, Subject
from checker.report import By
from checker.report.grouping import body_text, is_body, is_submission, rule_of, subject_text
from checker.report.say.clauses import clause_text
from checker.report.say.wording import Wording


class Section(NamedTuple):
    """What stands under one heading, and the clause beside it; of a body, its key, and the names of those above it."""

    title: str
    clause: str
    findings: Sequence[Finding]
    key: str = ""
    above: tuple[str, ...] = ()


def arranged(findings: Iterable[Finding], report: Report, by: By) -> list[Finding]:
    """The findings, which are in the order of a report, so that those under one heading stand together."""
    place = {rule.id: number for number, rule in enumerate(report.rules)}
    if by is By.BODY:
        return list(findings)
    if by is By.RULE:
        return sorted(findings, key=lambda finding: place[finding.rule])
    cited = dict.fromkeys(cites for rule in report.rules for cites in rule.cites)
    order = {cites: number for number, cites in enumerate(cited)}
    clauses = {rule.id: tuple(map(order.__getitem__, rule.cites)) for rule in report.rules}
    return sorted(findings, key=lambda finding: (clauses[finding.rule], place[finding.rule]))


def sections(findings: Iterable[Finding], report: Report, wording: Wording, by: By) -> Iterator[Section]:
    """The headings, and what stands under each; the findings are in the order of a report."""
    rule = rule_of(report)
    keys: dict[By, Callable[[Finding], object]] = {
        By.BODY: lambda finding: [body for body, _ in finding.subject.path],
        By.RULE: lambda finding: finding.rule,
        By.CLAUSE: lambda finding: rule(finding.rule).cites,
    }
    for _, group in groupby(arranged(findings, report, by), key=keys[by]):
        found = list(group)
        first, law = found[0], rule(found[0].rule)
        match by:
            case By.BODY:
                yield body_section(first.subject, found, wording)
            case By.RULE:
                yield Section(law.title.in_(wording.language), clause_text(law, wording), found)
            case By.CLAUSE:
                yield Section(clause_text(law, wording) or wording("no-clause"), "", found)


def body_section(subject: Subject, findings: Sequence[Finding], wording: Wording) -> Section:
    """What stands under the body that answers for a subject."""
    path = subject.path
    title = body_text(path) if path else wording("submission-itself")
    return Section(title, "", findings, path[-1][0] if path else "", tuple(name or key for key, name in path[:-1]))


def named_in(subject: Subject, wording: Wording, by: By) -> str:
    """What is judged, as far as the heading does not say it: of other headings than bodies the body too."""
    about = "" if is_body(subject) or is_submission(subject) else subject_text(subject)
    if by is By.BODY:
        return about
    body = body_text(subject.path) if subject.path else wording("submission-itself")
    return ", ".join(filter(None, (about, body)))
