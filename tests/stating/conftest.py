"""Workbooks and folders with a manifest that states their tables, and what a check makes of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from checker import api
from checker.errors import Place
from checker.model.report import Report
from checker.request import USUAL, Tuning

RULES = """\
rulebook: club
title: Club
languages: [en, vi]
body: branches
sources: {statutes: {title: Statutes}}
records:
  branches: {title: {en: Branches, vi: Chi hội}, key: id, fields: {id: {headers: [Mã chi hội]}, name: {headers: [Tên]}}}
  members: {title: Members, key: name, fields: {name: {headers: [Họ và tên]}}}
  meetings:
    title: {en: Meetings, vi: Cuộc họp}
    date: date
    fields:
      branch: {ref: branches, required: true, headers: [Mã chi hội]}
      date: {type: date, required: true, headers: [Ngày họp]}
      month: {type: integer, default: "0"}
      present: {type: integer, headers: [Có mặt]}
  attendance:
    date: date
    fields:
      member: {ref: members, required: true, headers: [Họ và tên]}
      branch: {ref: branches}
      date: {type: date, required: true}
      present: {type: boolean, required: true}
  came:
    date: date
    fields:
      member: {ref: members, required: true, headers: [Họ và tên]}
      date: {type: date, required: true}
rules:
  - id: r
    title: Meets
    cites: statutes § 1
    for: branches
    require: {frequency: {of: meetings, at_least: 2, per: year}}
  - id: s
    title: Comes
    cites: statutes § 2
    for: members
    require: {frequency: {of: attendance, where: present, at_least: 2, per: year}}
  - id: t
    title: Came
    cites: statutes § 2
    for: members
    require: {frequency: {of: came, at_least: 2, per: year}}
  - id: often
    title: Comes often
    cites: statutes § 2
    for: members
    require: {frequency: {of: attendance, where: present, at_least: 100, per: year}}
"""
BRANCHES = [["id", "name"], ["A", "One"], ["B", "Two"]]
MEMBERS = [["Họ và tên"], ["Ann"], ["Bo"]]
HEADER: list[object] = ["Mã chi hội", "Ngày họp", "Có mặt"]

Sheets = Mapping[str, Sequence[Sequence[object]]]
Judge = Callable[..., Report]


@pytest.fixture(scope="session")
def written() -> Callable[[Path, str], Path]:
    """Writes a rulebook once, so that it is compiled once."""
    found: dict[str, Path] = {}

    def written(folder: Path, text: str) -> Path:
        if text not in found:
            found[text] = folder / "rules.yaml"
            found[text].write_text(text, encoding="utf-8")
        return found[text]

    return written


@pytest.fixture
def judge(tmp_path: Path, written: Callable[[Path, str], Path]) -> Judge:
    """Judges sheets of a workbook in a folder, with the manifest beside it; files of text may stand there too.

    `prepare` changes the workbook before it is written.
    """

    def judge(
        sheets: Sheets,
        tables: object,
        files: Mapping[str, str] | None = None,
        prepare: Callable[[Any], None] = lambda _: None,
        **more: object,
    ) -> Report:
        rules = written(tmp_path, str(more.pop("rules", RULES)))
        tuning = more.pop("tuning", USUAL)
        assert isinstance(tuning, Tuning)
        folder = tmp_path / "s"
        folder.mkdir()
        book = openpyxl.Workbook()
        for name, rows in {"branches": BRANCHES, "members": MEMBERS, **sheets}.items():
            sheet = book.create_sheet(name)
            for number, row in enumerate(rows, 1):
                for column, value in enumerate(row, 1):
                    sheet.cell(number, column).value = value
        del book["Sheet"]
        prepare(book)
        book.save(folder / "book.xlsx")
        for name, text in (files or {}).items():
            (folder / name).write_text(text, encoding="utf-8")
        manifest = {"period": "2025", **({"tables": tables} if tables else {}), **more}
        (folder / "submission.yaml").write_text(yaml.safe_dump(manifest, allow_unicode=True), encoding="utf-8")
        return api.check(folder, rules, as_of=date(2025, 12, 31), tuning=tuning)

    return judge


def verdicts(report: Report, rule: str = "r") -> dict[str, str]:
    """The verdict of each subject of a rule."""
    return {str(each.subject.id): each.verdict.value for each in report.findings if each.rule == rule}


def notices(report: Report, *without: str) -> list[str]:
    """The notices by code and place in the folder, without some codes."""
    return [f"{each.code} {_place(each.place)}" for each in report.notices if each.code not in without]


def problems(report: Report) -> list[str]:
    """The problems by code and place in the folder."""
    return [f"{each.code} {_place(each.place)}" for each in report.problems]


def account(report: Report, table: str) -> tuple[int, int, int]:
    """How many rows of a table were read, judged and set apart."""
    (found,) = [each for each in report.accounts if each.table == table]
    return found.rows, found.judged, found.apart


def wrong_cells(report: Report) -> list[str]:
    """The cells that are to be corrected."""
    found = [row for each in report.findings if each.rule.startswith("records/") for row in each.evidence]
    return sorted({str(Place(Path(row.file).name, row.line, row.column, row.sheet)) for row in found})


def counted(report: Report, rule: str, subject: str) -> list[str]:
    """Where the rows stand that count for a subject."""
    found = [each for each in report.findings if each.rule == rule and each.subject.id == subject]
    rows = [row for each in found for row in each.evidence]
    return [str(Place(Path(row.file).name, row.line, row.column, row.sheet)) for row in rows]


def _place(place: object) -> str:
    return str(place).rpartition("/s/")[2]
