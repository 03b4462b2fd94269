"""How organisations and members came and went since the start of the term."""

from __future__ import annotations

from datetime import date, timedelta

from generator.places import CHANGES, DISSOLVED, SUCCESSOR
from generator.registry import CITY, TERM, grassroots
from generator.tables import Row

ADMISSIONS = 866
EXPELLED = 12
STRUCK_OFF_FROM = date(2016, 1, 1)
_LAST = date(2019, 6, 28)
_KINDS = (
    ("admitted", "KN", ADMISSIONS, date(2015, 8, 3)),
    ("transferred-in", "CD", 1_902, date(2015, 6, 8)),
    ("transferred-out", "DI", 1_021, date(2015, 6, 10)),
    ("died", "TT", 131, date(2015, 7, 6)),
    ("struck-off", "XT", 3, date(2015, 9, 14)),
    ("struck-off", "XT", 72, date(2016, 1, 11)),
    ("expelled", "KT", EXPELLED, date(2016, 4, 18)),
)
"""Each kind of change, the code in its ids, how many there were, and the first day. Admissions, the 72 struck off since 2016
and the net 1,529 are published; the rest is invented so that they come out."""

_BEFORE_2016 = date(2015, 12, 21)
_CAME = {"admitted", "transferred-in"}


def net(change: Row) -> int:
    """What a change adds to the membership."""
    return 1 if change["change"] in _CAME else -1


def organisation_changes(organisations: list[Row]) -> list[Row]:
    """The grassroots organisations of the start of the term, then those that came and went."""
    came = {change.code for change in CHANGES if change.change in {"founded", "received", "split-off"}}
    went = {change.code for change in CHANGES} - came
    there = [row["id"] for row in grassroots(organisations) if row["id"] not in came]
    rows: list[Row] = [_change(f"BD-{key}", key, "existing", TERM) for key in (*there, *sorted(went))]
    return rows + [_change(f"BD{change.on.year}-{change.code}", change.code, change.change, change.on) for change in CHANGES]


def _change(key: str, organisation: object, change: str, on: date) -> Row:
    return {"id": key, "organisation": str(organisation), "change": change, "date": on}


def membership_changes(organisations: list[Row]) -> list[Row]:
    """The changes of the term to 30 June 2019, spread evenly over days and unevenly over cells."""
    changed = {DISSOLVED, SUCCESSOR} | {change.code for change in CHANGES}
    cells = [row["id"] for row in organisations if row["form"] == "cell" and row["id"] not in changed]
    rows: list[Row] = []
    for kind, code, number, first in _KINDS:
        last = _BEFORE_2016 if first.year < STRUCK_OFF_FROM.year and kind == "struck-off" else _LAST
        numbered = sum(row["change"] == kind for row in rows)
        for i in range(number):
            rows.append(
                {
                    "id": f"{code}-{numbered + i + 1:04}",
                    "organisation": cells[(i * 101 + i // 9) % len(cells)],
                    "member": f"DV-{len(rows) + 1:05}",
                    "change": kind,
                    "date": first + timedelta(days=(last - first).days * i // (number - 1)),
                    "decided_by": CITY,
                }
            )
    return rows
