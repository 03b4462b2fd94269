"""Cells are filled with what stands above where rulebook or manifest say so, and nowhere else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from checker.model.words import Verdict
from checker.request import Tuning
from tests.stating.conftest import HEADER, RULES, Judge, account, notices, verdicts, wrong_cells

FILLED = RULES.replace(
    "    title: {en: Meetings, vi: Cuộc họp}\n", "    title: {en: Meetings, vi: Cuộc họp}\n    fill_down: [branch]\n"
)
ROWS: list[list[object]] = [
    HEADER,
    ["A", date(2025, 3, 5), 40],
    [None, date(2025, 9, 4), 40],
    ["B", date(2025, 4, 7), 30],
    ['"', date(2025, 10, 8), 30],
]


def merge(book: Any) -> None:
    book["meetings"].merge_cells("A2:A3")


def test_nothing_is_filled_unless_it_is_stated_and_it_is_suggested(judge: Judge) -> None:
    report = judge({"meetings": ROWS}, None, prepare=merge)
    assert verdicts(report) == {"A": "undetermined", "B": "undetermined"}
    assert wrong_cells(report) == ["book.xlsx!meetings!A3", "book.xlsx!meetings!A5"]
    assert notices(report) == ["merged-cells book.xlsx!meetings:2", "ditto-marks book.xlsx!meetings!A5"]
    assert ["fill_down: branch" in str(each.fix) for each in report.notices] == [True, True]


@pytest.mark.parametrize("ditto", ['"', "nt", "Như trên", '-"-', "''", " 〃 ", "N.T.", None, " "])
def test_empty_cells_and_ditto_marks_take_what_stands_above(judge: Judge, ditto: str | None) -> None:
    rows = [*ROWS[:4], [ditto, *ROWS[4][1:]]]
    report = judge({"meetings": rows}, {"meetings": {"fill_down": ["branch"]}}, prepare=merge)
    assert verdicts(report) == {"A": "satisfied", "B": "satisfied"}
    assert wrong_cells(report) == []
    assert notices(report) == ["filled-down book.xlsx!meetings!A3"]


def test_a_rulebook_may_say_that_cells_are_filled(judge: Judge) -> None:
    report = judge({"meetings": ROWS}, None, prepare=merge, rules=FILLED)
    assert verdicts(report) == {"A": "satisfied", "B": "satisfied"}


def test_a_csv_file_is_filled_too_also_a_large_one(judge: Judge) -> None:
    text = "Mã chi hội,Ngày họp\nA,2025-03-05\n,2025-09-04\nB,2025-03-05\nnt,2025-09-04\n"
    report = judge({}, {"meetings": {"file": "hop.csv", "fill_down": "branch"}}, {"hop.csv": text}, tuning=Tuning(small=-1))
    (rule,) = [each for each in report.rules if each.id == "r"]
    assert rule.count(Verdict.SATISFIED) == 2


def test_nothing_is_filled_across_titles_and_totals_nor_where_nothing_stands_above(judge: Judge) -> None:
    rows = [HEADER, [None, date(2025, 1, 1), 1], ROWS[1], ["Tổng cộng", None, 40], ROWS[2], ROWS[3]]
    report = judge({"meetings": rows}, {"meetings": {"fill_down": "branch"}})
    assert account(report, "meetings") == (5, 4, 1)
    assert wrong_cells(report) == ["book.xlsx!meetings!A2", "book.xlsx!meetings!A5"]


def test_nothing_is_filled_from_one_table_into_another(judge: Judge) -> None:
    sheets = {"T1": [HEADER, ROWS[1]], "T2": [HEADER, ROWS[2], ROWS[3], ROWS[4]]}
    report = judge(sheets, {"meetings": {"sheets": "T{month}", "fill_down": "branch"}})
    assert wrong_cells(report) == ["book.xlsx!T2!A2"]


def test_what_is_unreadable_above_is_unreadable_below(judge: Judge) -> None:
    rows = [HEADER, ["=1/0", date(2025, 3, 5), 1], [None, date(2025, 9, 4), 1]]
    report = judge({"meetings": rows}, {"meetings": {"fill_down": "branch"}})
    assert wrong_cells(report) == ["book.xlsx!meetings!A2", "book.xlsx!meetings!A3"]


def test_a_field_of_the_rulebook_that_is_none_is_an_error(judge: Judge) -> None:
    with pytest.raises(Exception, match="'brnch' is not a field of this record"):
        judge({}, None, rules=FILLED.replace("[branch]", "[brnch]"))
