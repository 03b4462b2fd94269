"""The manifest decides where a table stands and how it is laid out; what it states wrongly is a problem with place and fix."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from checker import api
from checker.errors import RecordsError
from tests.stating.conftest import HEADER, RULES, Judge, account, notices, problems, verdicts, wrong_cells

A1, A2 = ["A", date(2025, 3, 5), 40], ["A", date(2025, 9, 4), 40]
B1, B2 = ["B", date(2025, 4, 7), 30], ["B", date(2025, 10, 8), 30]
ALL = [A1, A2, B1, B2]
MET = {"A": "satisfied", "B": "satisfied"}


def test_a_sheet_of_any_name_can_be_stated(judge: Judge) -> None:
    report = judge({"Sheet1": [HEADER, *ALL]}, {"cuộc họp": {"trang tính": "sheet1"}})
    assert verdicts(report) == MET
    assert notices(report) == []


def test_sheets_of_a_pattern_are_one_table_and_give_a_column(judge: Judge) -> None:
    report = judge({"T3": [HEADER, A1], "T4": [HEADER, B1], "T 9": [HEADER, A2, B2]}, {"meetings": {"sheets": "T{month}"}})
    assert verdicts(report) == MET
    assert notices(report, "judged-as-one") == []
    assert account(report, "meetings") == (4, 4, 0)
    assert not next(each for each in report.accounts if each.table == "meetings").missing


def test_names_of_files_give_columns(judge: Judge) -> None:
    files = {f"hop-{branch}.csv": "Ngày họp,Có mặt\n2025-03-05,40\n2025-09-04,40\n" for branch in "AB"}
    report = judge({}, {"meetings": {"file": "hop-{branch}.csv"}}, files)
    assert verdicts(report) == MET
    assert wrong_cells(report) == []


def test_the_header_row_that_is_stated_decides_however_far_down_it_is(judge: Judge) -> None:
    notes = [[f"note {number}", "more", "and more"] for number in range(40)]
    report = judge({"meetings": [*notes, HEADER, *ALL]}, {"meetings": {"header_row": "41"}})
    assert verdicts(report) == MET
    assert notices(report) == []


BY_LETTERS = {"header_row": 0, "columns": {"branch": "A", "date": "B", "present": "3"}}


def test_a_sheet_may_have_no_header(judge: Judge) -> None:
    report = judge({"meetings": ALL}, {"meetings": BY_LETTERS})
    assert verdicts(report) == MET
    assert account(report, "meetings") == (4, 4, 0)
    assert notices(report) == []


@pytest.mark.parametrize(
    ("start", "end"),
    [("", ""), ("\ufeff", "\n\n"), ("sep=,\n", ""), ("\n\n", ""), ('"A",2025-06-01,"7"\n', ""), ('A,2025-06-01,"\n7"\n', "")],
    ids=["plain", "byte order mark", "sep", "blank lines", "quotes", "a cell of two lines"],
)
def test_a_csv_file_may_have_no_header(judge: Judge, start: str, end: str) -> None:
    rows = "".join(f"{branch},{day.isoformat()},{present}\n" for branch, day, present in ALL)  # type: ignore[attr-defined]
    report = judge({}, {"meetings": {"file": "m.csv", **BY_LETTERS}}, {"m.csv": start + rows + end})
    assert verdicts(report) == MET
    judged = 4 + ("2025" in start)
    assert account(report, "meetings") == (judged, judged, 0)
    assert notices(report) == []
    assert wrong_cells(report) == []


def test_a_table_without_a_header_may_stand_beside_another(judge: Judge) -> None:
    rows = [[*row, None, *other] for row, other in zip([A1, A2], [B1, B2], strict=True)]
    tables = [{"sheet": "meetings", "cells": cells, **BY_LETTERS} for cells in ("A:C", "E:G")]
    tables[1]["columns"] = {"branch": "E", "date": "F"}
    report = judge({"meetings": rows}, {"meetings": tables})
    assert verdicts(report) == MET
    assert account(report, "meetings") == (4, 4, 0)


def test_where_no_row_is_a_header_it_is_said_how_to_state_so(judge: Judge) -> None:
    report = judge({"meetings": ALL}, None)
    (problem,) = report.problems
    assert problems(report) == ["no-known-column book.xlsx!meetings:1"]
    assert str(problem.fix).endswith("under tables, meetings: {header_row: 0, columns: {branch: A, date: B}}.")
    assert verdicts(report) == {"A": "undetermined", "B": "undetermined"}


def test_a_header_of_two_rows_can_be_stated(judge: Judge) -> None:
    rows = [["Mã chi hội", "Ngày họp", "Số người"], [None, None, "Có mặt"], *ALL]
    report = judge({"meetings": rows}, {"meetings": {"header_row": "1-2"}})
    assert verdicts(report) == MET
    assert notices(report) == []


def test_a_row_above_that_names_columns_does_not_matter_where_the_header_is_stated(judge: Judge) -> None:
    rows = [["branch", "date", "x"], HEADER, *ALL]
    report = judge({"meetings": rows}, {"meetings": {"header_row": "2"}})
    assert verdicts(report) == MET
    assert problems(report) == []


@pytest.mark.parametrize("skip", ["5; 8-9", ["5", "8-9"], "5, 8-9"])
def test_rows_that_are_skipped_are_none(judge: Judge, skip: object) -> None:
    total = ["A", date(2025, 1, 1), 99]
    rows = [HEADER, *ALL[:3], total, B2, ["A", None, 1], total, total]
    report = judge({"meetings": rows}, {"meetings": {"skip": skip}})
    assert account(report, "meetings") == (5, 5, 0)
    assert wrong_cells(report) == ["book.xlsx!meetings!B7"]


def test_lines_of_a_csv_file_are_skipped_and_the_others_keep_theirs(judge: Judge) -> None:
    text = "export of 2025\nMã chi hội,Ngày họp,Có mặt\nchữ,ngày,người\nA,2025-03-05,40\nA,,40\nB,2025-04-07,x\n"
    report = judge({}, {"meetings": {"file": "hop.csv", "header_row": "2", "skip": "3"}}, {"hop.csv": text})
    assert account(report, "meetings") == (3, 3, 0)
    assert wrong_cells(report) == ["hop.csv:5:2", "hop.csv:6:3"]


def test_rows_of_a_csv_file_that_cannot_be_split_stay_unreadable_where_others_are_skipped(judge: Judge) -> None:
    text = "Mã chi hội,Ngày họp,Có mặt\nA,2025-03-05,40\nA,2025-03-05,40,5\n"
    report = judge({}, {"meetings": {"file": "hop.csv", "skip": "2"}}, {"hop.csv": text})
    assert problems(report) == ["ragged-row hop.csv:3"]


def test_tables_side_by_side_and_below_one_another_are_told_by_their_cells(judge: Judge) -> None:
    rows = [
        ["2025", None, None, None, "Mã chi hội", "Tên"],
        [*HEADER, None, "A", "One"],
        [*A1, None, "B", "Two"],
        [*A2, None, None, None],
        [],
        HEADER,
        B1,
        B2,
    ]
    stated = {
        "meetings": [{"sheet": "All", "cells": "A2:C4"}, {"sheet": "All", "cells": "A6:C"}],
        "branches": {"sheet": "All", "cells": "E1:F"},
    }
    report = judge({"All": rows, "branches": []}, stated)
    assert verdicts(report) == MET
    assert account(report, "meetings") == (4, 4, 0)
    assert account(report, "branches") == (2, 2, 0)
    assert notices(report, "judged-as-one") == []


def test_places_are_those_of_the_sheet_where_a_table_stands_further_right(judge: Judge) -> None:
    rows = [["x", None, *HEADER], ["y", None, "A", "no day", 40], ["z", None, *A2]]
    report = judge({"meetings": rows}, {"meetings": {"cells": "C1:E3"}})
    assert wrong_cells(report) == ["book.xlsx!meetings!D2"]


def test_tables_side_by_side_in_a_csv_file(judge: Judge) -> None:
    text = "Mã chi hội;Ngày họp;;Họ và tên\nA;2025-03-05;;Ann\nA;bad;;\n;;;Bo\n"
    stated = {"meetings": {"file": "all.csv", "cells": "A:B"}, "members": {"file": "all.csv", "cells": "D:D"}}
    report = judge({"members": []}, stated, {"all.csv": text})
    assert (account(report, "meetings"), account(report, "members")) == ((2, 2, 0), (2, 2, 0))
    assert wrong_cells(report) == ["all.csv:3:2"]


def test_columns_are_stated_by_header_or_by_letter_and_then_have_no_other_name(judge: Judge) -> None:
    rows = [["Ngày họp", "Ngày thật", "CH", "?"], ["x", date(2025, 3, 5), "A", 1], ["x", date(2025, 9, 4), "A", 2]]
    report = judge({"meetings": rows}, {"meetings": {"columns": {"date": "Ngày  thật", "Mã chi hội": "C"}}})
    assert verdicts(report)["A"] == "satisfied"
    assert notices(report) == ["unknown-column book.xlsx!meetings!A1", "unknown-column book.xlsx!meetings!D1"]


@pytest.mark.parametrize("name", ["data.json", "data.yaml"])
def test_keys_of_rows_are_stated_as_columns_are(judge: Judge, name: str) -> None:
    text = '{"tables": {"t_hop": [{"cn": "A", "ngay": "2025-03-05"}, {"cn": "A", "ngay": "2025-09-04"}]}}'
    stated = {"meetings": {"table": "t_hop", "columns": {"branch": "cn", "date": "ngay"}}}
    assert verdicts(judge({}, stated, {name: text}))["A"] == "satisfied"


def test_a_table_that_only_goes_by_the_name_is_not_read_where_another_is_stated(judge: Judge) -> None:
    report = judge({"meetings": [HEADER, A1], "Họp 2025": [HEADER, *ALL]}, {"meetings": {"sheet": "Họp 2025"}})
    assert account(report, "meetings") == (4, 4, 0)
    assert notices(report) == ["unread-file book.xlsx!meetings"]


def test_the_sheet_of_a_workbook_states_its_tables_on_lines(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Hồ sơ"
    said = [
        ("Kỳ báo cáo", 2025),
        ("Ngày chốt số liệu", "31/12/2025"),
        ("Bảng.Cuộc họp.trang tính", "T{month}"),
        ("tables.meetings.fill_down", "branch"),
    ]
    for line in said:
        sheet.append(line)
    branches = book.create_sheet("branches")
    for row in (["id"], ["A"]):
        branches.append(row)
    sheets: dict[str, list[list[object]]] = {"T3": [HEADER, A1], "T9": [HEADER, [None, *A2[1:]], A2]}
    for name, rows in sheets.items():
        made = book.create_sheet(name)
        for each in rows:
            made.append(each)
    book.save(tmp_path / "book.xlsx")
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    report = api.check(tmp_path / "book.xlsx", tmp_path / "rules.yaml")
    assert report.run.as_of == date(2025, 12, 31)
    assert verdicts(report) == {"A": "satisfied"}
    assert account(report, "meetings") == (3, 3, 0)


def test_what_a_workbook_states_is_about_that_workbook_only(tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    folder = tmp_path / "s"
    folder.mkdir()
    filled = ("tables.meetings.fill_down", "branch")
    for name, rows, said in (("one", [HEADER, A1, [None, *A2[1:]]], filled), ("two", [HEADER, B1, B2], None)):
        book = openpyxl.Workbook()
        book.active.title = "submission"
        book.active.append(("period", "2025"))
        if said is not None:
            book.active.append(said)
        sheet = book.create_sheet("meetings")
        for row in rows:
            sheet.append(row)
        book.save(folder / f"{name}.xlsx")
    (folder / "branches.csv").write_text("id\nA\nB\n", encoding="utf-8")
    report = api.check(folder, tmp_path / "rules.yaml", as_of=date(2025, 12, 31))
    assert verdicts(report) == MET


@pytest.mark.parametrize(
    ("stated", "found"),
    [
        (
            {"meetings": {"headr_row": "3"}},
            "unknown-key: 'headr_row' is nothing that is stated of a table; Did you mean 'header_row'?",
        ),
        (
            {"meetings": {"header_row": "A"}},
            (
                "bad-value: 'A' is nothing that 'header_row' can be; "
                "Write the number of a row, such as 3, or of two, 3-4; or 0 if there is none."
            ),
        ),
        (
            {"meetings": {"header_row": "3-7"}},
            (
                "bad-value: '3-7' is nothing that 'header_row' can be; "
                "Write the number of a row, such as 3, or of two, 3-4; or 0 if there is none."
            ),
        ),
        (
            {"meetings": {"skip": "3-1"}},
            "bad-value: '3-1' is nothing that 'skip' can be; Write numbers of rows and spans of them, such as '5; 12-14'.",
        ),
        (
            {"meetings": {"cells": "A0:C3"}},
            (
                "bad-value: 'A0:C3' is nothing that 'cells' can be; "
                "Write where the table begins and ends, such as A3:E20, A3:E, A:E or 3:20."
            ),
        ),
        (
            {"meetings": {"layout": "wide"}},
            (
                "bad-value: 'wide' is nothing that 'layout' can be; "
                "Write 'matrix' for a register of names by days; other tables need no layout."
            ),
        ),
        (
            {"meetings": {"month": "2025-03"}},
            "bad-statement: 'month' is said only of a register of names by days; State 'layout: matrix', or leave it out.",
        ),
        (
            {"meetings": {"layout": "matrix", "month": "2025-13"}},
            "bad-value: '2025-13' is nothing that 'month' can be; Write a month such as 2025-03.",
        ),
        (
            {"meetings": {"columns": "date"}},
            (
                "bad-statement: 'tables.meetings.columns' holds something else than is stated there; "
                "Write the header of each field, '{date: Held on}'."
            ),
        ),
        (
            {"meetings": {"skip": {"a": "1"}}},
            (
                "bad-statement: 'tables.meetings.skip.a' holds something else than is stated there; "
                "Write one text, or a list of texts."
            ),
        ),
        (
            {"meetings": "Sheet1"},
            (
                "bad-statement: 'tables.meetings' does not say which table it is about, or what; "
                "Write 'tables.TABLE.KEY', with KEY one of:"
            ),
        ),
    ],
)
def test_a_manifest_that_cannot_be_read_is_an_error_with_place_and_fix(judge: Judge, stated: object, found: str) -> None:
    with pytest.raises(RecordsError) as raised:
        judge({"meetings": [HEADER]}, stated)
    (problem,) = raised.value.problems
    assert f"{problem.code}: {problem.message}; {problem.fix}".startswith(found)
    assert "submission.yaml:" in str(problem.place)


@pytest.mark.parametrize(
    ("stated", "found"),
    [
        ({"meetngs": {"skip": "3"}}, "unknown-record: the rulebook has no table 'meetngs'; Did you mean 'meetings'?"),
        (
            {"meetings": {"sheet": "T9"}},
            (
                "stated-table-missing: 'T9', which is stated to be 'meetings', is not there; "
                "There are: 'branches', 'members', 'meetings'."
            ),
        ),
        (
            {"came": {"skip": "3"}},
            (
                "stated-table-missing: nothing is called as 'came' is, of which something is stated; "
                "State the 'sheet' or the 'file' in which it stands."
            ),
        ),
        ({"meetings": {"columns": {"dat": "B"}}}, "unknown-field: 'meetings' has no field 'dat'; Did you mean 'date'?"),
        (
            {"meetings": {"columns": {"date": "Ngày hop"}}},
            "stated-column-missing: no column is called 'Ngày hop', as is stated of 'date'; Did you mean 'Ngày họp'?",
        ),
        (
            {"meetings": {"fill_down": "who"}},
            "unknown-field: 'meetings' has no field 'who'; Its fields are: branch, date, month, present.",
        ),
        ({"meetings": {"sheet": "{what}"}}, "unknown-field: 'meetings' has no field 'what'; Its fields are: "),
        (
            {"meetings": {"header_row": "9"}},
            (
                "stated-header-blank: row 9, which is stated to be the header, is blank; "
                "Write the number of the row as the spreadsheet program shows it."
            ),
        ),
        (
            {"meetings": {"title": "Hội {branch}"}},
            (
                "stated-title-missing: nothing above the header reads 'Hội {branch}'; "
                "Write the title as it stands there, with names of fields in braces."
            ),
        ),
    ],
)
def test_what_is_stated_and_not_there_is_a_problem_and_nobody_is_accused(
    judge: Judge, stated: dict[str, object], found: str
) -> None:
    report = judge({"meetings": [HEADER, A1]}, stated)
    said = [f"{each.code}: {each.message}; {each.fix}" for each in report.problems]
    assert any(each.startswith(found) for each in said), said
    assert all("submission.yaml:" in str(each.place) for each in report.problems)
    assert set(verdicts(report).values()) <= {"undetermined", "violated"}


def test_rows_and_columns_cannot_be_stated_where_there_are_none(judge: Judge) -> None:
    report = judge({}, {"meetings": {"table": "m", "skip": "3"}}, {"data.yaml": "tables: {m: [{branch: A}]}"})
    assert [each.code for each in report.problems] == ["no-sheet"]
    assert verdicts(report) == {"A": "undetermined", "B": "undetermined"}
