"""What is due: within the next 60 days, later, and on a day that is not told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from checker.model.report import Finding, Report
from checker.report.grouping import alike, grouped
from checker.report.html.entries import Entries, Entry
from checker.report.overview import soon_after
from checker.report.say.wording import Wording


@dataclass(frozen=True, slots=True)
class Due:
    """What one rule asks for by one day, and of whom."""

    day: str
    title: str
    clause: str
    remedy: str
    count: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """The days from one to another, and what is due on them."""

    title: str
    due: tuple[Due, ...]


def due_of(findings: Sequence[Finding], report: Report, entries: Entries, wording: Wording) -> tuple[Stretch, ...]:
    """The pending findings by the day on which they are due, the earliest first."""
    place = {rule.id: number for number, rule in enumerate(report.rules)}
    by_day = grouped(findings, lambda finding: (finding.due or date.max, finding.rule))
    by_day.sort(key=lambda each: (each[0][0], place[each[0][1]]))
    soon = soon_after(report.run.as_of)
    stretches: dict[str, list[Due]] = {}
    for (day, _), found in by_day:
        told = _told(found, entries)
        rule, written = told[0], wording.day(day) if day < date.max else ""
        due = Due(written, rule.title, rule.clause, rule.remedy, sum(each.windows for each in found), told)
        stretches.setdefault(_stretch(day, soon, wording), []).append(due)
    return tuple(Stretch(title, tuple(due)) for title, due in stretches.items())


def _stretch(day: date, soon: date, wording: Wording) -> str:
    if day == date.max:
        return wording("page-due-unknown")
    return wording("page-due-soon", day=soon) if day <= soon else wording("page-due-later")


def _told(findings: Sequence[Finding], entries: Entries) -> tuple[Entry, ...]:
    return tuple(entries.entry(group) for _, own in grouped(findings, lambda each: each.subject) for group in alike(own))
