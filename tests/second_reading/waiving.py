"""Waivers (section 10 of the contract)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from tests.second_reading import cells, days, links
from tests.second_reading.days import Window
from tests.second_reading.judging import Finding
from tests.second_reading.sense import Run


@dataclass(frozen=True)
class Waiver:
    """A leave for one subject not to keep one rule."""

    rule: str
    subject: str
    valid: Window
    window: Window | None


def load(path: Path, year_starts: int) -> list[Waiver]:
    """Reads a file of waivers, if there is one; years begin with that month."""
    if not path.exists():
        return []
    said: list[Mapping[str, Any]] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)["waivers"]  # noqa: S506
    return [
        Waiver(
            each["rule"],
            cells.tidy(each["subject"]),
            (date.fromisoformat(each["from"]), date.fromisoformat(each["until"])),
            days.period(each["window"], year_starts) if "window" in each else None,
        )
        for each in said
    ]


def waive(run: Run, finding: Finding, waivers: list[Waiver]) -> None:
    """Waives a violation that is covered."""
    if finding.verdict != "violated":
        return
    key = finding.row.key if finding.row else "submission"
    mine = [waiver for waiver in waivers if waiver.rule == finding.rule and waiver.subject == key]
    fits = [[covers(finding, waiver, day) for day in came(run, finding)] for waiver in mine]
    if any(all(each) for each in fits):
        finding.verdict = "waived"
    elif any(any(each) for each in fits):
        finding.verdict = "undetermined"


def came(run: Run, finding: Finding) -> list[date]:
    """The day on which a violation came to be; all of which it may be one."""
    row, window = finding.row, finding.window
    if window:
        return [min(window[1], run.as_of)]
    if row and row.record.date and not finding.rule.startswith("records/"):
        days = links.known(row, row.record.date)
        if days is not None:
            return [days.first + timedelta(days=number) for number in range((days.last - days.first).days + 1)]
    return [run.ref]


def covers(finding: Finding, waiver: Waiver, day: date) -> bool:
    """Whether a waiver is valid on the day on which a violation came to be, and about its window."""
    row, window = finding.row, finding.window
    own = row and row.record.date and not finding.rule.startswith("records/") and links.known(row, row.record.date)
    if not waiver.valid[0] <= day <= waiver.valid[1]:
        return False
    if waiver.window is None:
        return True
    span = window or ((day, day) if own else None)
    return span is not None and waiver.window[0] <= span[0] and span[1] <= waiver.window[1]
