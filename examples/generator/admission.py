"""Those admitted of late: when the decision came, the ceremony was held and the recognition reviewed."""

from __future__ import annotations

from datetime import date, timedelta

from generator.tables import Row, day

_FROM, _UNTIL = date(2018, 5, 1), date(2019, 12, 31)
"""Whoever was admitted since is on probation in 2019; what is reviewed later is not in the register yet."""


def probationary_members(changes: list[Row]) -> list[Row]:
    """A row for each admission since May 2018; whoever is admitted waits a week or two at each step."""
    admitted = [row for row in changes if row["change"] == "admitted" and day(row, "date") >= _FROM]
    return [_member(row, i) for i, row in enumerate(admitted)]


def _member(change: Row, order: int) -> Row:
    received = day(change, "date") + timedelta(days=5 + order % 6)
    ceremony = received + timedelta(days=7 + order % 17)
    reviewed = ceremony.replace(year=ceremony.year + 1) + timedelta(days=order % 29)
    return {
        "id": change["member"],
        "organisation": change["organisation"],
        "decision_received": received,
        "ceremony": ceremony,
        "late_approved": None,
        "reviewed": reviewed if reviewed <= _UNTIL else None,
    }
