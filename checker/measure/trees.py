"""The closure of a tree of records, and which body answers for a subject."""

from __future__ import annotations

from collections.abc import Mapping

from sqlglot import exp

from checker.forms.measure import all_of, template
from checker.measure.names import standing_rows, table
from checker.measure.relations import closure
from checker.measure.rows import Row
from checker.measure.tables import create
from checker.model.plan import Statement
from checker.model.schema import Record


def tree(record: Record, records: Mapping[str, Record], dialect: str) -> Statement | None:
    """Makes `within_<record>`: (node, ancestor) pairs, each node its own ancestor; a NULL ancestor may be any."""
    if record.parent is None or record.key is None:
        return None
    row = Row(record, "p", records)
    key, parent = row.own(record.key), row.column((record.parent,))
    above = template("NOT :parent IS NULL OR :adrift", parent=parent, adrift=row.adrift((record.parent,)))
    start = (
        row.source()
        .select(key.as_("node", copy=False), key.as_("ancestor", copy=False), copy=False)
        .where("p._first", template("NOT :key IS NULL", key=key), copy=False)
    )
    step = (
        exp.select("up.node", parent.as_("ancestor", copy=False))
        .from_(exp.to_table("up"), copy=False)
        .join(
            exp.to_table(standing_rows(record.name)).as_("p", copy=False),
            on=template(":key = up.ancestor AND p._first", key=key),
            copy=False,
        )
        .where(above, copy=False)
    )
    query = (
        exp.select("node", "ancestor")
        .from_("up", copy=False)
        .with_("up", as_=exp.union(start, step, distinct=True), recursive=True, copy=False)
    )
    return create(closure(record.name), query, dialect)


def members(record: Record, records: Mapping[str, Record], dialect: str) -> Statement:
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
        "there": row.exists(exp.Placeholder(this="ref")),
    }
    query = row.source().select(*(tree.as_(name, copy=False) for name, tree in columns.items()), copy=False)
    query = query.where("p._first", copy=False)
    return Statement(query.sql(dialect, identify=True), tuple(sorted({node.name for node in query.find_all(exp.Placeholder)})))


def belongs(record: Record, records: Mapping[str, Record], body: str | None, dialect: str) -> Statement | None:
    """Gives (subject row, key and row of the body that answers for it) for each row of the record; None if none is declared.

    A dangling reference still names its body, by a key without a row.
    """
    if body is None:
        return None
    path, at = [], record
    while at.name != body:
        if at.belongs_to is None:
            return None
        path.append(at.belongs_to)
        field = at.field(at.belongs_to)
        if field is None or field.ref is None or len(path) > len(records):
            return None
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
    return Statement(query.sql(dialect, identify=True, copy=False))
