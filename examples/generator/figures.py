"""All that is not a meeting: documents, ratings, admissions, targets and the totals that are reported."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

from generator.changes import ADMISSIONS, net
from generator.registry import CITY, TERM, grassroots, lines
from generator.tables import Cell, Row, number, text

AS_AT = date(2019, 6, 30)
_TITLES = {"working-regulations": "Quy chế làm việc,", "work-programme": "Chương trình công tác năm 2019,"}
_TERM_ENDS = date(2020, 5, 31)
_TARGETS = (("CT-TP", "city", 1_250, Decimal("69.28")), ("CT-TINH", "province", 1_350, Decimal("64.15")))

_PUBLISHED: dict[str, Cell] = {
    "members": 6_991,
    "members_at_start": 5_462,
    "growth": 1_529,
    "admissions": ADMISSIONS,
    "grassroots": 52,
    "grassroots_at_start": 49,
    "ward_commune": 12,
    "agency": 33,
    "public_service": 5,
    "armed_forces": 2,
    "wards": 11,
    "communes": 1,
    "hamlets": 72,
    "hamlet_cells": 72,
    "agency_cells": 12,
    "military_cells": 12,
    "police_cells": 12,
    "school_cells": 51,
    "health_cells": 6,
    "credit_fund_cells": 1,
    "ward_commune_cells": 166,
    "private_enterprises": 2_302,
    "enterprise_cells": 1,
    "enterprise_cell_members": 12,
    "enterprises_organised": 71,
    "enterprise_unions": 57,
    "enterprise_youth_unions": 14,
    "enterprises_with_both": 0,
    "inspections_of_organisations": 109,
    "organisations_inspected": 222,
    "supervisions_of_organisations": 76,
    "organisations_supervised": 141,
    "inspections_of_members": 780,
    "members_inspected": 888,
    "supervisions_of_members": 735,
    "members_supervised": 784,
    "front_supervisions": 49,
    "disciplined": 45,
    "struck_off": 72,
}
"""The published figures. 5,462 is 6,991 less 1,529; the 166 cells are the sum of the published kinds; that no enterprise has
both unions is the condition for 71 to be 57 and 14."""


def documents(organisations: list[Row]) -> list[Row]:
    """For each grassroots committee its working regulations of the term, and its work programme of the year."""
    rows: list[Row] = []
    heads = [row for row in grassroots(organisations) if row["form"] == "committee"]
    for i, row in enumerate(heads):
        issued = date(2015, 7, 6) + timedelta(days=3 * i)
        reviewed = date(2019, 1, 14) + timedelta(days=5 * i)
        rows.append(_document("QC", "working-regulations", row, issued) | {"reviewed": reviewed})
        rows.append(_document("CTr", "work-programme", row, date(2019, 1, 4) + timedelta(days=i)))
    return rows


def _document(code: str, kind: str, of: Row, issued: date) -> Row:
    title = f"{_TITLES[kind]} {text(of, 'name')}"
    key = f"{code}-{of['id']}"
    return {"id": key, "organisation": of["id"], "type": kind, "title": title, "issued": issued, "reviewed": None}


def organisation_ratings(organisations: list[Row]) -> list[Row]:
    """The ratings of 2018, 49 of 52 good or better, and of 2019, 50 of 52."""
    rows: list[Row] = []
    for year, merely_completed in ((2018, {14, 29, 41}), (2019, {29, 47})):
        for i, row in enumerate(grassroots(organisations)):
            level = "completed" if i in merely_completed else "excellent" if (i + year) % 6 == 0 else "good"
            decided = date(year, 12, 20 + i % 8)
            key = f"XL{year}-{row['id']}"
            rated = {"id": key, "organisation": row["id"], "year": year, "level": level, "date": decided}
            rows.append(rated | {"appraisal": f"TD{year}"})
    return rows


def member_ratings(organisations: list[Row]) -> list[Row]:
    """How many members each grassroots organisation rated at each level; excellent at most a fifth of good."""
    rows: list[Row] = []
    for year in (2018, 2019):
        for i, row in enumerate(grassroots(organisations)):
            members = number(row, "members")
            rated = members - members // 25
            not_completed = rated // 150 if (i + year) % 3 else 0
            completed = rated // (11 + i % 4)
            excellent = (rated - completed - not_completed) // (7 + i % 3)
            rows.append(
                {
                    "id": f"DV{year}-{row['id']}",
                    "organisation": row["id"],
                    "year": year,
                    "date": date(year, 12, 10 + i % 8),
                    "rated": rated,
                    "excellent": excellent,
                    "good": rated - excellent - completed - not_completed,
                    "completed": completed,
                    "not_completed": not_completed,
                }
            )
    return rows


def targets() -> list[Row]:
    """Two targets for one indicator: the city's own and the province's."""
    return [
        {
            "id": key,
            "organisation": CITY,
            "indicator": "admissions",
            "issuer": issuer,
            "counted_from": TERM,
            "counted_until": _TERM_ENDS,
            "value": value,
            "reached": ADMISSIONS,
            "percent": percent,
        }
        for key, issuer, value, percent in _TARGETS
    ]


def yearly_reports(organisations: list[Row], changed: list[Row]) -> list[Row]:
    """What each committee declares: the published figures for the city, the register's own for the others."""
    above = lines(organisations)
    admitted, grown = Counter[str](), Counter[str]()
    for row in changed:
        for head in above[text(row, "organisation")]:
            admitted[head] += row["change"] == "admitted"
            grown[head] += net(row)
    cells = Counter(row["parent"] for row in organisations if row["level"] == "cell" and row["dissolved"] is None)
    rows: list[Row] = []
    for body in organisations:
        if body["report"] is None:
            continue
        key, members = text(body, "id"), number(body, "members")
        row: Row = {"id": body["report"], "organisation": key, "as_at": AS_AT, "cells": cells[key]}
        row |= dict.fromkeys(_PUBLISHED) | {"members": members, "members_at_start": members - grown[key]}
        row |= {"growth": grown[key], "admissions": admitted[key]}
        if body["level"] == "city":
            row |= _PUBLISHED | {"cells": None}
        rows.append(row)
    return rows
