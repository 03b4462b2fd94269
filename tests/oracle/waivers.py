"""Section 10 of docs/meaning.md: which violations a waiver covers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from checker.model.period import Period
from tests.oracle.cells import Row, Truth, trimmed
from tests.oracle.expressions import any_of
from tests.oracle.world import Span, World, as_date, in_years

Waiver = Mapping[str, Any]
"""A waiver as the YAML says it."""


def is_waived(world: World, rule: str, row: Row | None, window: Span | None) -> Truth:
    """Whether some waiver covers a violation of a rule by a subject."""
    return any_of([False, *(covers(world, waiver, rule, row, window) for waiver in world.waivers if row is not None)])


def covers(world: World, waiver: Waiver, rule: str, row: Row, window: Span | None) -> Truth:
    """Whether a waiver covers it: the same rule and subject, valid on the day on which it came to be."""
    if waiver["rule"] != rule or row.key is None or trimmed(str(waiver["subject"])) != row.key:
        return False
    days, first, last = came_to_be(world, rule, row, window), as_date(waiver["from"]), as_date(waiver["until"])
    if "window" not in waiver:
        return within(days, (first, last))
    said = Period.parse(waiver["window"])
    inside = in_years(world.book, Span(said.first, said.last, said.label))
    if window is not None:
        return within(days, (first, last)) is True and inside.first <= window.first and window.last <= inside.last
    return own_days(world, rule, row) is not None and within(days, (max(first, inside.first), min(last, inside.last)))


def within(days: tuple[date, date], span: tuple[date, date]) -> Truth:
    """Whether a day, which is one of these, lies in a span; unknown where some of them do and some do not."""
    if span[0] <= days[0] and days[1] <= span[1]:
        return True
    return None if max(days[0], span[0]) <= min(days[1], span[1]) else False


def covers_column(world: World, rule: str) -> bool:
    """Whether some waiver, which names the submission, covers that a column is missing."""
    return any(
        waiver["rule"] == rule
        and waiver["subject"] == "submission"
        and "window" not in waiver
        and as_date(waiver["from"]) <= world.ref <= as_date(waiver["until"])
        for waiver in world.waivers
    )


def came_to_be(world: World, rule: str, row: Row, window: Span | None) -> tuple[date, date]:
    """The days one of which a violation came to be on: the end of its window, the subject's own day, or `ref`."""
    if window is not None:
        last = min(window.last, world.as_of)
        return last, last
    return own_days(world, rule, row) or (world.ref, world.ref)


def own_days(world: World, rule: str, row: Row) -> tuple[date, date] | None:
    """The days that the day of a dated subject may be; integrity rules are about the submission, not about a day."""
    dated = world.record(row.record).get("date")
    return world.may_be(row, dated) if dated and not rule.startswith("records/") else None
