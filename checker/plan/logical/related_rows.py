"""Which rows are related to a subject, and how surely (docs/meaning.md, section 5).

`related` has one row per related row and subject it belongs to: `link` (the subject's value that it refers to; NULL where
it may be any), `no` (its window), `sure` (it counts, rather than only may count), and the first columns of the measure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlglot import exp

from checker.forms.day import Day, until
from checker.forms.measure import Measure, all_of, any_of, denied, greatest, least, perhaps, surely, template
from checker.model.period import Months, Per, Term, Trailing, Unit
from checker.plan.logical.quantities import stages
from checker.plan.logical.rows import Path, Row
from checker.tables.windows import window_unit

REF = exp.Placeholder(this="ref")


def below_any(record: str) -> str:
    """The nodes of a tree that are below any, as `node`."""
    return f"below_any_{record}"


def closure(record: str) -> str:
    """The table of a tree's (node, ancestor) pairs, every node its own ancestor; a NULL ancestor may be any."""
    return f"within_{record}"


@dataclass(frozen=True, slots=True)
class Pair:
    """The end of a path of a related row, or a part of the day there, and that of a path of its subject, whose values are equal.

    Of the whole submission there are neither: all rows are its own.
    """

    theirs: Path
    its: Path
    part: str = ""

    def __str__(self) -> str:
        """What is compared of the related row, as a rulebook writes it."""
        path = ".".join(self.theirs)
        return f"{self.part}({path})" if self.part else path

    def of_row(self, row: Row) -> exp.Expression:
        """The value of a related row, NULL where it is not known."""
        return part_of(row.column(self.theirs), self.part) if self.theirs else exp.true()

    def of_subject(self, subject: Row) -> exp.Expression:
        """The value of the subject, NULL where it is not known."""
        return subject.column(self.its) if self.its else exp.true()

    def row_adrift(self, row: Row) -> exp.Expression:
        """Whether the value of a related row may be any."""
        return row.adrift(self.theirs) if self.theirs else exp.false()

    def subject_adrift(self, subject: Row) -> exp.Expression:
        """Whether the value of the subject may be any."""
        return subject.adrift(self.its) if self.its else exp.false()


@dataclass(frozen=True, slots=True)
class Link:
    """How a related row finds its subject: by the values that are equal, and the tree it climbs, if any.

    Rows are found by the first pair; where there are more, they are paired with their subjects (`checker.plan.logical.pairs`).
    """

    first: Pair
    more: tuple[Pair, ...] = ()
    tree: str | None = None

    @property
    def path(self) -> Path:
        """The path of the related row to the value by which it is found."""
        return self.first.theirs

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """All pairs."""
        return (self.first, *self.more)

    def columns(self, row: Row, *, its: bool) -> dict[str, exp.Expression]:
        """The values of the pairs as columns `link`, `link_2` and so on, of a related row or of the subject."""
        values = (each.of_subject(row) if its else each.of_row(row) for each in self.pairs)
        return {name_of(number): value for number, value in enumerate(values, 1)}


_PARTS = {
    "month": "STRFTIME(:day, '%Y-%m')",
    "quarter": "STRFTIME(:day, '%Y-Q') || CAST(EXTRACT(QUARTER FROM :day) AS VARCHAR)",
    "year": "CAST(EXTRACT(YEAR FROM :day) AS BIGINT)",
}
_LAST_DAYS = {
    "month": "LAST_DAY(:day)",
    "quarter": "LAST_DAY(CAST(DATE_TRUNC('quarter', :day) AS DATE) + INTERVAL 2 MONTH)",
    "year": "MAKE_DATE(CAST(EXTRACT(YEAR FROM :day) AS INT), 12, 31)",
}


def part_of(day: exp.Expression, part: str) -> exp.Expression:
    """The month, quarter or year of a day, as its text; without a part, the value as it is."""
    return template(_PARTS[part], day=day) if part else day


def last_day_of(day: exp.Expression, part: str) -> exp.Expression:
    """The last day of the month, quarter or year of a day."""
    return template(_LAST_DAYS[part], day=day)


def name_of(number: int) -> str:
    """The column in which the value of a pair stands, counted from 1."""
    return "link" if number == 1 else f"link_{number}"


@dataclass(frozen=True)
class Relation:
    """The related rows of a rule: those of `row` for which `condition` is not false, dated by `day` in windows of `unit`.

    With `epochs`, they are measured once for each row of `e`; with `partial`, windows are cut, and the day of a row is a
    column. With `told`, the query relies on every link and every day of these rows being known, and is the simpler for it.
    `only` leaves out other rows. Where the link climbs a tree, it is to the node above which the subjects are (see `climbed`).
    """

    row: Row
    link: Link
    day: Path | None
    unit: Per | None
    condition: exp.Expression
    measure: Measure
    told: bool
    epochs: exp.Expression | None = None
    year_starts: int = 1
    partial: bool = False
    only: exp.Expression | None = None

    def query(self) -> exp.Expression:
        """The rows that count or may count, in their windows."""
        if self.unit is None or self.day is None:
            return self._rows(exp.Literal.number(0) if self.epochs is None else exp.column("no", table="e"))
        no, cell = exp.column("no", table="w"), self.row.column(self.day)
        in_unit = template("w.unit = :unit", unit=exp.Literal.string(window_unit(self.unit, partial=self.partial)))
        if self.measure.paired:
            return self._rows(no, in_unit)
        if self.told or self.row.day(self.day).exact:
            dated = self._rows(no, all_of(in_unit, template("w.key = :key", key=window_key(self.unit, cell, self.year_starts))))
            if self.told:
                return dated
            undated = self._rows(no, in_unit, template(":day IS NULL", day=cell), dated=False)
            return exp.union(dated, undated, distinct=False, copy=False)
        return self._in_part(no, in_unit, self.row.day(self.day), self.unit)

    def _in_part(self, no: exp.Expression, in_unit: exp.Expression, day: Day, unit: Per) -> exp.Expression:
        """Rows of which perhaps only the month is known, or the year: in the window of all the days that it may be.

        Else they may be in each window that has one of these days; those of which nothing is known, in any.
        """
        low, high = (window_key(unit, end, self.year_starts) for end in day)
        inside = self._rows(no, all_of(in_unit, template("w.key = :low AND w.key = :high", low=low, high=high)))
        apart = template("COALESCE(:low <> :high, TRUE)", low=low, high=high)
        touched = template("COALESCE(w.first <= :high AND w.last >= :low, TRUE)", low=day.low, high=day.high)
        outside = template("NOT :cell IS NULL", cell=self.row.column(self.day or ()))
        beside = self._rows(no, all_of(in_unit, touched), all_of(apart, denied(outside)), dated=False)
        return exp.union(inside, beside, distinct=False, copy=False)

    def _rows(
        self,
        no: exp.Expression,
        windows: exp.Expression | None = None,
        only: exp.Expression | None = None,
        *,
        dated: bool = True,
    ) -> exp.Select:
        """One branch: the rows joined to the windows on that condition; rows without a date are never sure."""
        row, counts = self.row, self.counts(dated=dated)
        told = all_of(*(template("NOT :to IS NULL", to=each.of_row(row)) for each in self.link.pairs))
        found = all_of(*map(self._found, self.link.pairs))
        sure = all_of(surely(counts), exp.not_(row.own("_doubt")), exp.true() if self.told else told if dated else exp.false())
        columns = {
            **self.link.columns(row, its=False),
            "no": no,
            "sure": sure,
            "_row": row.own("_row"),
            **stages(self.measure)[0],
        }
        if not self.told:
            columns["_via"] = row.own("_via")
        if self.partial and self.day is not None:
            columns |= {"_day": row.column(self.day), **self._lifespan()}
        select = row.source().select(*(tree.as_(name) for name, tree in columns.items()), copy=False)
        select = row.joined(select)
        if windows is not None:
            select = select.join(exp.table_("windows", alias="w"), on=windows, copy=False)
        if self.epochs is not None:
            select = select.join(self.epochs, join_type="cross", copy=False)
        some = (each for each in (only, self.only) if each is not None)
        return select.where(all_of(perhaps(counts), found, *some), copy=False)

    def _found(self, pair: Pair) -> exp.Expression:
        """Whether a row may be somebody's by that pair. What refers to no node of the tree belongs to none."""
        target = pair.of_row(self.row)
        if self.link.tree is None:
            leads = template("NOT :target IS NULL", target=target)
        else:
            leads = template(f':target IN (SELECT key FROM "nodes_{self.link.tree}")', target=target)
        return leads if self.told else any_of(leads, pair.row_adrift(self.row))

    def counts(self, *, dated: bool) -> exp.Expression:
        """Whether the row counts, its link and its window apart: selected, not after the reference date, in existence."""
        return all_of(*self.facts(dated=dated))

    def facts(self, *, dated: bool) -> list[exp.Expression]:
        """The conditions under which the row counts: each of them must hold."""
        row, own = self.row, (self.row.record.date,) if self.row.record.date else None
        days = sorted({path for path in (self.day, own) if path is not None})
        cutoff = self.measure.cutoff
        facts = [self.condition, row.through(name for each in self.link.pairs for name in each.theirs[:1])]
        facts += [until(row.day(path), Day.of(cutoff)) for path in days]
        if self.measure.spells is not None:
            return facts
        if self._of_terms and self.day is not None:
            return [*facts, self._existed(row.column(self.day), *_ALWAYS)]
        if self.measure.about is not None:
            facts.append(self.measure.about)
        if self.measure.paired and self.day is not None:
            day = row.day(self.day)
            if not day.exact:
                some = Day(exp.Coalesce(this=day.low, expressions=[_ALWAYS[1].copy()]), least(day.high, cutoff))
                return [*facts, row.exists(some)]
            return [*facts, self._existed(day.low, cutoff, _ALWAYS[1])]
        if self.unit is None or self.day is None:
            return [*facts, row.exists(Day.of(REF))]
        return [*facts, row.exists(row.day(self.day)) if dated else self._existed_in_window(row.day(self.day))]

    def _existed_in_window(self, day: Day) -> exp.Expression:
        """Whether the row existed on a day of the window that it may be dated on; if on none, it was not dated in it either."""
        first: exp.Expression = exp.column("first", table="w")
        last: exp.Expression = exp.column("last", table="w")
        if not day.exact:
            first, last = greatest(first, day.low), least(last, day.high)
        return self.row.exists(Day.of(last), Day.of(first))

    @property
    def _of_terms(self) -> bool:
        """Whether windows are terms of office, which rows are not numbered by."""
        return self.partial and self.unit is None

    def _lifespan(self) -> dict[str, exp.Expression]:
        """The ends of the row's existence as columns, where it takes a term to tell whether an undated row existed in it."""
        ends = {"_begun": self.row.record.begins, "_ended": self.row.record.ends} if self._of_terms else {}
        named = {"_begun": "_begins", "_ended": "_ends"}
        return {name: self.row.own(named[name]) for name, declared in ends.items() if declared is not None}

    def _existed(self, day: exp.Expression, latest: exp.Expression, earliest: exp.Expression) -> exp.Expression:
        """Whether the row existed on its day; where that is unknown, on some day from the earliest to the latest."""
        begun, ended = (template("COALESCE(:day, :other)", day=day, other=other) for other in (latest, earliest))
        return self.row.exists(Day.of(begun), Day.of(ended))


_ALWAYS = tuple(exp.cast(exp.Literal.string(end), "DATE") for end in ("infinity", "-infinity"))


def climbed(tree: str, rows: exp.Subquery, columns: Iterable[str], some: exp.Expression) -> exp.Select:
    """Rows `r` of everything below a node of the tree as rows of each node above it, those of some pairs `up` of the two.

    Of rows with those `columns` the link becomes the node above, NULL where that may be any.
    """
    # The rows come second: they are fewer than the pairs of a deep tree, and the engine keeps them in memory.
    up = exp.table_(closure(tree), alias="up")
    kept: dict[str, exp.Expression] = {name: exp.column(name, table="r") for name in columns if name != "link"}
    ancestor = exp.column("ancestor", table="up")
    kept |= {"link": ancestor, "sure": all_of(kept["sure"], template("NOT :up IS NULL", up=ancestor))}
    select = exp.select(*(tree.as_(name) for name, tree in kept.items())).from_(up, copy=False)
    return select.join(rows, on=template("up.node = r.link"), copy=False).where(some, copy=False)


def window_key(per: Per, day: exp.Expression, year_starts: int) -> exp.Expression:
    """The integer that `checker.tables.windows.rows` gives for the window of that day; NULL where it is in none."""
    match per:
        case Unit.PERIOD:
            return template("CASE WHEN :day BETWEEN :first AND :last THEN 0 END", day=day)
        case Trailing(days):
            age = exp.Literal.number(days)
            # Before the period the window is the one that will end with it (`Period.windows`).
            ended = "CASE WHEN :begun THEN :ref ELSE :last END"
            return template(f"CASE WHEN :day <= :ref AND DATE_DIFF('day', :day, {ended}) < :age THEN 0 END", day=day, age=age)
        case Term():
            raise TypeError(per)
        case Unit.WEEK:
            return template("DATE_DIFF('day', DATE '0001-01-01', :day) // 7", day=day)
        case _:
            months = template(
                "EXTRACT(YEAR FROM :day) * 12 + EXTRACT(MONTH FROM :day) - :starts",
                day=day,
                starts=exp.Literal.number(per.offset(year_starts) if isinstance(per, Months) else year_starts),
            )
            return months if per.months == 1 else exp.IntDiv(this=exp.paren(months), expression=exp.Literal.number(per.months))
