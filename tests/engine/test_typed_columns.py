"""Typed columns of a Parquet file: read as they are, they give what their text gives."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from checker.engine.duckdb.database import Duck
from checker.engine.duckdb.sources import kinds
from checker.model.kinds import Kind, Kinds
from checker.model.schema import Field, FieldType, Record, Writing
from checker.plan.compile import DIALECT
from checker.plan.logical.tables import typed
from checker.records.opening import open_submission
from checker.request import Tuning
from checker.run.doubtful_rows import shared

FIELDS = {
    "text": Field("x"),
    "enum": Field("x", enum=(("5", ("2019-06-30",)), ("true", ()))),
    "integer": Field("x", FieldType.INTEGER),
    "few": Field("x", FieldType.INTEGER, min=Decimal(0), max=Decimal(9)),
    "number": Field("x", FieldType.NUMBER),
    "share": Field("x", FieldType.NUMBER, min=Decimal(0), max=Decimal("0.5")),
    "defaulted": Field("x", FieldType.INTEGER, default="7"),
    "date": Field("x", FieldType.DATE),
    "written": Field("x", FieldType.DATE, writing=Writing(formats=("%Y%m%d",))),
    "boolean": Field("x", FieldType.BOOLEAN),
}
COLUMNS = {
    **dict.fromkeys(("TINYINT", "SMALLINT", "INTEGER"), ("0", "5", "-7", "100")),
    **dict.fromkeys(("UTINYINT", "USMALLINT", "UINTEGER"), ("0", "1", "5", "100")),
    "BIGINT": ("0", "1", "20190630", "9223372036854775807", "-9223372036854775808"),
    "UBIGINT": ("0", "18446744073709551615"),
    "DECIMAL(4, 0)": ("0", "5", "-12"),
    "DECIMAL(9, 2)": ("0", "5", "0.5", "0.51", "-12.25"),
    "DECIMAL(28, 6)": ("0.000001", "5", "1234567890123456789012.123456"),
    "DECIMAL(18, 7)": ("0.0000001", "5", "0.5"),
    "DECIMAL(38, 6)": ("0.000001", "5", "12345678901234567890123456789012.123456"),
    "DOUBLE": (
        "0",
        "-0.0",
        "5",
        "0.1",
        "0.30000000000000004",
        "1e16",
        "1e22",
        "nan",
        "inf",
        "9.3e18",
        "-1e-5",
        "1e-20",
        "-5.551115123125783e-17",
    ),
    "FLOAT": ("0", "5", "0.1", "inf"),
    "DATE": ("2019-06-30", "0001-01-01", "9999-12-31"),
    "DATE beyond": ("2019-06-30", "12019-06-30", "0001-01-01 (BC)", "infinity"),
    "TIMESTAMP": ("2019-06-30", "2019-06-30 10:00:00", "12019-06-30", "infinity", "0045-03-15 (BC) 00:00:00"),
    "TIMESTAMP_NS": ("2019-06-30", "2019-06-30 00:00:00.000000001"),
    "TIMESTAMPTZ": ("2019-06-30 00:00:00+00",),
    "BOOLEAN": ("true", "false"),
    "VARCHAR": (" 5 ", "true", "2019-06-30", "20190630", "Ha\u0300", "", "\ufffd", "\u00a0"),
    "VARCHAR repeated": (" 5 ", "true", "2019-06-30", "held", "", "\ufffd", "a\ufffd", "\u00a0") * 40,
    "BLOB": ("5",),
}
OF_A_KIND = {
    ("date", "DATE"): Kind.SAME,
    ("date", "DATE beyond"): Kind.WITHIN,
    ("date", "TIMESTAMP"): Kind.MIDNIGHT,
    ("date", "INTEGER"): None,
    ("integer", "BIGINT"): Kind.SAME,
    ("integer", "UBIGINT"): None,
    ("integer", "DOUBLE"): None,
    ("few", "INTEGER"): Kind.WITHIN,
    ("number", "INTEGER"): Kind.SAME,
    ("number", "DECIMAL(9, 2)"): Kind.SAME,
    ("number", "DECIMAL(28, 6)"): Kind.SAME,
    ("number", "DECIMAL(18, 7)"): None,
    ("number", "DECIMAL(38, 6)"): None,
    ("share", "DECIMAL(9, 2)"): Kind.WITHIN,
    ("boolean", "BOOLEAN"): Kind.SAME,
    ("boolean", "INTEGER"): None,
    ("text", "BIGINT"): Kind.SAME,
    ("text", "DATE beyond"): Kind.SAME,
    ("text", "VARCHAR"): None,
    ("text", "VARCHAR repeated"): Kind.REPEATED,
    ("date", "VARCHAR repeated"): Kind.REPEATED,
    ("enum", "BIGINT"): None,
}


def loaded(path: Path, record: Record, column: str) -> tuple[Duck, Kinds]:
    cells = " UNION ALL BY NAME ".join(
        f"SELECT {number} AS no, CAST('{cell}' AS {column.removesuffix(' beyond').removesuffix(' repeated')}) AS x"
        for number, cell in enumerate(COLUMNS[column])
    )
    query = f"SELECT 'k' || (no % 3) AS id, x FROM ({cells} UNION ALL BY NAME SELECT -1 AS no, NULL AS x)"
    duckdb.connect().execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)").fetchall()
    engine = Duck(tuning=Tuning(few_rows=-1))
    (table,) = open_submission(path, engine.describe).tables([record]).tables
    engine.load(record, table)
    return engine, kinds(record, table)


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("field", FIELDS)
def test_as_it_is_and_as_text_it_is_the_same(field: str, column: str, tmp_path: Path) -> None:
    record = Record("things", (Field("id"), FIELDS[field]))
    engine, found = loaded(tmp_path / "things.parquet", record, column)
    assert found.of.get("x") == OF_A_KIND.get((field, column), found.of.get("x"))

    plan = typed(record, DIALECT)
    engine.run(plan.made())
    rows = "SELECT _row, CAST(x AS VARCHAR), TYPEOF(x), _state_x, _first, _doubt FROM t_things ORDER BY _row"
    as_text = engine.rows(rows)
    engine.run("DROP TABLE t_things")
    engine.run(plan.made(found, view=True))
    assert engine.rows(rows) == as_text


def test_rows_that_share_their_key_are_found(tmp_path: Path) -> None:
    record = Record("things", (Field("id"), FIELDS["integer"]), key="id")
    engine, found = loaded(tmp_path / "things.parquet", record, "BIGINT")
    engine.run(typed(record, DIALECT).made(found))
    found_again = f"({shared(record, ('id',), disputes=True)})"
    assert engine.rows(
        f"SELECT t.id, t.x, _first, d._doubt, d.x FROM t_things AS t LEFT JOIN {found_again} AS d USING (_row) ORDER BY _row"
    ) == [
        ("k0", 0, True, True, True),
        ("k1", 1, True, True, True),
        ("k2", 20190630, True, None, None),
        ("k0", 2**63 - 1, False, True, False),
        ("k1", -(2**63), False, True, False),
        ("k-1", None, True, None, None),
    ]
