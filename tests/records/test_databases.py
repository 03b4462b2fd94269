"""SQLite databases: what a cell is as text, where a row is, and what is refused."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from checker.engine.duckdb.database import Duck
from checker.errors import RecordsError
from checker.records.limits import Limits
from checker.records.opening import open_submission
from tests.records.conftest import RECORDS

Told = Callable[[Path], list[str]]


def database(path: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return path


def test_tables_and_views_are_read_in_the_order_of_their_key(folder: Path, told: Told) -> None:
    path = database(
        folder / "office.sqlite",
        "CREATE TABLE meetings (no INTEGER PRIMARY KEY, Mã TEXT, held_on, present)",
        "INSERT INTO meetings VALUES (7, 'b', '2019-01-02', 0.1), (3, 'a', NULL, 5.0), (5, '', '', NULL), (9, 'c', x'00', 1e21)",
        "CREATE TABLE people (id)",
        "INSERT INTO people VALUES ('y'), ('x')",
        "CREATE VIEW members AS SELECT id FROM people",
        "CREATE TABLE submission (key TEXT, value TEXT)",
        "INSERT INTO submission VALUES ('kỳ', '2019'), ('rulebook', 'party')",
    )

    assert told(path) == [
        "meetings in/office.sqlite!meetings: 1:no=- 2:Mã=id 3:held_on=held_on 4:present=present",
        "no=3: 3 | a | - | 5",
        "no=5: 5 | - | - | -",
        "no=7: 7 | b | 2019-01-02 | 0.1",
        "no=9: 9 | c | ?bytes | 1000000000000000000000",
        "members in/office.sqlite!members: 1:id=id",
        "row 1: x",
        "row 2: y",
        "notice in/office.sqlite!people unknown-table",
        "notice in/office.sqlite!meetings unknown-column",
    ]
    opened = open_submission(path)
    assert opened.manifest.period is not None
    assert (opened.manifest.rulebook, opened.manifest.period.label) == ("party", "2019")


def test_a_row_is_named_by_its_key(folder: Path) -> None:
    path = database(
        folder / "office.db",
        "CREATE TABLE meetings (year, no, id, PRIMARY KEY (year, no))",
        "INSERT INTO meetings VALUES (2019, 2, 'b'), (2019, 1, 'a')",
        "CREATE TABLE members (id)",
        "INSERT INTO members VALUES ('x')",
    )
    meetings, members = open_submission(path).tables(RECORDS).tables
    engine = Duck()
    for record, table in zip(RECORDS, (meetings, members), strict=True):
        engine.load(record, table)
    assert engine.rows("SELECT _row, id FROM raw_meetings ORDER BY _row") == [(1, "a"), (2, "b")]
    assert str(meetings.place(2, "id")) == "in/office.db!meetings, year=2019, no=2"
    assert str(members.place(1)) == "in/office.db!members, row 1"


@pytest.mark.parametrize(
    ("statements", "spoil", "code"),
    [
        (("CREATE TABLE members (id)",), lambda content: content[:50], "broken-database"),
        (("CREATE TABLE members (id)",), lambda _: b"SQLite format 3\0" + b"\xff" * 5000, "broken-database"),
        (("CREATE TABLE members (id)",), lambda _: b"no database", "broken-database"),
        (("CREATE TABLE submission (key, value)",), lambda content: content, "no-table"),
    ],
)
def test_what_is_refused(
    folder: Path, refused: Told, statements: tuple[str, ...], spoil: Callable[[bytes], bytes], code: str
) -> None:
    path = database(folder / "office.db", *statements)
    path.write_bytes(spoil(path.read_bytes()))
    (problem,) = refused(path)
    assert f"[{code}]" in problem


@pytest.mark.parametrize(
    ("views", "what"),
    [
        (
            ["members AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT MAX(id) AS id FROM n"],
            "perhaps a view never comes to its end",
        ),
        (
            [f"v0 AS SELECT {', '.join(f'1 AS c{number}' for number in range(900))}"]
            + [f"v{number} AS SELECT * FROM v{number - 1} UNION ALL SELECT * FROM v{number - 1}" for number in range(1, 20)]
            + ["members AS SELECT c1 AS id FROM v19"],
            "needs more memory than any table would",
        ),
    ],
    ids=["without end", "of one another"],
)
def test_a_view_without_end_is_given_up(folder: Path, views: list[str], what: str) -> None:
    path = database(folder / "office.db", *(f"CREATE VIEW {view}" for view in views))
    found = open_submission(path, limits=Limits(seconds=1, memory=400_000_000)).tables(RECORDS)
    told = [str(problem.message) for problem in found.problems]
    for table in found.tables:
        with pytest.raises(RecordsError) as raised:
            Duck().load(RECORDS[1], table)
        told += map(str, (problem.message for problem in raised.value.problems))
    assert len(told) == 1
    assert what in told[0]


def test_a_cell_that_is_longer_than_any(folder: Path) -> None:
    path = database(folder / "office.db", "CREATE TABLE members (id)", "INSERT INTO members VALUES (ZEROBLOB(5000))")
    (table,) = open_submission(path, limits=Limits(cell=4000)).tables(RECORDS).tables
    with pytest.raises(RecordsError, match="too big"):
        Duck().load(RECORDS[1], table)


def test_nothing_is_written(folder: Path, told: Told) -> None:
    path = database(folder / "office.db", "CREATE TABLE members (id)", "INSERT INTO members VALUES ('x')")
    path.chmod(0o400)
    before = path.read_bytes()
    told(path)
    assert [file.name for file in folder.iterdir()] == ["office.db"]
    assert path.read_bytes() == before
