"""A record that is made of the distinct values of another, or of the whole submission (docs/meaning.md, section 3)."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.forms.day import Day, until
from checker.forms.measure import all_of, any_of, perhaps, surely, template
from checker.model.quoting import quoted
from checker.model.schema import SUBMISSION, Column, Derivation, Record
from checker.plan.logical.lists import apart
from checker.plan.logical.related_rows import REF, last_day_of, part_of
from checker.plan.logical.rows import Row
from checker.plan.logical.texts import at_reference, located, resolve_terms
from checker.rules.predicates import PREDICATE, Scope, check
from checker.rules.rulebook import Rulebook
from checker.tables.names import state, table

_ONE = f"""SELECT CAST(1 AS BIGINT) AS _row, TRUE AS _first, FALSE AS _doubt, CAST(NULL AS VARCHAR) AS _via,
'{SUBMISSION}' AS id, 0 AS _state_id"""


def derived(book: Rulebook, record: Record, made: Derivation) -> exp.Expression:
    """The statement that makes `t_<record>`, with the first row of those values as `_origin_row`. Raises RulesError."""
    query = template(_ONE) if not made.record else _distinct(book, record, made)
    return exp.Create(this=exp.to_table(table(record.name)), kind="TABLE", expression=query)


def _distinct(book: Rulebook, record: Record, made: Derivation) -> exp.Expression:
    names = [each.name for each in made.columns]
    dated = next((each for each in made.columns if each.part), None) if record.date == "date" else None
    shown = {name: exp.column(name) for name in names} | ({"date": exp.column("date")} if dated else {})
    known = all_of(*(template("NOT :value IS NULL", value=exp.column(name)) for name in names))
    told = exp.select(
        template("MIN(_row)").as_("_origin_row"), exp.LogicalOr(this=exp.column("sure")).as_("sure"), *shown.values()
    )
    told = told.from_("source").where(known).group_by(*(each.copy() for each in shown.values()))
    untold = exp.select(exp.column("_row").as_("_origin_row"), exp.false().as_("sure"), *(each.copy() for each in shown.values()))
    untold = untold.from_("source").where(exp.not_(known))
    columns: dict[str, exp.Expression] = {
        "_row": template(f"ROW_NUMBER() OVER (ORDER BY _origin_row, {', '.join(map(quoted, names))})"),
        "_origin_row": exp.column("_origin_row"),
        "_first": exp.true(),
        "_via": exp.cast(exp.null(), "VARCHAR"),
        "_doubt": exp.not_(exp.column("sure")),
        "id": template("CASE WHEN :known THEN :text END", known=known, text=_joined(names)),
        **shown,
    }
    for name in ("id", *shown):
        columns[state(name)] = template("CASE WHEN :value IS NULL THEN 1 ELSE 0 END", value=columns[name])
    query = exp.select(*(tree.copy().as_(name) for name, tree in columns.items()))
    query = query.from_(exp.union(told, untold, distinct=False).subquery("found"))
    return query.with_("source", as_=_source(book, made, dated))


def _source(book: Rulebook, made: Derivation, dated: Column | None) -> exp.Select:
    """The rows that have values of the columns, or may: `_row`, `sure`, and the values, NULL where they may be any."""
    source, written = resolve_terms(book, made.source)
    row = Row(source, "r", book.records)
    scope = Scope(source, book.records, book.parameters)
    counts = [
        at_reference(book, located(book, each, lambda text=each.text: check(text, scope, wants=PREDICATE)), row)  # type: ignore[misc]
        for each in written
    ]
    counts.append(row.exists(Day.of(REF)))
    if source.date is not None:
        counts.append(until(row.day((source.date,)), Day.of(REF)))
    found, there = all_of(*counts), list[exp.Expression]()
    columns = {"_row": row.own("_row"), "sure": all_of(surely(found), exp.not_(row.own("_doubt")))}
    for each in made.columns:
        value = row.column(each.path)
        columns[each.name] = part_of(value, each.part)
        there.append(any_of(template("NOT :value IS NULL", value=value), row.adrift(each.path), *_beyond(row, each.path)))
        if each is dated:
            columns["date"] = last_day_of(value, each.part)
    select = row.source().select(*(tree.as_(name) for name, tree in columns.items()), copy=False)
    query = row.joined(select).where(row.own("_first"), perhaps(found), *there, copy=False)
    for each in made.columns:
        if row.field(each.path).separators:
            # One list after the other, so that there is a row for each combination of their elements.
            kept = [apart(name).as_(name) if name == each.name else exp.column(name) for name in columns]
            query = exp.select(*kept).from_(query.subquery("listed"), copy=False)
    return query


def _beyond(row: Row, path: tuple[str, ...]) -> Iterator[exp.Expression]:
    """TRUE where the path leads into a table that was not submitted: what is there may be anything."""
    for end in range(1, len(path)):
        submitted = exp.Placeholder(this=f"submitted_{row.field(path[:end]).ref}")
        yield template("NOT :link IS NULL AND NOT :submitted", link=row.column(path[:end]), submitted=submitted)


def _joined(names: list[str]) -> exp.Expression:
    """The values in one text."""
    texts = [exp.cast(exp.column(name), "VARCHAR") for name in names]
    joined: exp.Expression = texts[0]
    for text in texts[1:]:
        joined = exp.DPipe(this=exp.DPipe(this=joined, expression=exp.Literal.string(" / ")), expression=text)
    return joined
