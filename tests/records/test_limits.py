"""What is handed in may be broken or made to harm: it is refused by a clear problem, in little memory and time."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from checker.engine.duckdb.database import Duck
from checker.errors import CheckerError, RecordsError
from checker.records.limits import Limits
from checker.records.opening import open_submission
from tests.records.conftest import RECORDS

Told = Callable[[Path], list[str]]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def problems(path: Path, limits: Limits | None = None) -> list[tuple[str, str]]:
    submission = open_submission(path, limits=limits).tables(RECORDS)
    return [(problem.code, str(problem.message)) for problem in submission.problems]


def test_a_table_of_very_many_columns(folder: Path) -> None:
    (folder / "members.csv").write_text("id" + ",x" * 300_000 + "\n" + "a" + ",b" * 300_000 + "\n")
    assert problems(folder) == [("too-many-columns", "the table has 300,001 columns; at most 16,384 are read")]
    (folder / "members.csv").write_text("id,x,y\na,b,c\n")
    assert problems(folder, Limits(columns=2)) == [("too-many-columns", "the table has 3 columns; at most 2 are read")]


def test_of_many_columns_that_are_not_read_the_first_are_named(folder: Path) -> None:
    (folder / "members.csv").write_text("id," + ",".join(f"column {number}" for number in range(50)) + "\n")
    notices = open_submission(folder).tables(RECORDS).notices
    assert len(notices) == 21
    assert str(notices[-1].message) == "30 more columns are not fields either, and are not read"


def test_a_line_that_is_longer_than_any_row(folder: Path) -> None:
    (folder / "members.csv").write_text("id\n" + "x" * 12_000_000)
    assert problems(folder, Limits(cell=3_000_000)) == [("too-long", "a line of the file is longer than 3,000,000 bytes")]


@pytest.mark.parametrize("name", ["more.json", "more.yaml", "members.ndjson"])
def test_a_file_of_yaml_or_json_is_kept_in_memory_and_so_not_too_large(folder: Path, name: str) -> None:
    (folder / "meetings.csv").write_text("id\n")
    (folder / name).write_text('{"tables": {"members": [{"id": "a"}]}}')
    ((code, told),) = problems(folder, Limits(text=20))
    assert code == "too-large"
    assert "at most 20 are read" in told


def test_quotes_that_are_never_closed_are_read_only_so_far(folder: Path) -> None:
    (folder / "members.csv").write_text('id\na\n"b\n' + "c\n" * 2000 + "d\n")
    assert problems(folder, Limits(cell=500)) == [
        ("broken-quotes", "the quotes opened here are not closed as they should be; all lines they span are unreadable")
    ]


ALIASES = "".join(f"{one}: &{one} [{', '.join([f'*{before}'] * 9)}]\n" for before, one in pairwise("abcdefgh"))


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("sub.yaml", f"a: &a [x, x, x]\n{ALIASES}tables: {{members: *h}}\n", "stand for more than 100,000 values"),
        ("submission.yaml", f"a: &a [x, x, x]\n{ALIASES}", "stand for more than 100,000 values"),
        ("submission.yaml", "waivers: ../../../etc/passwd\n", "is not the name of a file beside the manifest"),
        ("submission.yaml", "waivers: /etc/passwd\n", "is not the name of a file beside the manifest"),
        ("submission.yaml", "parts: ../..\n", "is not the name of a folder beside the manifest"),
    ],
)
def test_what_a_file_of_yaml_must_not_say(folder: Path, name: str, content: str, told: str) -> None:
    (folder / "members.csv").write_text("id\nx\n")
    (folder / name).write_text(content)
    with pytest.raises(CheckerError, match=told):
        raise RecordsError(*open_submission(folder).problems)


@pytest.mark.parametrize("file", ["/etc/passwd", "../../*.csv", "../members.csv"])
def test_a_manifest_names_no_table_outside(folder: Path, file: str) -> None:
    (folder / "members.csv").write_text("id\nx\n")
    (folder.parent / "members.csv").write_text("id\ny\n")
    (folder / "submission.yaml").write_text(f"tables: {{members: {{file: {file}}}}}\n")
    assert [code for code, _ in problems(folder)] == ["stated-table-missing"]


def test_an_archive_that_is_protected_by_a_password(folder: Path) -> None:
    with zipfile.ZipFile(folder / "all.zip", "w") as made:
        made.writestr("members.csv", "id\nx\n")
    locked = bytearray((folder / "all.zip").read_bytes())
    locked[6] |= 1
    locked[locked.find(b"PK\1\2") + 8] |= 1
    (folder / "all.zip").write_bytes(locked)
    with pytest.raises(RecordsError, match=r"'members\.csv' in it is protected by a password"):
        open_submission(folder / "all.zip")


@pytest.mark.parametrize("rows", ["a,b\n", '"b\nc\nd\n'], ids=["too many cells", "quotes that are not closed"])
def test_rows_that_cannot_be_split_are_not_kept_without_end(folder: Path, monkeypatch: pytest.MonkeyPatch, rows: str) -> None:
    monkeypatch.setattr("checker.records.readers.csv_records._MOST", 40)
    (folder / "members.csv").write_text("id\n" + rows * 50)
    *_, (code, told) = problems(folder)
    assert (code, told) == ("too-many-bad-rows", "more than 40 rows cannot be split into cells; the table is not read")


def parquet(folder: Path, rows: str) -> list[tuple[str, str]]:
    duckdb.sql(f"COPY ({rows}) TO '{folder / 'members.parquet'}' (COMPRESSION zstd)")
    submission = open_submission(folder, Duck().describe, limits=Limits(cell=3_000_000)).tables(RECORDS)
    return [(problem.code, str(problem.message)) for problem in submission.problems]


def test_a_long_text_in_a_parquet_file(folder: Path) -> None:
    text = "STRING_AGG(HASH(i), ' ') FROM RANGE(200_000) AS of(i)"
    ((code, told),) = parquet(folder, f"SELECT 'a' AS id, 'x' AS name UNION ALL SELECT 'b', (SELECT {text})")
    assert code == "too-long"
    assert told.endswith(" bytes; at most 3,000,000 are read")
    assert parquet(folder, "SELECT 'a' AS id, REPEAT('x', 2_000_000) AS name") == []


def test_texts_of_a_parquet_file_that_are_packed_to_blow_up(folder: Path) -> None:
    told = "the Parquet file cannot be read: its texts are packed more tightly than those of any table"
    assert parquet(folder, "SELECT 'a' AS id, REPEAT('x', 120_000_000) AS name") == [("broken-parquet", told)]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("book.xlsx", b"id,name\n1,2\n", "this is CSV"),
        ("book.xls", b"<html><table><tr><td>id</td></tr></table></html>", "this is an HTML page"),
        ("book.xlsx", b"\xef\xbb\xbf\r\n<!DOCTYPE html>", "this is an HTML page"),
        ("book.xls", b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "XML of 2003"),
        ("book.ods", b"%PDF-1.7", "this is a PDF document"),
        ("book.xlsx", b'{"tables": {}}', "this is JSON"),
        ("book.xlsx", b"", "this is an empty file"),
        ("book.xlsx", b"PK\3\4 and no more", "cut off"),
        ("book.xlsx", OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        ("members.csv", b"PK\3\4 and no more", "cut off"),
        ("members.csv", b"<html><body>Please log in</body></html>", "this is an HTML page"),
        ("members.csv", b"%PDF-1.7\n", "this is a PDF document"),
        ("members.csv", b"SQLite format 3\0" + b"\0" * 100, "this is a SQLite database"),
        ("members.csv", b"PAR1", "this is a Parquet file"),
    ],
)
def test_what_a_file_is_whatever_its_name_says(folder: Path, name: str, content: bytes, told: str) -> None:
    (folder / name).write_bytes(content)
    (problem,) = problems(folder)
    assert told in problem[1]


@pytest.mark.parametrize("suffix", [".xls", ".ods", ".xlsb", ".xlsm"])
def test_a_workbook_of_one_kind_under_the_name_of_another_is_read(folder: Path, told: Told, suffix: str) -> None:
    with xlsxwriter.Workbook(folder / "book.xlsx") as made:
        made.add_worksheet("members").write_column(0, 0, ["id", "x"])
    path = (folder / "book.xlsx").rename(folder / f"book{suffix}")
    assert told(path) == [f"members {path}!members: 1:id=id", "2: x"]


@pytest.mark.parametrize("name", ["members.csv", "members.ndjson", "book.xlsx", "office.sqlite", "more.json", "all.zip"])
def test_pipes_and_links_to_nothing(folder: Path, name: str) -> None:
    (folder / "meetings.csv").write_text("id\n")
    os.mkfifo(folder / name)
    ((code, what),) = problems(folder)
    assert code == "unreadable-file"
    assert "a device or a pipe" in what
    (folder / name).unlink()
    (folder / name).symlink_to("nowhere")
    ((code, _),) = problems(folder)
    assert code == "unreadable-file"
