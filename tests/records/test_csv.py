"""CSV files: encoding, delimiter and header are found, and every row knows its line."""

from __future__ import annotations

import codecs
import gc
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from checker.model.schema import Field, Record
from checker.records.opening import open_submission
from checker.records.values import CsvSource
from tests.records.conftest import RECORDS

Write = Callable[[Mapping[str, str | bytes]], Path]
Told = Callable[[Path], list[str]]

MEETINGS = "meetings in/meetings.csv"
ALL = "1:id=id 2:held_on=held_on 3:present=present"
VIETNAMESE = "id,held_on,present\n1,họp,Đảng ủy\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "id,held_on,present\n1,2019-01-02,5\n",
            [f"{MEETINGS} by ',' after 1: {ALL}", "2: 1 | 2019-01-02 | 5"],
            id="names",
        ),
        pytest.param(
            "Mã;HELD-ON;có  mặt\r\n1;2019-01-02;5\r\n2;;\r\n",
            [
                f"{MEETINGS} by ';' after 1: 1:Mã=id 2:HELD-ON=held_on 3:có  mặt=present",
                "2: 1 | 2019-01-02 | 5",
                "3: 2 | - | -",
            ],
            id="headers, titles, semicolons, CRLF",
        ),
        pytest.param(
            "id\tHeld  on\tMembers_present\n",
            [f"{MEETINGS} by '\\t' after 1: 1:id=id 2:Held  on=held_on 3:Members_present=present"],
            id="tabs, no rows",
        ),
        pytest.param("id|held_on|present", [f"{MEETINGS} by '|' after 1: {ALL}"], id="bars, no line end"),
        pytest.param(
            '\ufeff"id",held_on,present\n1,,',
            [f"{MEETINGS} by ',' after 1: {ALL}", "2: 1 | - | -"],
            id="byte order mark",
        ),
        pytest.param("sep=;\nid;held_on;present\n1;a,b;\n", [f"{MEETINGS} by ';' after 2: {ALL}", "3: 1 | a,b | -"], id="sep="),
        pytest.param(
            "\n\nid,held_on,present\n\n1,,\n\n\n2,,\n",
            [f"{MEETINGS} by ',' after 3: {ALL}", "5: 1 | - | -", "8: 2 | - | -"],
            id="blank lines",
        ),
        pytest.param(
            'id,held_on,present\n1,"a\n\nb",\n"2 ""x""",c,\n',
            [f"{MEETINGS} by ',' after 1: {ALL}", "2: 1 | a\n\nb | -", '5: 2 "x" | c | -'],
            id="line ends in quotes",
        ),
        pytest.param(
            "Meetings of 2019, all\nid;held_on;present\n1;;\n",
            [f"{MEETINGS} by ';' after 2: {ALL}", "3: 1 | - | -", "notice in/meetings.csv:2 rows-above-header"],
            id="title above",
        ),
        pytest.param(
            '"id","held\non","present"\r\n1,,\r\n',
            [f"{MEETINGS}: 1:id=id 2:held\non=held_on 3:present=present", "3: 1 | - | -"],
            id="header over two lines",
        ),
        pytest.param(
            "id,helt_on,,present,\n1,2,,3,4\n",
            [
                f"{MEETINGS} by ',' after 1: 1:id=id 2:helt_on=- 3:-=- 4:present=present 5:-=-",
                "2: 1 | 2 | - | 3 | 4",
                "notice in/meetings.csv:1:2 unknown-column",
                "notice in/meetings.csv:1:5 nameless-column",
            ],
            id="columns that are not read",
        ),
        pytest.param(
            "id,Mã\n1,2\n",
            [
                f"{MEETINGS} by ',' after 1: 1:id=id 2:Mã=-",
                "2: 1 | 2",
                "problem in/meetings.csv:1:2 duplicate-column",
            ],
            id="two columns for one field",
        ),
        pytest.param(
            "id;held_on;present\r\n1;;\r\n;;\r\n2;;\r\n;;",
            [f"{MEETINGS}: {ALL}", "2: 1 | - | -", "4: 2 | - | -"],
            id="rows of nothing but delimiters",
        ),
        pytest.param(
            '"Meetings of 2019\nid,held_on,present\n1,2,3\n',
            [
                f"{MEETINGS}: {ALL}",
                "3: ?1 | ?2 | ?3",
                "problem in/meetings.csv:1 broken-quotes",
                "notice in/meetings.csv:2 rows-above-header",
            ],
            id="quotes that swallow the header",
        ),
        pytest.param("id\n\n1\n\n\n2\n", [f"{MEETINGS}: 1:id=id", "3: 1", "6: 2"], id="one column, blank lines"),
        pytest.param(
            "1,2019-01-02,5\n2,2019-01-03,5\n",
            [
                "problem in/meetings.csv:1 no-known-column",
                *(f"notice in/meetings.csv:1:{number} unknown-column" for number in (1, 2, 3)),
                "unreadable meetings in/meetings.csv",
            ],
            id="no header",
        ),
        pytest.param("", ["problem in/meetings.csv empty-file", "unreadable meetings in/meetings.csv"], id="empty"),
        pytest.param("\n \n,,\n", ["problem in/meetings.csv empty-file", "unreadable meetings in/meetings.csv"], id="blank"),
    ],
)
def test_what_is_read(write: Write, told: Told, text: str, expected: list[str]) -> None:
    assert told(write({"meetings.csv": text})) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "id,held_on,present\n1,2\n2,3,4,5\n3,4,5,,\n4,5,6\n",
            [
                "2: ?1 | ?2 | ?",
                "3: ?2 | ?3 | ?4",
                "4: 3 | 4 | 5",
                "5: 4 | 5 | 6",
                "fixed in/meetings.csv:2 ragged-row",
                "fixed in/meetings.csv:3 ragged-row",
            ],
            id="too few, too many, only empty ones too many",
        ),
        pytest.param(
            'id,held_on,present\n1,2,3\n2,"3,4\n3,4,5\n"4",5,6\n5,6,7\n',
            [
                "2: 1 | 2 | 3",
                '3: ?2 | ?"3 | ?4',
                "4: ?3 | ?4 | ?5",
                '5: ?"4" | ?5 | ?6',
                "6: 5 | 6 | 7",
                "fixed in/meetings.csv:3 broken-quotes",
            ],
            id="a quote is closed by that of a later row",
        ),
        pytest.param(
            'id,held_on,present\n1,"2,3\n2,3,4\n',
            ['2: ?1 | ?"2 | ?3', "3: ?2 | ?3 | ?4", "fixed in/meetings.csv:2 broken-quotes"],
            id="a quote is never closed",
        ),
        pytest.param(
            "id,held_on,present\n" + "1\n" * 25,
            [
                *(f"{line}: ?1 | ? | ?" for line in range(2, 27)),
                *(f"fixed in/meetings.csv:{line} ragged-row" for line in range(2, 22)),
                "fixed in/meetings.csv ragged-row",
            ],
            id="only the first twenty of a kind are named",
        ),
        pytest.param("id,held_on,present\r\n1,2,3\n2,3,4\r\n", ["2: 1 | 2 | 3", "3: 2 | 3 | 4"], id="mixed line ends are fixed"),
    ],
)
def test_rows_that_cannot_be_told_apart_are_unreadable(write: Write, told: Told, text: str, expected: list[str]) -> None:
    assert told(write({"meetings.csv": text})) == [f"{MEETINGS} by ',' after 1: {ALL}", *expected]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(VIETNAMESE.encode("utf-16"), ["2: 1 | họp | Đảng ủy"], id="utf-16"),
        pytest.param(codecs.BOM_UTF32_BE + VIETNAMESE.encode("utf-32-be"), ["2: 1 | họp | Đảng ủy"], id="utf-32, big end first"),
        pytest.param(
            "id,held_on,present\n1,ho\u0323p,Đa\u0309ng u\u0309y\n".encode("cp1258"),
            ["2: 1 | ho\u0323p | Đa\u0309ng u\u0309y", "notice in/meetings.csv assumed-encoding"],
            id="looks like cp1258",
        ),
        pytest.param(
            "id,held_on,present\n1,été,così\n".encode("cp1252"),
            ["2: 1 | été | così", "notice in/meetings.csv assumed-encoding"],
            id="looks like cp1252",
        ),
        pytest.param(
            VIETNAMESE.encode() + "2,ấ".encode()[:-1] + b",3\n",
            ["2: 1 | họp | Đảng ủy", "3: 2 | ? | 3", "problem in/meetings.csv:3:2 not-text"],
            id="damaged UTF-8",
        ),
        pytest.param(
            VIETNAMESE.encode() + b"2,\0,3\n",
            ["2: 1 | họp | Đảng ủy", "3: 2 | ?\0 | 3", "problem in/meetings.csv:3:2 not-text"],
            id="NUL",
        ),
    ],
)
def test_encodings(write: Write, told: Told, content: bytes, expected: list[str]) -> None:
    header, *rest = told(write({"meetings.csv": content}))

    assert header.endswith(ALL)
    assert rest == expected


@pytest.mark.parametrize(
    ("content", "row"),
    [
        ("id,held_on,present\n1,zażółć,\n".encode("cp1250"), "2: 1 | zażółć | -"),
        (VIETNAMESE.encode(), "2: 1 | họp | Đảng ủy"),
    ],
)
def test_a_declared_encoding_is_that_of_text_that_is_not_utf_8(write: Write, told: Told, content: bytes, row: str) -> None:
    assert told(write({"meetings.csv": content, "submission.yaml": "encoding: cp1250"}))[1:] == [row]


def test_text_that_is_not_in_the_declared_encoding_is_a_problem(write: Write, told: Told) -> None:
    path = write({"meetings.csv": b"id,present\n\x81\xff,2\n", "submission.yaml": "encoding: cp1252"})

    assert told(path) == ["problem in/meetings.csv bad-encoding", "unreadable meetings in/meetings.csv"]


def test_what_is_no_text_is_told_without_a_name_of_the_program(write: Write) -> None:
    (problem,) = open_submission(write({"members.csv": b"\x7fELF\x02\x90\xff\x81 and more\n"})).tables(RECORDS).problems
    assert str(problem.message) == "the text is not UTF-8: byte 6 is 0x90, which belongs to no letter"


def test_a_decoded_copy_lives_as_long_as_its_table(write: Write) -> None:
    path = write({"meetings.csv": VIETNAMESE.encode("utf-16")})
    source = open_submission(path).tables((Record("meetings", (Field("id"), Field("present"))),)).tables[0].source
    assert isinstance(source, CsvSource)
    copy = source.path

    gc.collect()
    assert copy.read_text(encoding="utf-8") == VIETNAMESE

    del source
    gc.collect()
    assert not copy.parent.exists()


def test_the_engine_is_given_no_pattern(write: Write) -> None:
    """DuckDB would read `meetings1.csv` if it were asked for `meetings[1].csv`."""
    path = write({"meetings[1].csv": "id,name\n1,x\n"})
    table = open_submission(path).tables((Record("meetings", (Field("id"),), headers=("meetings[1]",)),)).tables[0]

    assert isinstance(table.source, CsvSource)
    assert "[" not in table.source.path.name
    assert table.source.path.read_text(encoding="utf-8") == "id,name\n1,x\n"
    assert table.file == "in/meetings[1].csv"


@pytest.mark.parametrize("lines", [10, 7_000, 200_000])
def test_rows_after_a_long_cell_have_their_lines(write: Write, told: Told, lines: int) -> None:
    minutes = "minutes of the meeting\n" * lines
    path = write({"meetings.csv": f'id,held_on,present\na,"{minutes}",1\nb,2019-03-01,2\n\nc,,"{minutes}"\nd,x,y\n'})
    found = [line.partition(" ")[0] for line in told(path) if line[:1].isdecimal()]
    assert found == ["2:", f"{lines + 3}:", f"{lines + 5}:", f"{2 * lines + 6}:"]
    (table,) = open_submission(path).tables(RECORDS).tables
    assert isinstance(table.source, CsvSource)
    assert [table.place(row).line for row in (2, 4)] == [lines + 3, 2 * lines + 6]
