"""The tables of a tree of records, and which body answers for a subject.

`nodes_<record>` are the rows that stand for a key: `row`, `key`, the row `above` (NULL: none there is), and whether it is
`adrift`, below any. `cyclic_<record>` are those on a cycle. `pairs_<record>` are its (node, ancestor), each node its own
ancestor, by their rows, and `within_<record>` shows them by their keys: a node that is `adrift`, or has such an ancestor, is in
`below_any_<record>` and has a NULL ancestor too.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlglot import exp

from checker.forms.day import Day
from checker.forms.measure import all_of, template
from checker.model.plan import Derived, TreePlan
from checker.model.schema import Record
from checker.model.sql import Sql
from checker.plan.emit.printing import printed, rows_as
from checker.plan.logical.rows import Row
from checker.tables.names import standing_rows, table

_CYCLIC = """WITH RECURSIVE edges AS (SELECT row AS node, above AS up FROM "nodes_{record}" WHERE NOT above IS NULL),
leaps AS (
  SELECT node, up, LEAST(node, up) AS least, 0 AS step FROM edges
  UNION ALL
  SELECT near.node, far.up, LEAST(near.least, far.least), near.step + 1 FROM leaps AS near JOIN leaps AS far ON near.up = far.node
  WHERE near.step < 31
), rings AS (
  SELECT node AS row, least AS ring FROM leaps WHERE step = 31 AND node IN (SELECT up FROM leaps WHERE step = 31)
), way AS (
  SELECT twin._row AS row, own.row AS own, up.row AS reached
  FROM "t_{record}" AS twin
  JOIN "nodes_{record}" AS own ON own.key = twin."{key}" JOIN "nodes_{record}" AS up ON up.key = twin."{parent}"
  WHERE NOT twin._first OR own.above IS NULL
  UNION
  SELECT way.row, way.own, edges.up FROM way JOIN edges ON edges.node = way.reached WHERE way.reached <> way.own
)
SELECT row, ring FROM rings UNION ALL SELECT DISTINCT row, CAST(NULL AS INTEGER) FROM way WHERE reached = own"""
"""The rows that are above themselves, and those that would be, as submitted: they share the key of a row above them, or what is
above them is in dispute. `ring` is the same on one cycle.

Each step leaps twice as far, so that what still leads on after 31 of them leads into a cycle, and arrives there.
"""

_MAY_BE_CYCLIC = """SELECT 1 FROM "t_{record}" AS t LEFT JOIN "nodes_{record}" AS n ON n.row = t._row
WHERE NOT t."{parent}" IS NULL AND (NOT t._first OR n.above IS NULL OR n.above >= n.row) LIMIT 1"""
"""Gives a row where any may be above itself: of tables in which each row stands below the one above it, none is."""

_NO_CYCLE = 'CREATE OR REPLACE TABLE "cyclic_{record}" (row INTEGER, ring INTEGER)'
"""Makes the table of the rows that are above themselves, where there are none."""

_PAIRS = """WITH RECURSIVE edges AS (
  SELECT row AS node, above AS up FROM "nodes_{record}" AS nodes ANTI JOIN "cyclic_{record}" AS cyclic USING (row)
  WHERE NOT above IS NULL
), up AS (
  SELECT row AS node, row AS ancestor FROM "nodes_{record}"
  UNION ALL
  SELECT up.node, edges.up FROM up JOIN edges ON edges.node = up.ancestor
)
SELECT up.node, COALESCE(other.row, up.ancestor) AS ancestor
FROM up LEFT JOIN "cyclic_{record}" AS met ON met.row = up.ancestor AND NOT met.ring IS NULL
LEFT JOIN "cyclic_{record}" AS other ON other.ring = met.ring"""

_ASTRAY = """SELECT DISTINCT pairs.node
FROM "pairs_{record}" AS pairs JOIN "nodes_{record}" AS top ON top.row = pairs.ancestor AND top.adrift"""

_BELOW_ANY = """SELECT low.key AS node FROM "astray_{record}" AS astray JOIN "nodes_{record}" AS low ON low.row = astray.node"""

_WITHIN = """SELECT low.key AS node, high.key AS ancestor
FROM "pairs_{record}" AS pairs JOIN "nodes_{record}" AS low ON low.row = pairs.node
JOIN "nodes_{record}" AS high ON high.row = pairs.ancestor
UNION ALL SELECT node, NULL FROM "below_any_{record}" """


def tree(record: Record, records: Mapping[str, Record], dialect: str) -> TreePlan | None:
    """The statements that make the tables of a tree; None where the record is none."""
    if record.parent is None or record.key is None:
        return None
    row, up = Row(record, "p", records), Row(record, "up", records)
    key, parent = row.own(record.key), row.column((record.parent,))
    columns = {
        "row": exp.cast(row.own("_row"), "INTEGER"),
        "key": key,
        "above": exp.cast(up.own("_row"), "INTEGER"),
        "adrift": row.adrift((record.parent,)),
    }
    same = all_of(exp.EQ(this=up.own(record.key), expression=parent), up.own("_first"))
    nodes = row.source().select(*(tree.as_(name, copy=False) for name, tree in columns.items()), copy=False)
    nodes = nodes.join(rows_as(standing_rows(record.name), "up"), on=same, join_type="left", copy=False)
    nodes = nodes.where("p._first", template("NOT :key IS NULL", key=key), copy=False)
    names = {"record": record.name, "key": record.key, "parent": record.parent}
    return TreePlan(
        nodes=Derived(f"nodes_{record.name}", printed(nodes, dialect)),
        cycles=Derived(f"cyclic_{record.name}", _CYCLIC.format(**names)),
        may_be_cyclic=_MAY_BE_CYCLIC.format(**names),
        no_cycle=_NO_CYCLE.format(**names),
        closure=(
            Derived(f"pairs_{record.name}", _PAIRS.format(**names)),
            Derived(f"astray_{record.name}", _ASTRAY.format(**names)),
            Derived(f"below_any_{record.name}", _BELOW_ANY.format(**names), shown=True),
            Derived(f"within_{record.name}", _WITHIN.format(**names), shown=True),
        ),
    )


def members(record: Record, records: Mapping[str, Record], dialect: str) -> Sql:
    """Gives (subject row, key, parent's key, whether the parent may be any, whether it exists) for each body.

    That it exists on the reference date is NULL where the data do not tell.
    """
    row = Row(record, "p", records)
    parent = record.parent
    columns = {
        "subject": row.own("_row"),
        "key": row.own(record.key) if record.key else exp.cast(exp.null(), "TEXT"),
        "parent": row.column((parent,)) if parent else exp.cast(exp.null(), "TEXT"),
        "adrift": row.adrift((parent,)) if parent else exp.false(),
        "there": row.exists(Day.of(exp.Placeholder(this="ref"))),
    }
    query = row.source().select(*(tree.as_(name, copy=False) for name, tree in columns.items()), copy=False)
    query = query.where("p._first", copy=False)
    return printed(query, dialect)


def belongs(record: Record, records: Mapping[str, Record], body: str | None, dialect: str) -> Sql | None:
    """Gives (subject row, key and row of the body that answers for it) for each row of the record; None if none is declared.

    A dangling reference still names its body, by a key without a row.
    """
    if body is None:
        return None
    path, at, passed = list[str](), record, list[Record]()
    while at.name != body:
        if not at.to_body or at in passed:
            return None
        passed.append(at)
        for name in at.to_body:
            field = at.field(name)
            if field is None or field.ref is None:
                return None
            path.append(name)
            at = records[field.ref]
    # Whose the row is it says itself, also where others of its key disagree.
    row = Row(record, "s", records)
    row.table = table(record.name)
    if path:
        key = row.column(tuple(path))
        owner: exp.Expression = row.target(tuple(path))
        query = row.joined(row.source())
    else:
        key = row.own(record.key or "_row")
        owner = template("COALESCE(b._row, s._row)")
        first = exp.to_table(table(record.name)).as_("b", copy=False)
        same = exp.EQ(this=exp.column(key.name, table="b"), expression=key)
        query = row.source().join(first, on=all_of(same, exp.column("_first", table="b")), join_type="left", copy=False)
    columns = {"subject": row.own("_row"), "body": key, "body_row": owner}
    query = query.select(*(tree.as_(name, copy=False) for name, tree in columns.items()), copy=False)
    return printed(query, dialect)
