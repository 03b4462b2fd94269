"""Section 10 of docs/meaning.md: which violations a waiver covers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from checker.model.period import Period
from tests.oracle.cells import Row, trimmed
from tests.oracle.world import Span, World, as_date

Waiver = Mapping[str, Any]
"""A waiver as the YAML says it."""


def is_waived(world: World, rule: str, row: Row | None, window: Span | None) -> bool:
    """Whether some waiver covers a violation of a rule by a subject."""
    return row is not None and any(covers(world, waiver, rule, row, window) for waiver in world.waivers)


def covers(world: World, waiver: Waiver, rule: str, row: Row, window: Span | None) -> bool:
    """Whether a waiver covers it: the same rule and subject, valid on the day on which it came to be."""
    if waiver["rule"] != rule or row.key is None or trimmed(str(waiver["subject"])) != row.key:
        return False
    day = came_to_be(world, rule, row, window)
    if not as_date(waiver["from"]) <= day <= as_date(waiver["until"]):
        return False
    if "window" not in waiver:
        return True
    inside = Period.parse(waiver["window"])
    if window is not None:
        return inside.first <= window.first and window.last <= inside.last
    own = own_day(world, rule, row)
    return own is not None and inside.first <= own <= inside.last


def covers_column(world: World, rule: str) -> bool:
    """Whether some waiver, which names the submission, covers that a column is missing."""
    return any(
        waiver["rule"] == rule
        and waiver["subject"] == "submission"
        and "window" not in waiver
        and as_date(waiver["from"]) <= world.ref <= as_date(waiver["until"])
        for waiver in world.waivers
    )


def came_to_be(world: World, rule: str, row: Row, window: Span | None) -> date:
    """The day on which a violation came to be: the end of its window, the subject's own day, or the reference date."""
    if window is not None:
        return min(window.last, world.as_of)
    return own_day(world, rule, row) or world.ref


def own_day(world: World, rule: str, row: Row) -> date | None:
    """The day of a dated subject; integrity rules are about the submission, not about a day."""
    dated = world.record(row.record).get("date")
    return world.day(row, dated) if dated and not rule.startswith("records/") else None
