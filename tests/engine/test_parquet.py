"""Parquet files: what a typed cell is as text, what is read, and what is refused."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from checker.engine.duckdb.database import Duck
from checker.errors import Place, RecordsError
from checker.model.schema import Field, Record
from checker.records.opening import open_submission
from checker.records.submission import Opened
from checker.records.values import Submission
from checker.request import Tuning

THINGS = Record("things", (Field("id"), Field("x")))


def written(path: Path, query: str, options: str = "") -> Path:
    duckdb.connect().execute(f"COPY ({query}) TO '{path}' (FORMAT parquet{options})").fetchall()
    return path


def opened(path: Path, engine: Duck) -> Opened:
    return open_submission(path, engine.describe)


def read(path: Path, record: Record = THINGS) -> tuple[Submission, Duck]:
    engine = Duck(tuning=Tuning(few_rows=-1))
    submission = opened(path, engine).tables([record])
    for table in submission.tables:
        engine.load(record, table)
    return submission, engine


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("NULL", None),
        ("CAST(NULL AS INTEGER)", None),
        ("CAST(NULL AS BLOB)", None),
        ("'a'", "a"),
        ("' a '", " a "),
        ("'a\ufffd'", "\ufffda\ufffd"),
        ("'\ufffd'", "\ufffd\ufffd"),
        ("'a' || CHR(0)", "a\0"),
        ("CAST('a' AS ENUM ('a', 'b'))", "a"),
        ("TRUE", "true"),
        ("CAST(-5 AS TINYINT)", "-5"),
        ("9223372036854775807", "9223372036854775807"),
        ("CAST('18446744073709551615' AS UBIGINT)", "18446744073709551615"),
        ("CAST(12 AS DECIMAL(4, 0))", "12"),
        ("CAST(120 AS DECIMAL(4, 0))", "120"),
        ("CAST(12 AS DECIMAL(9, 2))", "12"),
        ("CAST(-12.5 AS DECIMAL(9, 2))", "-12.5"),
        ("CAST(100 AS DECIMAL(9, 2))", "100"),
        ("CAST(0 AS DECIMAL(9, 2))", "0"),
        ("CAST(0.12345678 AS DECIMAL(9, 8))", "0.12345678"),
        ("CAST(5 AS DOUBLE)", "5"),
        ("CAST(100 AS DOUBLE)", "100"),
        ("CAST(0.1 AS DOUBLE)", "0.1"),
        ("CAST(0.1 AS FLOAT)", "0.1"),
        ("CAST(0.1 AS DOUBLE) + CAST(0.2 AS DOUBLE)", "0.30000000000000004"),
        ("CAST(1e15 AS DOUBLE)", "1000000000000000"),
        ("CAST(1e16 AS DOUBLE)", "10000000000000000"),
        ("CAST(-3e18 AS DOUBLE)", "-3000000000000000000"),
        ("CAST(2e20 AS DOUBLE)", "200000000000000000000"),
        ("CAST(1e300 AS DOUBLE)", "1e+300"),
        ("CAST(0.0000015 AS DOUBLE)", "0.0000015"),
        ("CAST(1e-300 AS DOUBLE)", "1e-300"),
        ("CAST('nan' AS DOUBLE)", "\ufffdnan"),
        ("CAST('-inf' AS FLOAT)", "\ufffd-inf"),
        ("DATE '2019-06-30'", "2019-06-30"),
        ("DATE '12019-06-30'", "12019-06-30"),
        ("TIMESTAMP '2019-06-30 00:00:00'", "2019-06-30"),
        ("TIMESTAMP '2019-06-30 10:00:00'", "2019-06-30T10:00:00"),
        ("TIMESTAMP '2019-06-30 00:00:00.000001'", "2019-06-30T00:00:00.000001"),
        ("TIMESTAMP_NS '2019-06-30 00:00:00'", "2019-06-30"),
        ("TIMESTAMP_NS '2019-06-30 00:00:00.000000001'", "2019-06-30T00:00:00.000000001"),
        ("TIMESTAMP_MS '2019-06-30 00:00:00'", "2019-06-30"),
        ("TIMESTAMPTZ '2019-06-30 00:00:00+00'", "2019-06-30T00:00:00Z"),
        ("TIME '10:30:00'", "10:30:00"),
        ("CAST('6e0bc81a-0d7f-4f30-b4c6-8ecbf1a9a1de' AS UUID)", "6e0bc81a-0d7f-4f30-b4c6-8ecbf1a9a1de"),
        ("CAST('x' AS BLOB)", "\ufffdBLOB"),
        ("[1, 2]", "\ufffdINTEGER[]"),
        ("{'it''s': 1}", '\ufffdSTRUCT("it\'s" INTEGER)'),
        ("MAP {1: 'a'}", "\ufffdMAP(INTEGER, VARCHAR)"),
        ("INTERVAL 1 DAY", "\ufffdINTERVAL"),
        ("CAST('{}' AS JSON)", "\ufffdJSON"),
    ],
)
def test_a_typed_cell_is_what_its_text_would_be(cell: str, text: str | None, tmp_path: Path) -> None:
    _, engine = read(written(tmp_path / "things.parquet", f"SELECT 'a' AS id, {cell} AS x"))
    assert engine.rows("SELECT x FROM raw_things") == [(text,)]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("['budget', 'a \"b\"; c']", '["budget","a \\"b\\"; c"]'),
        ("[]::VARCHAR[]", None),
        ("NULL::VARCHAR[]", None),
        ("['budget', NULL]", "\ufffdVARCHAR[]"),
        ("['\ufffd']", '\ufffd["\ufffd"]'),
        ("[1, 2]", "\ufffdINTEGER[]"),
        ("'budget; chair'", "budget; chair"),
    ],
)
def test_a_field_that_takes_a_list_is_given_a_list_of_texts(cell: str, text: str | None, tmp_path: Path) -> None:
    things = Record("things", (Field("id"), Field("x", separators=";")))
    _, engine = read(written(tmp_path / "things.parquet", f"SELECT 'a' AS id, {cell} AS x"), things)
    assert engine.rows('SELECT x FROM "raw_things"') == [(text,)]


def test_rows_are_numbered_as_they_stand(tmp_path: Path) -> None:
    path = written(tmp_path / "things.parquet", "SELECT 'a' || i AS id, i AS x FROM RANGE(9000) AS r(i)", ", ROW_GROUP_SIZE 2048")
    submission, engine = read(path)
    assert engine.rows("SELECT COUNT(*), COUNT_IF(id = 'a' || (_row - 1)), MIN(_row) FROM raw_things") == [(9000, 9000, 1)]
    assert str(submission.tables[0].place(7, "x")) == f"{path}:7"


@pytest.mark.parametrize(
    ("rows", "numbers"),
    [
        ("('a', 1), (NULL, NULL), (' ', NULL), ('', 2), (NULL, 3)", [1, 4, 5]),
        ("(NULL, NULL)", []),
        ("('a', NULL), ('b', 1)", [1, 2]),
        ("('a', 1), ('b', 2)", [1, 2]),
        ("(chr(9), 1), ('b', NULL)", [1, 2]),
        ("('\u00a0', NULL), ('b', NULL)", [2]),
    ],
)
def test_a_row_without_any_filled_cell_is_no_row(rows: str, numbers: list[int], tmp_path: Path) -> None:
    _, engine = read(written(tmp_path / "things.parquet", f"SELECT * FROM (VALUES {rows}) AS v(id, x)"))
    assert [row for (row,) in engine.rows("SELECT _row FROM raw_things ORDER BY _row")] == numbers


def test_a_cell_of_a_column_that_is_no_field_fills_its_row(tmp_path: Path) -> None:
    _, engine = read(written(tmp_path / "things.parquet", "SELECT CAST(NULL AS VARCHAR) AS id, 1 AS y"))
    assert engine.rows("SELECT _row, id, x FROM raw_things") == [(1, None, "\ufffd")]


def test_columns_are_matched_by_name(tmp_path: Path) -> None:
    query = "SELECT {'a': {'b': 1}, 'id': 2} AS s, 7 AS file_row_number, 1 AS \"X\", 'a' AS \"ID\""
    submission, engine = read(written(tmp_path / "things.parquet", query))
    assert [column.field for column in submission.tables[0].columns] == [None, None, "x", "id"]
    assert [notice.code for notice in submission.notices] == ["unknown-column", "unknown-column"]
    assert engine.rows("SELECT * EXCLUDE (_at) FROM raw_things") == [(1, "a", "1")]


def test_two_columns_for_one_field_are_a_problem(tmp_path: Path) -> None:
    path = written(tmp_path / "things.parquet", "SELECT 'a' AS id, 1 AS qq")
    path.write_bytes(path.read_bytes().replace(b"qq", b"ID"))
    submission, engine = read(path)
    assert [problem.code for problem in submission.problems] == ["duplicate-column"]
    assert engine.rows("SELECT id FROM raw_things") == [("a",)]


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        pytest.param(lambda _: b"", "empty-file", id="empty"),
        pytest.param(lambda _: b"PAR1", "broken-parquet", id="a sign and no more"),
        pytest.param(lambda _: b"id,x\na,1\n" * 9, "broken-parquet", id="CSV"),
        pytest.param(lambda whole: whole[:-20], "broken-parquet", id="cut off"),
        pytest.param(lambda whole: whole[:-8] + b"\xff\xff\xff\x7fPAR1", "broken-parquet", id="footer too long"),
        pytest.param(lambda whole: whole[:-8] + b"\x10\0\0\0PAR1", "broken-parquet", id="footer too short"),
        pytest.param(lambda whole: whole[:-4] + b"PARE", "broken-parquet", id="encrypted"),
    ],
)
def test_what_is_no_parquet_file_is_refused(spoil: object, code: str, tmp_path: Path) -> None:
    assert callable(spoil)
    path = written(tmp_path / "things.parquet", "SELECT 'a' AS id, 1 AS x")
    path.write_bytes(spoil(path.read_bytes()))
    submission, _ = read(path)
    assert [problem.code for problem in submission.problems] == [code]
    assert submission.problems[0].place == submission.unreadable[0][1]
    assert submission.problems[0].fix


def test_a_folder_of_parts_is_one_table(tmp_path: Path) -> None:
    parts = tmp_path / "filed" / "things.parquet"
    parts.mkdir(parents=True)
    for number, rows in enumerate((2, 0, 3)):
        written(parts / f"part-{number}.parquet", f"SELECT 'p{number}-' || range AS id, range AS x FROM RANGE({rows})")
    submission, engine = read(tmp_path / "filed")
    (table,) = submission.tables
    assert engine.rows("SELECT _row, _at, id, x FROM raw_things ORDER BY _row") == [
        (1, 0, "p0-0", "0"),
        (2, 1, "p0-1", "1"),
        (3, 2, "p2-0", "0"),
        (4, 3, "p2-1", "1"),
        (5, 4, "p2-2", "2"),
    ]
    assert [str(table.place(row)).removeprefix(f"{parts}/") for row in (1, 2, 3, 5)] == [
        "part-0.parquet:1",
        "part-0.parquet:2",
        "part-2.parquet:1",
        "part-2.parquet:3",
    ]


def test_parts_have_the_same_columns(tmp_path: Path) -> None:
    parts = tmp_path / "filed" / "things.parquet"
    parts.mkdir(parents=True)
    written(parts / "a.parquet", "SELECT 'a' AS id, 1 AS x")
    written(parts / "b.parquet", "SELECT 'a' AS id, 'b' AS x")
    (problem,) = read(tmp_path / "filed")[0].problems
    assert (problem.code, problem.place) == ("other-columns", Place(str(parts / "b.parquet")))
    assert "column 'x' is not as in" in str(problem.message)


def test_text_that_is_no_text_is_told_when_it_is_met(tmp_path: Path) -> None:
    path = written(tmp_path / "things.parquet", "SELECT 'zzzz' AS id, 1 AS x FROM RANGE(3)")
    path.write_bytes(path.read_bytes().replace(b"zzzz", b"z\xff\xfez"))
    _, engine = read(path)
    with pytest.raises(RecordsError) as caught:
        engine.rows("SELECT id FROM raw_things")
    (problem,) = caught.value.problems
    assert (problem.code, str(problem.place)) == ("broken-parquet", str(path))


def _of_negative_size(path: Path) -> None:
    """Has the file say that its first column takes less than no bytes: DuckDB 2.0.0 then answers nothing any more."""
    ((size,),) = duckdb.connect().execute(f"SELECT total_compressed_size FROM PARQUET_METADATA('{path}') LIMIT 1").fetchall()
    packed = bytes([2 * size % 128 + 128, 2 * size // 128])
    whole = path.read_bytes()
    assert whole.count(packed) == 1
    at = whole.index(packed)
    path.write_bytes(whole[:at] + bytes([packed[0] + 1]) + whole[at + 1 :])


@pytest.mark.parametrize("beside", [False, True], ids=["alone", "beside others"])
def test_a_file_that_breaks_the_engine_is_the_only_one_blamed(*, beside: bool, tmp_path: Path) -> None:
    parts = tmp_path / "filed" / "things.parquet"
    parts.mkdir(parents=True)
    for name in ("a", "b", "c"):
        written(parts / f"{name}.parquet", "SELECT 'p' || range AS id, range AS x FROM RANGE(21)")
    _of_negative_size(parts / "b.parquet")
    engine = Duck(beside=Duck()) if beside else Duck()
    (table,) = opened(tmp_path / "filed", engine).tables([THINGS]).tables
    engine.load(THINGS, table)
    with pytest.raises(RecordsError) as caught:
        engine.rows("SELECT id FROM raw_things")
    (problem,) = caught.value.problems
    assert (problem.code, str(problem.place)) == ("broken-parquet", str(parts / "b.parquet"))
    assert engine.rows("SELECT 1") == [(1,)]


def test_the_engine_is_given_no_pattern(tmp_path: Path) -> None:
    written(tmp_path / "things1.parquet", "SELECT 'wrong' AS id, 1 AS x")
    written(tmp_path / "things[1].parquet", "SELECT 'right' AS id, 1 AS x")
    _, engine = read(tmp_path / "things[1].parquet", Record("things", THINGS.fields, headers=("things[1]",)))
    assert engine.rows("SELECT id FROM raw_things") == [("right",)]


def test_a_table_without_rows_and_a_path_with_quotes(tmp_path: Path) -> None:
    home = tmp_path / "it's"
    home.mkdir()
    written(tmp_path / "things.parquet", "SELECT 'a' AS id, 1 AS x LIMIT 0").rename(home / "things.PARQUET")
    submission, engine = read(home)
    assert submission.problems == ()
    assert engine.rows("SELECT COUNT(*) FROM raw_things") == [(0,)]
    assert engine.rows("SELECT COUNT(*) FROM filed_things") == [(0,)]
