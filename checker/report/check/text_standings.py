"""The parts of the text report about conclusions: standings of bodies, and exceptions in conflict."""

from __future__ import annotations

from collections import Counter, defaultdict

from checker.model.report import Report, Standing
from checker.report.grouping import subject_text
from checker.report.page import Page
from checker.report.say.fields import conflict_text
from checker.report.say.wording import Wording

_LISTED = 60
_FEW = 12


def write_standings(report: Report, page: Page, wording: Wording) -> None:
    """Writes how many bodies have each standing, and which they are; not those with the standing that is the rule."""
    if not report.standings:
        return
    page.section(wording("standings"))
    groups: dict[str, list[Standing]] = defaultdict(list)
    for each in sorted(report.standings, key=lambda each: [body for body, _ in each.subject.path]):
        groups[each.standing].append(each)
    left_out = dict(report.standings_left_out)
    counts = {standing: len(group) + left_out.get(standing, 0) for standing, group in groups.items()}
    for standing, group in sorted(groups.items()):
        page.labelled(f"{wording.number(counts[standing]):>7}", standing_title(group[0], wording), column=9)
    usual = max(groups, key=lambda standing: counts[standing])
    for standing, group in sorted(groups.items()):
        if standing == usual and len(group) > _FEW:
            continue
        page.blank()
        title = standing_title(group[0], wording)
        page.line(f"{title[:1].upper()}{title[1:]}:")
        for each in group[:_LISTED]:
            detail = wording("standing-counts", violated=each.breached, undetermined=each.undetermined)
            if each.to_correct:
                detail += wording("standing-to-correct", n=each.to_correct)
            page.line(f"{subject_text(each.subject)}: {detail}", indent=2, hang=2)
        if counts[standing] > _LISTED:
            key = "more-bodies" if standing not in left_out else "more-bodies-counted"
            page.line(wording(key, n=counts[standing] - _LISTED), indent=2, hang=2)


def write_conflicts(report: Report, page: Page, wording: Wording) -> None:
    """Writes the exceptions that hold at once and displace one rule differently."""
    if not report.conflicts:
        return
    page.section(wording("conflicts"))
    for conflict in report.conflicts:
        page.line(conflict_text(conflict, wording), hang=2, style="yellow")


def standing_counts(report: Report, wording: Wording) -> list[tuple[str, int]]:
    """How many bodies have each standing, listed or not."""
    counts = Counter(dict(report.standings_left_out))
    titles = {}
    for each in report.standings:
        counts[each.standing] += 1
        titles[each.standing] = standing_title(each, wording)
    return [(titles.get(standing, standing), count) for standing, count in sorted(counts.items())]


def standing_title(standing: Standing, wording: Wording) -> str:
    """The title of a standing; of one that the rulebook does not have, what it says."""
    title = standing.title.in_(wording.language)
    if title or standing.standing not in {"undetermined", "none"}:
        return title or standing.standing
    return wording("undetermined" if standing.standing == "undetermined" else "no-standing")
