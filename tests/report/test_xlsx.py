"""Workbooks, read back by another library than the one that writes them."""

from __future__ import annotations

import gc
import io
import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from checker.errors import Place, Problem
from checker.model.period import Period
from checker.model.report import Report
from checker.model.waivers import Waiver, WaiverState, WaiverUse
from checker.model.words import Verdict
from checker.report import Narrowing, Presentation
from checker.report.formats import CHECK, UNMET
from checker.report.xlsx import check
from tests.report.fixture import both, report
from tests.said import just

SHEETS = {
    "en": [
        *["Summary", "Breaches", "To correct in the file", "What would settle most", "Unmet, by body", "Standings", "Rules"],
        *["Not judged", "Waivers"],
    ],
    "vi": [
        *["Tổng hợp", "Vi phạm", "Cần sửa trong bản nộp", "Nên làm rõ trước", "Chưa đạt theo tổ chức", "Xếp loại", "Quy định"],
        *["Không xét", "Các miễn trừ"],
    ],
}


def made(what: Report, **options: Any) -> bytes:
    stream = io.BytesIO()
    check.write(what, stream, Presentation(), **options)
    return stream.getvalue()


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def rows(sheet: Any) -> list[dict[str, Any]]:
    header, *others = sheet.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in others]


@pytest.mark.parametrize("language", ["en", "vi"])
def test_each_sheet_has_a_frozen_header_and_a_filter_over_all_its_rows(language: str) -> None:
    book = opened(made(report(language)))
    assert book.sheetnames == SHEETS[language]
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.print_title_rows == "$1:$1"
        assert all(sheet.cell(1, column + 1).value for column in range(sheet.max_column))
        assert max(sheet.column_dimensions[letter].width for letter in "ABC") > 9


def test_breaches_and_corrections_are_never_mixed() -> None:
    book = opened(made(report()))
    breaches, corrections = rows(book["Breaches"]), rows(book["To correct in the file"])
    assert len(breaches) == 9
    assert not [row for row in breaches if row["Rule id"].startswith("records/")]
    assert [(row["What"], row["Code"]) for row in corrections] == [
        ("Missing", None),
        ("to correct", "records/meetings/date/allowed"),
        ("worth knowing", "unknown-column"),
    ]
    assert corrections[0]["Found"] == "The table 'fees' was not submitted; this leaves open: “Party fees are collected in full”"
    assert (corrections[1]["Column"], corrections[1]["Cells that say the same"]) == ("Meetings: Date (column 'Ngày họp (*)')", 1)
    assert corrections[1]["Where"] == "book.xlsx!Cuộc họp!D92"
    assert corrections[1]["Found"] == "Date (column 'Ngày họp (*)'): '31/02/2019' cannot be read, or is not allowed"
    assert corrections[2]["What to do"] == "Declare it or leave it out."


def test_a_breach_is_told_by_names_before_ids() -> None:
    breach = rows(opened(made(report()))["Breaches"])[0]
    assert breach == {
        "Verdict": "violated",
        "Severity": "major",
        "Body": "Đảng bộ xã Khánh An",
        "Subject": None,
        "Rule": "A grassroots Party organisation meets in plenary twice a year",
        "Clause": "Party Charter, art. 22",
        "Window": "2019",
        "Found": "Held plenaries in 2019: 1 (at least 2 required)",
        "Missing": "1 more",
        "Remedy": "Call the missing plenary and record it.",
        "Under": "Huyện ủy An Phú",
        "Where": "meetings.csv:14",
        "Before": None,
        "Waiver": None,
        "Rule id": "plenary-twice-a-year",
        "Body id": "W01",
        "Subject id": "W01",
    }


def test_numbers_are_numbers_and_days_are_days() -> None:
    book = opened(made(report()))
    due = [row["Due"] for row in rows(book["Unmet, by body"]) if row["Verdict"] == "pending"]
    assert due == [datetime(2019, 12, 31), datetime(2020, 6, 1)]  # noqa: DTZ001 -- days, as a workbook keeps them
    plenary = rows(book["Rules"])[0]
    assert (plenary["violated"], plenary["satisfied"], plenary["not applicable"]) == (1, 11, 4)
    attendance = next(row for row in rows(book["Rules"]) if row["Rule id"] == "attendance")
    assert attendance["Clause"] == "Guidance 12, 2018 § 5 (not checked against the text)"
    assert attendance["Note"] == "Exactly 85 % is not above 85 %."


def test_what_was_not_judged_says_why() -> None:
    found = [tuple(row.values()) for row in rows(opened(made(report()))["Not judged"])]
    assert ("table", "fees", "not submitted", None) in found
    assert ("column", "Meetings: Ghi chú", "not known to the rulebook", None) in found
    assert ("rule that judged nothing", "A dispersed cell meets every quarter (quarterly-instead)") in [row[:2] for row in found]
    assert ("findings not listed", "satisfied", "counted only; --max-findings all lists them", 489) in found


def test_the_summary_leads_to_the_sheets() -> None:
    book = opened(made(report()))
    summary = book["Summary"]
    links = {cell.value: cell.hyperlink.location for row in summary.iter_rows() for cell in row if cell.hyperlink}
    assert links == {name: f"'{name}'!A1" for name in book.sheetnames[1:]}
    said = [row[:2] for row in summary.iter_rows(values_only=True)]
    assert said[0][0] == "Compliance report"
    assert ("Breaches", 9) in said
    assert ("violated", 9) in said
    assert "Exit code 1: something is violated." in {label for label, _ in said}
    due = [row for row in summary.iter_rows(values_only=True) if isinstance(row[1], datetime)]
    assert [(row[1].date(), *row[2:4]) for row in due] == [(date(2019, 12, 31), 1, "Chi bộ ấp Tắc Trúc")]


def test_verdicts_and_severities_are_coloured_by_what_they_are() -> None:
    sheet = opened(made(report("vi")))["Vi phạm"]
    coloured = {str(each.sqref): {rule.formula[0] for rule in each.rules} for each in sheet.conditional_formatting}
    assert coloured.keys() == {"A2:A10", "B2:B10"}
    assert {'"vi phạm"', '"được miễn"', '"nghiêm trọng"'} <= coloured["A2:A10"]


def test_a_waived_breach_says_by_whom() -> None:
    waiver = Waiver("cell-monthly", "C07", date(2019, 1, 1), date(2019, 12, 31), "Flood", "Committee", Place("w.yaml", 3))
    first, *others = report().findings
    what = report()._replace(
        findings=(first._replace(verdict=Verdict.WAIVED, waiver=waiver), *others),
        waivers=(WaiverUse(waiver, WaiverState.USED, 1),),
    )
    book = opened(made(what))
    breach = rows(book["Breaches"])[0]
    assert breach["Verdict"] == "waived"
    assert breach["Waiver"] == "Waived by Committee, 1 January 2019 to 31 December 2019: Flood (w.yaml:3)"
    assert rows(book["Waivers"])[0] == {
        "Rule": "A Party cell meets once every month",
        "Subject": "C07",
        "Window": None,
        "From": datetime(2019, 1, 1),  # noqa: DTZ001
        "Until": datetime(2019, 12, 31),  # noqa: DTZ001
        "Reason": "Flood",
        "Approved by": "Committee",
        "What became of it": "waives 1",
        "waived": 1,
        "Where": "w.yaml:3",
        "Rule id": "cell-monthly",
    }


def test_what_is_unmet_is_a_workbook_too() -> None:
    stream = io.BytesIO()
    UNMET["xlsx"](report(), stream, Presentation(narrowing=Narrowing("W01", date(2019, 12, 31))))
    book = opened(stream.getvalue())
    assert book.sheetnames == ["Summary", "Unmet, by body", "What would settle most", "To correct in the file"]
    found = rows(book["Unmet, by body"])
    assert {row["Body id"] for row in found} == {"W01", "C07", "C08"}
    assert [row["Due"] for row in found if row["Due"]] == [datetime(2019, 12, 31)]  # noqa: DTZ001
    months = next(row for row in found if row["Rule id"] == "cell-monthly" and row["Verdict"] == "violated")
    assert (months["Window"], months["Missing"]) == ("March 2019, May 2019 to July 2019", "1 more in each")
    said = [row[0] for row in book["Summary"].iter_rows(values_only=True)]
    assert any(str(label).startswith("Only of Đảng bộ xã Khánh An (W01)") for label in said)


HOSTILE = [
    '=HYPERLINK("http://x","y")',
    "+1+1",
    "-1",
    "@SUM(A1)",
    "|cmd",
    "`id`",
    "<script>alert(1)</script>",
    "_x0041_",
    "\x1b[2J\r\n\t=",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_taken_for_a_formula_or_lost(text: str) -> None:
    first, *others = report().findings
    evil = first._replace(subject=first.subject._replace(id=text, name=text, path=((text, text), ("x", text))))
    rules = tuple(rule._replace(title=both(text, text), remedy=both(text, text)) for rule in report().rules)
    problem = Problem("odd", just(text), just(text), Place(text))
    what = report()._replace(
        run=report().run._replace(submission=text, submitted_by=text),
        findings=(evil, *others),
        rules=rules,
        notices=(problem,),
    )
    content = made(what)
    book = opened(content)
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    quoted = [cell for cell in cells if str(cell.value)[:1] in {"=", "+", "-", "@"}]
    assert all(cell.quotePrefix for cell in quoted)
    shown = text.replace("\x1b", "\\x1b").replace("\r", " ")
    assert shown in {unescape(row["Body"]) for row in rows(book["Breaches"])}
    with ZipFile(io.BytesIO(content)) as archive:
        assert not [name for name in archive.namelist() if b"<f>" in archive.read(name)]


def test_a_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    rules = tuple(rule._replace(remedy=both("x" * 40_000, "x" * 40_000)) for rule in report().rules)
    remedy = rows(opened(made(report()._replace(rules=rules)))["Breaches"])[0]["Remedy"]
    assert len(remedy) < 32_767
    assert remedy.endswith("x…")


def test_more_rows_than_a_sheet_holds_go_on_in_another() -> None:
    whole = rows(opened(made(report()))["Breaches"])
    book = opened(made(report(), most_rows=len(whole)))
    assert book.sheetnames[1:3] == ["Breaches", "Breaches (2)"]
    assert [*rows(book["Breaches"]), *rows(book["Breaches (2)"])] == whole
    assert len(rows(book["Breaches (2)"])) == 1
    assert book["Breaches (2)"].freeze_panes == "A2"
    said = [row for row in book["Summary"].iter_rows(values_only=True) if row[0] == "Breaches" and row[1]]
    assert said[0][:3] == ("Breaches", len(whole) - 1, f"goes on in 'Breaches (2)': a sheet holds {len(whole)} rows")
    assert opened(made(report(), most_rows=len(whole) + 1)).sheetnames[1:3] == ["Breaches", "To correct in the file"]


def test_a_pipe_gets_what_a_file_gets_and_nothing_stays_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as reader, ThreadPoolExecutor(1) as pool:
        content = pool.submit(reader.read)
        with os.fdopen(writing, "wb") as pipe:
            CHECK["xlsx"](report(), pipe, Presentation())
        assert content.result() == made(report())
    gc.collect()
    assert list(tmp_path.iterdir()) == []


def test_a_workbook_says_nothing_of_when_it_was_written() -> None:
    assert CHECK["xlsx"].binary
    properties = opened(made(report())).properties
    assert properties.created == datetime(2019, 12, 15)  # noqa: DTZ001
    assert Period.parse("2019").last > properties.created.date()


def test_what_is_due_on_several_days_is_a_row_for_each() -> None:
    one = next(item for item in report().findings if item.rule == "cell-monthly" and item.verdict is Verdict.PENDING)
    earlier = one._replace(window=Period.parse("2019-11"), due=date(2019, 11, 30))
    book = opened(made(report()._replace(findings=(one, earlier))))
    assert [(row["Due"].date(), row["Window"], row["Missing"]) for row in rows(book["Unmet, by body"])] == [
        (date(2019, 11, 30), "November 2019", "1 more"),
        (date(2019, 12, 31), "December 2019", "1 more"),
    ]
    assert "December 2019" not in rows(book["Unmet, by body"])[0]["Found"]
