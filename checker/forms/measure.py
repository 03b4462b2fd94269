"""What a requirement form says of its measure, as sqlglot trees: quantities of rows, and the outcome they give.

A quantity is an interval per related row; `None` as its low or high end (SQL: NULL) is unbounded. The compiler sums the
ends over the rows that count, and the hull with 0 over those that only may count, into columns `<name>_lo` and
`<name>_hi` of `m`, where NULL again is unbounded. Outcomes are then CASE trees over these columns, in which a
comparison with NULL is not true: an unbounded end never satisfies and never breaches.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from typing import NamedTuple, cast

import sqlglot
from sqlglot import exp

from checker.model.measures import MeasureKind

Columns = Mapping[str, exp.Expression]
"""Columns by name."""


@cache
def _parsed(sql: str) -> exp.Expression:
    tree = cast("exp.Expression", sqlglot.parse_one(sql, dialect="duckdb"))
    # Where in the text a name stood is not wanted, and would take as long to copy as all the rest.
    for node in tree.walk():
        node._meta = None  # noqa: SLF001 -- what it is read by, `meta`, makes an empty one
    # An expression that begins with a placeholder is taken for one after an empty alias.
    return tree.this if isinstance(tree, exp.Alias) and not tree.alias else tree


def template(sql: str, **parts: exp.Expression) -> exp.Expression:
    """The tree of that SQL, with each placeholder `:name` in `parts` replaced by its tree."""
    tree = _parsed(sql).copy()
    for placeholder in list(tree.find_all(exp.Placeholder)):
        if placeholder.name in parts:
            part = wrap(parts[placeholder.name].copy())
            if placeholder is tree:
                return part
            placeholder.replace(part)
    return tree


def wrap(tree: exp.Expression) -> exp.Expression:
    """The tree in parentheses if it has operators that could bind differently where it is put."""
    return exp.paren(tree, copy=False) if isinstance(tree, (exp.Binary, exp.Unary, exp.Between, exp.In)) else tree


_ARITHMETIC = (exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Mod, exp.Neg, exp.Abs)
_COMPARISONS_OF_TWO = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE)


def tried(tree: exp.Expression) -> exp.Expression:
    """The tree, where what cannot be computed, for the size of its numbers or a day outside the calendar, is NULL.

    So is a comparison with it, and no more: what is joined to that by AND or OR may be known all the same.
    """
    if isinstance(tree, exp.Try) or not any(_computes(node) for node in tree.walk()):
        return tree
    if _computes(tree) or isinstance(tree, _COMPARISONS_OF_TWO):
        return exp.Try(this=_of_64_bits(tree))
    copy = tree.copy()
    for key, value in tree.args.items():
        if isinstance(value, exp.Expression):
            copy.set(key, tried(value))
        elif isinstance(value, list):
            copy.set(key, [tried(each) if isinstance(each, exp.Expression) else each for each in value])
    return copy


def _computes(node: exp.Expr) -> bool:
    return isinstance(node, _ARITHMETIC) and not (isinstance(node, exp.Neg) and isinstance(node.this, exp.Literal))


def _of_64_bits(tree: exp.Expression) -> exp.Expression:
    """The tree, where whole numbers that are calculated with one another are of 64 bits; the engine takes them for shorter."""
    for node in tree.find_all(*_ARITHMETIC):
        for literal in (node.this, node.args.get("expression")):
            if isinstance(literal, exp.Literal) and not literal.is_string and literal.is_int and not node.find(exp.Column):
                literal.replace(exp.cast(literal.copy(), exp.DType.BIGINT))
    return tree


def all_of(*conditions: exp.Expression) -> exp.Expression:
    """Their conjunction; of none: TRUE; with FALSE: FALSE."""
    if exp.false() in conditions:
        return exp.false()
    said = [condition for condition in conditions if condition != exp.true()]
    return cast("exp.Expression", exp.and_(*said, copy=False)) if said else exp.true()


def any_of(*conditions: exp.Expression) -> exp.Expression:
    """Their disjunction; of none: FALSE. TRUE, where one is that something is NULL, and one that it is not."""
    said = [condition for condition in conditions if condition != exp.false()]
    if any(isinstance(each, exp.Not) and isinstance(each.this, exp.Is) and each.this in said for each in said):
        return exp.true()
    return cast("exp.Expression", exp.or_(*said, copy=False)) if said else exp.false()


def denied(condition: exp.Expression) -> exp.Expression:
    """Its negation; of a negation what that denies."""
    if condition in (exp.true(), exp.false()):
        return exp.false() if condition == exp.true() else exp.true()
    if isinstance(condition, exp.Not):
        return cast("exp.Expression", condition.this.unnest().copy())
    return exp.not_(wrap(condition.copy()), copy=False)


def perhaps(condition: exp.Expression) -> exp.Expression:
    """TRUE unless the condition is certainly false."""
    return condition if condition == exp.true() else template("COALESCE(:condition, TRUE)", condition=condition)


def surely(condition: exp.Expression) -> exp.Expression:
    """TRUE only if the condition is certainly true."""
    return condition if condition == exp.true() else template("COALESCE(:condition, FALSE)", condition=condition)


def first_of(*branches: tuple[exp.Expression, exp.Expression], default: exp.Expression | None = None) -> exp.Expression:
    """The value of the first branch whose condition is true, without the branches that never are."""
    case = exp.Case()
    for condition, value in branches:
        if condition == exp.true():
            default = value
            break
        if condition != exp.false():
            case = case.when(condition.copy(), value.copy(), copy=False)
    if not case.args.get("ifs"):
        return exp.null() if default is None else default
    return case if default is None else case.else_(default.copy(), copy=False)


def greatest(*days: exp.Expression) -> exp.Expression:
    """The latest of some dates, skipping NULL."""
    return cast("exp.Expression", exp.func("GREATEST", *days))


def least(*days: exp.Expression) -> exp.Expression:
    """The earliest of some dates, skipping NULL."""
    return cast("exp.Expression", exp.func("LEAST", *days))


def m(name: str) -> exp.Column:
    """A column of the measured rows."""
    return exp.column(name, table="m")


class Ends(NamedTuple):
    """What a number may be: the low and the high end of an interval, of which NULL is no limit.

    What is one number has the same tree twice; NULL is then an unknown one.
    """

    low: exp.Expression
    high: exp.Expression

    @property
    def single(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high

    @property
    def exact(self) -> exp.Expression:
        """The number where it is known."""
        return self.low if self.single else template("CASE WHEN :low = :high THEN :low END", low=self.low, high=self.high)


def one(tree: exp.Expression) -> Ends:
    """That number as an interval."""
    return Ends(tree, tree)


@dataclass(frozen=True, slots=True)
class Bound:
    """One bound, `denominator` times as large as it is."""

    key: str
    ends: Ends
    denominator: int


class Fold(Enum):
    """How the rows' contributions become one: added up, the earliest or the latest of their days, or a list of each."""

    SUM = "sum"
    EARLIEST = "min"
    LATEST = "max"
    EACH = "each"


@dataclass(frozen=True, slots=True)
class Quantity:
    """What one related row that counts contributes: an interval; NULL ends are unbounded. `signed`: it may be negative.

    Of days a NULL is none. The low end of the latest is that of the rows that count, its high end that of all; of the
    earliest it is the other way round. Of a list of each, `low` is the entry of a row that counts, `high` that of one that
    only may; where `high` is NULL there is no entry. The list is the one column `<name>` of `m`, NULL where it is unknown; `hull`
    makes one entry of those, `:ways`, that one row may have.
    """

    low: exp.Expression
    high: exp.Expression
    signed: bool = False
    fold: Fold = Fold.SUM
    hull: str | None = None


@dataclass(frozen=True, slots=True)
class Gaps:
    """What is measured of the gaps between rows in the order of `day`, one outcome for each gap.

    A gap is a run of steps from a row that counts, or the day `started`, to the next such row, or the reference date; the
    rows between are those that only may count. `needed` is added up over the steps, from `day` to `next_day`, and `later` is
    the same from the day `late`, which is not long before `started`; `near` asks of steps between two rows. `kept` says
    which gaps are judged, by the columns that `checker.plan.logical.gaps` gives `m`.
    """

    day: exp.Expression
    kept: exp.Expression
    needed: exp.Expression
    later: exp.Expression
    near: exp.Expression


@dataclass(frozen=True, slots=True)
class Runs:
    """What is asked of rows in the order of their days, as columns `day`, `that` and `after`: the longest run is measured."""

    columns: Columns


@dataclass(frozen=True, slots=True)
class Spells:
    """What is measured of how many rows exist on every day: an outcome for each spell with too few, or too many.

    A row exists from `begins` to `ends`. `limits` are, for each of the `bounds`, the columns of the subject with its value: from
    the beginning, and from each day of `changes` on; the bounds themselves are those of a day, by columns of their own.
    `late` asks of a run of days without enough, from `since` to `until`, whether it lasts too long. With `once`, a spell that may
    be one of too few and one of too many is one.
    """

    begins: exp.Expression
    ends: exp.Expression
    bounds: tuple[Bound, ...]
    limits: tuple[tuple[Ends, ...], ...]
    changes: tuple[exp.Expression, ...]
    late: exp.Expression
    once: bool


@dataclass(frozen=True, slots=True)
class Valued:
    """A field of the related row, or of what it refers to: its value, NULL where it has none, or where that is unknown.

    `none` is true where it certainly has none. `values` are those that are asked of, None where it is those that occur.
    """

    value: exp.Expression
    none: exp.Expression
    values: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Groups:
    """What is measured of the rows of each value, as rows `m` of `checker.plan.logical.groups`.

    `met`, `breached` and `wrong` (breached already) are asked of each; where there are none, how many `distinct` values
    there are is measured.
    """

    of: Valued
    columns: Columns = field(default_factory=dict)
    met: exp.Expression = field(default_factory=exp.true)
    breached: exp.Expression = field(default_factory=exp.false)
    already_breached: exp.Expression = field(default_factory=exp.false)
    distinct: bool = False


@dataclass(frozen=True, slots=True)
class Exact:
    """What a row that tells everything contributes to each quantity: one number, or day, rather than an interval.

    `when` asks of the row's last set of columns whether it does; of the same, `values` are what is folded. `derived` are
    quantities that are computed from what was folded, as columns `x_<name>`, and the bounds, as columns `bound_<number>`.
    """

    values: Columns
    when: exp.Expression = field(default_factory=exp.true)
    derived: Columns = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Measure:
    """A form, measured.

    `met` and `breached` decide a finished window; neither true is unknown. `already_met` and `already_breached` decide
    an open one; neither true is open. `steps` are columns of the row, computed one set after the other: the first from
    the row itself, each next one from the set before; `quantities` are computed from the last set, or from the row.
    `nothing` is true where there is nothing to measure, NULL where perhaps; `opens` is true where what is missing need
    not be there before the day `due`; `over` says when the duty is over, where that is not when its window is. `own` are
    columns of the subject that the outcome needs (`m.<name>`). `low` to `whole_high` are what is shown; for dates,
    `day_low` and `day_high`, with the days `allowed_from` to `allowed_until`; of `values` also the list of those `missing`,
    with NULL for each other; `low` and `high` are in units of 1 / `scale`, where there is one. Of an indicator they are the
    ratio itself, and `part_low` and `part_high` its part. `concluded` are columns of
    `m`, computed one set after the other from what was summed. `limits` are (operator, text as written) of what is required
    besides bounds.

    Of a `paired` measure the first set of steps is of the related row, and the next ones are of each pair of a subject
    (in its window) and a row that is, or may be, its own: they read that set and `own` alike. In windows, a row may count in
    each of them, or only in those that it is `about`. No row counts that is dated after the
    day `cutoff`. Of `gaps` and `spells` there is an outcome each, with a `number` of its own. A measure `by_subject` has its
    pairs too, but its rows are those of any other.
    """

    kind: MeasureKind
    met: exp.Expression
    breached: exp.Expression
    steps: tuple[Columns, ...] = ()
    quantities: Mapping[str, Quantity] = field(default_factory=dict)
    exact: Exact | None = None
    concluded: tuple[Columns, ...] = ()
    own: Columns = field(default_factory=dict)
    already_met: exp.Expression = field(default_factory=exp.false)
    already_breached: exp.Expression = field(default_factory=exp.false)
    nothing: exp.Expression = field(default_factory=exp.false)
    opens: exp.Expression = field(default_factory=exp.false)
    over: exp.Expression = field(default_factory=exp.null)
    paired: bool = False
    by_subject: bool = False
    about: exp.Expression | None = None
    gaps: Gaps | None = None
    runs: Runs | None = None
    spells: Spells | None = None
    groups: Groups | None = None
    number: exp.Expression = field(default_factory=lambda: exp.Literal.number(0))
    cutoff: exp.Expression = field(default_factory=lambda: exp.Placeholder(this="ref"))
    due: exp.Expression = field(default_factory=exp.null)
    low: exp.Expression = field(default_factory=exp.null)
    high: exp.Expression = field(default_factory=exp.null)
    scale: exp.Expression = field(default_factory=exp.null)
    part_low: exp.Expression = field(default_factory=exp.null)
    part_high: exp.Expression = field(default_factory=exp.null)
    whole_low: exp.Expression = field(default_factory=exp.null)
    whole_high: exp.Expression = field(default_factory=exp.null)
    day_low: exp.Expression = field(default_factory=exp.null)
    day_high: exp.Expression = field(default_factory=exp.null)
    allowed_from: exp.Expression = field(default_factory=exp.null)
    allowed_until: exp.Expression = field(default_factory=exp.null)
    missing: exp.Expression = field(default_factory=exp.null)
    shown_bounds: tuple[exp.Expression, ...] = ()
    limits: tuple[tuple[str, str], ...] = ()

    @property
    def in_order(self) -> bool:
        """Whether what is measured depends on the order of the rows, rather than being a sum of each."""
        return self.gaps is not None or self.runs is not None or self.spells is not None


def times(tree: exp.Expression, factor: int) -> exp.Expression:
    """The tree times an integer."""
    return tree if factor == 1 else exp.Mul(this=wrap(tree.copy()), expression=exp.Literal.number(factor))
