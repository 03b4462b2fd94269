"""How many bodies have each standing, and which they are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from urllib.parse import quote

from checker.model.report import Report
from checker.report.check.text_standings import standing_title
from checker.report.grouping import subject_text
from checker.report.html.charts import scaled
from checker.report.say.wording import Wording

_MOST = 500


@dataclass(frozen=True, slots=True)
class Share:
    """How many bodies have a standing, and the length of its bar."""

    title: str
    count: int
    length: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """A body and its standing."""

    key: str
    name: str
    above: str
    standing: str
    violated: int
    undetermined: int


@dataclass(frozen=True, slots=True)
class Standings:
    """The standings, the commonest last, and the bodies that do not have that one; `left_out` of them are not listed."""

    shares: tuple[Share, ...]
    bodies: tuple[Ranked, ...]
    usual: str
    left_out: int


def standings_of(report: Report, wording: Wording) -> Standings | None:
    """The standings of a report; None where none are concluded."""
    if not report.standings:
        return None
    counts = Counter(dict(report.standings_left_out))
    counts.update(each.standing for each in report.standings)
    titles = {each.standing: standing_title(each, wording) for each in report.standings}
    ordered = sorted(counts, key=lambda standing: (counts[standing], standing))
    usual = ordered[-1]
    others = [each for each in report.standings if each.standing != usual]
    others.sort(key=lambda each: [body for body, _ in each.subject.path])
    all_others = counts.total() - counts[usual]
    return Standings(
        shares=tuple(
            Share(titles.get(each, each), counts[each], scaled(Fraction(counts[each], counts.total()))) for each in ordered
        ),
        bodies=tuple(
            Ranked(
                key=quote(each.subject.id, safe=""),
                name=subject_text(each.subject),
                above=" › ".join(name for _, name in each.subject.path[:-1]),
                standing=titles[each.standing],
                violated=each.violated,
                undetermined=each.undetermined,
            )
            for each in others[:_MOST]
        ),
        usual=titles.get(usual, usual),
        left_out=all_others - min(len(others), _MOST),
    )
