"""Predicates and expressions over indicators: whether they hold whatever these may be (docs/meaning.md, section 17).

An interval is two trees, of its low and its high end; NULL is no limit. An indicator is read as the row of `indicator_values`
of the subject and its window, which is joined where it is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import cast

from sqlglot import exp

from checker.forms.bounds import UNBOUNDED, calculated, difference, product, total, within
from checker.forms.measure import Bound, Ends, all_of, any_of, denied, one, template, tried
from checker.plan.logical.rows import Row
from checker.rules.predicates import path_of

TABLE = "indicator_values"


@dataclass(frozen=True)
class Named:
    """An indicator that a text names: the alias of its row, and whether to doubt it where it is unknown whose it is."""

    id: str
    alias: str
    doubted: bool

    def column(self, name: str) -> exp.Column:
        """A column of its row."""
        return exp.column(name, table=self.alias)

    def lacks(self) -> exp.Expression:
        """Whether there is no value, NULL where that is unknown."""
        doubt = any_of(self.column("lacking"), *([self.column("doubtful")] if self.doubted else []))
        return template(
            "CASE WHEN :none THEN TRUE WHEN :open OR :doubt THEN NULL ELSE FALSE END",
            none=template(
                "COALESCE(NOT :reason IS NULL, TRUE) OR :row IS NULL", reason=self.column("reason"), row=self.column("subject")
            ),
            open=self.column("open"),
            doubt=doubt,
        )

    def told(self) -> Ends:
        """Its ends, also where there is perhaps no value; without limits as long as it is open."""
        ends = (
            template("CASE WHEN NOT :open THEN :end END", open=self.column("open"), end=self.column(end))
            for end in ("low", "high")
        )
        return Ends(*ends)

    def ends(self) -> Ends:
        """What a mention of it may be."""
        found = (
            template("CASE WHEN NOT :lacks THEN :end END", lacks=self.lacks(), end=self.column(end)) for end in ("low", "high")
        )
        return Ends(*found)

    def join(self, no: exp.Expression) -> exp.Join:
        """What finds its row of the subject in the window of that number."""
        found = template(
            f'"{self.alias}".indicator = :id AND "{self.alias}".subject = s._row AND "{self.alias}".no = :no',
            id=exp.Literal.string(self.id),
            no=no,
        )
        return exp.Join(
            this=exp.to_table(TABLE).as_(exp.to_identifier(self.alias, quoted=True), copy=False), on=found, side="LEFT"
        )


@dataclass
class Intervals:
    """Checked trees over a row and the indicators of it; `named` are those that were read so far, by name."""

    row: Row
    known: Callable[[str], Named]
    placeholders: Callable[[str], exp.Expression | None]
    named: dict[str, Named] = field(default_factory=dict)

    def predicate(self, tree: exp.Expression) -> exp.Expression:  # noqa: PLR0911 - one for each kind of node
        """Whether it holds: NULL where that depends on what an indicator is."""
        if not self._names(tree):
            return tried(self.row.resolve(tree, self.placeholders))
        match tree:
            case exp.And() | exp.Or():
                join = all_of if isinstance(tree, exp.And) else any_of
                return exp.paren(join(self.predicate(tree.this), self.predicate(tree.expression)), copy=False)
            case exp.Not():
                return denied(self.predicate(tree.this))
            case exp.Paren():
                return self.predicate(tree.this)
            case exp.Is():
                return self._read(tree.this).lacks()
            case exp.Between():
                low, high = tree.args["low"], tree.args["high"]
                return all_of(self._compared(exp.GTE, tree.this, low), self._compared(exp.LTE, tree.this, high))
            case exp.In():
                return exp.paren(any_of(*(self._compared(exp.EQ, tree.this, each) for each in tree.expressions)), copy=False)
            case exp.NEQ():
                return denied(self._compared(exp.EQ, tree.this, tree.expression))
        return self._compared(type(tree), tree.this, tree.expression)

    def ends(self, tree: exp.Expression) -> Ends:  # noqa: PLR0911 - one for each kind of node
        """What an expression may be."""
        if not self._names(tree):
            value = tried(self.row.resolve(tree, self.placeholders))
            return one(value)
        match tree:
            case exp.Column():
                return self._read(tree).ends()
            case exp.Paren():
                return self.ends(tree.this)
            case exp.Neg():
                own = self.ends(tree.this)
                return calculated(("-:a_hi", "-:a_lo"), a=own)
            case exp.Abs():
                return calculated(_ABSOLUTE, a=self.ends(tree.this))
            case exp.Add():
                return total(self.ends(tree.this), self.ends(tree.expression))
            case exp.Sub():
                return difference(self.ends(tree.this), self.ends(tree.expression))
            case exp.Mul():
                return product(self.ends(tree.this), self.ends(tree.expression))
            case exp.Coalesce():
                return self._first_of([tree.this, *tree.expressions])
        return UNBOUNDED

    def _first_of(self, trees: list[exp.Expression]) -> Ends:
        first, *rest = trees
        if not rest:
            return self.ends(first)
        if not self._names(first):
            other, parts = self._first_of(rest), (first, exp.Placeholder(this="other"))
            # What is empty is passed over as in any other expression; the ends of the rest stand in its place.
            found = (
                self.row.resolve(
                    exp.Coalesce(this=parts[0].copy(), expressions=[parts[1].copy()]),
                    lambda name, end=end: end if name == "other" else self.placeholders(name),  # type: ignore[misc]
                )
                for end in other
            )
            return Ends(*map(tried, found))
        lacks = [self._read(column).lacks() for column in self._columns(first)]
        lack = exp.paren(any_of(*lacks), copy=False) if len(lacks) > 1 else lacks[0]
        own = self._read(first).told() if isinstance(first, exp.Column) else self.ends(first)
        return calculated(_COALESCED, a=own, b=self._first_of(rest), lacks=lack)

    def _compared(self, kind: type[exp.Expression], left: exp.Expression, right: exp.Expression) -> exp.Expression:
        (low, high), bound = self.ends(left), Bound(_KEYS[kind], self.ends(right), 1)
        holds, fails = within((bound,), low, high)
        return template("CASE WHEN :holds THEN TRUE WHEN :fails THEN FALSE END", holds=holds, fails=fails)

    def _columns(self, tree: exp.Expression) -> Iterator[exp.Column]:
        for column in tree.find_all(exp.Column):
            path = path_of(column)
            if len(path) == 1 and self.row.record.field(path[0]) is None:
                yield column

    def _names(self, tree: exp.Expression) -> bool:
        return any(True for _ in self._columns(tree))

    def _read(self, tree: exp.Expression) -> Named:
        (name,) = path_of(cast("exp.Column", tree))
        return self.named.setdefault(name, self.known(name))


_KEYS: dict[type[exp.Expression], str] = {
    exp.EQ: "exactly",
    exp.LT: "less_than",
    exp.LTE: "at_most",
    exp.GT: "more_than",
    exp.GTE: "at_least",
}
"""What a comparison asks, as a bound of what stands on its left."""

_ABSOLUTE = (
    "CASE WHEN :a_lo >= 0 THEN :a_lo WHEN :a_hi <= 0 THEN -:a_hi ELSE 0 END",
    "CASE WHEN :a_lo >= 0 THEN :a_hi WHEN :a_hi >= -:a_lo THEN :a_hi WHEN :a_hi < -:a_lo THEN -:a_lo END",
)
_COALESCED = (
    "CASE WHEN :lacks THEN :b_lo WHEN NOT :lacks THEN :a_lo WHEN :a_lo <= :b_lo THEN :a_lo WHEN :a_lo > :b_lo THEN :b_lo END",
    "CASE WHEN :lacks THEN :b_hi WHEN NOT :lacks THEN :a_hi WHEN :a_hi >= :b_hi THEN :a_hi WHEN :a_hi < :b_hi THEN :b_hi END",
)
