"""A PostgreSQL database: a real server is started, or the one used that CHECKER_TEST_DATABASE names."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from checker import api
from checker.engine.duckdb.database import Duck
from checker.errors import RecordsError
from checker.model.schema import Field, FieldType, Record
from checker.records.opening import open_submission
from checker.records.readers.addresses import shown, without_secrets
from checker.records.submission import Opened
from checker.report import Presentation
from checker.report.formats import CHECK

RECORDS = (
    Record("meetings", (Field("id"), Field("held_on", FieldType.DATE), Field("present", FieldType.INTEGER))),
    Record("members", (Field("id"), Field("name"))),
)
SECRET = "geh%C3%A4im!x"  # noqa: S105 -- of a server that is thrown away
MADE = """
DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public;
CREATE TYPE kind AS ENUM ('plenary', 'cell');
CREATE TABLE meetings (year int, no int, id text, held_on date, present numeric(6, 2), kind kind, seen timestamptz,
  blob bytea, topics text[], PRIMARY KEY (year, no));
INSERT INTO meetings VALUES (2019, 10, 'c', '2019-03-01', 7, 'cell', NULL, NULL, '{}'),
  (2019, 9, 'b', NULL, 12.5, NULL, NULL, '\\x00', '{a,"b, c"}'),
  (2018, 1, 'a', '2018-12-31', NULL, 'plenary', '2019-01-01 00:00+00', NULL, NULL);
CREATE VIEW members AS SELECT 'm' || n AS id, n::float8 / 4 AS name FROM generate_series(1, 3) AS n;
CREATE TABLE submission (key text, value text);
INSERT INTO submission VALUES ('period', '2019'), ('rulebook', 'party');
"""


@pytest.fixture(scope="module")
def address(server: str) -> str:
    """The address of a database with tables, for a user who may only read."""
    dbapi = pytest.importorskip("adbc_driver_postgresql.dbapi")
    with dbapi.connect(server, autocommit=True) as connection, connection.cursor() as cursor:
        for statement in filter(str.strip, MADE.split(";")):
            cursor.execute(statement)
        cursor.execute("DROP ROLE IF EXISTS clerk")
        cursor.execute("CREATE ROLE clerk LOGIN PASSWORD 'gehäim!x'")
        cursor.execute("GRANT USAGE ON SCHEMA public TO clerk")
        cursor.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO clerk")
    return server.replace("master:master@", f"clerk:{SECRET}@")


@pytest.fixture
def opened(address: str) -> tuple[Opened, Duck]:
    engine = Duck()
    return open_submission(address, engine.describe, take=engine.take), engine


def test_tables_and_views_are_read_with_what_the_database_says_of_itself(opened: tuple[Opened, Duck]) -> None:
    submission, engine = opened
    assert submission.manifest.period is not None
    assert (submission.manifest.period.label, submission.manifest.rulebook) == ("2019", "party")
    tables = submission.tables(RECORDS)
    assert not tables.problems
    for record, table in zip(RECORDS, tables.tables, strict=True):
        engine.load(record, table)
    assert engine.rows("SELECT * FROM raw_meetings ORDER BY _row") == [
        (1, "a", "2018-12-31", None),
        (2, "b", None, "12.50"),
        (3, "c", "2019-03-01", "7.00"),
    ]
    assert engine.rows("SELECT * FROM raw_members ORDER BY _row") == [(1, "m1", "0.25"), (2, "m2", "0.5"), (3, "m3", "0.75")]
    meetings, members = tables.tables
    assert str(meetings.place(3)).endswith("/postgres!meetings, year=2019, no=10")
    assert str(members.place(2, "name")).endswith("/postgres!members, row 2")
    unknown = [notice for notice in tables.notices if notice.code == "unknown-column"]
    assert [str(notice.message).split("'")[1] for notice in unknown] == ["year", "no", "kind", "seen", "blob", "topics"]


def test_what_has_no_text_is_unreadable(opened: tuple[Opened, Duck]) -> None:
    record = Record("meetings", (Field("kind"), Field("seen"), Field("blob")))
    submission, engine = opened
    (table,) = submission.tables([record]).tables
    engine.load(record, table)
    assert engine.rows("SELECT * FROM raw_meetings ORDER BY _row") == [
        (1, "plenary", "2019-01-01T00:00:00Z", None),
        (2, None, None, "\ufffdBLOB"),
        (3, "cell", None, None),
    ]


def test_a_field_that_takes_a_list_is_given_an_array(opened: tuple[Opened, Duck]) -> None:
    record = Record("meetings", (Field("id"), Field("topics", separators=";")))
    submission, engine = opened
    (table,) = submission.tables([record]).tables
    engine.load(record, table)
    assert engine.rows("SELECT * FROM raw_meetings ORDER BY _row") == [(1, "a", None), (2, "b", '["a","b, c"]'), (3, "c", None)]


def _refused(address: str) -> str:
    engine = Duck()
    with pytest.raises(RecordsError) as caught:
        open_submission(address, engine.describe, take=engine.take).tables(RECORDS)
    return str(caught.value)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda text: text.replace("clerk:", "nobody:"), "nobody"),
        (lambda text: text.replace("/postgres", "/nowhere"), "nowhere"),
        (lambda text: text.replace("127.0.0.1:", "127.0.0.1:1x"), "port"),
        (lambda text: text.replace("127.0.0.1:", "[::1:"), "IPv6"),
        (lambda text: text + "?sslmode=perhaps&password=anotherone", "sslmode"),
        (lambda text: text.replace("postgresql:", "mysql:"), "'mysql' is not a kind of database"),
    ],
)
def test_no_secret_is_told_when_a_database_cannot_be_read(address: str, change: Callable[[str], str], told: str) -> None:
    message = _refused(change(address))
    assert told in message
    for secret in (SECRET, "gehäim", "geh%", "anotherone", "!x"):
        assert secret not in message


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql://clerk:geheim@host:5432/office?sslmode=require", "postgresql://host:5432/office"),
        ("postgres://host/office", "postgres://host/office"),
        ("postgresql://clerk:a@b@host/office", "postgresql://host/office"),
        ("postgresql:///office?host=/run&password=x", "postgresql:///office"),
        ("postgresql://clerk:geheim@[::1/office", "postgresql://***"),
    ],
)
def test_what_is_shown_of_an_address(address: str, said: str) -> None:
    assert shown(address) == said
    assert "geheim" not in without_secrets(f"no such host: {address}\nand more", address)


BOOK = """\
rulebook: party
title: Party
sources: {s: {title: Statutes}}
records:
  members: {key: id, fields: {id: {}, name: {type: number}}}
  meetings: {key: id, date: held_on, fields: {id: {}, held_on: {type: date}, present: {type: integer}}}
rules:
  - {id: few, title: Few, cites: s 1, severity: major, for: meetings, require: {condition: {that: present < 5}}}
"""


def test_a_database_is_judged_and_its_rows_are_named_by_their_keys(address: str, tmp_path: Path) -> None:
    (tmp_path / "book.yaml").write_text(BOOK)
    as_of = date(2019, 12, 31)
    assembly = api.check(address, tmp_path / "book.yaml", as_of=as_of)
    (finding,) = [each for each in assembly.findings if each.rule == "few" and each.verdict == "violated"]
    assert [(row.sheet, row.key, row.line) for row in finding.evidence] == [("meetings", "year=2019, no=10", None)]
    for stream, written in ((io.StringIO(), CHECK[name]) for name in ("text", "json", "html")):
        written(assembly, stream, Presentation())
        assert "year=2019, no=10" in stream.getvalue()
        assert SECRET not in stream.getvalue()
        assert "clerk" not in stream.getvalue()
