"""What working regulations lay down, who holds which post, and how those of the year were studied and appraised."""

from __future__ import annotations

from datetime import date

from generator.registry import CITY, TERM, grassroots
from generator.tables import Row, number

_CONTENTS = ("collective-tasks", "individual-tasks", "working-principles", "work-regime", "self-criticism")
_CONCURRENT = "concurrent-posts"
_PLACES = {"ward", "commune"}
_CAMPAIGNS = (
    ("HT2019-1", "Chuyên đề năm 2019 về xây dựng ý thức tôn trọng Nhân dân", date(2019, 2, 22)),
    ("HT2019-2", "Nghị quyết Hội nghị Trung ương 8 khóa XII", date(2019, 4, 12)),
    ("HT2019-3", "Kết luận Hội nghị Trung ương 10 khóa XII", date(2019, 9, 20)),
)


def document_sections(organisations: list[Row]) -> list[Row]:
    """Each required content of each committee's working regulations; of places also that of whoever holds two posts."""
    return [
        {"id": f"QC-{key}-{i}", "organisation": key, "document": f"QC-{key}", "content": content}
        for key, kind in _committees(organisations)
        for i, content in enumerate((*_CONTENTS, _CONCURRENT) if kind in _PLACES else _CONTENTS, 1)
    ]


def posts(organisations: list[Row]) -> list[Row]:
    """The secretary and the deputy of each committee; secretaries of places preside over the People's Council as well."""
    rows: list[Row] = []
    for order, (key, kind) in enumerate(_committees(organisations)):
        both = kind in _PLACES
        tasks = f"QC-{key}-{len(_CONTENTS) + 1}" if both else None
        held = (("BT", "Bí thư đảng ủy", 0), ("PBT", "Phó bí thư đảng ủy", 1), ("HD", "Chủ tịch Hội đồng nhân dân", 0))
        for code, post, who in held if both else held[:2]:
            concurrent = both and not who
            rows.append(
                {
                    "id": f"CV-{key}-{code}",
                    "organisation": key,
                    "holder": f"DV-{9_001 + 2 * order + who:05}",
                    "post": post,
                    "concurrent": concurrent,
                    "tasks": tasks if concurrent else None,
                    "held_from": TERM,
                    "held_until": None,
                }
            )
    return rows


def _committees(organisations: list[Row]) -> list[tuple[str, str]]:
    return [(str(row["id"]), str(row["kind"])) for row in grassroots(organisations) if row["form"] == "committee"]


def campaigns() -> list[Row]:
    """The campaigns of 2019 to study resolutions."""
    return [{"id": key, "organisation": CITY, "title": title, "date": on} for key, title, on in _CAMPAIGNS]


def campaign_attendance(organisations: list[Row]) -> list[Row]:
    """How many of each grassroots organisation were bound to take part, cadres who are no members among them, and did."""
    rows: list[Row] = []
    for order, (key, _, _) in enumerate(_CAMPAIGNS):
        for i, row in enumerate(grassroots(organisations)):
            bound = number(row, "members") + i % 4
            absent = bound // 80 + (i + order) % 2
            rows.append({"campaign": key, "organisation": row["id"], "bound": bound, "attended": bound - absent})
    return rows


def appraisals() -> list[Row]:
    """Council, appraisal and classification of 2018 and 2019, in this order."""
    return [
        {
            "id": f"TD{year}",
            "organisation": CITY,
            "council": date(year, 11, 19),
            "appraised": date(year, 12, 10),
            "classified": date(year, 12, 28),
        }
        for year in (2018, 2019)
    ]
