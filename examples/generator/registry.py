"""The register: organisations as a tree, and the territories they answer for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import cycle

from generator.places import (
    CHANGES,
    DISPERSED,
    DISSOLVED,
    ENTERPRISE,
    GONE,
    OFFICES,
    PLACES,
    SMALL_APPROVED,
    SUCCESSOR,
    Office,
    Place,
)
from generator.tables import Row, number, text

CITY = "TU"
MEMBERS = 6_991
SEATS = 1_250
"""Seats on all committees together: six monthly rounds make 7,500, of which 98.76 % is a whole number."""

_LARGEST_CELL = 30
_CELL_COMMITTEE_FROM = 9
_FOUNDED = date(2005, 8, 1)
_DATED_BY = {
    "founded": "founded",
    "split-off": "founded",
    "merged": "dissolved",
    "dissolved": "dissolved",
    "handed-over": "dissolved",
}
"""The field that holds the day of a change; an organisation that was received had been founded before."""

TERM = date(2015, 6, 1)


def organisations() -> list[Row]:
    """The city organisation, then each grassroots organisation followed by its cells."""
    blocks = [_place(place) for place in PLACES] + [_office(office, i) for i, office in enumerate((*OFFICES, *GONE))]
    rows = [row for block in blocks for row in block]
    dated = {change.code: {_DATED_BY[change.change]: change.on} for change in CHANGES if change.change in _DATED_BY}
    for row in rows:
        row.update(dated.get(text(row, "id"), {}))
    _settle_members([row for row in rows if row["form"] == "cell" and row["dissolved"] is None])
    for row in rows:
        if row["form"] == "cell":
            _elect(row)
    _settle_seats(rows)
    for block in blocks:
        _total(block[0], block[1:])
    city = _organisation(CITY, "Đảng bộ thành phố Rạch Giá", None, _Rank("city", "committee", "city"))
    _total(city, [block[0] for block in blocks])
    city |= {"report": f"BC-{CITY}", "committee_members": 39, "standing_members": 11}
    return [city, *rows]


def territories() -> list[Row]:
    """Wards and the commune, each followed by its quarters or hamlets."""
    rows: list[Row] = []
    for place in PLACES:
        title, part, kind = ("Phường", "Khu phố", "quarter") if place.kind == "ward" else ("Xã", "Ấp", "hamlet")
        rows.append(_territory(f"DB-{place.code}", f"{title} {place.name}", place.kind, None, place.code))
        rows += [
            _territory(f"DB-{place.code}-{i}", f"{part} {i}, {place.name}", kind, f"DB-{place.code}", place.code)
            for i in range(1, place.hamlets + 1)
        ]
    return rows


def _territory(key: str, name: str, kind: str, parent: str | None, committee: str) -> Row:
    return {"id": key, "name": name, "kind": kind, "parent": parent, "organisation": committee}


@dataclass(frozen=True, slots=True)
class _Rank:
    """What sort of organisation it is."""

    level: str
    form: str
    kind: str


def _organisation(key: str, name: str, parent: str | None, rank: _Rank, members: int = 0) -> Row:
    return {
        "id": key,
        "name": name,
        "parent": parent,
        "level": rank.level,
        "form": rank.form,
        "kind": rank.kind,
        "territory": None,
        "report": None,
        "founded": _FOUNDED,
        "dissolved": None,
        "term_start": TERM,
        "members": members,
        "full_members": None,
        "committee_members": None,
        "standing_members": 0,
        "dispersed": key == DISPERSED,
        "approved": key == SMALL_APPROVED,
        "enterprise": key == ENTERPRISE,
    }


def _place(place: Place) -> list[Row]:
    title = "phường" if place.kind == "ward" else "xã"
    head = _organisation(place.code, f"Đảng bộ {title} {place.name}", CITY, _Rank("grassroots", "committee", place.kind))
    head |= {"report": f"BC-{place.code}", "committee_members": 15, "standing_members": 5}
    head["territory"] = f"DB-{place.code}"
    return [head, *_cells_of(place)]


def _cells_of(place: Place) -> Iterator[Row]:
    order = PLACES.index(place)

    def cell(code: str, name: str, kind: str, members: int) -> Row:
        return _organisation(f"{place.code}-{code}", f"Chi bộ {name}", place.code, _Rank("cell", "cell", kind), members)

    part, code = ("Khu phố", "KP") if place.kind == "ward" else ("Ấp", "AP")
    for i in range(1, place.hamlets + 1):
        row = cell(f"{code}{i}", f"{part} {i}, {place.name}", "hamlet", 24 + (order + i * 7) % 6)
        row["territory"] = f"DB-{place.code}-{i}"
        yield row
    yield cell("CQ", f"Cơ quan {place.name}", "agency", 22 + order % 5)
    yield cell("QS", f"Quân sự {place.name}", "military", 7 + order * 5 % 5 + order % 4)
    yield cell("CA", f"Công an {place.name}", "police", 13 + order % 6)
    for i in range(1, place.schools + 1):
        yield _school(cell(f"TH{i}", f"Trường số {i}, {place.name}", "school", 18 + (order * 3 + i * 5) % 9))
    if f"{place.code}-TH{place.schools + 1}" == DISSOLVED:
        row = cell(f"TH{place.schools + 1}", f"Trường số {place.schools + 1}, {place.name}", "school", 20)
        yield row | {"dissolved": date(2019, 3, 31)}
    if place.health:
        yield cell("YT", f"Trạm Y tế {place.name}", "health", 7 + order % 5)
    if place.credit_fund:
        yield cell("TD", f"Quỹ tín dụng nhân dân {place.name}", "credit-fund", 8)


def _school(row: Row) -> Row:
    match row["id"]:
        case key if key == ENTERPRISE:
            return row | {"name": "Chi bộ Trường Mầm non tư thục Hoa Mai", "members": 12}
        case key if key == SUCCESSOR:
            return row | {"founded": date(2019, 4, 1), "members": 20}
        case _:
            return row


def _office(office: Office, order: int) -> list[Row]:
    if not office.cells:
        members = 14 + order * 5 % 13
        rank = _Rank("grassroots", "cell", office.kind)
        return [_organisation(office.code, f"Chi bộ {office.name}", CITY, rank, members)]
    head = _organisation(office.code, f"Đảng bộ {office.name}", CITY, _Rank("grassroots", "committee", office.kind))
    head |= {"report": f"BC-{office.code}"}
    head |= {"committee_members": office.committee, "standing_members": office.standing}
    cells = []
    for i in range(1, office.cells + 1):
        key = f"{office.code}-{i:02}"
        size = 8 if key == DISPERSED else 9 if office.code == SMALL_APPROVED else 24 + (order + i * 7) % 6
        name = f"Chi bộ {i}, {office.name}"
        cells.append(_organisation(key, name, office.code, _Rank("cell", "cell", "department"), size))
    return [head, *cells]


def _settle_members(cells: list[Row]) -> None:
    """Lets the larger hamlet and department cells grow or shrink by one in turn until all members are placed."""
    missing = MEMBERS - sum(number(cell, "members") for cell in cells)
    step = 1 if missing > 0 else -1
    adjustable = [
        cell for cell in cells if cell["kind"] in {"hamlet", "department"} and number(cell, "members") > _LARGEST_CELL // 2
    ]
    for cell in cycle(adjustable):
        if not missing:
            break
        if step < 0 or number(cell, "members") < _LARGEST_CELL:
            cell["members"] = number(cell, "members") + step
            missing -= step


def _elect(cell: Row) -> None:
    """Gives a cell its full members and, from nine of them on, a cell committee of three."""
    members = number(cell, "members")
    on_probation = 0 if members < 2 * _CELL_COMMITTEE_FROM else 1 + members % 2
    cell["full_members"] = members - on_probation
    cell["committee_members"] = 3 if members - on_probation >= _CELL_COMMITTEE_FROM else 0


def _settle_seats(rows: list[Row]) -> None:
    """Lets the cell committees of hamlets have five seats instead of three until all seats are placed."""
    now = [row for row in rows if row["dissolved"] is None]
    missing = SEATS - sum(number(row, "committee_members") + number(row, "standing_members") for row in now)
    hamlets = (row for row in now if row["kind"] == "hamlet")
    for _ in range(missing // 2):
        next(hamlets)["committee_members"] = 5
    if missing < 0 or missing % 2:
        raise ValueError(f"{missing} seats cannot be placed two by two")


def _total(head: Row, below: list[Row]) -> None:
    now = [row for row in below if row["dissolved"] is None]
    for field in ("members", "full_members"):
        if now:
            head[field] = sum(number(row, field) for row in now)


def lines(rows: list[Row]) -> dict[str, list[str]]:
    """For each organisation, the organisations above it, nearest first."""
    above = {text(row, "id"): row["parent"] for row in rows}
    found: dict[str, list[str]] = {}
    for key in above:
        line: list[str] = []
        while isinstance(parent := above[line[-1] if line else key], str):
            line.append(parent)
        found[key] = line
    return found


def grassroots(rows: list[Row]) -> list[Row]:
    """The grassroots organisations there are now."""
    return [row for row in rows if row["level"] == "grassroots" and row["dissolved"] is None]
