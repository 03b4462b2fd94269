"""The records of three parish councils for 2023, a year of ordinary elections."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from generator.tables import Row, Tables

MANIFEST = {
    "title": "Three parish councils, 2023",
    "rulebook": "gb-parish-councils",
    "period": "2023",
    "as_of": "2023-12-31",
    "submitted_by": "The clerk of the three councils",
}
_COUNCILS = (("ASH", "Ashwell", 9), ("BRK", "Brookham", 7), ("CLY", "Clayford", 5))
_TOOK_OFFICE = date(2023, 5, 9)
_ANNUAL = date(2023, 5, 16)
_OTHERS = (date(2023, 2, 7), date(2023, 3, 7), date(2023, 7, 4), date(2023, 9, 5), date(2023, 11, 7))


def tables() -> Tables:
    """The submission as it should be."""
    meetings = [row for council in _COUNCILS for row in _meetings(*council)]
    return {
        "councils": [{"id": id_, "name": f"{name} Parish Council", "members": size} for id_, name, size in _COUNCILS],
        "councillors": [row for id_, _, size in _COUNCILS for row in _councillors(id_, size)],
        "elections": [{"id": f"{id_}-E", "council": id_, "took_office": _TOOK_OFFICE} for id_, _, _ in _COUNCILS],
        "meetings": meetings,
        "attendance": [row for meeting in meetings for row in _attendance(meeting)],
    }


def _councillors(council: str, size: int) -> Iterator[Row]:
    for number in range(1, size + 1):
        yield {
            "id": f"{council}-{number}",
            "name": f"Councillor {number} of {council}",
            "council": council,
            "took_office": date(2019, 5, 7),
            "left_office": None,
        }


def _meetings(council: str, _name: str, size: int) -> Iterator[Row]:
    for number, day in enumerate(sorted((*_OTHERS, _ANNUAL)), 1):
        yield {
            "id": f"{council}-{number}",
            "council": council,
            "kind": "annual" if day == _ANNUAL else "other",
            "date": day,
            "notice_on": day - timedelta(5),
            "summons_on": day - timedelta(5),
            "election_year": True,
            "present": size - number % 2,
            "disqualified": 0,
            "minutes_signed_on": day + timedelta(28),
        }


def _attendance(meeting: Row) -> Iterator[Row]:
    """Those present: the last of the list is away at every other meeting."""
    for number in range(1, int(str(meeting["present"])) + 1):
        yield {
            "councillor": f"{meeting['council']}-{number}",
            "date": meeting["date"],
            "at": "council",
            "meeting": meeting["id"],
        }
