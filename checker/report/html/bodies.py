"""The breaches of the regulation, body by body along the tree, each with its standing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from checker.model.report import Finding, Report, Standing
from checker.model.words import GRAVEST
from checker.report.check.text_standings import standing_title
from checker.report.grouping import Body, alike, body_text, by_body, grouped
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


def bodies_of(findings: Iterable[Finding], report: Report, entries: Entries, wording: Wording) -> tuple[BodyView, ...]:
    """The bodies in the order of the tree, with the entries about each, the gravest first."""
    standings = {each.subject.id: each for each in report.standings}
    return tuple(_view(body, found, standings, entries, wording) for body, found in by_body(findings))


def _view(
    body: Body, findings: Sequence[Finding], standings: Mapping[str, Standing], entries: Entries, wording: Wording
) -> BodyView:
    groups = [
        group
        for _, of_subject in grouped(findings, lambda item: (item.rule, item.verdict, item.subject))
        for group in alike(of_subject)
    ]
    groups.sort(key=lambda group: (GRAVEST.index(group[0].verdict), -group[0].severity.rank))
    standing = standings.get(body[-1][0]) if body else None
    return BodyView(
        key=quote(body[-1][0], safe="") if body else "",
        name=body_text(body) if body else wording("submission-itself"),
        above=" › ".join(name for _, name in body[:-1]),
        depth=min(max(len(body) - 1, 0), _DEEPEST),
        standing=standing_title(standing, wording) if standing is not None else "",
        entries=tuple(map(entries.entry, groups)),
    )
