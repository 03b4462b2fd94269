"""Prints queries of several steps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlglot import exp

from checker.model.query import Query
from checker.model.quoting import quoted
from checker.model.sql import Sql
from checker.plan.emit.dialects import DIALECTS
from checker.plan.emit.printing import printed


def query_of(steps: Sequence[tuple[str, exp.Expression]], result: exp.Expression, dialect: str) -> Query:
    """The query for a result that reads steps, which are named. Raises UntranslatedError where the dialect cannot say it."""
    read = Counter(table.name for tree in (*(step for _, step in steps), result) for table in tree.find_all(exp.Table))
    # The engine makes each step whole, and so computes what nobody asks for, unless it is told not to.
    once = "NOT MATERIALIZED " if DIALECTS[dialect].inlines else ""
    how = {name: "" if read[name] > 1 else once for name, _ in steps}
    made = [(name, printed(tree, dialect)) for name, tree in steps]
    parts = (Sql.of(f"{quoted(name)} AS {how[name]}(", step, ")") for name, step in made)
    return Query(Sql.of("WITH ", Sql.joined(", ", parts), " ", printed(result, dialect)), made[0][1])
