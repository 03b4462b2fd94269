"""A rule's queries as a script that runs by itself: the tables it reads, the windows, what is measured, and the rows behind.

The queries are those of the plan, with the values of their parameters put in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import reduce
from typing import cast

import sqlglot
from sqlglot import exp

from checker.measure.compile import DIALECT
from checker.measure.duck import csv_reading
from checker.measure.run import Measurement
from checker.model.explanation import Query
from checker.model.plan import IntegrityPlan, RecordPlan, RulePlan, Statement
from checker.records.values import CsvSource

_TYPED, _TREE = "t_", "within_"
_UNSEEN = re.compile(r"([^\S ]|[\u0000-\u001f\u007f-\u00a0\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff])")


def script(measurement: Measurement, rule: RulePlan | IntegrityPlan, wanted: Sequence[tuple[int, int]]) -> tuple[Query, ...]:
    """The script of a rule in three parts; the evidence is that of those (subject, window)."""
    if rule.record not in measurement.tables:
        return ()
    queries = [("measure", _measuring(measurement, rule))]
    if isinstance(rule, RulePlan) and rule.evidence is not None and wanted:
        queries.append(("evidence", _filled(measurement, rule.evidence)))
    tables = "\n\n".join(_tables(measurement, rule, [query for _, query in queries], wanted))
    return (Query("tables", tables), *(Query(role, _printed(query)) for role, query in queries))


def _measuring(measurement: Measurement, rule: RulePlan | IntegrityPlan) -> exp.Expression:
    if isinstance(rule, IntegrityPlan):
        return _filled(measurement, rule.failing)
    statement, once = measurement.measuring(rule)
    inserted = _filled(measurement, statement, **once)
    return inserted.expression if isinstance(inserted, exp.Insert) else inserted


def _filled(measurement: Measurement, statement: Statement, **once: object) -> exp.Expression:
    """The tree of a statement with the values of its parameters in their places."""
    values = measurement.engine.given(statement, once)
    tree = sqlglot.parse_one(statement.sql, dialect=DIALECT)

    def replaced(node: exp.Expression) -> exp.Expression:
        if isinstance(node, exp.Placeholder):
            return _literal(values[node.name])
        return _literal(node.name) if isinstance(node, exp.Literal) and node.is_string else node

    return tree.transform(replaced)


def _literal(value: object) -> exp.Expression:
    """A value in SQL; characters that cannot be seen are written by their number."""
    if isinstance(value, date):
        return exp.cast(exp.Literal.string(value.isoformat()), "DATE")
    if not isinstance(value, str) or value.isprintable():
        return cast("exp.Expression", exp.convert(value))
    pieces = (piece for piece in _UNSEEN.split(value) if piece)
    return exp.paren(reduce(_joined, map(_piece, pieces)))


def _piece(text: str) -> exp.Expression:
    seen = exp.Literal.string(text)
    return seen if text.isprintable() else cast("exp.Expression", exp.func("CHR", exp.Literal.number(ord(text))))


def _joined(left: exp.Expression, right: exp.Expression) -> exp.Expression:
    return exp.DPipe(this=left, expression=right)


def _printed(tree: exp.Expression) -> str:
    return tree.sql(DIALECT, identify=True, pretty=True) + ";"


# -- the tables -------------------------------------------------------------------------------------------------------


def _tables(
    measurement: Measurement,
    rule: RulePlan | IntegrityPlan,
    queries: Iterable[exp.Expression],
    wanted: Sequence[tuple[int, int]],
) -> Iterator[str]:
    read = {table.name for query in queries for table in query.find_all(exp.Table)}
    for plan in measurement.plan.records:
        name = plan.record.name
        if {f"{_TYPED}{name}", f"{_TREE}{name}"} & read:
            yield _raw(measurement, plan)
            yield from (_printed(_filled(measurement, statement)) for statement in _made(plan, trees=f"{_TREE}{name}" in read))
    if isinstance(rule, RulePlan) and rule.unit is not None:
        columns = '"unit", "no", "key", "first", "last", "label", "begun", "over"'
        rows = measurement.engine.rows(Statement("SELECT * FROM windows WHERE unit = $unit", ("unit",)), unit=str(rule.unit))
        yield _values("windows", columns, rows)
    if "wanted" in read:
        yield _values("wanted", '"subject", "no"', wanted)


def _made(plan: RecordPlan, *, trees: bool) -> Iterator[Statement]:
    """The statements that make the tables of a record from its text."""
    yield plan.typed
    if plan.doubts is not None:
        yield plan.doubts
    if plan.tree is not None and trees:
        yield plan.tree


def _raw(measurement: Measurement, plan: RecordPlan) -> str:
    """The text of a table: read from its file, or, where that is no plain CSV, written out."""
    name = plan.record.name
    table = measurement.tables.get(name)
    if table is not None and isinstance(table.source, CsvSource) and table.source.keep is None:
        return f"{csv_reading(plan.record, table, table.source)};"
    rows = measurement.engine.rows(f'SELECT * FROM "raw_{name}" ORDER BY _row')
    written = json.dumps([[str(row), *cells] for row, *cells in rows], ensure_ascii=False).replace("'", "''")
    text = _UNSEEN.sub(lambda found: f"\\u{ord(found[1]):04x}", written)
    cells = "".join(f', cells[{number}] AS "{field.name}"' for number, field in enumerate(plan.record.fields, 2))
    return (
        f'CREATE TABLE "raw_{name}" AS SELECT CAST(cells[1] AS BIGINT) AS _row{cells}\n'
        f"FROM (SELECT UNNEST(FROM_JSON('{text}', '[[\"VARCHAR\"]]')) AS cells);"
    )


def _values(table: str, columns: str, rows: Iterable[Sequence[object]]) -> str:
    said = ",\n  ".join(f"({', '.join(_literal(cell).sql(DIALECT) for cell in row)})" for row in rows)
    return f'CREATE TABLE "{table}" AS SELECT * FROM (VALUES\n  {said}\n) AS v({columns});'
