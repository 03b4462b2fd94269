"""What a manifest can say of a table, under `tables`, with the names it goes by, folded."""

from __future__ import annotations

from checker.model.blanks import fold

TABLES = ("tables", "các bảng", "bảng")
"""The names under which a manifest speaks of its tables."""

KEYS: dict[str, tuple[str, tuple[str, ...]]] = {
    "file": (
        "The file it stands in, or several; `branches-{branch}.csv` gives a column `branch`, `*` stands for anything.",
        ("file", "files", "tệp", "các tệp"),
    ),
    "sheet": (
        "The sheet, or the table of a database, or several; `T{month}` gives a column `month`.",
        ("sheet", "sheets", "table", "trang tính", "trang", "các trang tính"),
    ),
    "header_row": (
        "The row with the headers, or two: `3`, `3-4`; of a CSV file the line. `0`: none is.",
        ("header row", "dòng tiêu đề"),
    ),
    "skip": ("Rows that are none of it: `5`, `12-14`; several in a list.", ("skip", "bỏ qua", "bỏ qua các dòng")),
    "cells": (
        "The cells it stands in, where several tables are on a sheet: `A3:E20`, `G3:K`, `A:E`, `3:20`.",
        ("cells", "vùng ô", "vùng"),
    ),
    "columns": ("The header of each field, or the letter of its column.", ("columns", "cột", "các cột")),
    "fill_down": (
        "Fields of which an empty cell, or a ditto mark, means what stands above.",
        ("fill down", "điền theo ô trên", "lấy theo ô trên"),
    ),
    "title": (
        "What stands above the header, with fields in it: `Chi hội {branch}`, `Tháng {month} năm {year}`.",
        ("title", "tiêu đề bảng", "tiêu đề"),
    ),
    "layout": (
        "`matrix` where it is a register of names by days, of which each mark becomes a row.",
        ("layout", "bố cục"),
    ),
    "days": ("Of a matrix, the field of what stands above the marks; the date of the record, if not said.", ("days", "ngày")),
    "mark": (
        "Of a matrix, the field of the marks; if not said, each mark that means present makes a row.",
        ("mark", "cột ký hiệu"),
    ),
    "marks": ("Of a matrix, what each mark means: `{x: yes, v: no}`.", ("marks", "ký hiệu")),
    "empty": ("Of a matrix, what an empty cell means.", ("empty", "ô trống")),
    "month": ("Of a matrix, the month of which numbers are days: `2025-03`.", ("month", "tháng")),
    "year": ("Of a matrix, the year of days and months without one.", ("year", "năm")),
}
"""What can be said of a table: what it is, and its names."""

NESTED = frozenset({"columns", "marks"})
"""Of these each holds several texts by name."""

OF_REGISTERS = ("days", "mark", "marks", "empty", "month", "year")
"""What is said of a register only."""

KNOWN = {name: key for key, (_, names) in KEYS.items() for name in names}


def speaks_of_tables(key: str) -> bool:
    """Whether a key of a manifest is, or begins with, that of its tables: `tables`, `tables.meetings.skip`."""
    return fold(key.partition(".")[0]) in TABLES


def parts_of(key: str) -> tuple[str, ...]:
    """The parts of a key that is written on one line: `tables.meetings.columns.date`; the last may hold points."""
    parts = tuple(part.strip() for part in key.split("."))
    deep = 4 + (len(parts) > 2 and parts[2].isdecimal())  # noqa: PLR2004 -- the third may be a number
    return parts if len(parts) < deep else (*parts[: deep - 1], ".".join(parts[deep - 1 :]))
