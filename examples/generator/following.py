"""Members who are followed up, month by month: away, in arrears with their dues, reminded of their duty."""

from __future__ import annotations

from datetime import date

from generator.tables import Row

_YEAR = 2019
_FROM = date(_YEAR, 1, 1)
_FOLLOWED = 24
_AWAY, _UNPAID = (2, 3), (5, 6)
"""The months in which some are away with reason, or leave their dues unpaid: two running, not three."""

_EXCUSED_EVERY = 9
"""Somebody is excused every so many months."""


def followed_members(organisations: list[Row]) -> list[Row]:
    """Two dozen members of as many hamlet cells; every third was reminded of its duty, and made progress in time."""
    hamlets = [row for row in organisations if row["kind"] == "hamlet"]
    rows: list[Row] = []
    for i in range(_FOLLOWED):
        reminded = i % 3 == 0
        rows.append(
            {
                "id": f"DV-{8_001 + i:05}",
                "organisation": hamlets[i * 3]["id"],
                "followed_from": _FROM,
                "followed_until": None,
                "reminded": date(2018, 3 + i % 6, 5) if reminded else None,
                "improved": date(2019, 1 + i % 2, 20) if reminded else None,
            }
        )
    return rows


def member_months(followed: list[Row]) -> list[Row]:
    """What was recorded of each of them in each month."""
    return [_month(row, i, month) for i, row in enumerate(followed) for month in range(1, 13)]


def _month(row: Row, order: int, month: int) -> Row:
    away = month in _AWAY and order % 4 == 1
    unpaid = month in _UNPAID and (order + 1) % 4 == 0
    attendance = "excused" if away or (order + month) % _EXCUSED_EVERY == 0 else "present"
    dues = "unpaid" if unpaid else "exempt" if order % 8 == 0 else "paid"
    return {"member": row["id"], "month": date(_YEAR, month, 28), "attendance": attendance, "dues": dues}
