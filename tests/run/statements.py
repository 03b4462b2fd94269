"""Which tables the statements of a run read and write, step by step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pytest
import sqlglot
from sqlglot import exp

from checker.engine.duckdb.database import Duck
from checker.model.sql import Sql
from checker.run.steps import STEPS
from checker.tables.schema import TABLES, RunTable

Tables = dict[str, set[str]]


class Recorded:
    """What was read and written in each step of the runs while it listens."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.reads: Tables = defaultdict(set)
        self.writes: Tables = defaultdict(set)
        self._step = ""
        for step in STEPS:
            module, _, path = step.at.partition(":")
            *owners, name = path.split(".")
            owner: Any = import_module(module)
            for each in owners:
                owner = getattr(owner, each)
            monkeypatch.setattr(owner, name, self._listened(step.name, getattr(owner, name)))
        sent, insert = Duck._sent, Duck.insert  # noqa: SLF001 -- what is sent is what is looked at

        def listened(engine: Duck, statement: Sql | str, once: Any) -> Any:
            self._note(statement if isinstance(statement, str) else statement.text(engine._read))  # noqa: SLF001
            return sent(engine, statement, once)

        def inserted(engine: Duck, table: RunTable, rows: Any) -> None:
            self.writes[self._step].add(table.name)
            insert(engine, table, rows)

        monkeypatch.setattr(Duck, "_sent", listened)
        monkeypatch.setattr(Duck, "insert", inserted)

    def _listened(self, step: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def listened(*given: Any, **named: Any) -> Any:
            before, self._step = self._step, step
            try:
                return work(*given, **named)
            finally:
                self._step = before

        return listened

    def _note(self, sql: str) -> None:
        reads, writes = _used(sql)
        self.reads[self._step] |= {_kind(name) for name in reads}
        self.writes[self._step] |= {_kind(name) for name in writes}


def _used(sql: str) -> tuple[set[str], set[str]]:
    """The tables that a statement reads, and those that it writes."""
    try:
        tree = sqlglot.parse_one(sql, dialect="duckdb")
    except sqlglot.ParseError:
        return set(), set()
    own = {each.alias for each in tree.find_all(exp.CTE)}
    written = {table.name for table in _written(tree)}
    read = {table.name for table in tree.find_all(exp.Table) if table.name and all(table is not each for each in _written(tree))}
    return read - own, written


def _written(tree: exp.Expr) -> Iterator[exp.Table]:
    if isinstance(tree, exp.Create | exp.Insert | exp.Update | exp.Delete | exp.Drop):
        target = tree.this.this if isinstance(tree.this, exp.Schema) else tree.this
        if isinstance(target, exp.Table):
            yield target


def _kind(table: str) -> str:
    """The table as it is declared: of a record, or of a group of rules, which has a dot in its name."""
    if any(table == each.name for each in TABLES):
        return table
    for slot in ("<group>",) if "." in table else ("<record>",):
        for each in TABLES:
            begin, _, rest = each.name.partition("<")
            if rest and each.name.endswith(slot) and table.startswith(begin):
                return each.name
    return "near.<record>.<reference>" if table.startswith("near.") else table
