"""Rules that find their rows by one reference, gathered: what rows tell exactly is folded for all of them in one scan.

Most rows tell everything: whose they are, when they were, and what is asked of them. Such a row contributes one number to
each quantity, so that one aggregate takes the place of two ends and no row is joined with windows. The few others, the
doubtful ones, are set apart and measured as intervals, as `checker.plan.logical.related_rows` says (docs/decisions/0026).
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlglot import exp

from checker.forms.measure import Exact, Fold, Measure, all_of, any_of, denied, perhaps, surely, template
from checker.model.period import Months, Term, Unit
from checker.model.plan import Folded, Gathering
from checker.plan.emit.printing import part, printed
from checker.plan.logical.binding import RuleSite
from checker.plan.logical.inexact_rows import suspicions
from checker.plan.logical.integrity import finding_fields
from checker.plan.logical.related_rows import Link, Relation, window_key
from checker.tables.windows import base_of

_FOLDS = {Fold.SUM: "sum", Fold.LATEST: "max", Fold.EARLIEST: "min"}
_ONE = exp.Literal.number(1)


def gathering(site: RuleSite, measure: Measure, link: Link | None, relation: Relation | None, dialect: str) -> Gathering | None:
    """How the rule's rows are gathered; None where it depends on more of them than each tells by itself."""
    exact = measure.exact
    if exact is None or link is None or relation is None or not _by_themselves(site, measure, link, relation):
        return None
    row, counts = site.related, relation.counts(dated=True)
    target = row.column(link.path)
    day = relation.day if site.unit is not None else None
    dated = exp.true() if day is None else template("NOT :day IS NULL", day=row.column(day))
    told = template("NOT :target IS NULL", target=target)
    when = inlined(measure, exact.when)
    certain = all_of(told, dated, counts, exp.not_(row.own("_doubt")), when)
    found = any_of(told, row.adrift(link.path))
    doubtful = all_of(perhaps(counts), found, exp.not_(surely(certain)))
    index = None if day is None or site.unit is None else _index(site, row.column(day))
    values = {name: inlined(measure, tree) for name, tree in exact.values.items()}
    read = (certain, doubtful, *values.values(), *([] if index is None else [index]))
    if any(column.table in {"w", "e", "s"} for tree in read for column in tree.find_all(exp.Column)):
        return None
    return Gathering(
        group=group_of(site, link),
        subject=site.subject.record.name,
        near=link.first.its[0],
        nameless=printed(site.subject.adrift((link.first.its[0],)), dialect),
        related=row.record.name,
        field=link.path[0],
        far=printed(target, dialect),
        joins=tuple(printed(join, dialect) for join in row.joins()),
        certain=printed(certain, dialect),
        doubtful=printed(doubtful, dialect),
        suspicions=tuple(printed(each, dialect) for each in suspicions(certain, counts)),
        unit=None if index is None else str(site.unit),
        at=None if index is None else printed(index, dialect),
        folded=tuple(
            Folded(name, "count" if tree == _ONE else _FOLDS[measure.quantities[name].fold], printed(tree, dialect))
            for name, tree in values.items()
        ),
    )


def group_of(site: RuleSite, link: Link) -> str:
    """The name of the rules that share their scan: those with the same subjects, rows and reference."""
    return ".".join((site.subject.record.name, *link.first.its, site.related.record.name, *link.path))


def folded_columns(tag: str, exact: Exact) -> dict[str, exp.Expression]:
    """The columns `x_<name>` of the frame: what was folded, which the run puts in."""
    return {f"x_{name}": part(f"{tag}_{name}") for name in exact.values}


def folded_quantities(measure: Measure, exact: Exact) -> Mapping[str, exp.Expression]:
    """Of each quantity what was folded of it, from these columns."""
    values: dict[str, exp.Expression] = {name: exp.column(f"x_{name}", table="frame") for name in exact.values}
    for name, tree in exact.derived.items():
        values[name] = tree.transform(_of_frame)
    return {name: values[name] for name in measure.quantities}


def inlined(measure: Measure, tree: exp.Expression) -> exp.Expression:
    """An expression over a row's last set of columns as one over the row itself."""
    for columns in reversed(measure.steps):
        known = {name: column for name, column in columns.items() if column != exp.column(name)}
        tree = tree.transform(_put_in, known)
    return tree


def settled(measure: Measure, exact: Exact, certainly: exp.Expression) -> exp.Expression:
    """Whether a row that tells everything exactly, and `certainly` is judged, meets what is measured of it."""
    values = {name: inlined(measure, tree) for name, tree in exact.values.items()}
    bounds = {f"bound_{number}": bound for number, bound in enumerate(measure.shown_bounds, 1)}
    known = bounds | {f"x_{name}": tree for name, tree in values.items()}
    values |= {name: tree.transform(_put_in, known) for name, tree in exact.derived.items()}
    ends = {f"{name}_{end}": tree for name, tree in values.items() for end in ("lo", "hi")}
    met = all_of(measure.met, denied(measure.nothing)).transform(_put_in_measured, {**measure.own, **bounds, **ends})
    return all_of(certainly, inlined(measure, exact.when), met)


def _put_in_measured(node: exp.Expression, known: Mapping[str, exp.Expression]) -> exp.Expression:
    return exp.paren(known[node.name]) if isinstance(node, exp.Column) and node.table == "m" and node.name in known else node


def _put_in(node: exp.Expression, known: Mapping[str, exp.Expression]) -> exp.Expression:
    if isinstance(node, exp.Column) and not node.table and node.name in known:
        return exp.paren(known[node.name])
    return node


def _of_frame(node: exp.Expression) -> exp.Expression:
    if isinstance(node, exp.Column) and not node.table:
        return exp.column(node.name, table="frame")
    return node


def _by_themselves(site: RuleSite, measure: Measure, link: Link, relation: Relation) -> bool:
    """Whether what a row contributes depends on nothing but the row and its window."""
    # Whether what refers to the subject is known of each is counted by the census, for the fields by which rows are found.
    its, theirs = link.first.its, link.path
    known = len(its) == len(theirs) == 1 and not link.first.part and its[0] in finding_fields(site.subject.record)
    pooled = known and link.tree is None and not link.more and relation.epochs is None
    alone = not measure.paired and not measure.by_subject and not measure.in_order and measure.groups is None
    whole = not relation.partial and not isinstance(site.unit, Term)
    return pooled and alone and whole


def _index(site: RuleSite, day: exp.Expression) -> exp.Expression:
    """The place of a day's window among those of its unit, counted from 0; out of range where it is in none."""
    if site.unit is None:
        raise TypeError(site.rule.id)
    key = window_key(site.unit, day, site.book.year_starts)
    if isinstance(site.unit, Unit | Months) and site.unit is not Unit.PERIOD:
        return template(":key - :base", key=key, base=exp.Placeholder(this=base_of(site.unit)))
    return key


def reading(site: RuleSite, group: str) -> None:
    """Lets the site read the gathered subjects, and of the related rows the doubtful ones."""
    site.subject.table, site.related.table = f"gathered_{group}", f"doubtful_{group}"
