"""Workbooks: cells become text, rows keep their numbers, and nothing that is not empty is read as empty."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from checker.records.opening import open_submission
from checker.records.readers.workbook.cells import cell_text
from checker.records.values import RowsSource
from tests.formats.written import convert
from tests.formats.xlsb import binary_book
from tests.records.conftest import RECORDS

Told = Callable[[Path], list[str]]
Sheets = dict[str, list[list[object]]]

MEETINGS = "meetings in/book.xlsx!meetings"
ALL = "1:id=id 2:held_on=held_on 3:present=present"
HEADER: list[object] = ["id", "held_on", "present"]


@pytest.fixture
def book(folder: Path) -> Callable[[Sheets], Path]:
    """Writes a workbook of sheets, given as rows; None is no cell."""

    def book(sheets: Sheets) -> Path:
        made = openpyxl.Workbook()
        for name, rows in sheets.items():
            sheet = made.create_sheet(name)
            for number, row in enumerate(rows, 1):
                for column, value in enumerate(row, 1):
                    sheet.cell(number, column).value = value
        del made["Sheet"]
        made.save(folder / "book.xlsx")
        return folder / "book.xlsx"

    return book


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("", None),
        ("  x ", "  x "),
        (True, "true"),
        (False, "false"),
        (5.0, "5"),
        (-0.0, "0"),
        (0.1 + 0.2, "0.3"),
        (1e-7, "0.0000001"),
        (-2.5, "-2.5"),
        (1234567890123456.0, "1234567890123456"),
        (1e21, "1000000000000000000000"),
        (7, "7"),
        (date(2019, 3, 1), "2019-03-01"),
        (datetime(2019, 3, 1), "2019-03-01"),  # noqa: DTZ001 -- a workbook knows no zones
        (datetime(2019, 3, 1, 10, 30), "2019-03-01T10:30:00"),  # noqa: DTZ001
        (time(10, 30), "10:30:00"),
    ],
)
def test_cells_become_text(value: object, text: str | None) -> None:
    assert cell_text(value) == text


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([HEADER, ["a", date(2019, 3, 1), 5.0]], [f"{MEETINGS}: {ALL}", "2: a | 2019-03-01 | 5"], id="plain"),
        pytest.param(
            [[], [], [None, *HEADER], [], [None, "a"], [None, "  "], [], [None, "b", None, 1]],
            [
                f"{MEETINGS}: 1:-=- 2:id=id 3:held_on=held_on 4:present=present",
                "5: - | a | - | -",
                "8: - | b | - | 1",
            ],
            id="blank rows and columns do not shift the numbers",
        ),
        pytest.param(
            [["Meetings of 2019"], HEADER, ["a"]],
            [f"{MEETINGS}: {ALL}", "3: a | - | -", "notice in/book.xlsx!meetings:2 rows-above-header"],
            id="title above",
        ),
        pytest.param(
            [["id", None, "present", "more", None], ["a", "b", 1, "c"]],
            [
                f"{MEETINGS}: 1:id=id 2:-=- 3:present=present 4:more=-",
                "2: a | b | 1 | c",
                "notice in/book.xlsx!meetings!B1 nameless-column",
                "notice in/book.xlsx!meetings!D1 unknown-column",
            ],
            id="columns that are not read",
        ),
        pytest.param(
            [HEADER, ["a", "#N/A", "=1+1"], [None, None, '="x"']],
            [f"{MEETINGS}: {ALL}", "2: a | ?#N/A | ?=1+1", '3: - | - | ?="x"'],
            id="errors, and formulas that were never calculated",
        ),
        pytest.param([HEADER], [f"{MEETINGS}: {ALL}"], id="no rows"),
        pytest.param([], ["problem in/book.xlsx!meetings empty-sheet", "unreadable meetings in/book.xlsx!meetings"], id="empty"),
    ],
)
def test_what_is_read(book: Callable[[Sheets], Path], told: Told, rows: list[list[object]], expected: list[str]) -> None:
    assert told(book({"meetings": rows})) == expected


def test_formulas_with_their_values(folder: Path, told: Told) -> None:
    path = folder / "book.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("meetings")
        sheet.write_row(0, 0, HEADER)
        sheet.write_formula(1, 0, '="a"', None, "a")
        sheet.write_formula(1, 1, "=NA()", None, "#N/A")
        sheet.write_formula(1, 2, "=1+1", None, 2)
        sheet.write_formula(2, 0, '=IF(TRUE,"")', None, "")
        sheet.write_formula(2, 2, "=1=1", None, value=True)

    # XlsxWriter writes an empty result as no result at all, as no spreadsheet program does.
    assert told(path) == [f"{MEETINGS}: {ALL}", "2: a | ?#N/A | 2", '3: ?=IF(TRUE,"") | - | true']


def test_merged_cells_and_hidden_sheets_are_read_with_a_notice(folder: Path, told: Told) -> None:
    path = folder / "book.xlsx"
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet("read me").write(0, 0, "Fill in all sheets")
        sheet = made.add_worksheet("Cuộc_HỌP")
        sheet.merge_range("A1:C1", "Cuộc họp 2019")
        sheet.write_row(1, 0, HEADER)
        sheet.merge_range("A3:A4", "a")
        sheet.write("C4", 3)
        sheet.hide()
        made.add_worksheet("Sheet3")

    assert told(path) == [
        f"meetings in/book.xlsx!Cuộc_HỌP: {ALL}",
        "3: a | - | -",
        "4: - | - | 3",
        "notice in/book.xlsx!read me unknown-table",
        "notice in/book.xlsx!Cuộc_HỌP hidden-sheet",
        "notice in/book.xlsx!Cuộc_HỌP:2 rows-above-header",
        "notice in/book.xlsx!Cuộc_HỌP:3 merged-cells",
    ]


def test_the_manifest_is_a_sheet_of_two_columns(book: Callable[[Sheets], Path]) -> None:
    rows: list[list[object]] = [
        ["Mục", "Nội dung"],
        [],
        ["Bộ quy tắc", "vn-party"],
        ["Kỳ", 2019],
        ["Tính đến ngày", date(2019, 12, 31)],
        ["Đơn vị nộp", "Đảng ủy"],
        ["Tiêu đề", None],
    ]
    manifest = open_submission(book({"Hồ sơ": rows, "meetings": [HEADER]})).manifest

    assert manifest.period is not None
    assert (manifest.rulebook, manifest.period.label, str(manifest.as_of), manifest.submitted_by, manifest.title) == (
        "vn-party",
        "2019",
        "2019-12-31",
        "Đảng ủy",
        None,
    )


def test_a_date_is_no_period(book: Callable[[Sheets], Path], refused: Told) -> None:
    """A spreadsheet turns a typed 2019-03 into the first of March."""
    path = book({"submission": [["period", date(2019, 3, 1)]], "meetings": [HEADER]})

    assert [line.partition(": the")[0] for line in refused(path)] == ["in/book.xlsx!submission:1"]


def test_broken_workbooks_are_refused(folder: Path, refused: Told) -> None:
    (folder / "book.xlsx").write_bytes(b"PK\3\4 and no more")

    assert [line.split()[-1] for line in refused(folder / "book.xlsx")] == [".xlsx."]


def test_a_binary_workbook_that_is_cut_off(folder: Path, refused: Told) -> None:
    path = binary_book(folder / "book.xlsb", {"members": [["id"]]})
    with zipfile.ZipFile(path) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    with zipfile.ZipFile(path, "w") as cut:
        for name, content in parts.items():
            cut.writestr(name, content[: len(content) // 2] if name == "xl/workbook.bin" else content)
    (problem,) = refused(path)
    assert "broken-workbook" in problem


def test_a_binary_workbook(folder: Path, told: Told) -> None:
    path = binary_book(folder / "book.xlsb", {"members": [["id", "more"], ["Đảng", 1.5], ["b", 2.0]]})
    assert told(path) == [
        "members in/book.xlsb!members: 1:id=id 2:more=-",
        "2: Đảng | 1.5",
        "3: b | 2",
        "notice in/book.xlsb!members errors-read-as-empty",
        "notice in/book.xlsb!members!B1 unknown-column",
    ]


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_hidden_rows_and_columns_are_reported_where_they_hold_something(folder: Path, tmp_path: Path, suffix: str) -> None:
    if suffix == "ods" and shutil.which("soffice") is None and "CHECKER_TEST_LIBREOFFICE" not in os.environ:
        pytest.skip("LibreOffice is not installed (apt-get install libreoffice-calc)")
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "meetings"
    for row in (HEADER, ["a", date(2019, 1, 1), 1], ["b", date(2019, 1, 1), 1], ["c", date(2019, 1, 1), 1], ["d", None, 1]):
        sheet.append(row)
    for number in (2, 3, 5, 900):
        sheet.row_dimensions[number].hidden = True
    for letter in ("B", "X"):
        sheet.column_dimensions[letter].hidden = True
    made.save(folder / "book.xlsx")
    if suffix == "ods":
        convert([folder / "book.xlsx"], suffix, tmp_path, tmp_path / "home")
        (tmp_path / "book.ods").rename(folder / "book.ods")
    submission = open_submission(folder / f"book.{suffix}").tables(RECORDS)
    told = [(each.code, str(each.message)) for each in submission.notices if each.code != "errors-read-as-empty"]
    assert told == [
        ("hidden-rows", "rows 2-3, 5 are hidden, and are read all the same"),
        ("hidden-columns", "columns B are hidden, and are read all the same"),
    ]
    (table,) = submission.tables
    assert isinstance(table.source, RowsSource)
    assert len(next(iter(table.source.rows.batches([1])))[0]) == 4
