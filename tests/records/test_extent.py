"""How far a sheet reaches is known before its reader opens it; what it cannot hold is told, and ends no process."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from checker.display_width import column_letters
from checker.records.opening import open_submission
from checker.records.readers.workbook.extent import Extent, extent
from checker.records.readers.workbook.sheet_cells import column_number, sheet_parts
from tests.records.conftest import RECORDS

Told = Callable[[Path], list[str]]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"
PARTS = {
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r" Type="{RELATIONS}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="members" sheetId="1" r:id="s"/>'
    "</sheets></workbook>",
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="s" Type="{RELATIONS}/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>',
}
ODS = {
    "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
    "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
}


def cell(reference: str, text: str = "x") -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


TABLE = f'<row r="1">{cell("A1", "id")}</row><row r="2">{cell("A2", "a")}{cell("B2", "b")}</row>'


@pytest.fixture
def book(folder: Path) -> Callable[..., Path]:
    """Writes a workbook of one sheet, `members`, with those rows; other parts may take the place of the usual ones."""

    def book(rows: str, parts: dict[str, str] | None = None) -> Path:
        sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        with zipfile.ZipFile(folder / "book.xlsx", "w", zipfile.ZIP_DEFLATED) as made:
            for name, text in (PARTS | {SHEET: sheet} | (parts or {})).items():
                made.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>\n{text}')
        return folder / "book.xlsx"

    return book


def found(path: Path) -> Extent:
    with zipfile.ZipFile(path) as zipped:
        return extent(zipped, sheet_parts(zipped)["members"])


@pytest.mark.parametrize("number", [1, 26, 27, 702, 703, 16_384, 12_356_630])
def test_columns_have_names(number: int) -> None:
    assert column_number(f"{column_letters(number)}7") == number


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        pytest.param(f'<row r="1048576">{cell("XFD1048576")}</row>', "XFD1048576", id="the last cell of all"),
        pytest.param(f'<row r="100000">{cell("XFD100000")}</row>', "XFD100000", id="far"),
        pytest.param(f'<row r="1048576">{cell("CV1048576")}</row>', "CV1048576", id="a hundred columns"),
        pytest.param(f'<row r="1048576">{cell("A1048576")}</row><row r="3">{cell("XFD3")}</row>', "A1048576 and XFD3", id="two"),
        pytest.param(f'<row r="1">{cell("XFD1048576")}</row>', "XFD1048576", id="a row that says another"),
        pytest.param('<row r="1048576"><c s="1" r="XFD1048576"><v>1</v></c></row>', "XFD1048576", id="its place is said late"),
        pytest.param("<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>", "XFD1048576", id="other quotes"),
        pytest.param('<row r="1048576"><c r="XFC1048576"/><c><v>1</v></c></row>', "XFD1048576", id="its place is not said"),
        pytest.param(
            f'<x:row xmlns:x="{MAIN}" r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>',
            "XFD1048576",
            id="another prefix",
        ),
    ],
)
def test_a_stray_cell_is_named(book: Callable[..., Path], row: str, cells: str) -> None:
    (problem,) = open_submission(book(TABLE + row)).tables(RECORDS).problems
    assert problem.code == "stray-cell"
    assert f"reaches as far as {cells}, and has only" in str(problem.message)


@pytest.mark.parametrize(
    ("row", "at"),
    [
        (f'<row r="3">{cell("ZZZZZ3")}</row>', "ZZZZZ3"),
        (f'<row r="3">{cell("XFE3")}</row>', "XFE3"),
        (f'<row r="1048577">{cell("A1048577")}</row>', "A1048577"),
        (f'<row r="4294967295">{cell("A4294967295")}</row>', "A4294967295"),
        ('<row r="4294967295"><c><v>1</v></c></row>', "A4294967295"),
        (f'<row r="{"9" * 30}">{cell("A" + "9" * 30)}</row>', "A" + "9" * 20),
    ],
)
def test_a_cell_that_no_sheet_has_is_named(book: Callable[..., Path], row: str, at: str) -> None:
    (problem,) = open_submission(book(TABLE + row)).tables(RECORDS).problems
    assert str(problem.message) == f"the sheet 'members' has a cell where no sheet has one: {at}"


@pytest.mark.parametrize(
    "row",
    [
        '<row r="1048576"><c r="XFD1048576" s="1"/></row>',
        '<row r="1048576"><c r="XFD1048576" s="1"></c></row>',
        '<row r="1048576"><c r="XFD1048576" s="1"><v></v></c></row>',
        '<row r="3" spans="1:16384"/>',
        f'<row r="100001">{cell("A100001")}</row>',
        f'<row r="3">{cell("XFD3")}</row>',
    ],
)
def test_what_only_looks_far_is_read(book: Callable[..., Path], told: Told, row: str) -> None:
    lines = told(book(TABLE + row))
    assert "2: a" in lines[1]
    assert not any(line.startswith("problem") for line in lines)


def test_a_sheet_that_no_rule_is_about_may_reach_far(book: Callable[..., Path], told: Told) -> None:
    far = f'<row r="1048576">{cell("XFD1048576")}</row>'
    parts = {
        "xl/workbook.xml": PARTS["xl/workbook.xml"].replace("</sheets>", '<sheet name="notes" sheetId="2" r:id="t"/></sheets>'),
        "xl/_rels/workbook.xml.rels": PARTS["xl/_rels/workbook.xml.rels"].replace(
            "</R", f'<Relationship Id="t" Type="{RELATIONS}/worksheet" Target="worksheets/sheet2.xml"/></R'
        ),
        "xl/worksheets/sheet2.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{far}</sheetData></worksheet>',
    }
    assert [line for line in told(book(TABLE, parts)) if "notes" in line] == ["notice in/book.xlsx!notes unknown-table"]


def test_a_full_sheet_is_not_sparse(book: Callable[..., Path]) -> None:
    rows = "".join(
        f'<row r="{row}">' + "".join(f'<c r="{column_letters(n)}{row}"><v>1</v></c>' for n in range(1, 31)) for row in (1, 2)
    )
    full = found(book(rows.replace("</c><c", "</c><c") + "</row></row>"))
    assert (full.cells, full.last_row, full.last_column, full.too_far) == (60, 2, 30, False)
    assert Extent(cells=21_000_000, last_row=1_048_576, last_column=20).too_far is False
    assert Extent(cells=1, last_row=1_048_576, last_column=20).too_far is True


@pytest.mark.parametrize(
    ("rows", "parts", "what"),
    [
        pytest.param(
            TABLE + f'<row r="3">{cell("A3", "x" * 3_000_000)}</row>', {}, "longer than a million bytes", id="a long cell"
        ),
        pytest.param(TABLE + " " * 50_000_000, {}, "longer than a million bytes", id="blanks"),
        pytest.param(TABLE + f'<row r="3" x="{"x" * 3_000_000}"/>', {}, "longer than a million bytes", id="an attribute"),
        pytest.param(TABLE + "<c/>" * 60_000_000, {}, "packed more tightly", id="cells without end"),
        pytest.param(
            TABLE, {"xl/sharedStrings.xml": f"<sst><si><t>{'x' * 3_000_000}</t></si></sst>"}, "sharedStrings", id="texts"
        ),
        pytest.param(TABLE, {"xl/styles.xml": " " * 3_000_000}, "styles", id="styles"),
        pytest.param(
            TABLE, {"xl/sharedStrings.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><sst/>"}, "type of document", id="entities in texts"
        ),
        pytest.param(TABLE, {SHEET: "<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet/>"}, "type of document", id="entities"),
        pytest.param(TABLE, {"XL/Worksheets/Sheet1.xml": "<worksheet/>"}, "two parts", id="two parts of one name"),
    ],
)
def test_what_is_packed_to_blow_up_is_refused(
    book: Callable[..., Path], refused: Told, rows: str, parts: dict[str, str], what: str
) -> None:
    (problem,) = refused(book(rows, parts))
    assert what in problem
    assert "broken-workbook" in problem


def test_a_part_that_lies_about_its_length(book: Callable[..., Path], refused: Told) -> None:
    path = book(TABLE + " " * 3_000_000)
    with zipfile.ZipFile(path) as zipped:
        told = zipped.getinfo(SHEET).file_size.to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(told, (100).to_bytes(4, "little")))
    (problem,) = refused(path)
    assert "longer than a million bytes" in problem


def _ods(path: Path, rows: str) -> Path:
    names = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
    content = (
        f'<office:document-content {names}><office:body><office:spreadsheet><table:table table:name="members">{rows}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in (ODS | {"content.xml": content}).items():
            made.writestr(name, text)
    return path


def _ods_row(*cells: str, times: int = 1, across: int = 1) -> str:
    opening = f'<table:table-cell office:value-type="string" table:number-columns-repeated="{across}"><text:p>'
    said = "".join(f"{opening}{text}</text:p></table:table-cell>" for text in cells)
    return f'<table:table-row table:number-rows-repeated="{times}">{said}</table:table-row>'


def test_a_workbook_of_another_kind_is_read(folder: Path, told: Told) -> None:
    rest = '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
    filling = f'<table:table-row table:number-rows-repeated="1000000">{rest}'
    lines = told(_ods(folder / "book.ods", _ods_row("id", "more") + _ods_row("a", "b") + filling))
    assert lines[1] == "2: a | b"
    assert "notice in/book.ods!members errors-read-as-empty" in lines


@pytest.mark.parametrize(("times", "across"), [(9_000, 9_000), (1_000_000, 16_384), (2**32 - 1, 2**32 - 1)])
def test_what_ends_the_reader_of_another_kind_ends_only_that(folder: Path, refused: Told, times: int, across: int) -> None:
    (problem,) = refused(_ods(folder / "book.ods", _ods_row("id") + _ods_row("a", times=times, across=across)))
    assert "perhaps a cell stands far away from all others [broken-workbook]" in problem


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        pytest.param("<table:table-row/>" * 15_000_000, "packed more tightly", id="rows without end"),
        pytest.param(_ods_row("x" * 3_000_000), "longer than a million bytes", id="a long cell"),
        pytest.param("<!DOCTYPE x [<!ENTITY a 'b'>]>", "type of document", id="entities"),
    ],
)
def test_what_is_packed_to_blow_up_is_refused_in_an_ods_file_too(folder: Path, refused: Told, rows: str, what: str) -> None:
    (problem,) = refused(_ods(folder / "book.ods", rows))
    assert what in problem
    assert "broken-workbook" in problem


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm", ".xls", ".ods"])
@pytest.mark.parametrize(
    "content", [b"", b"id,name\n1,2\n", b"<html></html>", b"PK\3\4", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600]
)
def test_what_is_no_workbook_is_refused(folder: Path, refused: Told, suffix: str, content: bytes) -> None:
    (folder / f"book{suffix}").write_bytes(content)
    (problem,) = refused(folder / f"book{suffix}")
    assert "-workbook" in problem


@pytest.mark.parametrize("reference", ["A" * 500_000, "A" * 500_000 + "1", "A" + "9" * 500_000])
def test_references_that_are_longer_than_any(book: Callable[..., Path], told: Told, reference: str) -> None:
    # To reckon with all of their letters would take hours.
    path = book(TABLE + f'<row r="3">{cell(reference)}</row>')
    told(path)
    assert found(path).last_row >= 2
