"""Opening: which kinds of submission there are, what they say of themselves, and why one is refused."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from checker.model.period import Period
from checker.model.schema import Field, Record
from checker.records.opening import open_submission
from checker.records.values import Manifest, ParquetShape

Write = Callable[[Mapping[str, str | bytes]], Path]
Told = Callable[[Path], list[str]]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "submission.yaml",
            "rulebook: x\nperiod: 2019-Q2\nas-of: 2019-12-31\nsubmitted by: A\ntitle: T\nencoding: cp1258",
        ),
        (
            "submission.yml",
            """\
            submission:
              {rulebook: x, period: 2019-Q2, as_of: 2019-12-31, submitted_by: A, title: T, encoding: cp1258}
            """,
        ),
        (
            "Submission.JSON",
            """
            {"bộ quy tắc": "x", "kỳ": "2019-Q2", "tính đến ngày": "2019-12-31",
             "đơn vị nộp": "A", "tiêu đề": "T", "bảng mã": "cp1258"}
            """,
        ),
    ],
)
def test_a_folder_says_what_it_is(write: Write, name: str, content: str) -> None:
    opened = open_submission(write({name: content, "meetings.csv": "id\n"}))

    period = Period(date(2019, 4, 1), date(2019, 6, 30), "2019-Q2")
    assert opened.manifest == Manifest(
        "x", period, date(2019, 12, 31), "A", "T", "cp1258", rulebook_at=opened.manifest.rulebook_at
    )
    assert (opened.shown, opened.notices) == ("in", ())


def test_it_need_not_say_anything(write: Write) -> None:
    path = write({"meetings.csv": "id\n", "submission.yaml": "period:\ntitle: ''"})

    assert open_submission(path).manifest == Manifest()
    assert open_submission(path / "meetings.csv").manifest == Manifest()


@pytest.mark.parametrize(
    ("manifest", "expected"),
    [
        ("period: 2019-13", "1:1: '2019-13' is not a period: write 2019"),
        ("period: 2019-W5", "1:1: '2019-W5' is not a period: write 2019"),
        ("period: 20190131", "1:1: '20190131' is not a period: write 2019"),
        ("period: ２０１９", "1:1: '２０１９' is not a period: write 2019"),
        ("as_of: 20191231", "1:1: '20191231' is not a day [bad-date]"),
        ("as_of: 04/05/2019", "1:1: '04/05/2019' may be 5 April 2019 or 4 May 2019 [bad-date]"),
        ("as_of: 2019-02-30", "1:1: '2019-02-30' is not a day [bad-date]"),
        ("encoding: klingon", "1:1: 'klingon' is not an encoding of text [unknown-encoding]"),
        ("encoding: undefined", "1:1: 'undefined' is not an encoding of text [unknown-encoding]"),
        (
            "title: x\nperoid: 2019",
            "2:1: 'peroid' is nothing that a submission states of itself [unknown-key]\n  fix: Did you mean 'period'?",
        ),
        ("period: 2019\nkỳ: 2020", "2:1: 'kỳ' is given twice; at first it is 2019 [duplicate-key]"),
    ],
)
def test_what_it_says_must_be_right(write: Write, refused: Told, manifest: str, expected: str) -> None:
    (line,) = refused(write({"submission.yaml": manifest, "meetings.csv": "id\n"}))

    assert line.removeprefix("in/submission.yaml:").startswith(expected)


def test_all_that_is_wrong_is_said_at_once(write: Write, refused: Told) -> None:
    path = write({"submission.yaml": "x: 1\nperiod: x\nas_of: x\nencoding: x", "meetings.csv": "id\n"})

    assert [line.split(":")[1] for line in refused(path)] == ["1", "2", "3", "4"]


@pytest.mark.parametrize(
    ("files", "name", "expected"),
    [
        ({}, "", "in: the folder is empty [empty-folder]"),
        ({}, "nowhere", "in/nowhere: there is no such file or folder [missing-path]"),
        ({"a.docx": ""}, "a.docx", "in/a.docx: '.docx' is not a kind of file that is read [unknown-kind]"),
        ({"a.docx": ""}, "", "in: there is no table in the folder [no-table]\n  fix: Hand in a file .csv, .tsv, "),
        ({".x.csv": "", "~$a.xlsx": ""}, "", "in: the folder is empty [empty-folder]"),
        (
            {"submission.yaml": "", "submission.json": "", "a.csv": ""},
            "",
            "in: there are two manifests: submission.json and submission.yaml",
        ),
    ],
)
def test_what_is_refused(write: Write, refused: Told, files: Mapping[str, str], name: str, expected: str) -> None:
    (line,) = refused(write(files) / name)

    assert line.startswith(expected)


def test_tables_are_matched_by_name(write: Write, told: Told) -> None:
    path = write(
        {
            "CUỘC-HỌP.TSV": "id\theld_on\n1\t2\n",
            "member.csv": "id\n",
            "nothing.csv": "",
            "notes.txt": "x",
            "README.md": "x",
        }
    )
    (path / "old").mkdir()
    (path / "old" / "members.csv").touch()

    assert told(path) == [
        "meetings in/CUỘC-HỌP.TSV by '\\t' after 1: 1:id=id 2:held_on=held_on",
        "2: 1 | 2",
        "notice in/notes.txt unread-file",
        "notice in/old unread-file",
        "notice in/member.csv unknown-table",
    ]


def test_of_two_tables_for_one_record_none_is_read(write: Write, told: Told) -> None:
    path = write({"meetings.csv": "id\n1\n", "Cuộc họp.csv": "id\n2\n"})

    assert told(path) == ["problem in/meetings.csv duplicate-table", "unreadable meetings in/Cuộc họp.csv"]


@pytest.mark.parametrize(
    ("name", "content", "unused"),
    [("in.csv", "id\n", "yaml python_calamine json"), ("in.json", '{"tables": {"t": []}}', "yaml python_calamine")],
)
def test_only_the_reader_that_is_needed_is_loaded(write: Write, name: str, content: str, unused: str) -> None:
    path = write({name: content}) / name
    code = (
        "import sys, pathlib; from checker.records.opening import open_submission;"
        "open_submission(pathlib.Path(sys.argv[1])).tables(());"
        "print(set(sys.argv[2].split()) & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code, path, unused], capture_output=True, text=True, check=True)

    assert run.stdout == "set()\n"


def test_parquet_is_not_read_without_the_engine(write: Write, told: Told) -> None:
    assert told(write({"members.csv": "id\n1\n", "meetings.parquet": "x"})) == [
        "members in/members.csv: 1:id=id",
        "2: 1",
        "notice in/meetings.parquet unread-file",
    ]


def test_a_table_as_csv_and_as_parquet_is_two_tables(write: Write) -> None:
    def describe(_: Path) -> ParquetShape:
        raise AssertionError

    path = write({"meetings.csv": "id\n1\n", "meetings.parquet": "x"})
    (problem,) = open_submission(path, describe).tables([Record("meetings", (Field("id"),))]).problems
    assert problem.code == "duplicate-table"
    assert str(problem.message) == "there are 2 tables for 'meetings': meetings.csv, meetings.parquet"


@pytest.mark.parametrize("said", ["as_of: 31/12/2019", "as_of: 12/31/2019", "Ngày chốt số liệu: 31.12.2019", "as_of: 2019-12-31"])
def test_a_day_is_written_in_any_way_that_can_be_one_day_only(write: Write, said: str) -> None:
    assert open_submission(write({"submission.yaml": said, "meetings.csv": "id\na\n"})).manifest.as_of == date(2019, 12, 31)


def test_the_day_stands_first_under_a_vietnamese_key(write: Write) -> None:
    said = {"submission.yaml": "Ngày chốt số liệu: 04/05/2019", "meetings.csv": "id\na\n"}
    assert open_submission(write(said)).manifest.as_of == date(2019, 5, 4)
