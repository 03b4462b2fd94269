"""From related rows to the ends of each quantity: computed row by row, summed per subject and window, put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from sqlglot import exp

from checker.forms.measure import Fold, Measure, any_of, greatest, least, template, tried, wrap

_ONE = exp.Literal.number(1)


def stages(measure: Measure) -> tuple[Mapping[str, exp.Expression], ...]:
    """The columns of a measured row, set after set; the last are the ends of its quantities."""
    ends = {
        f"{name}_{end}": tree
        for name, quantity in measure.quantities.items()
        for end, tree in (("lo", quantity.low), ("hi", quantity.high))
    }
    if measure.runs is not None:
        return (measure.runs.columns,)
    if measure.groups is not None:
        return ({"value": measure.groups.of.value, "none": measure.groups.of.none},)
    if measure.spells is not None:
        return ({"begins": measure.spells.begins, "ends": measure.spells.ends},)
    return ({"day": measure.gaps.day},) if measure.gaps is not None else (*measure.steps, ends)


def staged(
    first: exp.Expression, name: str, kept: Sequence[str], sets: Sequence[Mapping[str, exp.Expression]]
) -> list[tuple[str, exp.Expression]]:
    """The queries, by name, that take rows with the first set of columns to rows, called `name`, with the last."""
    names = [*(f"{name}_{number}" for number in range(1, len(sets))), name]
    queries: list[tuple[str, exp.Expression]] = [(names[0], first)]
    for number, columns in enumerate(sets[1:], 1):
        select = exp.select(*(exp.Star() if each == "*" else exp.column(each) for each in kept)).from_(
            exp.table_(names[number - 1]), copy=False
        )
        select = select.select(*(tree.as_(column, copy=False) for column, tree in columns.items()), copy=False)
        queries.append((names[number], select))
    return queries


def sums(measure: Measure, *, group: tuple[str, ...], sure: bool) -> exp.Select:
    """Each quantity's ends over the rows of a group; NULL is unbounded. Rows that may count add their hull with 0."""
    select = exp.Select()
    certain = exp.column("sure") if sure else exp.false()
    for name, quantity in measure.quantities.items():
        if quantity.fold is Fold.EACH:
            ends = {"sure": certain, "low": exp.column(f"{name}_lo"), "high": exp.column(f"{name}_hi")}
            each = template("LIST(CASE WHEN :sure THEN :low ELSE :high END) FILTER (WHERE NOT :high IS NULL)", **ends)
            select = select.select(each.as_(name, copy=False), copy=False)
            continue
        if quantity.fold is not Fold.SUM:
            days = _extremes(name, quantity.fold, certain)
            select = select.select(*(day.as_(end, copy=False) for end, day in days.items()), copy=False)
            continue
        for end, sign in (("lo", "<"), ("hi", ">")):
            if quantity.low == quantity.high == _ONE:
                counted = "COUNT_IF(:sure)" if end == "lo" else "COUNT(*)"
                select = select.select(template(counted, sure=certain).as_(f"{name}_{end}", copy=False), copy=False)
                continue
            value = exp.column(f"{name}_{end}")
            # A row that only may count adds what takes this end further out: all of it to the upper one, if none is negative.
            further = template(f":v {sign} 0", v=value) if quantity.signed else exp.Boolean(this=end == "hi")
            added = any_of(certain, further)
            share = value if further == exp.true() else template("CASE WHEN :added THEN :v ELSE 0 END", added=added, v=value)
            total = template("CASE WHEN COUNT(*) = COUNT(:v) THEN SUM(:share) END", v=value, share=share)
            select = select.select(total.as_(f"{name}_{end}", copy=False), copy=False)
    return select.select(*map(exp.column, group), copy=False).group_by(*map(exp.column, group), copy=False)


def _extremes(name: str, fold: Fold, certain: exp.Expression) -> dict[str, exp.Expression]:
    """The ends of the latest (or earliest) day of a group: of one end only the rows that count have a say."""
    ends: dict[str, exp.Expression] = {end: exp.column(f"{name}_{end}") for end in ("lo", "hi")}
    told = "lo" if fold is Fold.LATEST else "hi"
    ends[told] = template("CASE WHEN :sure THEN :day END", sure=certain, day=ends[told])
    function = exp.Max if fold is Fold.LATEST else exp.Min
    return {f"{name}_{end}": function(this=day) for end, day in ends.items()}


def combined(
    measure: Measure, groups: tuple[str, ...], submitted: exp.Expression | None, folded: Mapping[str, exp.Expression]
) -> Mapping[str, exp.Expression]:
    """The ends of each quantity for one subject and window: what is its own plus what may be anybody's, less what is in both.

    `submitted`: whether the tables are there that it needs; None where they certainly are. `folded` is what of each quantity
    was folded before, of rows that are not in the groups.
    """
    columns: dict[str, exp.Expression] = {}
    for name, quantity in measure.quantities.items():
        before = [folded[name]] if folded else []
        if quantity.fold is Fold.EACH:
            lists = [exp.column(name, table=group) for group in groups]
            every = cast("exp.Expression", exp.func("LIST_CONCAT", *lists, exp.array()))
            columns[name] = (
                every if submitted is None else template("CASE WHEN :told THEN :every END", told=submitted, every=every)
            )
            continue
        for end in ("lo", "hi"):
            if quantity.fold is not Fold.SUM:
                extreme = greatest if quantity.fold is Fold.LATEST else least
                days = [*before, *(exp.column(f"{name}_{end}", table=group) for group in groups)]
                columns[f"{name}_{end}"] = extreme(*days) if len(days) > 1 else days[0]
                continue
            unknown = exp.null() if quantity.signed or end == "hi" else exp.Literal.number(0)
            terms = [
                *before,
                *(
                    template(
                        "CASE WHEN :no IS NULL THEN 0 ELSE :value END",
                        no=exp.column("no", table=group),
                        value=exp.column(f"{name}_{end}", table=group),
                    )
                    for group in groups
                ),
            ]
            total, signs = terms[0], [*(exp.Add for _ in before), *(exp.Sub if group == "again" else exp.Add for group in groups)]
            for sign, term in zip(signs[1:], terms[1:], strict=True):
                total = sign(this=wrap(total), expression=wrap(term))
            total = tried(total)
            columns[f"{name}_{end}"] = (
                total
                if submitted is None
                else template(
                    "CASE WHEN :submitted THEN :total ELSE :unknown END", submitted=submitted, total=total, unknown=unknown
                )
            )
    return columns
