"""What the list of findings can be narrowed to."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from checker.model.report import Report
from checker.model.words import Severity
from checker.report.grouping import body_text, rule_of
from checker.report.html.areas import area_keys, area_text
from checker.report.html.listing import KINDS, Listing, kind_of
from checker.report.say.wording import Wording

Choice = tuple[str, str]
"""What stands in the page's address, and what a reader chooses."""


@dataclass(frozen=True, slots=True)
class Choices:
    """The verdicts, severities, rules, bodies and territories that occur in the list; these stand also for those below."""

    verdicts: tuple[Choice, ...]
    severities: tuple[Choice, ...]
    rules: tuple[Choice, ...]
    bodies: tuple[Choice, ...]
    areas: tuple[Choice, ...]


def choices_of(listing: Listing, report: Report, wording: Wording) -> Choices:
    """The choices that the listed findings give."""
    rule_named = rule_of(report)
    kinds = {kind_of(finding, rule_named(finding.rule)) for finding in listing.findings}
    severities = {finding.severity for finding in listing.findings}
    rules = {finding.rule for finding in listing.findings}
    chains = {finding.subject.path for finding in listing.findings}
    bodies = sorted({path[: depth + 1] for path in chains for depth in range(len(path))})
    subjects = {(finding.subject.record, finding.subject.row or 0) for finding in listing.findings}
    lying = {key for subject in subjects for key in report.lies.get(subject, ())}
    areas = sorted((each for each in report.areas if each.path[-1] in lying), key=lambda area: area.path)
    return Choices(
        verdicts=tuple((kind, wording(kind)) for kind in KINDS if kind in kinds),
        severities=tuple((each.value, wording(each.value)) for each in reversed(Severity) if each in severities),
        rules=tuple((rule.id, f"{rule.id}: {rule.title.in_(wording.language)}") for rule in report.rules if rule.id in rules),
        bodies=tuple({quote(path[-1][0], safe=""): "– " * (len(path) - 1) + body_text(path) for path in bodies}.items()),
        areas=tuple((area_keys(each.path)[-1], "– " * (len(each.path) - 1) + area_text(each)) for each in areas),
    )
