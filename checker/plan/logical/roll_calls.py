"""A roll call: a row for each pair of one who may be present and an occasion to be present at (docs/meaning.md, section 3)."""

from __future__ import annotations

from sqlglot import exp

from checker.forms.day import Day, until
from checker.forms.measure import all_of, any_of, denied, perhaps, surely, template
from checker.model.schema import Record, RollCall
from checker.plan.emit.printing import rows_as
from checker.plan.logical.related_rows import REF
from checker.plan.logical.rows import Row
from checker.plan.logical.texts import at_reference, located, resolve_terms
from checker.rules.predicates import PREDICATE, Scope, check
from checker.rules.rulebook import Rulebook
from checker.tables.names import high_of, low_of, related_rows, standing_rows, state, table

_MARKED = {
    "marked": "SELECT who, occasion, MAX(sure) AS sure FROM marks WHERE NOT who IS NULL AND NOT occasion IS NULL "
    "GROUP BY who, occasion",
    "whoever": "SELECT DISTINCT occasion FROM marks WHERE who IS NULL AND NOT occasion IS NULL",
    "whenever": "SELECT DISTINCT who FROM marks WHERE occasion IS NULL AND NOT who IS NULL",
    "anything": "SELECT COUNT(*) > 0 AS there FROM marks WHERE who IS NULL AND occasion IS NULL",
}
"""The marks of presence by what they tell: both of whom and of what, one of the two, neither."""

_JOINED = {
    "marked": "marked.who = :who AND marked.occasion = :occasion",
    "whoever": "whoever.occasion = :occasion",
    "whenever": "whenever.who = :who",
    "anything": "TRUE",
}

_PRESENT = """CASE WHEN :who IS NULL OR :occasion IS NULL OR NOT :submitted THEN NULL WHEN marked.sure THEN TRUE
WHEN NOT marked.who IS NULL OR NOT whoever.occasion IS NULL OR NOT whenever.who IS NULL OR anything.there THEN NULL
ELSE FALSE END"""


def called(book: Rulebook, record: Record, roll: RollCall) -> exp.Expression:
    """The statement that makes `t_<record>`, with the row of the occasion as `_origin_row`. Raises RulesError."""
    who, occasion = (Row(book.records[name], alias, book.records) for name, alias in ((roll.who, "w"), (roll.occasion, "o")))
    dated = occasion.record.date
    at = Day.of(REF) if dated is None else occasion.day((dated,))
    exists = all_of(who.exists(at), occasion.exists(at))
    pair = {"who": who.own(str(who.record.key)), "occasion": occasion.own(str(occasion.record.key))}
    marks, submitted = _marks(book, roll)
    present = template(_PRESENT, **pair, submitted=submitted)
    columns: dict[str, exp.Expression] = {
        "_row": template("ROW_NUMBER() OVER (ORDER BY w._row, o._row)"),
        "_origin_row": occasion.own("_row"),
        "_first": exp.true(),
        "_via": exp.cast(exp.null(), "VARCHAR"),
        "_doubt": any_of(who.own("_doubt"), occasion.own("_doubt"), denied(surely(exists))),
        **pair,
        **{state(name): exp.Literal.number(0) for name in pair},
        "present": present,
        state("present"): template("CASE WHEN :present IS NULL THEN 1 ELSE 0 END", present=present),
    }
    if dated is not None:
        columns |= {"date": occasion.own(dated), state("date"): occasion.own(state(dated))}
        if not at.exact:
            columns |= {low_of("date"): occasion.own(low_of(dated)), high_of("date"): occasion.own(high_of(dated))}
    query = who.source().select(*(tree.as_(name) for name, tree in columns.items()), copy=False)
    query = query.join(rows_as(standing_rows(roll.occasion), "o"), join_type="cross", copy=False)
    for name, on in _JOINED.items():
        query = query.join(exp.to_table(name), on=template(on, **pair), join_type="left", copy=False)
    query = query.where(all_of(who.own("_first"), occasion.own("_first"), perhaps(exists)), copy=False)
    query = query.with_("marks", as_=marks, copy=False)
    for name, sql in _MARKED.items():
        query = query.with_(name, as_=template(sql), copy=False)
    return exp.Create(this=exp.to_table(table(record.name)), kind="TABLE", expression=query)


def _marks(book: Rulebook, roll: RollCall) -> tuple[exp.Select, exp.Expression]:
    """The rows that mark somebody as present, or may: `who` and `occasion` (NULL: any), `sure`; and whether they are told."""
    marking, written = resolve_terms(book, roll.present)
    row = Row(marking, "r", book.records)
    row.table = related_rows(marking.name)
    scope = Scope(marking, book.records, book.parameters)
    counts = [
        at_reference(book, located(book, each, lambda text=each.text: check(text, scope, wants=PREDICATE)), row)  # type: ignore[misc]
        for each in written
    ]
    counts.append(row.exists(Day.of(REF)))
    if marking.date is not None:
        counts.append(until(row.day((marking.date,)), Day.of(REF)))
    # A row of which both references almost match a key may name each of the two, and both at once.
    found, told = all_of(*counts), [row.through((roll.who_by, roll.occasion_by))]
    columns: dict[str, exp.Expression] = {}
    for name, reference in (("who", roll.who_by), ("occasion", roll.occasion_by)):
        columns[name] = row.column((reference,))
        told.append(any_of(template("NOT :to IS NULL", to=columns[name]), row.adrift((reference,))))
    columns["sure"] = all_of(surely(found), exp.not_(row.own("_doubt")))
    select = row.source().select(*(tree.as_(name) for name, tree in columns.items()), copy=False)
    return row.joined(select).where(perhaps(found), *told, copy=False), exp.Placeholder(this=f"submitted_{marking.name}")
