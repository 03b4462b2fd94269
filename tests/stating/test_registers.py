"""A register of names by days becomes rows: one for each name and day, each of which knows its cell."""

from __future__ import annotations

from datetime import date

import pytest

from tests.stating.conftest import Judge, account, counted, notices, problems, verdicts, wrong_cells

DAYS = (date(2025, 3, 5), date(2025, 9, 4))
MATRIX = {"sheet": "Register", "layout": "matrix", "mark": "present"}
ROWS = [["Họ và tên", *DAYS], ["Ann", "x", "X"], ["Bo", "✓", "không"]]


def test_each_mark_is_a_row_that_knows_its_cell(judge: Judge) -> None:
    report = judge({"Register": ROWS}, {"attendance": MATRIX})
    assert account(report, "attendance") == (4, 4, 0)
    assert verdicts(report, "s") == {"Ann": "satisfied", "Bo": "violated"}
    assert counted(report, "often", "Ann") == ["book.xlsx!Register!B2", "book.xlsx!Register!C2"]
    assert notices(report) == []


def test_without_a_field_for_marks_only_those_who_were_there_make_rows(judge: Judge) -> None:
    report = judge({"Register": ROWS}, {"came": {"sheet": "Register", "layout": "matrix"}})
    assert account(report, "came") == (3, 3, 0)
    assert verdicts(report, "t") == {"Ann": "satisfied", "Bo": "violated"}


def test_a_mark_that_nobody_knows_is_reported_with_its_cell_and_not_guessed(judge: Judge) -> None:
    rows = [["Họ và tên", *DAYS], ["Ann", "x", "v"], ["Bo", "x", "x"]]
    report = judge({"Register": rows}, {"attendance": MATRIX, "came": {"sheet": "Register", "layout": "matrix"}})
    assert wrong_cells(report) == ["book.xlsx!Register!C2"]
    assert verdicts(report, "s") == verdicts(report, "t") == {"Ann": "undetermined", "Bo": "satisfied"}


def test_what_marks_mean_can_be_stated(judge: Judge) -> None:
    rows = [["Họ và tên", *DAYS], ["Ann", "V", "v"], ["Bo", "k", "v"]]
    report = judge({"Register": rows}, {"attendance": {**MATRIX, "marks": {"v": "yes", "K": "no"}}})
    assert verdicts(report, "s") == {"Ann": "satisfied", "Bo": "violated"}
    assert wrong_cells(report) == []


@pytest.mark.parametrize(
    ("empty", "rows", "verdict"), [({}, 4, "undetermined"), ({"empty": "no"}, 4, "violated"), ({"empty": "yes"}, 4, "satisfied")]
)
def test_an_empty_cell_is_unknown_unless_it_is_stated_what_it_means(
    judge: Judge, empty: dict[str, str], rows: int, verdict: str
) -> None:
    report = judge({"Register": [["Họ và tên", *DAYS], ["Ann", "x", "x"], ["Bo", "x"]]}, {"attendance": {**MATRIX, **empty}})
    assert account(report, "attendance")[0] == rows
    assert verdicts(report, "s")["Bo"] == verdict


def test_totals_lines_and_days_without_marks_are_set_apart_with_a_notice(judge: Judge) -> None:
    rows = [["Họ và tên", *DAYS, date(2025, 12, 1)], ["Ann", "x", "x"], ["Tổng cộng", 1, 1], [], ["Chủ tịch ký tên"]]
    report = judge({"Register": rows}, {"attendance": MATRIX})
    assert account(report, "attendance") == (2, 2, 0)
    assert notices(report) == [
        "no-row book.xlsx!Register:3",
        "no-row book.xlsx!Register:5",
        "register-empty-days book.xlsx!Register:1",
    ]


def test_somebody_who_was_never_there_is_a_row_where_empty_means_absent(judge: Judge) -> None:
    rows = [["Họ và tên", *DAYS], ["Ann", "x", "x"], ["Bo"]]
    report = judge({"Register": rows}, {"attendance": {**MATRIX, "empty": "no"}})
    assert account(report, "attendance") == (4, 4, 0)
    assert verdicts(report, "s") == {"Ann": "satisfied", "Bo": "violated"}


@pytest.mark.parametrize(
    ("above", "header", "stated"),
    [
        ([], [5, 6], {"month": "2025-03"}),
        ([], ["05/03", "6/3"], {"year": "2025"}),
        ([["BẢNG ĐIỂM DANH THÁNG 3 NĂM 2025"]], [5, 6], {"title": "tháng {month} năm {year}"}),
        ([["Tháng 3/2025"], []], ["ngày 5", "ngày 6"], {"title": "Tháng {tháng}"}),
        ([], ["2025-03-05", "2025-03-06"], {}),
        ([["Something"], ["else"]], [5, 6], {"month": "3/2025", "header_row": "3"}),
    ],
)
def test_days_are_dates_or_numbers_of_a_month_that_is_stated(
    judge: Judge, above: list[list[object]], header: list[object], stated: dict[str, str]
) -> None:
    rows = [*above, ["STT", "Họ và tên", *header, "Ghi chú"], [1, "Ann", "x", "x", "late"]]
    report = judge({"Register": rows}, {"attendance": {**MATRIX, **stated}})
    row = len(rows)
    assert counted(report, "often", "Ann") == [f"book.xlsx!Register!C{row}", f"book.xlsx!Register!D{row}"]
    assert verdicts(report, "s")["Ann"] == "satisfied"
    assert notices(report, "rows-above-header") == [
        f"unknown-column book.xlsx!Register!A{row - 1}",
        f"unknown-column book.xlsx!Register!E{row - 1}",
    ]


def test_names_of_sheets_give_month_year_and_fields(judge: Judge) -> None:
    rows = [["Họ và tên", 5, 6], ["Ann", "x", "x"], ["Bo", "x", "v"]]
    stated = {**MATRIX, "sheet": "{branch} T{month}-{year}", "marks": {"v": "no"}}
    report = judge({"A T3-2025": rows, "B T4-2025": rows}, {"attendance": stated})
    assert account(report, "attendance") == (8, 8, 0)
    assert verdicts(report, "s") == {"Ann": "satisfied", "Bo": "satisfied"}
    assert problems(report) == []


def test_a_register_without_days_says_what_to_state(judge: Judge) -> None:
    report = judge({"Register": [["Họ và tên", 5, 6], ["Ann", "x", "x"]]}, {"attendance": MATRIX})
    assert problems(report) == ["register-no-days book.xlsx!Register:1"]
    assert verdicts(report, "s") == {"Ann": "undetermined", "Bo": "undetermined"}


def test_a_register_may_be_a_csv_file(judge: Judge) -> None:
    text = "Trường;;\nHọ và tên;2025-03-05;2025-09-04\nAnn;x;x\nBo;x;?\n"
    stated = {"file": "register.csv", "layout": "matrix", "mark": "present"}
    report = judge({}, {"attendance": stated}, {"register.csv": text})
    assert counted(report, "often", "Ann") == ["register.csv:3:2", "register.csv:3:3"]
    assert wrong_cells(report) == ["register.csv:4:3"]


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ({"mark": "nobody"}, "unknown-field"),
        ({"days": "when"}, "unknown-field"),
        ({"marks": {"x": "perhaps"}}, "bad-mark"),
        ({"empty": "perhaps"}, "bad-mark"),
    ],
)
def test_what_cannot_be_meant_is_a_problem_and_nothing_is_judged(judge: Judge, stated: dict[str, object], code: str) -> None:
    report = judge({"Register": ROWS}, {"attendance": {**MATRIX, **stated}})
    (problem,) = report.problems
    assert problem.code == code
    assert "submission.yaml:" in str(problem.place)
    assert verdicts(report, "s") == {"Ann": "undetermined", "Bo": "undetermined"}
