"""Headers as people write them: over two rows, with column numbers below, with notes, marks and units."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from checker import api
from checker.model.report import Report
from checker.records.matching import plain

RULES = """\
rulebook: club
title: Club
body: branches
sources: {statutes: {title: Statutes}}
records:
  branches: {key: id, fields: {id: {headers: [Mã chi hội]}}}
  meetings:
    date: date
    fields:
      branch: {ref: branches, headers: [Mã chi hội]}
      date: {type: date, headers: [Ngày họp]}
      invited: {type: integer, headers: [Triệu tập]}
      present: {type: integer, headers: [Có mặt], default: "0"}
rules:
  - id: r
    title: Attendance
    cites: statutes § 1
    for: branches
    require: {rate: {of: meetings, part: present, whole: invited, per: year, at_least: 80%}}
"""
ROWS = (("A", "2019-03-05", "40", "38"), ("B", "2019-04-07", "40", "20"))
HEADER = ("Mã chi hội", "Ngày họp", "Triệu tập", "Có mặt")


def judged(folder: Path, kind: str, *rows: tuple[str, ...]) -> Report:
    (folder / "rules.yaml").write_text(RULES, encoding="utf-8")
    made = folder / "s"
    made.mkdir()
    (made / "branches.csv").write_text("id\nA\nB\n", encoding="utf-8")
    (made / "submission.yaml").write_text("period: 2019\n", encoding="utf-8")
    if kind == "csv":
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        (made / "meetings.csv").write_text(text.getvalue(), encoding="utf-8")
    else:
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = "meetings"
        for row in rows:
            sheet.append([cell or None for cell in row])
        book.save(made / "meetings.xlsx")
    return api.check(made, folder / "rules.yaml", as_of=date(2019, 12, 31))


def verdicts(report: Report) -> dict[str, str]:
    return {str(each.subject.id): each.verdict.value for each in report.findings if each.rule == "r"}


def notices(report: Report) -> list[str]:
    return [each.code for each in report.notices]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("above", "codes"),
    [
        ((HEADER,), []),
        ((("Mã chi hội", "Ngày họp", "Số người", ""), ("", "", "Triệu tập", "Có mặt")), ["header-of-two-rows"]),
        ((("", "", "Triệu tập", "Có mặt"), ("Mã chi hội", "Ngày họp", "", "")), ["header-of-two-rows"]),
        ((HEADER, ("(1)", "(2)", "(3)", "(4)")), ["column-numbers"]),
        (
            (("Mã chi hội", "Ngày họp", "Số người", ""), ("", "", "Triệu tập", "Có mặt"), ("(1)", "(2)", "(3)", "(4)")),
            ["header-of-two-rows", "column-numbers"],
        ),
        ((("Mã\nchi hội", "Ngày họp (*)", "Triệu tập (người)", "Có mặt:"),), ["header-with-notes"] * 3),
        ((("List of meetings",), ("Year 2019",), HEADER), ["rows-above-header"]),
    ],
)
def test_a_header_is_found(tmp_path: Path, kind: str, above: tuple[tuple[str, ...], ...], codes: list[str]) -> None:
    report = judged(tmp_path, kind, *above, *ROWS)
    assert verdicts(report) == {"A": "satisfied", "B": "violated"}
    assert notices(report) == codes


def test_figures_alone_may_be_data(tmp_path: Path) -> None:
    report = judged(tmp_path, "csv", HEADER, ("1", "2", "3", "4"), *ROWS)
    assert "column-numbers" not in notices(report)
    (account,) = [each for each in report.accounts if each.table == "meetings"]
    assert account.rows == len(ROWS) + 1


def test_two_rows_that_name_the_same_are_no_header_of_two_rows(tmp_path: Path) -> None:
    report = judged(tmp_path, "csv", HEADER, HEADER, *ROWS)
    assert "header-of-two-rows" not in notices(report)


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Ngày họp (*)", "Ngày họp"),
        ("Có mặt (người) **:", "Có mặt"),
        ("Present [1]", "Present"),
        ("Tỷ lệ (%)", "Tỷ lệ (%)"),
        ("Hội phí (triệu đồng)", "Hội phí (triệu đồng)"),
        ("Triệu tập (người)", "Triệu tập"),
        ("Income (thousand EUR)", "Income (thousand EUR)"),
        ("Có biên bản?", "Có biên bản"),
    ],
)
def test_notes_are_taken_off_but_not_what_a_number_is_of(header: str, name: str) -> None:
    assert " ".join(plain(header).split()) == name


def test_a_percentage_is_not_taken_for_a_number_of_people(tmp_path: Path) -> None:
    report = judged(tmp_path, "csv", ("Mã chi hội", "Ngày họp", "Triệu tập", "Có mặt (%)"), *ROWS)
    assert verdicts(report) == dict.fromkeys("AB", "undetermined")
    assert "unknown-column" in notices(report)
