"""Which rows are related to a subject, and how surely (docs/meaning.md, section 5).

`related` has one row per related row and subject it belongs to: `link` (the subject's value that it refers to; NULL where
it may be any), `no` (its window), `sure` (it counts, rather than only may count), and the ends of each quantity.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlglot import exp

from checker.forms.measure import Measure, all_of, any_of, template
from checker.measure.rows import Path, Row
from checker.model.period import Unit

REF = exp.Placeholder(this="ref")


def closure(record: str) -> str:
    """The table of a tree's (node, ancestor) pairs, every node its own ancestor; a NULL ancestor may be any."""
    return f"within_{record}"


@dataclass(frozen=True, slots=True)
class Link:
    """How a related row finds its subject: the path to the value that names it, and the tree it climbs, if any."""

    path: Path
    subject_field: str
    tree: str | None = None


def related_rows(
    row: Row, link: Link, day: Path | None, unit: Unit | None, condition: exp.Expression, measure: Measure
) -> exp.Expression:
    """The query of `related`: rows that count or may count, in their windows."""
    target: exp.Expression = row.column(link.path)
    adrift = row.adrift(link.path)
    if link.tree is not None:
        belongs = any_of(template("NOT up.node IS NULL"), adrift)
        target = exp.column("ancestor", table="up")
    else:
        belongs = any_of(template("NOT :target IS NULL", target=target), adrift)
    facts = [condition]
    dates = {path for path in (day, (row.record.date,) if row.record.date else None) if path is not None}
    facts += [template(":day <= :ref", day=row.column(path), ref=REF) for path in sorted(dates)]
    on = template("COALESCE(:day, :ref)", day=row.column(day), ref=REF) if day else REF
    facts.append(row.exists(on))
    counts = all_of(*facts)

    def branch(no: exp.Expression, join: exp.Expression | None, extra: exp.Expression, *, dated: bool) -> exp.Select:
        sure = all_of(
            template("COALESCE(:counts, FALSE)", counts=counts),
            exp.not_(row.own("_doubt")),
            template("NOT :target IS NULL", target=target),
            *(() if dated else (exp.false(),)),
        )
        select = row.source().select(
            target.as_("link", copy=False),
            no.as_("no", copy=False),
            sure.as_("sure", copy=False),
            row.own("_row"),
            copy=False,
        )
        for name, tree in stages(measure)[0].items():
            select = select.select(tree.as_(name, copy=False), copy=False)
        if measure.latest is not None:
            select = select.select(measure.latest.as_("latest", copy=False), copy=False)
        select = row.joined(select)
        if link.tree is not None:
            up = exp.to_table(closure(link.tree)).as_("up", copy=False)
            select = select.join(
                up,
                on=exp.EQ(this=exp.column("node", table="up"), expression=row.column(link.path)),
                join_type="left",
                copy=False,
            )
        if join is not None:
            select = select.join(exp.to_table("windows").as_("w", copy=False), on=join, copy=False)
        return select.where(template("COALESCE(:counts, TRUE)", counts=counts), belongs, extra, copy=False)

    if unit is None or day is None:
        return branch(exp.Literal.number(0), None, exp.true(), dated=True)
    in_unit = template("w.unit = :unit", unit=exp.Literal.string(unit.value))
    no, cell = exp.column("no", table="w"), row.column(day)
    key = template("w.key = :key", key=window_key(unit, cell))
    dated = branch(no, all_of(in_unit, key), template("NOT :day IS NULL", day=cell), dated=True)
    undated = branch(no, in_unit, template(":day IS NULL", day=cell), dated=False)
    return exp.union(dated, undated, distinct=False)


def stages(measure: Measure) -> tuple[Mapping[str, exp.Expression], ...]:
    """The columns of a measured row, set after set; the last are the ends of its quantities."""
    ends = {
        f"{name}_{end}": tree
        for name, quantity in measure.quantities.items()
        for end, tree in (("lo", quantity.low), ("hi", quantity.high))
    }
    return (*measure.steps, ends)


def staged(first: exp.Expression, name: str, kept: Sequence[str], measure: Measure) -> list[tuple[str, exp.Expression]]:
    """The queries, by name, that take rows with the first set of columns to rows, called `name`, with the last."""
    sets = stages(measure)
    names = [*(f"{name}_{number}" for number in range(1, len(sets))), name]
    queries: list[tuple[str, exp.Expression]] = [(names[0], first)]
    for number, columns in enumerate(sets[1:], 1):
        select = exp.select(*kept).from_(exp.to_table(names[number - 1]), copy=False)
        select = select.select(*(tree.as_(column) for column, tree in columns.items()), copy=False)
        queries.append((names[number], select))
    return queries


def window_key(unit: Unit, day: exp.Expression) -> exp.Expression:
    """The integer that `checker.measure.windows.key` gives for the window of that day."""
    match unit:
        case Unit.MONTH:
            return template("EXTRACT(YEAR FROM :day) * 12 + EXTRACT(MONTH FROM :day) - 1", day=day)
        case Unit.QUARTER:
            return template("EXTRACT(YEAR FROM :day) * 4 + EXTRACT(QUARTER FROM :day) - 1", day=day)
        case Unit.HALF:
            return template(
                "EXTRACT(YEAR FROM :day) * 2 + CASE WHEN EXTRACT(MONTH FROM :day) > 6 THEN 1 ELSE 0 END", day=day
            )
        case Unit.YEAR:
            return template("EXTRACT(YEAR FROM :day)", day=day)
        case Unit.PERIOD:
            return template("CASE WHEN :day BETWEEN :first AND :last THEN 0 END", day=day)


def sums(measure: Measure, *, group: tuple[str, ...], sure: bool) -> exp.Select:
    """Each quantity's ends over the rows of a group; NULL is unbounded. Rows that may count add their hull with 0."""
    select = exp.Select()
    certain = exp.column("sure") if sure else exp.false()
    for name in measure.quantities:
        for end, sign in (("lo", "<"), ("hi", ">")):
            value = exp.column(f"{name}_{end}")
            share = template(f"CASE WHEN :sure OR :v IS NULL OR :v {sign} 0 THEN :v ELSE 0 END", sure=certain, v=value)
            total = template("CASE WHEN COUNT(*) = COUNT(:v) THEN SUM(:share) END", v=value, share=share)
            select = select.select(total.as_(f"{name}_{end}", copy=False), copy=False)
    if measure.latest is not None:
        select = select.select(
            template("MAX(CASE WHEN :sure THEN latest END)", sure=certain).as_("latest_lo", copy=False), copy=False
        )
        select = select.select(template("MAX(latest)").as_("latest_hi", copy=False), copy=False)
    return select.select(*group, copy=False).group_by(*group, copy=False)


def combined(measure: Measure, groups: tuple[str, ...], submitted: exp.Expression) -> Mapping[str, exp.Expression]:
    """The ends of each quantity for one subject and window: what is its own plus what may be anybody's."""
    columns: dict[str, exp.Expression] = {}
    for name in measure.quantities:
        for end in ("lo", "hi"):
            terms = [
                template(
                    "CASE WHEN :no IS NULL THEN 0 ELSE :value END",
                    no=exp.column("no", table=group),
                    value=exp.column(f"{name}_{end}", table=group),
                )
                for group in groups
            ]
            total = terms[0]
            for term in terms[1:]:
                total = exp.Add(this=total, expression=term)
            columns[f"{name}_{end}"] = template(
                "CASE WHEN :submitted THEN :total END", submitted=submitted, total=total
            )
    if measure.latest is not None:
        for end in ("lo", "hi"):
            columns[f"latest_{end}"] = exp.func("GREATEST", *(exp.column(f"latest_{end}", table=g) for g in groups))
    return columns
