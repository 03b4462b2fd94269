"""The submission as a peer without tables sees it: one document for each organisation, with all that is of it.

Such a program judges documents; to group the rows, and to look up whether what they refer to exists, is left to whoever
calls it. Rows of an organisation that does not exist make a document that is not `known`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypedDict

FIRST, LAST = "2025-01-01", "2025-12-31"
OLDEST_REVIEW = "2024-12-31"
MONTHS: Sequence[str] = [f"2025-{month:02}" for month in range(1, 13)]

Violation = tuple[str, str, str | None]  # rule, subject, window


class Meeting(TypedDict):
    """A meeting, with the number of its row; what is missing is None."""

    row: int
    kind: str
    held_on: str | None
    present: int | None
    entitled: int


class Review(TypedDict):
    """A document, with the number of its row."""

    row: int
    kind: str
    reviewed_on: str | None


class Hamlet(TypedDict):
    """A hamlet, with the numbers of the rows of its branches."""

    id: str
    known: bool
    branches: list[int]


class Body(TypedDict):
    """An organisation, or the name of one that does not exist."""

    id: str
    known: bool
    hamlets: list[Hamlet]
    documents: list[Review]
    meetings: list[Meeting]


def bodies(folder: Path) -> list[Body]:
    """Every organisation that there is, or that is named, with its rows."""
    known = dict.fromkeys(row["id"] for row in _rows(folder, "organisations"))
    named: dict[str, Body] = {}

    def body(name: str) -> Body:
        return named.setdefault(name, {"id": name, "known": name in known, "hamlets": [], "documents": [], "meetings": []})

    for name in known:
        body(name)
    hamlets: dict[str, Hamlet] = {}
    for row in _rows(folder, "hamlets"):
        hamlets[row["id"]] = {"id": row["id"], "known": True, "branches": []}
        body(row["organisation"])["hamlets"].append(hamlets[row["id"]])
    for number, row in enumerate(_rows(folder, "branches"), 1):
        if row["hamlet"] not in hamlets:
            hamlets[row["hamlet"]] = {"id": row["hamlet"], "known": False, "branches": []}
            body("")["hamlets"].append(hamlets[row["hamlet"]])
        hamlets[row["hamlet"]]["branches"].append(number)
    for number, row in enumerate(_rows(folder, "documents"), 1):
        review: Review = {"row": number, "kind": row["kind"], "reviewed_on": row["reviewed_on"] or None}
        body(row["organisation"])["documents"].append(review)
    for number, row in enumerate(_rows(folder, "meetings"), 1):
        body(row["organisation"])["meetings"].append(_meeting(number, row))
    return list(named.values())


def held(meeting: Meeting) -> bool:
    """Whether the meeting was held in the year, for certain."""
    return meeting["held_on"] is not None and FIRST <= meeting["held_on"] <= LAST


def margin(body: Body) -> int:
    """How much attendance may be above 80 % at the most, in fifths of a person; for those peers that cannot sum."""
    if not any(held(meeting) and meeting["entitled"] for meeting in body["meetings"]):
        return 0
    total = 0
    for meeting in body["meetings"]:
        present = meeting["entitled"] if meeting["present"] is None else meeting["present"]
        above = 5 * present - 4 * meeting["entitled"]
        total += above if held(meeting) else max(0, above) if meeting["held_on"] is None else 0
    return total


def write(violations: Iterable[Violation], file: Path) -> None:
    """Writes the violations as all peers do."""
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(["rule", "subject", "window"])
        writer.writerows(violations)


def _meeting(number: int, row: Mapping[str, str]) -> Meeting:
    present = int(row["present"]) if row["present"] else None
    return {
        "row": number,
        "kind": row["kind"],
        "held_on": row["held_on"] or None,
        "present": present,
        "entitled": int(row["entitled"]),
    }


def _rows(folder: Path, table: str) -> Iterator[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as source:
        yield from csv.DictReader(source)
