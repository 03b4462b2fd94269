"""Forms: filled in as an office does, they come back without a notice; what authors call things cannot break them."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.worksheet.datavalidation import DataValidation

from checker import api
from checker.cli.main import program
from checker.model.period import Period
from checker.model.report import Report
from checker.model.words import Verdict

ROOT = Path(__file__).parents[2]
NO_OFFICE = shutil.which("soffice") is None and "CHECKER_TEST_LIBREOFFICE" not in os.environ
HOSTILE = Path(__file__).parent / "hostile.yaml"
FAULTY = ROOT / "examples" / "rach-gia-2019-faulty"


def made(*arguments: str | Path) -> None:
    done = CliRunner().invoke(program, ["template", *map(str, arguments)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    assert done.output == ""


@cache
def of_the_example() -> Report:
    return api.check(FAULTY, as_of=date(2019, 12, 31))


def said(report: Report) -> list[str]:
    return [str(problem) for problem in (*report.problems, *report.notices)]


def verdicts(report: Report, below: str | None = None) -> set[tuple[object, ...]]:
    return {
        (finding.rule, finding.subject.id, finding.window, finding.verdict)
        for finding in report.findings
        if finding.verdict in {Verdict.VIOLATED, Verdict.UNDETERMINED}
        and (below is None or below in {body for body, _ in finding.subject.path})
    }


def checks(sheet: Any) -> dict[str, DataValidation]:
    """The checks of the columns of a sheet, by the headers."""
    headers = {cell.column_letter: cell.value for cell in sheet[1]}
    return {headers[str(each.sqref)[0]]: each for each in sheet.data_validations.dataValidation}


def choices(book: Any, check: DataValidation) -> list[str]:
    sheet, _, area = check.formula1.rpartition("!")
    return [cell.value for (cell,) in book[sheet.strip("'")][area.replace("$", "")]]


ENGLISH = {
    "branches": [["B1", "North", 12, date(2015, 3, 1), None], ["B2", "=South", 8, date(2016, 5, 20), None]],
    "meetings": [["B1", "assembly", date(2025, 3, 5), 12, 11], ["B2", "board", date(2025, 9, 4), 8, 8]],
    "documents": [["B1", "working regulations", date(2025, 1, 10)]],
}
VIETNAMESE = {
    "Chi hội": ENGLISH["branches"],
    "Cuộc họp": [["B1", "đại hội", date(2025, 3, 5), 12, 11], ["B2", "ban chấp hành", date(2025, 9, 4), 8, 8]],
    "Văn bản": [["B1", "quy chế làm việc", date(2025, 1, 10)]],
}


@pytest.mark.parametrize(("language", "rows"), [("en", ENGLISH), ("vi", VIETNAMESE)])
def test_a_form_that_is_filled_in_comes_back_without_a_notice(language: str, rows: Any, tmp_path: Path) -> None:
    rules = ROOT / "checker" / "starter" / language
    made(rules, "-o", tmp_path / "form.xlsx", "-p", "2025", "--lang", language)
    book = openpyxl.load_workbook(tmp_path / "form.xlsx")
    for name, lines in rows.items():
        sheet = book[next(each for each in book.sheetnames if each.casefold() == name.casefold())]
        for number, line in enumerate(lines, 2):
            for column, value in enumerate(line, 1):
                cell = sheet.cell(number, column, value)
                if isinstance(value, str):
                    cell.data_type = "s"
                    offered = checks(sheet)[sheet.cell(1, column).value]
                    assert offered.type != "list" or "OFFSET" in offered.formula1 or value in choices(book, offered)
    book.worksheets[0]["B4"], book.worksheets[0]["B5"] = date(2025, 12, 31), "Our office"
    book.save(tmp_path / "filled.xlsx")
    report = api.check(tmp_path / "filled.xlsx", rules)
    assert said(report) == []
    assert (report.run.period.label, report.run.as_of, report.run.submitted_by) == ("2025", date(2025, 12, 31), "Our office")
    assert [(account.state, account.rows, account.unread, account.missing) for account in report.accounts] == [
        ("read", 2, (), ()),
        ("read", 2, (), ()),
        ("read", 1, (), ()),
    ]
    assert not [finding for finding in report.findings if finding.rule.startswith("records/") and finding.verdict != "satisfied"]


@pytest.mark.parametrize("language", ["en", "vi"])
def test_an_empty_form_is_a_submission_of_empty_tables(language: str, tmp_path: Path) -> None:
    made("vn-party-grassroots", "-o", tmp_path / "form.xlsx", "--csv", tmp_path / "csv", "-p", "2019", "--lang", language)
    for submission in ("form.xlsx", "csv"):
        report = api.check(tmp_path / submission)
        assert [each.code for each in (*report.problems, *report.notices)] == ["nothing-judged"] or said(report) == []
        assert {account.state for account in report.accounts} == {"empty"}
        assert not [account for account in report.accounts if account.missing or account.unread]


def test_columns_are_checked_as_they_are_filled_in(tmp_path: Path) -> None:
    made("vn-party-grassroots", "-o", tmp_path / "form.xlsx", "--lang", "vi")
    book = openpyxl.load_workbook(tmp_path / "form.xlsx")
    found = checks(book["Cuộc họp"])
    assert choices(book, found["Tình trạng"]) == ["đã họp", "đã hủy", "dự kiến"]
    assert "'Tổ chức đảng'!$A$2" in found["Mã tổ chức"].formula1
    assert (found["Mã tổ chức"].errorStyle, found["Tình trạng"].errorStyle) == ("warning", None)
    assert (found["Ngày họp"].type, found["Có mặt"].type) == ("date", "whole")
    assert (found["Có mặt"].formula1, found["Có mặt"].formula2) == ("0", "10000")
    assert found["Ngày họp"].prompt.startswith("Ngày, ghi như 2019-12-31")
    assert choices(book, checks(book["Tổ chức đảng"])["Hoạt động phân tán"]) == ["có", "không"]
    header = {cell.value: cell for cell in book["Cuộc họp"][1]}
    assert header["Ngày họp"].fill.fgColor.rgb != header["Triệu tập"].fill.fgColor.rgb
    assert "Bắt buộc ghi." in header["Ngày họp"].comment.text
    assert book["Danh mục của biểu mẫu"].sheet_state == "hidden"


def test_every_column_is_explained_with_the_clauses_that_ask_for_it(tmp_path: Path) -> None:
    made("vn-party-grassroots", "-o", tmp_path / "form.xlsx", "--lang", "en")
    book = openpyxl.load_workbook(tmp_path / "form.xlsx")
    _, *rows = book["Columns explained"].iter_rows(values_only=True)
    explained = {row[:2]: row[2:] for row in rows}
    tables = [sheet for sheet in book.worksheets[1:] if (sheet.title, sheet["A1"].value) in explained]
    assert explained.keys() == {(sheet.title, cell.value) for sheet in tables for cell in sheet[1]}
    purpose, accepts, empty, clauses, rules = explained["Meetings", "Present"]
    assert (purpose, accepts, empty) == (None, "a whole number in figures, between 0 and 10000", "May be left empty.")
    assert (clauses, rules) == ("hd-12-2018 frame; city-report-2019 attendance", 7)
    _, *pairs = book["Rules by column"].iter_rows(values_only=True)
    assert len([pair for pair in pairs if pair[:2] == ("Meetings", "Present")]) == 7
    # Of an exception the rules are named that it displaces.
    assert [pair[2] for pair in pairs if pair[:2] == ("Party organisations", "Declared dispersed")] == [
        "A subordinate cell meets every month."
    ]


def test_a_form_of_last_years_rows_says_what_they_said(tmp_path: Path) -> None:
    made("vn-party-grassroots", "-o", tmp_path / "form.xlsx", "--csv", tmp_path / "csv", "--from", FAULTY, "-p", "2019")
    day = date(2019, 12, 31)
    before = of_the_example()
    for submission in ("form.xlsx", "csv"):
        again = api.check(tmp_path / submission, as_of=day)
        assert said(again) == said(before) == []
        assert [(rule.id, rule.counts) for rule in again.rules] == [(rule.id, rule.counts) for rule in before.rules]


def test_a_form_for_one_body_has_its_rows_and_what_they_refer_to(tmp_path: Path) -> None:
    made("vn-party-grassroots", "-o", tmp_path / "form.xlsx", "--from", FAULTY, "--body", "AB", "-p", "2019")
    day = date(2019, 12, 31)
    before, again = of_the_example(), api.check(tmp_path / "form.xlsx", as_of=day)
    assert said(again) == []
    assert verdicts(again, "AB") == verdicts(before, "AB")
    assert verdicts(again, "AB")
    assert again.run.submitted_by == "Đảng bộ phường An Bình"
    book = openpyxl.load_workbook(tmp_path / "form.xlsx")
    keys = [(row[0].value, row[0].font.i) for row in book["Tổ chức đảng"].iter_rows(min_row=2)]
    assert ("AB", False) in keys
    assert [key for key, others in keys if others] == ["TU"]
    assert all(key.startswith("AB") for key, others in keys if not others)
    assert book["Tổ chức đảng"]["F2"].value == datetime(2005, 8, 1)  # noqa: DTZ001 -- a day, as a workbook keeps it


def test_of_what_lasts_no_meetings_are_filled_in(tmp_path: Path) -> None:
    made("vn-party-grassroots", "--csv", tmp_path / "csv", "--from", FAULTY, "--body", "AB", "--lasting")
    lines = {path.stem: len(path.read_text(encoding="utf-8").splitlines()) for path in (tmp_path / "csv").glob("*.csv")}
    assert lines["organisations"] == 16
    assert (lines["meetings"], lines["appraisals"]) == (1, 1)


def test_what_of_an_earlier_submission_cannot_be_read_is_reported(tmp_path: Path) -> None:
    (tmp_path / "last").mkdir()
    (tmp_path / "last" / "branches.csv").write_text("Code,name\nB1,North\n", encoding="utf-8")
    (tmp_path / "last" / "meetings.csv").write_text("what,is,this\n1,2,3\n", encoding="utf-8")
    arguments = ["template", str(ROOT / "checker" / "starter" / "en"), "-o", str(tmp_path / "form.xlsx")]
    done = CliRunner().invoke(program, [*arguments, "--from", str(tmp_path / "last")])
    assert done.exit_code == 2
    assert "meetings.csv" in done.output
    assert openpyxl.load_workbook(tmp_path / "form.xlsx")["Branches"]["B2"].value == "North"


@pytest.mark.parametrize("ending", ["html", "md"])
def test_hostile_names_come_back_as_they_are(ending: str, tmp_path: Path) -> None:
    (tmp_path / "last.yaml").write_text(
        "tables:\n  bodies:\n  - {id: '=1+1', name: \"'=cmd|' /C calc'!A0\", kind: '+b', 'on': 05/04/2019, n: 1000000.5, i: 12}\n"
        "  - {id: '007', name: '-1', up: '=1+1', kind: \"'quoted\", i: 123456789012345678, yes: có}\n"
        "  twins: []\n  twins_too: []\n  manifesto: []\n  lists: []\n  history: []\n",
        encoding="utf-8",
    )
    arguments = ("--from", tmp_path / "last.yaml", "--csv", tmp_path / "csv", "--dictionary", tmp_path / f"columns.{ending}")
    made(HOSTILE, "-o", tmp_path / "form.xlsx", "-p", "2019", *arguments)
    before = api.check(tmp_path / "last.yaml", HOSTILE, period=Period.parse("2019"))
    for submission in ("form.xlsx", "csv"):
        again = api.check(tmp_path / submission, HOSTILE)
        assert said(again) == []
        assert verdicts(again) == verdicts(before)
    book = openpyxl.load_workbook(tmp_path / "form.xlsx")
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in book.sheetnames)
    assert len({name.casefold() for name in book.sheetnames}) == 10
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert [cell.value for cell in book.worksheets[1][3]][:3] == ["007", "-1", "=1+1"]
    page = (tmp_path / f"columns.{ending}").read_text(encoding="utf-8")
    assert "A header of more than thirty-two letters" in page
    assert ending == "md" or "<script" not in page


def test_the_same_form_is_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        made("vn-party-grassroots", "-o", tmp_path / f"{name}.xlsx", "--dictionary", tmp_path / f"{name}.html")
    for ending in ("xlsx", "html"):
        assert (tmp_path / f"a.{ending}").read_bytes() == (tmp_path / f"b.{ending}").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "Say what to write"),
        (("-o", "form.pdf"), "--output form.pdf: the name ends in none of .xlsx."),
        (("--dictionary", "form.xlsx"), "the name ends in none of .html, .htm, .md, .markdown."),
        (("-o", "form.xlsx", "--body", "AB"), "--body needs an earlier submission"),
        (("-o", "form.xlsx", "--lasting"), "--lasting needs an earlier submission"),
        (("-o", "form.xlsx", "--from", FAULTY, "--body", "ab"), "Did you mean 'AB'?"),
        (("-o", "nowhere/form.xlsx"), "cannot be written"),
        (("--csv", "."), "there is something of that name already"),
    ],
)
def test_what_makes_no_sense_is_refused(
    arguments: tuple[str | Path, ...], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(program, ["template", "vn-party-grassroots", *map(str, arguments)])
    assert done.exit_code == 2
    assert message in done.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(NO_OFFICE, reason="LibreOffice is not installed (apt-get install libreoffice-calc)")
def test_a_spreadsheet_program_opens_and_saves_a_form(tmp_path: Path) -> None:
    made("vn-party-grassroots", "-o", tmp_path / "form.xlsx", "--from", FAULTY, "--body", "AB", "-p", "2019")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "saved"), "form.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    day = date(2019, 12, 31)
    again, before = (api.check(tmp_path / name / "form.xlsx", as_of=day) for name in ("saved", "."))
    assert said(again) == []
    assert verdicts(again) == verdicts(before)
    found = checks(openpyxl.load_workbook(tmp_path / "saved" / "form.xlsx")["Cuộc họp"])
    assert [found[name].type for name in ("Tình trạng", "Mã tổ chức", "Ngày họp", "Có mặt")] == ["list", "list", "date", "whole"]
