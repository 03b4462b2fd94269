"""The dated meetings of 2019, and how many of those bound to attend were present."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from generator.places import DISPERSED
from generator.tables import Cell, Row, day, number, text

YEAR = 2019
MONTHS = range(1, 13)
_THEMATIC = 2
_TET, _TET_ENDS = 2, 10
"""The new-year holiday of 2019 filled 4 to 10 February: what meets early in the month meets after it."""

_FIRST_HALF, _SECOND_HALF = range(1, 7), range(7, 13)
_ABSENCES = (
    (_FIRST_HALF, Fraction(350, 10_000), Fraction(124, 10_000)),
    (_SECOND_HALF, Fraction(380, 10_000), Fraction(150, 10_000)),
)
"""Of those bound to attend, the share absent from cell meetings and from committee meetings, in either half-year."""

_WHOLE_CELL = 200
"""Of so many, 96.5 % is a whole number; the members bound to attend in the half-year are a multiple of it."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of meeting: its code in the id, and the days of the month on which it is held."""

    type: str
    code: str
    first: int = 0
    spread: int = 1
    purpose: str = "regular"


_CELL = _Kind("cell", "SH", 3, 3)
_CELL_COMMITTEE = _Kind("cell-committee", "CU", 1, 2)
_COMMITTEE = _Kind("committee", "CH", 20, 6)
_STANDING = _Kind("standing-committee", "TV", 12, 5)
_MID_YEAR = _Kind("plenary", "HN1", purpose="mid-year-review")
_YEAR_END = _Kind("plenary", "HN2", purpose="year-end-summary")


def meetings(organisations: list[Row]) -> list[Row]:
    """All meetings of the year in the order of the register; a meeting's id is its organisation, kind and month."""
    bound = _bound_to_attend(organisations)
    rows = list(_all(organisations, bound))
    cells = sorted((row for row in rows if row["type"] == "cell"), key=lambda row: day(row, "date").month)
    committees = sorted((row for row in rows if row["type"] not in {"cell", "plenary"}), key=lambda row: day(row, "date").month)
    for half, from_cells, from_committees in _ABSENCES:
        _attend([row for row in cells if day(row, "date").month in half], from_cells, _allowed)
        _attend([row for row in committees if day(row, "date").month in half], from_committees, lambda _: 1)
    for i, row in enumerate(row for row in rows if row["type"] == "plenary"):
        row["present"] = number(row, "eligible") * (91 + i % 7) // 100
    return rows


def _all(organisations: list[Row], bound: dict[str, int]) -> Iterator[Row]:
    for order, body in enumerate(organisations):
        if body["level"] == "city":
            continue
        seats, standing = number(body, "committee_members"), number(body, "standing_members")
        if body["form"] == "committee":
            yield from _plenaries(body, order)
            yield from _monthly(body, order, _COMMITTEE, seats, MONTHS)
            yield from _monthly(body, order, _STANDING, standing, MONTHS)
        else:
            months = range(2, 13, 3) if body["id"] == DISPERSED else MONTHS
            yield from _monthly(body, order, _CELL_COMMITTEE, seats, MONTHS)
            yield from _monthly(body, order, _CELL, bound[text(body, "id")], months)


def _monthly(body: Row, order: int, kind: _Kind, eligible: int, months: Iterable[int]) -> Iterator[Row]:
    for month in months:
        start = kind.first + (order + month) % kind.spread
        held = date(YEAR, month, start + 10 if month == _TET and start <= _TET_ENDS else start)
        if eligible and _exists(body, held):
            meeting = _meeting(f"{body['id']}-{kind.code}{month:02}", body, kind, held, eligible)
            yield meeting | (_of_the_cell(order, month, held) if kind is _CELL else {})


def _of_the_cell(order: int, month: int, held: date) -> Row:
    """What is recorded of a cell's meeting; in the second month of each quarter it takes up a subject of its own as well.

    A combined meeting lasts long enough for 2019, but not always for a later year, and papers are sent up to four days ahead.
    """
    combined = month % 3 == _THEMATIC
    shortest, spread = (95, 56) if combined else (90, 41)
    return {
        "purpose": "combined" if combined else "regular",
        "unexcused": 0,
        "duration": shortest + (order * 7 + month * 11) % spread,
        "papers_sent": held - timedelta(days=(order + month) % 5),
    }


def _exists(body: Row, held: date) -> bool:
    dissolved = body["dissolved"]
    return day(body, "founded") <= held and not (isinstance(dissolved, date) and dissolved <= held)


def _plenaries(body: Row, order: int) -> Iterator[Row]:
    late = order % 5 == 0
    review = date(YEAR, 7, 2 + order % 4) if late else date(YEAR, 6, 18 + order % 11)
    eligible = number(body, "members") * 95 // 100
    for kind, held in ((_MID_YEAR, review), (_YEAR_END, date(YEAR, 12, 14 + order % 14))):
        yield _meeting(f"{body['id']}-{kind.code}", body, kind, held, eligible)


def _meeting(key: str, body: Row, kind: _Kind, held: date, eligible: int) -> Row:
    return {
        "id": key,
        "organisation": body["id"],
        "type": kind.type,
        "purpose": kind.purpose,
        "status": "held",
        "date": held,
        "eligible": eligible,
        "present": eligible,
        "unexcused": None,
        "duration": None,
        "papers_sent": None,
    }


def _bound_to_attend(organisations: list[Row]) -> dict[str, int]:
    """Members less those exempt, whom hamlet cells have; the half-year's sum is made a multiple of what is needed."""
    cells = [row for row in organisations if row["form"] == "cell"]
    bound = {text(row, "id"): number(row, "members") - (i % 3 if row["kind"] == "hamlet" else 0) for i, row in enumerate(cells)}
    monthly = [key for row in cells if row["dissolved"] is None and (key := text(row, "id")) != DISPERSED]
    hamlets = [text(row, "id") for row in cells if row["kind"] == "hamlet"]
    for i in range(_WHOLE_CELL):
        half_year = len(_FIRST_HALF) * sum(bound[key] for key in monthly) + 2 * bound[DISPERSED]
        if half_year % _WHOLE_CELL == 0:
            return bound
        bound[hamlets[i % len(hamlets)]] -= 1
    raise ValueError("no number of exempt members makes the rate exact")


def _allowed(eligible: int) -> int:
    """The most who can be absent while more than 85 % are present."""
    return (15 * eligible - 1) // 100


def _attend(rows: list[Row], absence: Fraction, at_one_meeting: Callable[[int], int]) -> None:
    """Spreads the absences: unevenly, exactly to the whole, and nowhere past what a meeting or a body is allowed."""
    seats: dict[Cell, int] = defaultdict(int)
    for row in rows:
        seats[row["organisation"]] += number(row, "eligible")
    spare = {body: _allowed(eligible) for body, eligible in seats.items()}
    owed, bound = 0, Fraction(0)
    for i, row in enumerate([*rows, *reversed(rows)]):
        eligible, present = number(row, "eligible"), number(row, "present")
        if i < len(rows):
            owed -= int(bound)
            bound += eligible * absence
            owed += int(bound)
            if (i * 7 + i // 11) % 5 in {0, 1}:
                continue
        room = at_one_meeting(eligible) - (eligible - present)
        absent = min(owed, room, spare[row["organisation"]])
        row["present"] = present - absent
        spare[row["organisation"]] -= absent
        owed -= absent
