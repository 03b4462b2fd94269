"""Whole printed queries of every form and every kind of window, stored for each dialect, with what it cannot say."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from checker.engine.duckdb.database import Duck
from checker.forms import FORMS
from checker.model.quoting import literal, quoted
from checker.model.schema import FieldType
from checker.model.sql import Given, Sql
from checker.plan.compile import DIALECT, compile_rulebook
from checker.plan.emit.dialect import SAME, UntranslatedError
from checker.plan.emit.dialects import DIALECTS
from checker.plan.emit.printing import plain, printed
from checker.plan.emit.queries import query_of
from checker.plan.logical.binding import RuleSite
from checker.plan.logical.rule_query import RuleQuery
from checker.plan.logical.tables import typed
from checker.plan.several import conclusion
from checker.rules.loading import load
from checker.rules.rulebook import Rulebook
from docs.make import example_rulebook

WINDOWS = Path(__file__).with_name("windows.yaml")
RULES = (*sorted(FORMS), "of-the-period", "monthly", "trailing", "term", "parts", "in-proportion")
OTHERS = [name for name in DIALECTS if name != DIALECT]
TRANSLATED = ("condition", "deadline", "sequence")
"""The rules that PostgreSQL can be asked."""


class Stored(SingleFileSnapshotExtension):
    """A file for each rule and dialect."""

    _write_mode = WriteMode.TEXT
    file_extension = "sql"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("books")


@cache
def book_of(rule: str, folder: Path) -> Rulebook:
    if rule not in FORMS:
        return load(WINDOWS)
    file = folder / f"{rule}.yaml"
    file.write_text(example_rulebook(rule), encoding="utf-8")
    return load(file)


def query(rule: str, folder: Path) -> RuleQuery:
    book = book_of(rule, folder)
    return RuleQuery(RuleSite(book, next(each for each in book.rules if each.id == rule)))


def shown(rule: str, dialect: str, folder: Path) -> Iterator[str]:
    """Each step of the query and its result, or why there is none."""
    asked = query(rule, folder)
    for name, tree in (*asked.steps(), ("result", asked.result())):
        try:
            lines = textwrap.wrap(printed(tree, dialect).text(), 130, break_long_words=False, break_on_hyphens=False)
        except UntranslatedError as error:
            yield "\n".join([f"-- {name}: not translated", *(f"--   {reason}" for reason in error.reasons)])
        else:
            yield "\n".join([f"-- {name}", *lines])


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("rule", RULES)
def test_queries_are_printed_as_they_are_stored(rule: str, dialect: str, folder: Path, snapshot: SnapshotAssertion) -> None:
    assert "\n\n".join(shown(rule, dialect, folder)) + "\n" == snapshot(extension_class=Stored)


@pytest.mark.parametrize("rule", RULES)
def test_the_stored_query_is_that_of_the_plan(rule: str, folder: Path) -> None:
    asked = query(rule, folder)
    plan = next(each for each in compile_rulebook(book_of(rule, folder), DIALECT).rules if each.id == rule)
    assert plan.measure == query_of(asked.steps(), asked.result(), DIALECT)


@pytest.mark.parametrize("dialect", OTHERS)
def test_outcomes_of_several_requirements_are_put_together_by_lists_that_others_have_not(dialect: str) -> None:
    together = conclusion([("subject", "no", "outcome"), ("subject", "no", "outcome")])
    with pytest.raises(UntranslatedError):
        printed(together, dialect)


@pytest.mark.parametrize("dialect", OTHERS)
def test_each_kind_of_node_is_accounted_for_once(dialect: str) -> None:
    it = DIALECTS[dialect]
    assert not it.simple.keys() & it.lowered.keys()
    assert not it.unsupported.keys() & (it.simple.keys() | it.lowered.keys() | SAME)


@pytest.mark.parametrize(
    ("sql", "dialect", "told"),
    [
        ("TRY(a * b)", "spark", None),
        ("TRY(a + b)", "spark", "TRY_ADD(`a`, `b`)"),
        ("TRY(a + b * c)", "spark", None),
        ("TRY(a + b)", "postgres", None),
        ("TRY_CAST(a AS DECIMAL(38, 6))", "spark", "TRY_CAST(`a` AS DECIMAL(38, 6))"),
        ("TRY_CAST(a AS DECIMAL(38, 6))", "postgres", None),
        ("1 << 40", "spark", "SHIFTLEFT(CAST(1 AS BIGINT), 40)"),
        ("1 << 40", "postgres", None),
        ("COUNT_IF(a)", "postgres", 'COUNT(*) FILTER(WHERE "a")'),
        ("a / b", "postgres", 'CAST("a" AS DOUBLE PRECISION) / "b"'),
        ("a * b", "spark", None),
        ("12 * b", "spark", "12 * `b`"),
        ("CAST(a AS BIGINT)", "spark", None),
        ("CAST(a AS TEXT)", "spark", None),
        ("CAST(a AS DATE)", "postgres", None),
        ("CAST('2019-01-01' AS DATE)", "postgres", "CAST('2019-01-01' AS DATE)"),
        ("CAST('-infinity' AS DATE)", "spark", None),
        ("CAST(a AS HUGEINT)", "spark", None),
        ("CAST(a AS UINTEGER)", "postgres", None),
        ("STRLEN(a)", "spark", "OCTET_LENGTH(`a`)"),
        ("STRLEN(a)", "postgres", 'OCTET_LENGTH("a")'),
        ("LOWER(a)", "postgres", None),
        ("LIST_SUM(a)", "spark", None),
        ("a IN (SELECT UNNEST(b))", "spark", None),
        ("MIN(a, 100)", "spark", None),
        ("MAX(a, 100)", "postgres", None),
        ("MAX(a > 1)", "postgres", 'BOOL_OR("a" > 1)'),
        ("REGEXP_MATCHES(a, '^[0-9]{4}$')", "postgres", "\"a\" ~ '^[0-9]{4}$'"),
        (r"REGEXP_MATCHES(a, '\pL')", "postgres", None),
        ("a || 'b\\c'", "spark", r"`a` || 'b\\c'"),
    ],
)
def test_nothing_comes_to_mean_something_else(sql: str, dialect: str, told: str | None) -> None:
    tree = sqlglot.parse_one(sql, dialect=DIALECT)
    if told is None:
        with pytest.raises(UntranslatedError):
            plain(tree, dialect)
    else:
        assert plain(tree, dialect) == told


@pytest.mark.parametrize("dialect", OTHERS)
def test_what_nobody_has_looked_at_is_refused_with_every_other_reason(dialect: str) -> None:
    tree = sqlglot.parse_one("SELECT SOUNDEX(a), LOWER(b), LOWER(c) FROM t", dialect=DIALECT)
    with pytest.raises(UntranslatedError) as refused:
        plain(tree, dialect)
    assert [reason.partition(":")[0] for reason in refused.value.reasons] == ["Lower", "Soundex"]


def test_characters_that_cannot_be_seen_are_numbers_in_spark_only_where_these_are_the_same() -> None:
    assert plain(exp.Literal.string("a\0"), "spark") == "('a' || CHR(0))"
    with pytest.raises(UntranslatedError, match="Chr"):
        plain(exp.Literal.string("\u00a0\0"), "spark")


# -- asked of a server ------------------------------------------------------------------------------------------------

_CELLS = {
    FieldType.TEXT: ("A", "B", None),
    FieldType.INTEGER: (0, 9, None),
    FieldType.NUMBER: (0, 9, None),
    FieldType.BOOLEAN: (True, False, None),
    FieldType.DATE: ("2019-02-28", "2018-12-31", None),
}
_VALUES = {"as_of": "2019-12-31", "ref": "2019-12-31", "first": "2019-01-01", "last": "2019-12-31"}


def tables(book: Rulebook) -> Iterator[str]:
    """The statements that make and fill all tables which a query may read: nine rows, of known and unknown cells."""
    yield (
        'CREATE TABLE windows ("unit" VARCHAR, "no" INTEGER, "ix" INTEGER, "key" BIGINT, "first" DATE, "last" DATE, '
        '"label" VARCHAR, "begun" BOOLEAN, "over" BOOLEAN)'
    )
    yield "INSERT INTO windows VALUES ('year', 1, 0, 2019, DATE '2019-01-01', DATE '2019-12-31', '2019', TRUE, TRUE)"
    for record in book.records.values():
        columns = [column for _, column in typed(record, DIALECT).columns]
        names = [column.partition(" ")[0].strip('"') for column in columns]
        for table in (f"subjects_{record.name}", f"rows_{record.name}"):
            yield f"CREATE TABLE {quoted(table)} ({', '.join(columns)})"
            for row in range(1, 10):
                cells: dict[str, object] = {"_row": row, "_first": True, "_doubt": row == 9, "_begins": "2019-02-01"}
                for at, field in enumerate(record.fields):
                    cells[field.name] = _CELLS[field.type][row // (at + 1) % 3]
                    cells[f"_state_{field.name}"] = int(cells[field.name] is None)
                written = (
                    literal(cell) if isinstance(cell := cells.get(name), str) else "NULL" if cell is None else str(cell)
                    for name in names
                )
                yield f"INSERT INTO {quoted(table)} VALUES ({', '.join(written)})"


def given(sql: Sql) -> str:
    """The statement with values in place of what a run gives."""
    values = {name: f"CAST({literal(day)} AS DATE)" for name, day in _VALUES.items()} | {"windowless": "'no-window'"}
    return sql.filled({Given(name): Sql((values.get(name, "TRUE"),)) for name in sql.needs}).text()


@pytest.mark.parametrize("rule", TRANSLATED)
def test_postgresql_says_the_same_where_it_is_said_to(rule: str, folder: Path, server: str) -> None:
    dbapi = pytest.importorskip("adbc_driver_postgresql.dbapi")
    asked = query(rule, folder)
    duck, schema = Duck(), f"asked_{rule}"
    with dbapi.connect(server, autocommit=True) as connection, connection.cursor() as cursor:
        for statement in (f"DROP SCHEMA IF EXISTS {schema} CASCADE", f"CREATE SCHEMA {schema}", f"SET search_path = {schema}"):
            cursor.execute(statement)
        for statement in tables(book_of(rule, folder)):
            cursor.execute(statement)
            duck.run(statement)
        sql = given(query_of(asked.steps(), asked.result(), "postgres").whole)
        cursor.execute(f"SELECT * FROM ({sql}) AS asked ORDER BY 1, 2")
        found = duck.take(cursor.fetch_arrow())
    told = duck.rows(f"SELECT * FROM ({given(query_of(asked.steps(), asked.result(), DIALECT).whole)}) AS asked ORDER BY 1, 2")
    assert told
    assert [tuple(map(str, row)) for row in found] == [tuple(map(str, row)) for row in told]


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule not in TRANSLATED])
def test_the_others_are_refused(rule: str, folder: Path) -> None:
    asked = query(rule, folder)
    with pytest.raises(UntranslatedError):
        query_of(asked.steps(), asked.result(), "postgres")
