"""Workbooks as people make them say what a clean one says, or what is to be corrected; they accuse nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.stating.conftest import HEADER, Judge, notices, verdicts, wrong_cells

Rows = list[list[object]]
ROWS: Rows = [
    ["A", date(2025, 3, 5), 40],
    ["A", date(2025, 9, 4), 40],
    ["B", date(2025, 4, 7), 30],
    ["B", date(2025, 10, 8), 30],
]
CLEAN = {"A": "satisfied", "B": "satisfied"}


def beside(*changed: tuple[int, int, object]) -> Rows:
    """The clean rows with some cells changed: (row, column, value), from 0."""
    rows = [[*row] for row in ROWS]
    for row, column, value in changed:
        rows[row][column] = value
    return [HEADER, *rows]


def merged(*areas: str) -> Callable[[Any], None]:
    """Merges areas of the sheet."""

    def prepare(book: Any) -> None:
        for area in areas:
            book["meetings"].merge_cells(area)

    return prepare


SAME: dict[str, tuple[Rows, list[str]]] = {
    "clean": ([HEADER, *ROWS], []),
    "titles above": ([["HỘI LIÊN HIỆP"], ["Báo cáo năm 2025"], [], HEADER, *ROWS], ["rows-above-header"]),
    "header of two rows": (
        [["Mã chi hội", "Ngày họp", "Số người"], [None, None, "Có mặt"], *ROWS],
        ["header-of-two-rows"],
    ),
    "total by word": ([HEADER, *ROWS, ["Tổng cộng", None, 140]], ["no-row"]),
    "total in the second column": ([HEADER, *ROWS, [None, "Tổng cộng", 140]], ["no-row"]),
    "sections": ([HEADER, ["Khối các phường"], *ROWS[:2], ["Khối các xã"], *ROWS[2:]], ["no-row", "no-row"]),
    "notes and signatures": (
        [HEADER, *ROWS, [], ["Ghi chú: số liệu đến 31/12"], ["Người lập biểu"], ["Nguyễn Văn A"]],
        ["no-row", "no-row", "no-row"],
    ),
    "column numbers": ([HEADER, ["(1)", "(2)", "(3)"], *ROWS], ["column-numbers"]),
    "notes in headers": (
        [["Mã chi hội *", "Ngày họp (1)", "Có mặt (người):"], *ROWS],
        ["header-with-notes", "header-with-notes", "header-with-notes"],
    ),
    "numbers as text": (beside((0, 2, "40"), (1, 2, " 40 ")), []),
    "blanks in keys": (beside((0, 0, "A\u00a0"), (1, 0, "\u200bA")), []),
    "dates as text": (beside((0, 1, "2025-03-05")), []),
}


@pytest.mark.parametrize("kind", SAME)
def test_it_says_what_the_clean_one_says(judge: Judge, kind: str) -> None:
    rows, codes = SAME[kind]
    report = judge({"meetings": rows}, None)
    assert verdicts(report) == CLEAN
    assert wrong_cells(report) == []
    assert [each.partition(" ")[0] for each in notices(report)] == codes


WRONG: dict[str, tuple[Rows, list[str]]] = {
    "day with a time": (beside((0, 1, "2025-03-05T08:30:00")), ["B2"]),
    "year of two figures": (beside((0, 1, "05/03/25")), ["B2"]),
    "an error of a formula": (beside((0, 0, "=1/0")), ["A2"]),
    "per cent": (beside((0, 2, "98,76 %")), ["C2"]),
    "thousands": (beside((0, 2, "1.250")), ["C2"]),
    "cells that were merged": (beside((1, 0, None)), ["A3"]),
}


@pytest.mark.parametrize("kind", WRONG)
def test_it_says_what_is_to_be_corrected_and_accuses_nobody(judge: Judge, kind: str) -> None:
    rows, cells = WRONG[kind]
    report = judge({"meetings": rows}, None, prepare=merged("A2:A3") if "merged" in kind else lambda _: None)
    assert wrong_cells(report) == [f"book.xlsx!meetings!{cell}" for cell in cells]
    assert set(verdicts(report).values()) <= {"satisfied", "undetermined"}


def test_sheets_of_months_are_one_table(judge: Judge) -> None:
    report = judge({"Cuộc họp tháng 3": [HEADER, *ROWS[:2]], "Cuộc họp tháng 4": [HEADER, *ROWS[2:]]}, None)
    assert verdicts(report) == CLEAN
    assert [each.partition(" ")[0] for each in notices(report)] == ["judged-as-one"]
