"""Workbooks that are handed back: marked, with notes and a first sheet; all else in them is what it was."""

from __future__ import annotations

import base64
import os
import re
import shutil
import subprocess
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from click.testing import CliRunner
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from checker.cli.main import program

ROOT = Path(__file__).parents[2]
NO_OFFICE = shutil.which("soffice") is None and "CHECKER_TEST_LIBREOFFICE" not in os.environ
RULES = ROOT / "checker" / "starter" / "en"
RED, YELLOW, BLUE = "FFFFC7CD", "FFFFEB9B", "FFDDEBF8"
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
CODES = {0, 1, 2, 3}


def annotated(submission: Path, output: Path, *options: str) -> int:
    arguments = ["annotate", str(submission), "-o", str(output), "--rules", str(RULES), "-p", "2025", "--as-of", "2025-12-31"]
    done = CliRunner().invoke(program, [*arguments, "-q", *options], catch_exceptions=False)
    assert done.exit_code in CODES, done.output
    return done.exit_code


ROWS: dict[str, list[list[Any]]] = {
    "Branches": [
        ["Id", "Name", "Members", "Founded"],
        ["B1", "North", 12, date(2015, 3, 1)],
        ["B2", "South", None, date(2016, 5, 20)],
    ],
    "Meetings": [
        ["Branch", "Kind", "Date", "Eligible", "Present"],
        ["B1", "assembly", date(2025, 3, 5), 12, 2],
        ["B9", "assembly", date(2025, 9, 4), 12, 11],
        ["B1", "asembly", date(2025, 10, 4), 12, 11],
        ["B2", "assembly", "31/02/2025", 8, 8],
    ],
    "Documents": [["Branch", "Kind", "Adopted"], ["B1", "working regulations", date(2025, 1, 10)]],
}


def full_workbook(path: Path) -> None:
    """A workbook with all that one can have, as far as the library can write it."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in ROWS.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    meetings, branches = book["Meetings"], book["Branches"]
    thin = Side(style="thin", color="FF00AA00")
    meetings["B4"].font = Font(name="Courier New", bold=True, color="FF0000FF")
    meetings["B4"].border = Border(left=thin, right=thin, top=thin, bottom=thin)
    meetings["A3"].fill = PatternFill("solid", fgColor="FF123456")
    meetings["A3"].comment = Comment("Is that right?", "Ms Lan")
    meetings["D2"].comment = Comment("Counted twice", "Ms Lan")
    meetings.conditional_formatting.add("E2:E5", CellIsRule(operator="lessThan", formula=["5"], font=Font(color="FFFF0000")))
    check = DataValidation(type="list", formula1='"assembly,board"')
    check.add("B2:B100")
    meetings.add_data_validation(check)
    meetings.column_dimensions["B"].width = 33
    meetings.freeze_panes = "A2"
    meetings.protection.sheet = True
    branches.add_table(Table(displayName="Branches1", ref="A1:D3"))
    other = book.create_sheet("Calculation")
    other["A1"], other["A2"] = "=SUM(Meetings!E2:E5)", '=Meetings!A2&" <&> "'
    chart = BarChart()
    chart.add_data(Reference(meetings, min_col=5, min_row=1, max_row=5), titles_from_data=True)
    other.add_chart(chart, "E5")
    other.sheet_state = "hidden"
    book.defined_names["total"] = DefinedName("total", attr_text="Calculation!$A$1")
    meetings.defined_names["here"] = DefinedName("here", attr_text="Meetings!$A$1")
    book.active = 1
    book.save(path)


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as zipped:
        assert zipped.testzip() is None
        return {name: zipped.read(name) for name in zipped.namelist()}


def fills(sheet: Any) -> dict[str, str]:
    return {
        cell.coordinate: cell.fill.fgColor.rgb
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fgColor.rgb in {RED, YELLOW, BLUE}
    }


def ours(sheet: Any) -> dict[str, str]:
    return {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}


def test_cells_behind_findings_are_marked_and_say_what_would_be_right(tmp_path: Path) -> None:
    full_workbook(tmp_path / "in.xlsx")
    assert annotated(tmp_path / "in.xlsx", tmp_path / "out.xlsx") == 1
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == ["Findings", "Branches", "Meetings", "Documents", "Calculation"]
    marked, notes = fills(book["Meetings"]), ours(book["Meetings"])
    assert {cell: marked[cell] for cell in ("A3", "B4", "C5")} == {"A3": RED, "B4": RED, "C5": RED}
    assert "one of 'assembly', 'board'" in notes["B4"]
    assert notes["B4"].startswith("to correct: ")
    assert notes["A3"].startswith("Is that right?\n\nto correct: ")
    assert notes["D2"] == "Counted twice"
    assert [cell for cell, colour in marked.items() if colour == BLUE] == ["E2"]
    assert "B2" in fills(book["Branches"])
    header, *rows = [row for row in book["Findings"].iter_rows() if row[8].value]
    assert [cell.value for cell in header] == [
        *("Verdict", "Where", "Found", "What to do", "Rule", "Clause", "Body", "Subject", "Severity")
    ]
    links = {row[1].value: row[1].hyperlink.location for row in rows if row[1].value}
    assert links["Meetings!B4"] == "'Meetings'!B4"
    assert {row[0].value for row in rows} == {"to correct", "violated", "undetermined"}


def test_everything_else_is_as_it_was(tmp_path: Path) -> None:
    full_workbook(tmp_path / "in.xlsx")
    annotated(tmp_path / "in.xlsx", tmp_path / "out.xlsx")
    before, after = parts(tmp_path / "in.xlsx"), parts(tmp_path / "out.xlsx")
    assert before.keys() <= after.keys()
    changed = {name for name in before if after[name] != before[name]}
    assert (
        changed
        == {
            "[Content_Types].xml",
            "xl/workbook.xml",
            "xl/_rels/workbook.xml.rels",
            "xl/styles.xml",
            "xl/worksheets/sheet1.xml",
            "xl/worksheets/_rels/sheet1.xml.rels",
            "xl/worksheets/sheet2.xml",
            "xl/worksheets/sheet3.xml",
            "xl/comments/comment1.xml",
            "xl/drawings/commentsDrawing1.vml",
        }
        & changed
    )
    untouched = {"xl/worksheets/sheet4.xml", "xl/charts/chart1.xml", "xl/drawings/drawing1.xml", "xl/tables/table1.xml"}
    assert untouched <= before.keys() - changed
    old, new = openpyxl.load_workbook(tmp_path / "in.xlsx"), openpyxl.load_workbook(tmp_path / "out.xlsx")
    for sheet in old:
        again = new[sheet.title]
        for row in sheet.iter_rows():
            for cell in row:
                twin = again[cell.coordinate]
                assert (twin.value, twin.data_type) == (cell.value, cell.data_type)
                for facet in ("font", "border", "number_format", "alignment", "protection"):
                    assert repr(getattr(twin, facet)) == repr(getattr(cell, facet))
                assert repr(twin.fill) == repr(cell.fill) or twin.fill.fgColor.rgb in {RED, YELLOW, BLUE}
        for facet in ("freeze_panes", "sheet_state", "dimensions"):
            assert getattr(again, facet) == getattr(sheet, facet)
        assert [*again.conditional_formatting] == [*sheet.conditional_formatting]
        assert [each.sqref for each in again.data_validations.dataValidation] == [
            each.sqref for each in sheet.data_validations.dataValidation
        ]
        assert again.protection.sheet == sheet.protection.sheet
        assert again.tables.keys() == sheet.tables.keys()
        assert again.defined_names.keys() == sheet.defined_names.keys()
    assert new.defined_names.keys() == old.defined_names.keys()
    assert [sheet.title for sheet in new if sheet.sheet_view.tabSelected] == ["Findings"]


def test_every_byte_of_a_sheet_that_is_not_marked_stays(tmp_path: Path) -> None:
    full_workbook(tmp_path / "in.xlsx")
    annotated(tmp_path / "in.xlsx", tmp_path / "out.xlsx")
    before, after = (parts(tmp_path / name)["xl/worksheets/sheet2.xml"].decode() for name in ("in.xlsx", "out.xlsx"))

    def plain(text: str) -> str:
        text = re.sub(r' (s|spans|tabSelected)="[^"]*"', "", text)
        return re.sub(r"(\w)\s*/>", r"\1/>", text).replace(" />", "/>")

    assert plain(after) == plain(before)


def test_macros_and_whatever_else_is_there_are_kept(tmp_path: Path) -> None:
    full_workbook(tmp_path / "in.xlsx")
    with zipfile.ZipFile(tmp_path / "in.xlsx", "a") as zipped:
        zipped.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 macros")
        zipped.writestr("xl/media/image1.png", b"\x89PNG")
    (tmp_path / "in.xlsx").rename(tmp_path / "in.xlsm")
    annotated(tmp_path / "in.xlsm", tmp_path / "out.xlsm")
    after = parts(tmp_path / "out.xlsm")
    assert (after["xl/vbaProject.bin"], after["xl/media/image1.png"]) == (b"\xd0\xcf\x11\xe0 macros", b"\x89PNG")


def test_a_copy_that_is_corrected_is_marked_anew(tmp_path: Path) -> None:
    full_workbook(tmp_path / "in.xlsx")
    annotated(tmp_path / "in.xlsx", tmp_path / "first.xlsx")
    book = openpyxl.load_workbook(tmp_path / "first.xlsx")
    book["Meetings"]["B4"] = "assembly"
    book.save(tmp_path / "corrected.xlsx")
    annotated(tmp_path / "corrected.xlsx", tmp_path / "second.xlsx")
    annotated(tmp_path / "second.xlsx", tmp_path / "third.xlsx")
    for name in ("second", "third"):
        again = openpyxl.load_workbook(tmp_path / f"{name}.xlsx")
        assert again.sheetnames[:2] == ["Findings", "Branches"]
        assert fills(again["Meetings"])["A3"] == RED
        assert "B4" not in {cell for cell, colour in fills(again["Meetings"]).items() if colour == RED}
        notes = ours(again["Meetings"])
        assert "B4" not in notes
        assert notes["D2"] == "Counted twice"
        assert not [row for row in again["Findings"].iter_rows(values_only=True) if "worth knowing" in row]
    assert fills(openpyxl.load_workbook(tmp_path / "third.xlsx")["Meetings"]) == fills(again["Meetings"])


def test_the_same_workbook_is_handed_back_as_the_same_bytes(tmp_path: Path) -> None:
    full_workbook(tmp_path / "in.xlsx")
    for name in ("a", "b"):
        annotated(tmp_path / "in.xlsx", tmp_path / f"{name}.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def rewritten(source: Path, target: Path, change: Any) -> None:
    """The workbook with the text of each part changed."""
    with zipfile.ZipFile(target, "w") as made:
        for name, text in parts(source).items():
            made.writestr(name, change(name, text))


def with_prefixes(name: str, text: bytes) -> bytes:
    if not re.search(r"xl/(worksheets/sheet|workbook|styles|comments/)", name) or not name.endswith(".xml"):
        return text
    said = re.sub(r"<(/?)([A-Za-z]\w*)(?=[\s/>])", r"<\1x:\2", text.decode())
    return said.replace("xmlns=", "xmlns:x=", 1).encode()


def without_references(name: str, text: bytes) -> bytes:
    if "worksheets/sheet" not in name:
        return text
    # Where a cell is left out, those after it would be taken for others.
    dense = text.replace(b'<c r="D3"', b'<c/><c r="D3"', 1) if name.endswith("sheet1.xml") else text
    return re.sub(rb'<(c|row) r="[A-Z0-9]+"', rb"<\1", dense)


@pytest.mark.parametrize("change", [with_prefixes, without_references])
def test_other_programs_write_the_same_otherwise(change: Any, tmp_path: Path) -> None:
    full_workbook(tmp_path / "in.xlsx")
    rewritten(tmp_path / "in.xlsx", tmp_path / "other.xlsx", change)
    annotated(tmp_path / "in.xlsx", tmp_path / "out.xlsx")
    annotated(tmp_path / "other.xlsx", tmp_path / "out2.xlsx")
    first, second = (openpyxl.load_workbook(tmp_path / name) for name in ("out.xlsx", "out2.xlsx"))
    assert second.sheetnames == first.sheetnames
    for sheet in first.worksheets[1:4]:
        assert fills(second[sheet.title]) == fills(sheet)
        assert ours(second[sheet.title]) == ours(sheet)


def test_a_sheet_of_the_submitters_own_of_that_name_is_not_touched(tmp_path: Path) -> None:
    full_workbook(tmp_path / "in.xlsx")
    book = openpyxl.load_workbook(tmp_path / "in.xlsx")
    book.create_sheet("FINDINGS")["A1"] = "of last year"
    book.save(tmp_path / "own.xlsx")
    for name, source in (("out", "own"), ("again", "out")):
        annotated(tmp_path / f"{source}.xlsx", tmp_path / f"{name}.xlsx")
        again = openpyxl.load_workbook(tmp_path / f"{name}.xlsx")
        assert again["FINDINGS"]["A1"].value == "of last year"
        assert again.sheetnames == ["checker sheet-found", "Branches", "Meetings", "Documents", "Calculation", "FINDINGS"]


def test_of_merged_cells_the_first_is_marked(tmp_path: Path) -> None:
    full_workbook(tmp_path / "in.xlsx")
    book = openpyxl.load_workbook(tmp_path / "in.xlsx")
    book["Meetings"].merge_cells("A2:A3")
    book.save(tmp_path / "merged.xlsx")
    annotated(tmp_path / "merged.xlsx", tmp_path / "out.xlsx")
    again = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert "A2" in fills(again["Meetings"])
    assert "A3" not in fills(again["Meetings"])
    assert "branch is missing" in ours(again["Meetings"])["A2"]


def test_texts_of_submitters_are_texts_in_notes_and_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in ROWS.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book["Meetings"]["B2"] = "</t><evil>&\"'"
    book["Meetings"]["B3"] = "=1+1"
    book["Meetings"]["B3"].data_type = "s"
    book["Meetings"]["B4"] = "long " * 6000
    book["Branches"]["B2"] = "=cmd|' /C calc'!A0"
    book["Branches"]["B2"].data_type = "s"
    book.save(tmp_path / "in.xlsx")
    annotated(tmp_path / "in.xlsx", tmp_path / "out.xlsx")
    again = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert "'</t><evil>&\"''" in ours(again["Meetings"])["B2"]
    assert not [cell for row in again["Findings"].iter_rows() for cell in row if cell.data_type == "f"]
    assert len(ours(again["Meetings"])["B4"]) < 5000


@pytest.mark.parametrize(
    ("name", "output", "message"),
    [
        ("in.ods", "out.ods", "only a workbook of the kinds .xlsx and .xlsm can be handed back"),
        ("folder", "out.xlsx", "only a workbook of the kinds .xlsx and .xlsm can be handed back"),
        ("in.xlsx", "out.xlsm", "the copy is of the same kind; let its name end in .xlsx"),
        ("in.xlsx", "in.xlsx", "--output is the submission itself"),
    ],
)
def test_what_cannot_be_handed_back_is_refused(
    name: str, output: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    full_workbook(tmp_path / "in.xlsx")
    done = CliRunner().invoke(program, ["annotate", name, "-o", output, "--rules", str(RULES), "-p", "2025"])
    assert done.exit_code == 2
    assert message in " ".join(done.output.split())
    assert [path.name for path in tmp_path.iterdir()] == ["in.xlsx"]


def rich_workbook(path: Path) -> None:
    """What the other library cannot write: pictures, also in headers and behind cells, buttons, boxes of text, sparklines."""
    dot = path.with_name("dot.png")
    dot.write_bytes(base64.b64decode(DOT))
    book = xlsxwriter.Workbook(path)
    for name, rows in ROWS.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(number, column, datetime(*value.timetuple()[:3]), book.add_format({"num_format": 14}))  # noqa: DTZ001
                elif value is not None:
                    sheet.write(number, column, value)
    meetings = book.get_worksheet_by_name("Meetings")
    meetings.insert_image("H2", dot)
    meetings.set_header("&L&G", {"image_left": dot})
    meetings.set_background(dot)
    meetings.insert_button("H8", {"caption": "Press"})
    meetings.insert_textbox("H12", "A box <of> text")
    meetings.add_sparkline("G2", {"range": "Meetings!D2:E2"})
    meetings.insert_checkbox("G3", boolean=True)
    meetings.autofilter("A1:E5")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Meetings!$E$2:$E$5"})
    alone = book.add_chartsheet("Chart")
    alone.set_chart(chart)
    alone.activate()
    book.close()


def test_pictures_buttons_and_boxes_stay(tmp_path: Path) -> None:
    rich_workbook(tmp_path / "in.xlsx")
    annotated(tmp_path / "in.xlsx", tmp_path / "out.xlsx")
    before, after = parts(tmp_path / "in.xlsx"), parts(tmp_path / "out.xlsx")
    changed = {name for name in before if after[name] != before[name]}
    assert not [name for name in changed if re.search(r"media|drawings/drawing|theme|sharedStrings|docProps|featureProp", name)]
    assert [name for name, text in after.items() if b'tabSelected="1"' in text] == ["xl/worksheets/checker1.xml"]
    assert b"activeTab" not in after["xl/workbook.xml"]
    sheet = after["xl/worksheets/sheet2.xml"].decode()
    order = [
        "</sheetData>",
        "<autoFilter",
        "<headerFooter",
        "<drawing ",
        "<legacyDrawing ",
        "<legacyDrawingHF ",
        "<picture ",
        "<extLst>",
    ]
    assert [sheet.index(each) for each in order] == sorted(sheet.index(each) for each in order)
    shapes = [text for name, text in after.items() if name.endswith(".vml") and b"Press" in text]
    assert len(shapes) == 1
    assert shapes[0].count(b'ObjectType="Button"') == 1
    assert b'ObjectType="Note"' in shapes[0]


@pytest.mark.skipif(NO_OFFICE, reason="LibreOffice is not installed (apt-get install libreoffice-calc)")
def test_a_spreadsheet_program_shows_marks_and_notes(tmp_path: Path) -> None:
    full_workbook(tmp_path / "in.xlsx")
    annotated(tmp_path / "in.xlsx", tmp_path / "out.xlsx")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "saved"), "out.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    before, after = (openpyxl.load_workbook(tmp_path / name / "out.xlsx") for name in (".", "saved"))
    assert after.sheetnames == before.sheetnames
    for sheet in before.worksheets[1:4]:
        assert fills(after[sheet.title]) == fills(sheet)
        assert ours(after[sheet.title]).keys() == ours(sheet).keys()
    assert "to correct" in ours(after["Meetings"])["B4"]
    links = [cell.hyperlink.location for (cell,) in after["Findings"].iter_rows(min_col=2, max_col=2) if cell.hyperlink]
    assert any("Meetings" in link and link.endswith("B4") for link in links)
