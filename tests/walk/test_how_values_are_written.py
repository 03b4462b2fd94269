"""The same values, written as people write them, in every kind of file: the same verdicts, whoever declares how."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from pathlib import Path

import duckdb
import openpyxl
import pytest

from checker import api
from checker.errors import RecordsError

RULES = """\
rulebook: club
title: Club
body: branches
sources: {statutes: {title: Statutes}}
records:
  branches:
    key: id
    fields: {id: , share: {type: number, max: 100}, members: {type: integer}, active: {type: boolean}, founded: {type: date}}
rules:
  - id: r
    title: Shares
    cites: statutes § 1
    for: branches
    require: {condition: {that: "share >= 85 and members >= 1000 and active and founded = date '2019-03-01'"}}
"""
WRITTEN = {
    "decimal": ",",
    "thousands": ".",
    "true words": "x; ✓",
    "missing": "-",
    "with time": "yes",
    "formats": "%d/%m/%Y",
}
COLUMNS = ("id", "share", "members", "active", "founded")
ROWS = (
    ("A", "98,76", "1.250", "x", "01/03/2019 8:30"),
    ("B", "84,99", "1250", "✓", "2019-03-01"),
    ("C", "98.76", "1.250", "x", "2019-03-01T08:30:00Z"),
    ("D", "98,76", "-", "x", "2019-03-01"),
)
EXPECTED = {"A": "satisfied", "B": "violated", "C": "undetermined", "D": "undetermined"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    return tmp_path


def manifest(folder: Path, said: dict[str, str]) -> None:
    lines = {"period": "2019", **said}
    (folder / "submission.yaml").write_text("".join(f"{k}: {json.dumps(v)}\n" for k, v in lines.items()), encoding="utf-8")


def verdicts(submission: Path, rules: Path) -> dict[str, str]:
    report = api.check(submission, rules, as_of=date(2019, 12, 31))
    return {str(each.subject.id): each.verdict.value for each in report.findings if each.rule == "r"}


def as_csv(folder: Path, rows: object = ROWS) -> Path:
    made = folder / "s"
    made.mkdir()
    lines = [";".join(row) for row in (COLUMNS, *rows)]  # type: ignore[misc]
    (made / "branches.csv").write_text("\n".join(lines), encoding="utf-8")
    manifest(made, WRITTEN)
    return made


def as_workbook(folder: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "branches"
    for row in (COLUMNS, *ROWS, ("E", 98.765, 1250, True, date(2019, 3, 1)), ("F", 1.125, 1250, True, date(2019, 3, 1))):
        sheet.append(row)
    said = book.create_sheet("submission")
    for line in {"period": "2019", **WRITTEN}.items():
        said.append(line)
    book.save(folder / "s.xlsx")
    return folder / "s.xlsx"


def as_database(folder: Path) -> Path:
    with sqlite3.connect(folder / "s.sqlite") as database:
        database.execute("CREATE TABLE branches (id TEXT PRIMARY KEY, share, members, active, founded)")
        rows = (*ROWS, ("E", 98.765, 1250, "x", "2019-03-01"), ("F", 1.125, 1250, "x", "2019-03-01"))
        database.executemany("INSERT INTO branches VALUES (?, ?, ?, ?, ?)", rows)
        database.execute("CREATE TABLE submission (key TEXT PRIMARY KEY, value TEXT)")
        database.executemany("INSERT INTO submission VALUES (?, ?)", {"period": "2019", **WRITTEN}.items())
    return folder / "s.sqlite"


def as_json(folder: Path) -> Path:
    made = folder / "s"
    made.mkdir()
    rows = (*ROWS, ("E", 98.765, 1250, True, "2019-03-01"), ("F", 1.125, 1250, True, "2019-03-01"))
    (made / "branches.json").write_text(json.dumps([dict(zip(COLUMNS, row, strict=True)) for row in rows]), encoding="utf-8")
    manifest(made, WRITTEN)
    return made


def test_text_is_read_as_the_manifest_says(folder: Path) -> None:
    assert verdicts(as_csv(folder), folder / "rules.yaml") == EXPECTED


@pytest.mark.parametrize("made", [as_workbook, as_database, as_json])
def test_a_cell_that_holds_a_number_is_that_number(folder: Path, made: object) -> None:
    assert callable(made)
    assert verdicts(made(folder), folder / "rules.yaml") == {**EXPECTED, "E": "satisfied", "F": "violated"}


def test_so_is_one_of_parquet(folder: Path) -> None:
    made = folder / "s"
    made.mkdir()
    moment, day = "TIMESTAMP '2019-03-01 08:30'", "TIMESTAMP '2019-03-01'"
    rows = f"('A', 98.765::DOUBLE, 1250, TRUE, {moment}), ('B', 1.125::DOUBLE, 1250, TRUE, {day})"
    duckdb.sql(f"COPY (FROM (VALUES {rows}) AS t({', '.join(COLUMNS)})) TO '{made / 'branches.parquet'}'")
    manifest(made, WRITTEN)
    assert verdicts(made, folder / "rules.yaml") == {"A": "satisfied", "B": "violated"}


def test_what_was_said_of_one_submission_is_not_believed_of_the_next(folder: Path) -> None:
    made = as_csv(folder)
    assert verdicts(made, folder / "rules.yaml") == EXPECTED
    manifest(made, {})
    assert verdicts(made, folder / "rules.yaml") == dict.fromkeys("ABCD", "undetermined")
    manifest(made, WRITTEN)
    assert verdicts(made, folder / "rules.yaml") == EXPECTED


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("decimal", ";", "bad-value"),
        ("thousands", "_", "bad-value"),
        ("thousands", ",", "common-sign"),
        ("with time", "maybe", "bad-value"),
        ("formats", "%d/%m", "bad-format"),
        ("true words", "x; no", "common-synonym"),
        ("false words", "yes", "common-synonym"),
    ],
)
def test_what_a_manifest_cannot_say(folder: Path, key: str, value: str, code: str) -> None:
    made = as_csv(folder)
    manifest(made, {**WRITTEN, key: value})
    with pytest.raises(RecordsError) as raised:
        api.check(made, folder / "rules.yaml")
    (problem,) = raised.value.problems
    assert problem.code == code
    assert problem.place is not None
    assert problem.place.file.endswith("submission.yaml")
