"""Comparisons are exact: at every bound, and one row on either side of it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from checker import api

RULES = """\
rulebook: bounds
title: Bounds
sources: {{law: {{title: Law}}}}
records:
  organisations: {{key: id, fields: {{id: {{}}, members: {{type: integer}}}}}}
  meetings:
    key: id
    fields: {{id: {{}}, organisation: {{ref: organisations}}, present: {{type: integer}}, eligible: {{type: integer}}}}
rules:
  - {{id: r, title: R, cites: law art. 1, for: organisations, require: {require}}}
"""


def verdict(tmp_path: Path, require: str, rows: list[tuple[int, int]], members: int = 0) -> str:
    """The verdict on an organisation with these meetings (present, eligible)."""
    rules = tmp_path / "rules.yaml"
    rules.write_text(RULES.format(require=require), encoding="utf-8")
    meetings = [{"id": str(n), "organisation": "A", "present": p, "eligible": e} for n, (p, e) in enumerate(rows)]
    tables = {"organisations": [{"id": "A", "members": members}], "meetings": meetings}
    submission = tmp_path / "submission.json"
    submission.write_text(json.dumps({"submission": {"period": "2019"}, "tables": tables}), encoding="utf-8")
    report = api.check(submission, rules, as_of=date(2019, 12, 31), select=["r"])
    (finding,) = report.findings
    return str(finding.verdict)


RATES = [
    ("at_least: 2/3", [(2, 3)], "satisfied"),
    ("more_than: 2/3", [(2, 3)], "violated"),
    ("at_least: 2/3", [(666_666_666_666, 1_000_000_000_000)], "violated"),
    ("at_least: 2/3", [(666_666_666_667, 1_000_000_000_000)], "satisfied"),
    ("at_least: 85%", [(17, 20)], "satisfied"),
    ("more_than: 85%", [(17, 20)], "violated"),
    ("more_than: 85%", [(850_001, 1_000_000)], "satisfied"),
    ("more_than: 85%", [(8, 10), (9, 10)], "violated"),
    ("less_than: 15%", [(15, 100)], "violated"),
    ("at_most: 15%", [(15, 100)], "satisfied"),
    ("exactly: 100%", [(72, 72)], "satisfied"),
    ("exactly: 100%", [(71, 72)], "violated"),
    ("exactly: 1/3", [(1, 3)], "satisfied"),
    ("at_least: 69.28%", [(866, 1250)], "satisfied"),
    ("more_than: 69.28%", [(866, 1250)], "violated"),
    ("at_least: 0.1", [(1, 10)], "satisfied"),
    ("more_than: 0.1", [(1, 10), (1, 10), (1, 10)], "violated"),
]


@pytest.mark.parametrize(("bound", "rows", "expected"), RATES)
def test_rates(bound: str, rows: list[tuple[int, int]], expected: str, tmp_path: Path) -> None:
    require = f"{{rate: {{of: meetings, part: present, whole: eligible, {bound}}}}}"
    assert verdict(tmp_path, require, rows) == expected


SHARES = [("at_least: 1/2", 1, "satisfied"), ("more_than: 1/2", 1, "violated"), ("at_least: 50.000001%", 1, "violated")]


@pytest.mark.parametrize(("bound", "good", "expected"), SHARES)
def test_shares(bound: str, good: int, expected: str, tmp_path: Path) -> None:
    require = f"{{share: {{of: meetings, that: present > 0, {bound}}}}}"
    assert verdict(tmp_path, require, [(good, 1), (0, 1)]) == expected


COUNTS = [
    ("at_least: 2", 2, "satisfied"),
    ("at_least: 3", 2, "violated"),
    ("more_than: 2", 2, "violated"),
    ("at_most: 2", 2, "satisfied"),
    ("less_than: 2", 2, "violated"),
    ("exactly: 2", 2, "satisfied"),
    ("exactly: 2.5", 2, "violated"),
    ("at_least: members / 3", 2, "satisfied"),
    ("more_than: members / 3", 2, "violated"),
]


@pytest.mark.parametrize(("bound", "rows", "expected"), COUNTS)
def test_counts(bound: str, rows: int, expected: str, tmp_path: Path) -> None:
    require = f"{{coverage: {{of: meetings, {bound}}}}}"
    assert verdict(tmp_path, require, [(1, 1)] * rows, members=6) == expected


TOTALS = [(0, "satisfied"), (1, "violated"), (2, "violated")]


@pytest.mark.parametrize(("off", "expected"), TOTALS)
def test_totals(off: int, expected: str, tmp_path: Path) -> None:
    require = "{total: {declared: members, of: meetings, sum: present}}"
    assert verdict(tmp_path, require, [(3, 3), (4, 4)], members=7 + off) == expected


@pytest.mark.parametrize(("off", "expected"), [(1, "satisfied"), (-1, "satisfied"), (2, "violated")])
def test_tolerances(off: int, expected: str, tmp_path: Path) -> None:
    require = "{total: {declared: members, of: meetings, sum: present, tolerance: 1}}"
    assert verdict(tmp_path, require, [(3, 3), (4, 4)], members=7 + off) == expected
