"""The records of the technical committee of an open-source project for 2024."""

from __future__ import annotations

from datetime import date

from generator.tables import Tables

MANIFEST = {
    "title": "A project's technical committee, 2024",
    "rulebook": "open-source-governance",
    "period": "2024",
    "as_of": "2024-12-31",
    "submitted_by": "The chair of the committee",
}
_MEMBERS = (
    *(("ana", "Acme"), ("bo", "Acme"), ("chi", "Birch"), ("dev", "Birch")),
    *(("eli", "Cedar"), ("fay", "Cedar"), ("gus", "Dune"), ("hoa", "Dune")),
)
_MEETINGS = tuple(date(2024, month, 6) for month in range(1, 13))
_VOTES = tuple(date(2024, month, 20) for month in (2, 4, 6, 8, 10))


def tables() -> Tables:
    """The submission as it should be."""
    names = [name for name, _ in _MEMBERS]
    return {
        "meetings": [
            {
                "meeting": f"{day:%Y-%m-%d}",
                "title": f"Committee meeting of {day:%Y-%m-%d}",
                "date": day,
                "kind": "regular",
                "status": "held",
                "title_date": day,
                "minutes": f"meetings/{day:%Y-%m-%d}.md",
                "recording": f"https://video.example.org/{day:%Y%m%d}",
                "agenda": f"https://project.example.org/issues/{1000 + day.month}",
                "members": 6,
            }
            for day in _MEETINGS
        ],
        "attendance": [
            {"meeting": f"{day:%Y-%m-%d}", "person": name, "date": day}
            for day in _MEETINGS
            for number, name in enumerate(names)
            if (number + day.month) % 4
        ],
        "members": [
            {"person": name, "status": "voting", "company": company, "joined": date(2022, 1, 1), "left": None}
            for name, company in _MEMBERS
        ],
        "votes": [
            {"vote": f"V{number}", "date": day, "description": f"Proposal {number}", "ballots": 6}
            for number, day in enumerate(_VOTES, 1)
        ],
        "ballots": [
            {"vote": f"V{vote}", "person": name}
            for vote, _ in enumerate(_VOTES, 1)
            for number, name in enumerate(names)
            if (number + vote) % 4
        ],
        "elections": [{"id": "E2024", "date": date(2024, 3, 6), "chair": "chi"}],
    }
