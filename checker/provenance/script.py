"""A rule's queries as a script that runs by itself: the tables it reads, the windows, what is measured, and the rows behind.

The queries are those of the plan, with the values of their parameters put in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import cast

import sqlglot
from sqlglot import exp

from checker.model.blanks import BLANK
from checker.model.explanation import Query
from checker.model.plan import IntegrityPlan, RecordPlan, RulePlan
from checker.model.quoting import literal
from checker.model.sql import Sql
from checker.plan.compile import DIALECT
from checker.plan.emit.printing import spelt
from checker.run.measuring import given
from checker.run.session import Session
from checker.tables import readings
from checker.tables.windows import window_unit

_TYPED = "t_"
_UNSEEN = re.compile(rf"([\u0000-\u001f\u007f-\u00a0{BLANK.replace(' ', '')}])")


def script(measurement: Session, rule: RulePlan | IntegrityPlan, wanted: Sequence[tuple[int, int]]) -> tuple[Query, ...]:
    """The script of a rule: its tables, what measures it, and for each requirement the rows behind those (subject, window)."""
    if not measurement.told(rule.record):
        return ()
    # As the run measured it: passes have been at it since it was compiled.
    rule = next((each for each in measurement.rules if each.id == rule.id), rule)
    queries = [("measure", _measuring(measurement, rule))]
    # Which rows make a gap or a run is told by the outcomes of the run, which no script has.
    behind = [each.behind for each in rule.requirements] if isinstance(rule, RulePlan) and wanted else []
    queries += [("evidence", _filled(measurement, each)) for each in behind if each is not None and "rule" not in each.needs]
    tables = "\n\n".join(_tables(measurement, rule, [query for _, query in queries], wanted))
    return (Query("tables", tables), *(Query(role, _printed(query)) for role, query in queries))


def _measuring(measurement: Session, rule: RulePlan | IntegrityPlan) -> exp.Expression:
    if isinstance(rule, IntegrityPlan):
        return _filled(measurement, rule.failing)
    return _filled(measurement, rule.measure.whole, **given(measurement, rule))


def _filled(measurement: Session, statement: str | Sql, **once: object) -> exp.Expression:
    """The tree of a statement with the values of its parameters in their places."""
    values = {} if isinstance(statement, str) else measurement.engine.given(statement, once)
    return _spelling(statement if isinstance(statement, str) else statement.text(), values)


def _spelling(sql: str, values: Mapping[str, object] = MappingProxyType({})) -> exp.Expression:
    """The tree of a query with those values of its parameters, its texts spelt so that all of their characters can be seen."""

    def replaced(node: exp.Expression) -> exp.Expression:
        if isinstance(node, exp.Placeholder):
            return _literal(values[node.name])
        return _literal(node.name) if isinstance(node, exp.Literal) and node.is_string else node

    return sqlglot.parse_one(sql, dialect=DIALECT).transform(replaced)


def _literal(value: object) -> exp.Expression:
    """A value in SQL; characters that cannot be seen are written by their number."""
    if isinstance(value, date):
        return exp.cast(exp.Literal.string(value.isoformat()), "DATE")
    if not isinstance(value, str) or value.isprintable():
        return cast("exp.Expression", exp.convert(value))
    return spelt(value)


def _printed(tree: exp.Expression) -> str:
    return tree.sql(DIALECT, identify=True, pretty=True) + ";"


# -- the tables -------------------------------------------------------------------------------------------------------


def _tables(
    measurement: Session,
    rule: RulePlan | IntegrityPlan,
    queries: Iterable[exp.Expression],
    wanted: Sequence[tuple[int, int]],
) -> Iterator[str]:
    # What is made of other tables comes after them.
    plans = sorted(measurement.plan.records, key=lambda each: each.record.made)
    submitted = isinstance(rule, IntegrityPlan)
    made = {
        name: _filled(measurement, each) for plan in plans for name, each in _made(measurement, plan, submitted=submitted).items()
    }
    read = _names(queries)
    while more := _names(made[name] for name in read & made.keys()) - read:
        read |= more
    macros = measurement.engine.macros
    yield from (f"CREATE MACRO {signature} AS {_spelling(body).sql(DIALECT)};" for signature, body in macros.items())
    for plan in plans:
        if not plan.record.made and f"{_TYPED}{plan.record.name}" in read:
            yield _raw(measurement, plan)
    yield from (_printed(tree) for name, tree in made.items() if name in read)
    if isinstance(rule, RulePlan) and rule.unit is not None:
        columns = '"unit", "no", "ix", "key", "first", "last", "label", "begun", "over"'
        unit = window_unit(rule.unit, partial=rule.partial)
        rows = measurement.engine.rows("SELECT * FROM windows WHERE unit = $unit", unit=unit)
        yield _values("windows", columns, rows)
    if "wanted" in read:
        yield _values("wanted", '"subject", "no"', wanted)


def _names(queries: Iterable[exp.Expression]) -> set[str]:
    """The tables that queries name."""
    return {table.name for query in queries for table in query.find_all(exp.Table)}


def _made(measurement: Session, plan: RecordPlan, *, submitted: bool) -> dict[str, str | Sql]:
    """The statements that make the tables of a record, by name; rows are read as `submitted`, or with what is in doubt."""
    record, name = plan.record, plan.record.name
    made: dict[str, str | Sql] = {f"{_TYPED}{name}": plan.made(measurement.engine.kinds(record, measurement.tables.get(name)))}
    views = tuple(f'CREATE VIEW "{name}" AS SELECT * FROM "{read}"' for name, read in readings.undoubted(record).items())
    if name in measurement.doubted and not submitted:
        disputed, near = measurement.doubted[name], measurement.near[name]
        made |= {each: _copied(measurement, each) for each in (f"doubts_{name}", *([f"near_{name}"] if near else []))}
        views = readings.doubted(record, "VIEW", disputed, near)
    made |= dict(zip((f"rows_{name}", f"subjects_{name}"), views, strict=True))
    if plan.tree is not None:
        for each in (plan.tree.nodes, plan.tree.cycles, *plan.tree.closure):
            made[each.table] = each.made("VIEW" if each.shown else "TABLE")
    return made


def _copied(measurement: Session, table: str) -> str:
    """The statement that makes a table as it is."""
    columns = ", ".join(f'"{name}"' for name, *_ in measurement.engine.rows(f'DESCRIBE "{table}"'))
    return _values(table, columns, measurement.engine.rows(f'SELECT * FROM "{table}" ORDER BY ALL')).rstrip(";")


def _raw(measurement: Session, plan: RecordPlan) -> str:
    """The text of a table: read from its file, or, where that is no plain CSV, written out."""
    name = plan.record.name
    table = measurement.tables.get(name)
    read = () if table is None else measurement.engine.script(plan.record, table)
    if read:
        return "\n\n".join(f"{statement};" for statement in read)
    fields = ", ".join(f'"{field.name}"' for field in plan.record.fields)
    rows = measurement.engine.rows(f'SELECT _row, {fields} FROM "raw_{name}" ORDER BY _row')
    written = json.dumps([[str(row), *cells] for row, *cells in rows], ensure_ascii=False)
    text = _UNSEEN.sub(lambda found: f"\\u{ord(found[1]):04x}", written)
    cells = "".join(f', cells[{number}] AS "{field.name}"' for number, field in enumerate(plan.record.fields, 2))
    return (
        f'CREATE TABLE "raw_{name}" AS SELECT CAST(cells[1] AS BIGINT) AS _row{cells}\n'
        f"FROM (SELECT UNNEST(FROM_JSON({literal(text)}, '[[\"VARCHAR\"]]')) AS cells);"
    )


def _values(table: str, columns: str, rows: Iterable[Sequence[object]]) -> str:
    said = ",\n  ".join(f"({', '.join(_literal(cell).sql(DIALECT) for cell in row)})" for row in rows)
    return f'CREATE TABLE "{table}" AS SELECT * FROM (VALUES\n  {said}\n) AS v({columns});'
