"""The breaches of the regulation, body by body along the tree, each with its standing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

from checker.model.report import Finding, Report
from checker.model.words import GRAVEST
from checker.report import By
from checker.report.arranging import Section, named_in, sections
from checker.report.check.text_standings import standing_title
from checker.report.grouping import alike, grouped
from checker.report.html.entries import Entries, Entry
from checker.report.say.wording import Wording

_DEEPEST = 4
"""How far a body is set in: on a phone more leaves no room for what is said."""


@dataclass(frozen=True, slots=True)
class BodyView:
    """A body, the bodies above it, its standing, and the entries about it; `depth` is how far it is set in."""

    key: str
    name: str
    above: str
    depth: int
    standing: str
    entries: tuple[Entry, ...]


def bodies_of(
    findings: Iterable[Finding], report: Report, entries: Entries, wording: Wording, by: By = By.BODY
) -> tuple[BodyView, ...]:
    """The bodies in the order of the tree, or rules, or clauses, with the entries about each, the gravest first."""
    standings = {each.subject.id: standing_title(each, wording) for each in report.standings} if by is By.BODY else {}
    return tuple(_view(section, standings, entries, wording, by) for section in sections(findings, report, wording, by))


def _view(section: Section, standings: Mapping[str, str], entries: Entries, wording: Wording, by: By) -> BodyView:
    groups = [
        group
        for _, of_subject in grouped(section.findings, lambda item: (item.rule, item.verdict, item.subject))
        for group in alike(of_subject)
    ]
    groups.sort(key=lambda group: (GRAVEST.index(group[0].verdict), -group[0].severity.rank))
    made = [replace(entries.entry(group), subject=named_in(group[0].subject, wording, by)) for group in groups]
    return BodyView(
        key=quote(section.key, safe=""),
        name=section.title,
        above=section.clause or " › ".join(section.above),
        depth=min(len(section.above), _DEEPEST),
        standing=standings.get(section.key, ""),
        entries=tuple(made),
    )
