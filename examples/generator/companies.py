"""The records of four companies under the Companies Act for 2024: listed, private, of one person, and a new one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from generator.tables import Row, Tables

MANIFEST = {
    "title": "Four companies, 2024",
    "rulebook": "in-companies-act-2013",
    "period": "2024",
    "as_of": "2024-12-31",
    "submitted_by": "The company secretary",
}
_QUARTERS = (date(2024, 2, 12), date(2024, 5, 13), date(2024, 8, 12), date(2024, 11, 11))
_HALVES = (date(2024, 3, 4), date(2024, 9, 2))
_COMPANIES: tuple[tuple[str, str, str, int, tuple[date, ...]], ...] = (
    ("KAVERI", "Kaveri Mills Limited", "public", 6, _QUARTERS),
    ("NARMADA", "Narmada Traders Private Limited", "private", 3, _QUARTERS),
    ("TAPTI", "Tapti Designs (OPC) Private Limited", "one-person", 2, _HALVES),
    ("GODAVARI", "Godavari Seeds Private Limited", "private", 15, _QUARTERS),
)
_NEW = {"GODAVARI": date(2024, 1, 15)}
"""When the companies were incorporated that are not old."""
_YEAR_END = date(2024, 3, 31)


def tables() -> Tables:
    """The submission as it should be."""
    meetings = [row for company in _COMPANIES for row in _meetings(*company)]
    return {
        "companies": [row for company in _COMPANIES for row in _company(*company)],
        "directors": [row for company in _COMPANIES for row in _directors(*company)],
        "board_meetings": meetings,
        "attendance": [row for meeting in meetings for row in _attendance(meeting)],
        "financial_years": [
            {"id": f"{id_}-Y", "company": id_, "ends_on": _YEAR_END, "first": id_ in _NEW}
            for id_, _, kind, _, _ in _COMPANIES
            if kind != "one-person"
        ],
        "general_meetings": [
            {"id": f"{id_}-{year}", "company": id_, "date": date(year, 9, 20)}
            for id_, _, kind, _, _ in _COMPANIES
            if kind != "one-person"
            for year in ((2024,) if id_ in _NEW else (2023, 2024))
        ],
    }


def _company(id_: str, name: str, kind: str, _directors: int, _days: tuple[date, ...]) -> Iterator[Row]:
    yield {
        "id": id_,
        "name": name,
        "kind": kind,
        "listed": kind == "public",
        "small": False,
        "dormant": False,
        "sole_director": False,
        "audit_committee_required": kind == "public",
        "more_directors_allowed": False,
        "incorporated": _NEW.get(id_, date(2015, 6, 1)),
        "dissolved": None,
    }


def _directors(id_: str, _name: str, kind: str, directors: int, _days: tuple[date, ...]) -> Iterator[Row]:
    for number in range(1, directors + 1):
        yield {
            "id": f"{id_}-{number}",
            "name": f"Director {number} of {id_}",
            "company": id_,
            "appointed": _NEW.get(id_, date(2018, 4, 1)),
            "ceased": None,
            "independent": kind == "public" and number <= directors // 2,
            "audit_committee": kind == "public" and number <= directors // 2 + 1,
            "days_in_india": 340,
        }


def _meetings(id_: str, _name: str, _kind: str, directors: int, days: tuple[date, ...]) -> Iterator[Row]:
    for number, day in enumerate(days, 1):
        yield {
            "id": f"{id_}-{number}",
            "company": id_,
            "number": f"{number}/2024",
            "date": day,
            "notice_on": day - timedelta(10),
            "at_shorter_notice": False,
            "strength": directors,
            "present": directors,
            "interested": 0,
            "present_not_interested": directors,
            "minutes_on": day + timedelta(21),
        }


def _attendance(meeting: Row) -> Iterator[Row]:
    for number in range(1, int(str(meeting["present"])) + 1):
        yield {"director": f"{meeting['company']}-{number}", "meeting": meeting["id"]}
