"""Which findings the page lists: the gravest first, so many at most, and what of them it leaves out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from checker.model.report import Finding, Report, RuleSummary
from checker.model.words import GRAVEST, Verdict
from checker.report import Narrowing
from checker.report.grouping import listed
from checker.report.narrowing import concerns
from checker.report.unmet.requirements import UNMET, in_time

LISTED = (Verdict.VIOLATED, Verdict.UNDETERMINED, Verdict.PENDING, Verdict.WAIVED)
"""What is listed one by one; what is satisfied, or does not apply, is counted and measured."""

TO_CORRECT = "to-correct"
"""What the page says of what is violated in the file itself, in place of the verdict: it is no breach of the regulation."""

KINDS = (Verdict.VIOLATED.value, TO_CORRECT, *(verdict.value for verdict in LISTED[1:]))
"""What an entry can be, the gravest first."""

MOST = 5000
"""How many findings a page lists at most: as many as a browser searches at once."""


class Listing(NamedTuple):
    """The findings that the page lists, in the order of a report, and how many others of those verdicts there are."""

    findings: tuple[Finding, ...]
    left_out: tuple[tuple[Verdict, int], ...]


def listing_of(report: Report, most: int = MOST) -> Listing:
    """The gravest findings of a report: by verdict, and within it by severity."""
    return _gravest(listed(report, *LISTED), report, most)


def unmet_listing(report: Report, narrowing: Narrowing, most: int = MOST) -> tuple[Listing, list[Finding]]:
    """The gravest of what is unmet, as far as it is asked for, and all that the report lists of it."""
    found = [each for each in listed(report, *UNMET) if concerns(each.subject, narrowing) and in_time(each, narrowing)]
    return _gravest(found, report, most), found


def _gravest(found: Sequence[Finding], report: Report, most: int) -> Listing:
    gravest = sorted(range(len(found)), key=lambda number: (*_gravity(found[number]), number))
    left_out = Counter({verdict: n for verdict, n in report.left_out if verdict in LISTED})
    for number in gravest[most:]:
        left_out[found[number].verdict] += found[number].windows
    kept = (found[number] for number in sorted(gravest[:most]))
    return Listing(tuple(kept), tuple((verdict, left_out[verdict]) for verdict in LISTED if left_out[verdict]))


def _gravity(finding: Finding) -> tuple[int, int]:
    return GRAVEST.index(finding.verdict), -finding.severity.rank


def kind_of(finding: Finding, rule: RuleSummary) -> str:
    """The verdict on the finding, or that the file is to be corrected."""
    return TO_CORRECT if finding.verdict is Verdict.VIOLATED and not rule.own else finding.verdict.value
