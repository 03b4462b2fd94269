"""The congresses of some cells in 2019, and how they voted on their resolutions."""

from __future__ import annotations

from datetime import date, timedelta

from generator.tables import Row, number

_FIRST = date(2019, 4, 2)


def congresses(organisations: list[Row]) -> list[Row]:
    """The congress of every sixth hamlet cell, announced two months ahead; of one of them only three weeks."""
    return [
        {
            "id": f"DH-{cell['id']}",
            "organisation": cell["id"],
            "date": _held(i),
            "announced": _held(i) - timedelta(days=62 if i else 21),
        }
        for i, cell in enumerate(_cells(organisations))
    ]


def resolutions(organisations: list[Row]) -> list[Row]:
    """The resolution of each congress, with all but a few in favour; one of them is not carried."""
    return [_vote(cell, i) for i, cell in enumerate(_cells(organisations))]


def _vote(cell: Row, order: int) -> Row:
    members = number(cell, "members")
    elsewhere, exempt, excused = order % 3, order % 2, order % 4
    counted = members - elsewhere - exempt - excused
    return {
        "id": f"NQ-{cell['id']}",
        "organisation": cell["id"],
        "date": _held(order),
        "members": members,
        "attached_elsewhere": elsewhere,
        "exempt_absent": exempt,
        "suspended": 0,
        "excused_throughout": excused,
        "in_favour": counted // 2 if order == 1 else counted - order % 3,
    }


def _cells(organisations: list[Row]) -> list[Row]:
    return [row for row in organisations if row["kind"] == "hamlet"][::6]


def _held(order: int) -> date:
    return _FIRST + timedelta(days=4 * order)
