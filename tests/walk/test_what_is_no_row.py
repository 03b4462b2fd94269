"""Titles of sections, totals, notes and signatures are no rows; a row that may be one is never taken away."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from checker import api
from checker.model.period import Period
from checker.model.report import Report
from checker.model.words import Verdict
from checker.request import Tuning

RULES = """\
rulebook: club
title: Club
body: branches
sources: {statutes: {title: Statutes}}
records:
  branches: {key: id, fields: {id: , name: {required: true}, note: }}
  meetings:
    date: date
    fields:
      branch: {ref: branches, required: true}
      date: {type: date, required: true}
      present: {type: integer, required: true}
      note:
  offices: {key: id, fields: {id: , note: }}
rules:
  - id: r
    title: Twice a year
    cites: statutes § 1
    for: branches
    require: {frequency: {of: meetings, per: year, at_least: 2}}
"""
MEETINGS = (("A", "2019-03-05", "40", ""), ("A", "2019-09-05", "40", ""), ("B", "2019-04-07", "40", "held in the new hall"))
BRANCHES = (("A", "North", ""), ("B", "South", ""))


def sheet(folder: Path, name: str, header: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> None:
    text = io.StringIO()
    csv.writer(text).writerows((header, *rows))
    (folder / f"{name}.csv").write_text(text.getvalue(), encoding="utf-8")


def judged(
    folder: Path,
    meetings: tuple[tuple[str, ...], ...] = MEETINGS,
    branches: tuple[tuple[str, ...], ...] = BRANCHES,
    said: str = "",
    rules: str = RULES,
) -> Report:
    (folder / "rules.yaml").write_text(rules, encoding="utf-8")
    made = folder / "s"
    made.mkdir()
    sheet(made, "branches", ("id", "name", "note"), branches)
    sheet(made, "meetings", ("branch", "date", "present", "note"), meetings)
    (made / "submission.yaml").write_text(f"period: 2019\n{said}", encoding="utf-8")
    return api.check(made, folder / "rules.yaml", as_of=date(2019, 12, 31))


def shown(report: Report) -> list[tuple[str, int | None]]:
    return [(str(each.message), each.place.line if each.place else None) for each in report.notices if each.code == "no-row"]


def to_correct(report: Report) -> list[str]:
    return [each.rule for each in report.findings if each.rule.startswith("records/") and each.verdict.value == "violated"]


@pytest.mark.parametrize(
    "row",
    [
        ("Tổng cộng", "", "120", ""),
        ("", "TỔNG CỘNG:", "120", ""),
        ("Total", "", "120", ""),
        ("", "", "120", "Cộng"),
        ("I. Khối phường 1", "", "", ""),
        ("Ghi chú: số liệu tính đến 15/12/2019", "", "", ""),
        ("Người lập biểu", "", "Thủ trưởng đơn vị", ""),
        ("Nguyễn Văn A", "", "Trần Thị B", ""),
    ],
)
def test_what_is_no_row_is_set_apart_and_shown(tmp_path: Path, row: tuple[str, ...]) -> None:
    report = judged(tmp_path, (*MEETINGS, row))
    ((said, line),) = shown(report)
    assert " | ".join(cell for cell in row if cell) in said
    assert line == len(MEETINGS) + 2
    assert to_correct(report) == []
    assert {str(each.subject.id): each.verdict.value for each in report.findings if each.rule == "r"} == {
        "A": "satisfied",
        "B": "violated",
    }
    (account,) = [each for each in report.accounts if each.table == "meetings"]
    assert (account.rows, account.judged, account.rejected, account.refused, account.apart) == (4, 3, 0, 0, 1)


@pytest.mark.parametrize(
    "row",
    [
        ("C", "", "", ""),
        ("", "2019-05-01", "12", ""),
        ("A", "", "12", "the minutes were lost"),
        ("Total", "2019-05-01", "12", ""),
        ("Total", "", "12", "of all branches"),
        ("", "", "12", ""),
    ],
)
def test_a_row_that_may_be_one_is_kept(tmp_path: Path, row: tuple[str, ...]) -> None:
    report = judged(tmp_path, (*MEETINGS, row))
    assert shown(report) == []
    (account,) = [each for each in report.accounts if each.table == "meetings"]
    assert (account.rows, account.apart) == (4, 0)


def test_a_body_without_a_name_is_a_body_where_keys_have_several_words(tmp_path: Path) -> None:
    branches = (("A", "North", ""), ("Chi hội Phường 1", "One", ""), ("Chi hội Phường 2", "", ""))
    report = judged(tmp_path, branches=branches)
    assert shown(report) == []
    assert "records/branches/name/required" in to_correct(report)


def test_rows_keep_their_lines(tmp_path: Path) -> None:
    rows = (MEETINGS[0], ("I. Khối phường 1", "", "", ""), ("A", "", "12", "x"))
    report = judged(tmp_path, rows)
    assert [line for _, line in shown(report)] == [3]
    (finding,) = [each for each in report.findings if each.rule == "records/meetings/date/required"]
    assert finding.verdict.value == "violated"
    assert [row.line for row in finding.evidence] == [4]


def test_a_submission_can_say_that_every_row_is_one(tmp_path: Path) -> None:
    report = judged(tmp_path, (*MEETINGS, ("Tổng cộng", "", "120", "")), said="every_row: yes\n")
    assert shown(report) == []
    assert "records/meetings/date/required" in to_correct(report)


def test_of_many_such_rows_the_first_are_shown_and_all_are_counted(tmp_path: Path) -> None:
    report = judged(tmp_path, (*MEETINGS, *((f"Section number {n} of it", "", "", "") for n in range(30))))
    assert len(shown(report)) == 11
    assert any("20 more" in said for said, _ in shown(report))
    (account,) = [each for each in report.accounts if each.table == "meetings"]
    assert account.apart == 30


def workbook(folder: Path, names: tuple[str, ...]) -> Report:
    (folder / "rules.yaml").write_text(RULES, encoding="utf-8")
    book = openpyxl.Workbook()
    first = book.active
    first.title = "branches"
    for row in (("id", "name", "note"), *BRANCHES):
        first.append([cell or None for cell in row])
    for name, meeting in zip(names, MEETINGS, strict=True):
        made = book.create_sheet(name)
        made.append(("branch", "date", "present", "note"))
        made.append([cell or None for cell in meeting])
    book.save(folder / "s.xlsx")
    return api.check(folder / "s.xlsx", folder / "rules.yaml", period=Period.parse("2019"), as_of=date(2019, 12, 31))


@pytest.mark.parametrize(
    "names", [("meetings 3", "meetings 9", "meetings 4"), ("Meetings T3", "Meetings tháng 9", "meetings Q2")]
)
def test_sheets_with_a_number_each_are_one_table(tmp_path: Path, names: tuple[str, ...]) -> None:
    report = workbook(tmp_path, names)
    (account,) = [each for each in report.accounts if each.table == "meetings"]
    assert account.rows == 3
    assert "judged-as-one" in [each.code for each in report.notices]


def test_a_copy_of_a_sheet_is_no_part_of_it(tmp_path: Path) -> None:
    report = workbook(tmp_path, ("meetings", "meetings (2)", "meetings (3)"))
    (account,) = [each for each in report.accounts if each.table == "meetings"]
    assert account.rows == 1
    assert [each.code for each in report.notices].count("unknown-table") == 2


@pytest.mark.parametrize("tuning", [Tuning(small=-1), Tuning(small=-1, few_rows=0)])
@pytest.mark.parametrize("whole", [True, False])
def test_large_submissions_set_the_same_rows_apart(tmp_path: Path, tuning: Tuning, *, whole: bool) -> None:
    odd = (("Khối các phường", "", "", ""), *MEETINGS, ("Tổng cộng", "", "120", ""), ("", "", "", "Người lập bảng ký tên"))
    first = judged(tmp_path, odd if whole else MEETINGS)
    report = api.check(tmp_path / "s", tmp_path / "rules.yaml", as_of=date(2019, 12, 31), tuning=tuning)
    assert [each for each in report.accounts if each.table == "meetings"] == [
        each for each in first.accounts if each.table == "meetings"
    ]
    assert shown(report) == shown(first)
    assert len(shown(report)) == (3 if whole else 0)
    counts = [[(rule.id, verdict, rule.count(verdict)) for rule in each.rules for verdict in Verdict] for each in (report, first)]
    assert counts[0] == counts[1]


def test_a_total_or_a_repeated_header_that_has_all_that_is_required_is_judged_and_named(tmp_path: Path) -> None:
    rules = RULES.replace("name: {required: true}", "name: ")
    rows = (*BRANCHES, ("ID", "Name", ""), ("Total", "2", ""), ("Total war", "", ""), ("name", "Name", ""), ("Sum", "of all", ""))
    report = judged(tmp_path, branches=rows, rules=rules)
    named = [(str(each.message), each.place and each.place.line) for each in report.notices if each.code == "maybe-no-row"]
    assert [line for _, line in named] == [4, 5]
    assert "'ID | Name'" in named[0][0]
    assert "'Total | 2'" in named[1][0]
    assert {str(each.subject.id) for each in report.findings if each.rule == "r"} >= {"A", "B", "ID", "Total", "Total war", "Sum"}
