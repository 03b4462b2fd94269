"""Inspections, supervisions and discipline since the start of the term."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import cycle

from generator.places import FRONT
from generator.registry import CITY, TERM, grassroots
from generator.tables import Row

_LAST = date(2019, 6, 26)
_ROUNDS = (
    ("inspection", "organisations", "KTTC", 109, 222),
    ("supervision", "organisations", "GSTC", 76, 141),
    ("inspection", "members", "KTDV", 780, 888),
    ("supervision", "members", "GSDV", 735, 784),
)
"""The published rounds of each kind, and of how many organisations or members they were."""

_FRONT_SUPERVISIONS = 49
_SUBJECTS = (
    "Thực hiện chính sách người có công",
    "Xây dựng đường giao thông nông thôn",
    "Thu, chi các khoản đóng góp tự nguyện",
    "Tiếp dân, giải quyết khiếu nại",
)
_MEASURES = (("reprimand", 18), ("warning", 12), ("removal", 3))
"""With the expulsions they make the published 45 since 2016."""


def _spread(i: int, number: int, first: date = TERM) -> date:
    return first + timedelta(days=7 + ((_LAST - first).days - 7) * i // (number - 1))


def inspections() -> list[Row]:
    """One row for each round."""
    return [
        {
            "id": f"{code}-{i + 1:03}",
            "organisation": CITY,
            "kind": kind,
            "targets": targets,
            "date": _spread(i, rounds),
        }
        for kind, targets, code, rounds, _ in _ROUNDS
        for i in range(rounds)
    ]


def inspection_targets(organisations: list[Row]) -> list[Row]:
    """The organisations and members of each round: of every round one, of the first ones more, until all are placed."""
    heads = cycle(row["id"] for row in grassroots(organisations))
    cells = cycle(row["id"] for row in organisations if row["form"] == "cell" and row["dissolved"] is None)
    rows: list[Row] = []
    for _, targets, code, rounds, number in _ROUNDS:
        for i in range(number):
            member = f"DV-{5_001 + len(rows):05}" if targets == "members" else None
            of = next(cells) if member else next(heads)
            key = f"{code}-{i % rounds + 1:03}"
            rows.append({"id": f"{key}-{i // rounds + 1}", "inspection": key, "organisation": of, "member": member})
    return rows


def front_supervisions() -> list[Row]:
    """The supervisions by the Fatherland Front."""
    return [
        {
            "id": f"MT-{i + 1:02}",
            "organisation": FRONT,
            "subject": _SUBJECTS[i % len(_SUBJECTS)],
            "date": _spread(i, _FRONT_SUPERVISIONS),
        }
        for i in range(_FRONT_SUPERVISIONS)
    ]


def discipline(changed: list[Row]) -> list[Row]:
    """The expulsions as the register of changes has them, the other measures since 2016, and one of the year before."""
    measures = [measure for measure, number in _MEASURES for _ in range(number)]
    others = [row for row in changed if row["change"] == "transferred-in"][7::50]
    rows: list[Row] = [_decision("KL-2015-1", others[-1], "reprimand", date(2015, 11, 9))]
    rows += [
        _decision(f"KL-{i + 1:03}", who, measure, _spread(i, len(measures), date(2016, 1, 1)))
        for i, (who, measure) in enumerate(zip(others, measures, strict=False))
    ]
    expelled = [row for row in changed if row["change"] == "expelled"]
    return rows + [_decision(f"KL-KT{i + 1:02}", who, "expulsion", who["date"]) for i, who in enumerate(expelled)]


def _decision(key: str, who: Row, measure: str, on: object) -> Row:
    decided = on if isinstance(on, date) else TERM
    return {"id": key, "organisation": who["organisation"], "member": who["member"], "measure": measure, "date": decided}
