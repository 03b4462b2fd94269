"""Folders and archives: files of any formats mixed, what many bodies hand in as one, and what must not be unpacked."""

from __future__ import annotations

import io
import stat
import struct
import sys
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
import xlsxwriter

from checker.engine.duckdb.database import Duck
from checker.errors import RecordsError
from checker.records.limits import Limits
from checker.records.opening import open_submission
from checker.records.submission import Opened
from tests.records.conftest import RECORDS

Write = Callable[[Mapping[str, str | bytes]], Path]
Told = Callable[[Path], list[str]]
Files = Mapping[str, str | bytes]


def workbook(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return made.getvalue()


def write_all(folder: Path, files: Files) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def archive(path: Path, files: Mapping[str | zipfile.ZipInfo, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return path


def rows_of(opened: Opened) -> dict[str, list[tuple[object, ...]]]:
    """The ids of all rows with the places that they are said to stand at, by record."""
    engine = Duck()
    found: dict[str, list[tuple[object, ...]]] = {}
    submission = opened.tables(RECORDS)
    assert not submission.problems, submission.problems
    by_name = {record.name: record for record in RECORDS}
    for table in submission.tables:
        loaded = engine.load(by_name[table.record], table)
        assert loaded is not None
        ids = engine.rows(f"SELECT _row, id FROM raw_{table.record} ORDER BY _row")
        found[table.record] = [(text, str(loaded.place(row))) for row, text in ids]
    return found


MIXED: Files = {
    "members.csv": "id\nx\n\ny\n",
    "book.xlsx": workbook({"Cuộc họp": [["id", "present"], ["a", 5]]}),
    "more.json": '{"tables": {"meetings": [\n{"id": "b"}, {"id": "c"}]}}',
    "lines.yaml": "tables:\n  meetings:\n  - {present: 1, id: d}\n",
    "submission.yaml": "period: 2019\n",
    "rules.yaml": "rulebook: x\n",
}


def test_files_of_any_formats_make_one_submission(folder: Path) -> None:
    opened = open_submission(write_all(folder, MIXED))
    assert rows_of(opened) == {
        "meetings": [
            ("a", "in/book.xlsx!Cuộc họp:2"),
            ("d", "in/lines.yaml:3"),
            ("b", "in/more.json:2:1, row 1"),
            ("c", "in/more.json:2:14, row 2"),
        ],
        "members": [("x", "in/members.csv:2"), ("y", "in/members.csv:4")],
    }
    assert [(notice.code, str(notice.place)) for notice in opened.notices] == [("unread-file", "in/rules.yaml")]


@pytest.mark.parametrize("packed", [False, True])
def test_what_many_bodies_hand_in_is_judged_as_one(folder: Path, *, packed: bool) -> None:
    files: Files = {
        "north/meetings.csv": "id;present\nn1;1\nn2;2\n",
        "north/members.ndjson": '{"id": "n"}\n',
        "south/all.xlsx": workbook({"meetings": [["present", "id"], [3, "s1"]], "submission": [["period", "2019"]]}),
        "west/meetings.tsv": "id\nw1\n",
    }
    at = "in"
    if packed:
        archive(folder / "all.zip", {f"everything/{name}": content for name, content in files.items()})
        at = "in/all.zip"
    else:
        write_all(folder, files)
    opened = open_submission(Path(at))
    assert rows_of(opened) == {
        "meetings": [
            ("n1", f"{at}/north/meetings.csv:2"),
            ("n2", f"{at}/north/meetings.csv:3"),
            ("s1", f"{at}/south/all.xlsx!meetings:2"),
            ("w1", f"{at}/west/meetings.tsv:2"),
        ],
        "members": [("n", f"{at}/north/members.ndjson:1")],
    }
    assert opened.manifest.period is not None


def test_a_table_that_one_body_misspells_is_suggested_although_another_has_it(folder: Path) -> None:
    files = {"a/meetings.csv": "id\n1\n", "a/members.csv": "id\nx\n", "b/meetings.csv": "id\n2\n", "b/member.csv": "id\ny\n"}
    notices = open_submission(write_all(folder, files)).tables(RECORDS).notices
    (notice,) = [each for each in notices if each.code == "unknown-table"]
    assert "members" in str(notice.fix)


def test_a_folder_that_is_called_as_a_record_is_holds_its_rows(folder: Path) -> None:
    files = {
        "members.csv": "id\nx\n",
        "cuộc họp/north.csv": "id\nn\n",
        "cuộc họp/south.csv": "id,present\ns,1\n",
        "old/a.csv": "id\n",
    }
    opened = open_submission(write_all(folder, files))
    assert rows_of(opened)["meetings"] == [("n", "in/cuộc họp/north.csv:2"), ("s", "in/cuộc họp/south.csv:2")]
    assert [str(notice.place) for notice in opened.tables(RECORDS).notices if notice.code == "unread-file"] == ["in/old"]


def test_a_manifest_names_the_folder_of_the_bodies(folder: Path) -> None:
    files = {
        "members.csv": "id\nx\n",
        "submission.yaml": "period: 2019\nparts: branches",
        "branches/north.json": '{"tables": {"meetings": [{"id": "n"}]}}',
        "branches/south.json": '{"tables": {"meetings": [{"id": "s"}]}, "submission": {"period": "2018"}}',
    }
    opened = open_submission(write_all(folder, files))
    ids = [row[0] for row in rows_of(Opened(opened.manifest, opened.shown, opened.parts))["meetings"]]
    assert ids == ["n", "s"]
    (problem,) = opened.problems
    assert (problem.code, str(problem.place)) == ("parts-disagree", "in/branches")


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({"a.xlsx": workbook({"meetings": [["id"]]}), "b.xlsx": workbook({"meetings": [["x"]]})}, "no-known-column"),
        ({"meetings.csv": "id\n1\n", "b.xlsx": b"PK\3\4"}, "broken-workbook"),
        ({"meetings.csv": "id\n1\n", "b.json": '{"tables": '}, "broken-json"),
        ({"meetings.csv": "id\n1\n", "b.zip": b"no archive"}, "broken-archive"),
    ],
)
def test_what_one_body_hands_in_and_cannot_be_read_is_a_problem(folder: Path, files: Files, problem: str) -> None:
    submission = open_submission(write_all(folder, files)).tables(RECORDS)
    assert [each.code for each in submission.problems] == [problem]


def test_a_copy_of_a_file_is_a_problem(folder: Path) -> None:
    book = workbook({"meetings": [["id"], ["a"]]})
    opened = open_submission(write_all(folder, {"book (1).xlsx": book, "book.xlsx": book, "members.csv": "id\nx\n"}))
    (problem,) = opened.problems
    assert (problem.code, str(problem.place)) == ("same-file-twice", "in/book.xlsx")
    assert str(problem.message) == "this holds the very same as in/book (1).xlsx"


def test_rows_of_one_table_are_not_judged_without_those_of_another_that_cannot_be_read(folder: Path) -> None:
    files = {"a/meetings.csv": "id\n1\n", "b/meetings.csv": "", "b/members.csv": "id\n2\n"}
    submission = open_submission(write_all(folder, files)).tables(RECORDS)
    assert [table.record for table in submission.tables] == ["members"]
    assert [name for name, _ in submission.unreadable] == ["meetings"]


@pytest.mark.parametrize("name", ["members.ndjson", "members/north.ndjson"])
def test_a_file_that_cannot_be_read_at_all_is_no_table_that_is_missing(folder: Path, name: str) -> None:
    submission = open_submission(write_all(folder, {"meetings.csv": "id\n1\n", name: '{"id": '})).tables(RECORDS)
    assert [each.code for each in submission.problems] == ["broken-json"]
    assert [record for record, _ in submission.unreadable] == ["members"]


def _link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    ("members", "limits", "what"),
    [
        ({"../meetings.csv": "id\n"}, Limits(), "'../meetings.csv' in it is no name of a file below it"),
        ({"/etc/meetings.csv": "id\n"}, Limits(), "is no name of a file below it"),
        ({"a/..\\..\\meetings.csv": "id\n"}, Limits(), "is no name of a file below it"),
        ({"C:\\meetings.csv": "id\n"}, Limits(), "is no name of a file below it"),
        ({_link("meetings.csv"): "/etc/passwd"}, Limits(), "is a link"),
        ({"meetings.csv": "id\n", "MEETINGS.csv": "id\n"}, Limits(), "two files in it are called"),
        ({"meetings.csv": "id\n", "members.csv": "id\n"}, Limits(files=1), "there are 2 files in the archive"),
        ({"meetings.csv": "id\n" * 100}, Limits(unpacked=200), "larger than the limit"),
        ({"meetings.csv": "\n" * 150_000_000}, Limits(), "packed more tightly than any table can be"),
    ],
)
def test_what_must_not_be_unpacked(folder: Path, members: Mapping[str | zipfile.ZipInfo, str], limits: Limits, what: str) -> None:
    path = archive(folder / "all.zip", members)
    with pytest.raises(RecordsError) as caught:
        open_submission(path, limits=limits)
    (problem,) = caught.value.problems
    assert problem.code == "broken-archive"
    assert what in str(problem.message)
    assert not (folder.parent / "meetings.csv").exists()


def _nested(inner: bytes, name: str, times: int) -> bytes:
    """An archive in an archive, so many times."""
    for _ in range(times):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr(name, inner)
        inner, name = stream.getvalue(), "more.zip"
    return inner


@pytest.mark.parametrize(("times", "codes"), [(3, []), (40, ["too-deep"])])
def test_archives_stand_in_one_another_only_so_deep(folder: Path, times: int, codes: list[str]) -> None:
    (folder / "all.zip").write_bytes(_nested(b"id\nx\n", "members.csv", times))
    submission = open_submission(folder / "all.zip").tables(RECORDS)
    assert [problem.code for problem in submission.problems] == codes
    assert [table.record for table in submission.tables] == ["members"] * (not codes)


def test_what_archives_in_archives_unpack_counts_together(folder: Path) -> None:
    inner = _nested(b"id\n" + b"x\n" * 3000, "members.csv", 1)
    archive(folder / "all.zip", {f"{number}.zip": inner for number in range(5)})
    submission = open_submission(folder / "all.zip", limits=Limits(unpacked=20_000)).tables(RECORDS)
    told = {(problem.code, str(problem.message)) for problem in submission.problems}
    assert len(told) == 1
    assert "larger than the limit" in next(iter(told))[1]


def test_files_that_share_their_bytes_in_an_archive_are_refused(folder: Path) -> None:
    path = archive(folder / "all.zip", {"members0.csv": "id\n" + "x\n" * 1000})
    whole = path.read_bytes()
    with zipfile.ZipFile(path) as packed:
        start = packed.start_dir
    entry = whole[start : whole.rfind(b"PK\5\6")]
    entries = b"".join(entry.replace(b"members0", b"members%d" % number) for number in range(9))
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 9, 9, len(entries), start, 0)
    path.write_bytes(whole[:start] + entries + end)
    with pytest.raises(RecordsError, match="the archive cannot be read"):
        open_submission(path)


def test_folders_stand_in_one_another_only_so_deep(folder: Path) -> None:
    (folder / "loop").symlink_to(folder.resolve(), target_is_directory=True)
    (problem,) = open_submission(folder).problems
    assert problem.code == "too-deep"


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (b"id\nx\n", "members.csv", {"members": [("x", "members.csv:2")]}),
        (b'{"tables": {"members": [{"id": "x"}]}}', None, {"members": [("x", "stdin.json:1")]}),
        (b"tables: {members: [{id: x}]}", None, {"members": [("x", "stdin.yaml:1")]}),
        (workbook({"members": [["id"], ["x"]]}), None, {"members": [("x", "stdin.xlsx!members:2")]}),
        (b'{"id": "x"}\n{"id": "y"}', "far/members.jsonl", {"members": [("x", "members.jsonl:1"), ("y", "members.jsonl:2")]}),
    ],
)
def test_standard_input_is_read(content: bytes, name: str | None, expected: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert rows_of(open_submission("-", stdin_filename=name)) == expected


def test_nothing_that_comes_in_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    with pytest.raises(RecordsError, match="nothing comes in by standard input"):
        open_submission("-", stdin_filename="members.csv")


def test_a_table_that_comes_in_without_a_name_is_asked_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"id,name\nx,y\n")))
    (notice,) = open_submission("-").tables(RECORDS).notices
    assert "--stdin-filename meetings.csv" in str(notice.fix)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_archive_is_told_however_it_is_packed(folder: Path, method: int) -> None:
    path = folder / "all.zip"
    with zipfile.ZipFile(path, "w", method) as packed:
        packed.writestr("meetings.csv", "id\n" + "".join(f"{number * 7919}\n" for number in range(3000)))
    damaged = bytearray(path.read_bytes())
    damaged[200:260] = bytes(byte ^ 0xFF for byte in damaged[200:260])
    path.write_bytes(damaged)
    with pytest.raises(RecordsError) as caught:
        open_submission(path)
    assert [problem.code for problem in caught.value.problems] == ["broken-archive"]


def test_a_link_that_leads_out_of_the_folder_is_refused(folder: Path) -> None:
    outside, handed = folder / "outside", folder / "handed"
    write_all(outside, {"meetings.csv": "id,date\n1,2019-01-02\n", "more/meetings.csv": "id,date\n"})
    write_all(handed, {"organisations.csv": "id\nA\n"})
    for name, target in (("meetings.csv", outside / "meetings.csv"), ("more", outside / "more"), ("null.csv", Path("/dev/null"))):
        (handed / name).symlink_to(target.resolve())
    opened = open_submission(handed, Duck().describe)
    assert [(each.code, Path(each.place.file).name) for each in opened.problems if each.place] == [
        ("outside-link", name) for name in ("meetings.csv", "more", "null.csv")
    ]


def test_a_manifest_and_the_folder_that_it_names_are_no_links_to_elsewhere(folder: Path) -> None:
    write_all(folder / "outside", {"submission.yaml": "period: 2019\n", "each/a/meetings.csv": "id,date\n"})
    for linked, own in (("submission.yaml", {"organisations.csv": "id\nA\n"}), ("each", {"submission.yaml": "parts: each\n"})):
        handed = write_all(folder / f"handed-{linked}", own)
        (handed / linked).symlink_to((folder / "outside" / linked).resolve())
        with pytest.raises(RecordsError) as refused:
            open_submission(handed, Duck().describe)
        assert {problem.code for problem in refused.value.problems} == {"outside-link"}


def test_the_part_files_of_a_table_are_no_links_to_elsewhere(folder: Path) -> None:
    duck = Duck()
    write_all(folder, {"handed/organisations.csv": "id\nA\n", "handed/meetings.parquet/none": ""})
    duck.run(f"COPY (SELECT '1' AS id, DATE '2019-01-01' AS date) TO '{folder}/part.parquet' (FORMAT parquet)")
    (folder / "handed" / "meetings.parquet" / "part.parquet").symlink_to((folder / "part.parquet").resolve())
    opened = open_submission(folder / "handed", duck.describe)
    assert "outside-link" in {problem.code for problem in opened.tables(RECORDS).problems}


def test_a_link_within_the_folder_and_one_to_the_whole_are_followed(folder: Path) -> None:
    handed = write_all(folder / "handed", {"all/meetings.csv": "id,date\n1,2019-01-02\n", "organisations.csv": "id\nA\n"})
    (handed / "meetings.csv").symlink_to("all/meetings.csv")
    (folder / "link").symlink_to(handed.resolve())
    for named in (handed, folder / "link", handed / "meetings.csv"):
        assert not open_submission(named, Duck().describe).problems
