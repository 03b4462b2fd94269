"""Cells: what text becomes as a value of its field's type, and what is known of it."""

from datetime import date
from decimal import Decimal

import pytest

from checker.engine.duckdb.database import Duck
from checker.model.schema import Field, FieldType, Record, Writing
from checker.plan.compile import DIALECT
from checker.plan.logical.tables import typed
from checker.records.lines import ListedLines
from checker.records.values import Cell, Column, ListedRows, RowsSource, Table
from checker.run.doubtful_rows import shared

READ, UNREADABLE, NOT_SUBMITTED, NEAR = 0, 1, 2, 3


def table(fields: tuple[Field, ...], *rows: tuple[Cell, ...], record: str = "things") -> Table:
    columns = tuple(Column(field.name, number, field.name) for number, field in enumerate(fields, 1))
    return Table(record, "things.csv", None, RowsSource(ListedRows(rows)), columns, 2, ListedLines(range(2, len(rows) + 2)))


def made(record: Record, *rows: tuple[Cell, ...]) -> Duck:
    engine = Duck()
    engine.load(record, table(record.fields, *rows))
    engine.run(typed(record, DIALECT).made())
    return engine


TEXT = Field("x")
INTEGER = Field("x", FieldType.INTEGER)
NUMBER = Field("x", FieldType.NUMBER)
DATE = Field("x", FieldType.DATE)
VIETNAMESE_DATE = Field("x", FieldType.DATE, writing=Writing(formats=("%d/%m/%Y",)))
BOOLEAN = Field("x", FieldType.BOOLEAN)
SHARE = Field("x", FieldType.NUMBER, min=Decimal(0), max=Decimal("0.5"))
STATUS = Field("x", enum=(("held", ("đã họp", "Họp")), ("cancelled", ())), default="held")


@pytest.mark.parametrize(
    ("field", "cell", "value", "state"),
    [
        (TEXT, "a", "a", READ),
        (TEXT, " a\u00a0", "a", READ),
        (TEXT, "  ", None, READ),
        (TEXT, None, None, READ),
        (TEXT, "Ha\u0300", "H\u00e0", READ),
        (TEXT, "\ufeffa b\t", "a b", READ),
        (TEXT, "a\u00a0", "a", READ),
        (TEXT, "\u0110\u1ea3ng ", "\u0110\u1ea3ng", READ),
        (TEXT, "~", "~", READ),
        (TEXT, "\ufffd#N/A", None, UNREADABLE),
        (TEXT, "\ufffd", None, NOT_SUBMITTED),
        (INTEGER, "12", 12, READ),
        (INTEGER, "-012", -12, READ),
        (INTEGER, "12.0", 12, READ),
        (INTEGER, "6.991", None, UNREADABLE),
        (INTEGER, "6,991", None, UNREADABLE),
        (INTEGER, "1e3", None, UNREADABLE),
        (INTEGER, "9" * 18, 10**18 - 1, READ),
        (INTEGER, "9" * 19, None, UNREADABLE),
        (INTEGER, "12\n13", None, UNREADABLE),
        (NUMBER, "1.5", Decimal("1.5"), READ),
        (NUMBER, "-0.000001", Decimal("-0.000001"), READ),
        (NUMBER, "0.0000001", None, NEAR),
        (NUMBER, "1,5", None, UNREADABLE),
        (NUMBER, ".5", None, UNREADABLE),
        (SHARE, "0.5", Decimal("0.5"), READ),
        (SHARE, "0.500001", None, UNREADABLE),
        (SHARE, "-0.1", None, UNREADABLE),
        (DATE, "2019-06-30", date(2019, 6, 30), READ),
        (DATE, "2019-06-31", None, UNREADABLE),
        (DATE, "2019-6-3", None, UNREADABLE),
        (DATE, "30/06/2019", None, UNREADABLE),
        (DATE, "2019-06-30T10:00:00", None, UNREADABLE),
        (VIETNAMESE_DATE, "30/06/2019", date(2019, 6, 30), READ),
        (VIETNAMESE_DATE, "2019-06-30", date(2019, 6, 30), READ),
        (VIETNAMESE_DATE, "06/30/2019", None, UNREADABLE),
        (VIETNAMESE_DATE, "01/01/0000", None, UNREADABLE),
        (VIETNAMESE_DATE, "epoch", None, UNREADABLE),
        (VIETNAMESE_DATE, "infinity", None, UNREADABLE),
        (DATE, "0000-01-01", None, UNREADABLE),
        (DATE, "infinity", None, UNREADABLE),
        (DATE, "2019-01-1\x0b", None, UNREADABLE),
        (BOOLEAN, "Có", True, READ),
        (BOOLEAN, "không", False, READ),
        (BOOLEAN, "1", True, READ),
        (BOOLEAN, "x", None, UNREADABLE),
        (STATUS, "held", "held", READ),
        (STATUS, "ĐÃ HỌP", "held", READ),
        (STATUS, "họp", "held", READ),
        (STATUS, "", "held", READ),
        (STATUS, "hold", None, UNREADABLE),
    ],
)
def test_cell(field: Field, cell: Cell, value: object, state: int) -> None:
    engine = made(Record("things", (field,)), (cell,))
    assert engine.rows("SELECT x, _state_x FROM t_things") == [(value, state)]


def test_a_column_that_was_not_submitted() -> None:
    fields = (Field("id", required=True), STATUS, Field("name"), Field("founded", FieldType.DATE))
    record = Record("things", fields, key="id", begins="founded")
    engine = Duck()
    engine.load(record, table(fields[:1], ("a",)))
    engine.run(typed(record, DIALECT).made())
    columns = "x, _state_x, name, _state_name, founded, _state_founded"
    assert engine.rows(f"SELECT {columns} FROM t_things") == [("held", READ, None, NOT_SUBMITTED, None, NOT_SUBMITTED)]
    assert engine.rows("SELECT CAST(_begins AS VARCHAR) FROM t_things") == [("-infinity",)]


@pytest.mark.parametrize("key", [None, "id"])
def test_a_table_of_which_nothing_was_submitted_has_the_columns_of_any_other(key: str | None) -> None:
    kinds = tuple(Field(f"of_{kind.value}", kind) for kind in FieldType)
    defaults = (STATUS._replace(name="status", required=True), Field("pages", FieldType.NUMBER, required=True, default="1"))
    record = Record("things", (Field("id"), *kinds, *defaults), key=key, begins="of_date", ends="of_date")
    described = "SELECT column_name, column_type FROM (DESCRIBE t_things)"
    engine = Duck()
    engine.load(record, None)
    engine.run(typed(record, DIALECT).without_rows())
    assert engine.rows(described) == made(record, ("a", *[None] * (len(record.fields) - 1))).rows(described)
    assert engine.rows("SELECT COUNT(*) FROM t_things") == [(0,)]


def test_databases_of_one_engine_know_nothing_of_each_other() -> None:
    first = Duck(workers=1)
    one, other = Duck(beside=first), Duck(beside=first)
    for number, engine in enumerate((one, other), 1):
        engine.expect(small=True)
        engine.run(f"CREATE TABLE same AS SELECT BARE(' {number}') AS x")
    assert (one.rows("FROM same"), other.rows("FROM same")) == ([("1",)], [("2",)])
    del one
    assert first.rows("SELECT database_name FROM duckdb_tables()") == [("run2",)]


def test_ends_that_contradict_each_other_are_unknown() -> None:
    fields = (Field("founded", FieldType.DATE), Field("closed", FieldType.DATE))
    record = Record("things", fields, begins="founded", ends="closed")
    engine = made(record, ("2019-05-01", "2019-04-30"), ("2019-05-01", "2019-05-01"), ("2019-05-01", None))
    assert engine.rows("SELECT CAST(_begins AS VARCHAR), CAST(_ends AS VARCHAR) FROM t_things ORDER BY _row") == [
        (None, None),
        ("2019-05-01", "2019-05-01"),
        ("2019-05-01", "infinity"),
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("a", "1"), ("b", "1")], []),
        ([("a", "1"), ("a", "1")], [(1, False, False), (2, True, False)]),
        ([("a", "1"), ("a", " 1 ")], [(1, False, False), (2, True, False)]),
        ([("a", "1"), ("a", "2")], [(1, True, True), (2, True, False)]),
        ([("a", "1"), ("a", None)], [(1, True, True), (2, True, False)]),
        ([("a", None), ("a", "?")], [(1, True, True), (2, True, False)]),
        ([("a", "?"), ("a", " ? ")], [(1, False, False), (2, True, False)]),
        ([("a", "?"), ("a", "!")], [(1, True, True), (2, True, False)]),
        (
            [("a", "1"), ("b", "1"), ("b", "1"), ("a", "2")],
            [(1, True, True), (2, False, False), (3, True, False), (4, True, False)],
        ),
        ([(None, "1"), (None, "1")], []),
    ],
)
def test_rows_that_share_their_key(rows: list[tuple[Cell, ...]], expected: list[tuple[int, bool, bool]]) -> None:
    record = Record("things", (Field("id", required=True), Field("x", FieldType.INTEGER)), key="id")
    engine = made(record, *rows)
    assert engine.rows(f"SELECT _row, _doubt, x FROM ({shared(record, ('id',), disputes=True)}) ORDER BY _row") == expected
