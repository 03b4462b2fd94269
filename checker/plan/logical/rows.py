"""The columns of one row under an alias: resolves dotted references to joins, and says what is known of a cell.

The value of a list is the text of its different elements in order, with `BETWEEN` between them.
Typed tables have, for each field `f`, a column `f` and a column `_state_f`: 0 as submitted, 1 unreadable, 2 not
submitted, 3 readable but not known exactly, 4 disputed; `_empty_f` where `f` is required and has a default; and `_row`
(1-based), `_first` (stands for its key) and `_doubt` (only may count). Records with a lifespan have `_begins` and `_ends`:
infinite where open-ended, NULL where unknown. `checker.tables.readings` says which rows are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import combinations

from sqlglot import exp

from checker.forms.day import Day, since, until
from checker.forms.measure import all_of, any_of, denied, template
from checker.model.schema import Field, FieldType, Record
from checker.plan.emit.printing import rows_as
from checker.plan.logical import neighbours, partial_days
from checker.rules.predicates import path_of
from checker.tables.names import BETWEEN, high_of, low_of, standing_rows, state

Path = tuple[str, ...]

_IN_CALENDAR = """DATE '9999-12-31' - CAST(CAST(
  3652058 - CAST(CAST(:day - DATE '0001-01-01' AS UINTEGER) AS BIGINT)
AS UINTEGER) AS INTEGER)"""
"""A day, counted from the last of the calendar; it cannot be computed where it is before the first one, or after the last.

To compare it with both would be to compute it three times, and so on for each sum that it is a part of.
"""


_CONTAINS = f"CONTAINS({BETWEEN} || :value || {BETWEEN}, {BETWEEN} || :element || {BETWEEN})"
_ELEMENTS = f"LENGTH(:value) - LENGTH(REPLACE(:value, {BETWEEN}, '')) + 1"
"""Whether a list has an element, and how many it has."""


class Row:
    """One row of a record under an alias. Joins that its references need are collected as they are asked for."""

    def __init__(self, record: Record, alias: str, records: Mapping[str, Record]) -> None:
        self.record = record
        self.alias = alias
        self.table = standing_rows(record.name)
        self.cells: list[str] = []
        self._records = records
        self._joins: dict[Path, Record] = {}

    def own(self, name: str) -> exp.Column:
        """A column of the row itself."""
        return exp.column(name, table=self.alias)

    def column(self, path: Path) -> exp.Column:
        """The value at the end of a path; NULL where it, or a reference on the way, is empty or unknown."""
        if len(path) == 1 and path[0] not in self.cells:
            self.cells.append(path[0])
        return exp.column(path[-1], table=self._alias(path[:-1]))

    def field(self, path: Path) -> Field:
        """The declared field at the end of a path."""
        record = self.reach(path[:-1])
        field = record.field(path[-1])
        if field is None:
            raise KeyError(path)
        return field

    def known(self, path: Path) -> exp.Expression:
        """TRUE where the value at the end of the path is told by the data, be it that it is empty."""
        told = template(":state = 0", state=exp.column(state(path[-1]), table=self._alias(path[:-1])))
        if len(path) == 1:
            return told
        reference = path[:-1]
        leads_nowhere = all_of(template(":ref IS NULL", ref=self.column(reference)), self.missing_means_none(reference))
        return any_of(
            all_of(template("NOT :row IS NULL", row=self.target(reference)), told),
            leads_nowhere,
        )

    def target(self, reference: Path) -> exp.Column:
        """The row number of the record that a reference leads to; NULL where it leads to none."""
        return exp.column("_row", table=self._alias(reference))

    def missing_means_none(self, path: Path) -> exp.Expression:
        """TRUE where an empty cell at the end of the path says that there is none, rather than that it is missing."""
        return exp.false() if self.field(path).required else self.known(path)

    def adrift(self, path: Path) -> exp.Expression:
        """TRUE where the value at the end of the path is missing or unreadable, so that it may be anything."""
        empty = template(":value IS NULL", value=self.column(path))
        field = self.field(path)
        told: exp.Expression = exp.false()
        if (field.ref is not None or field.separators) and not field.required:
            told = template(":state = 0", state=exp.column(state(path[-1]), table=self._alias(path[:-1])))
        here = all_of(empty, denied(told))
        if len(path) == 1:
            return here
        reached = template("NOT :row IS NULL", row=self.target(path[:-1]))
        return any_of(self.adrift(path[:-1]), all_of(reached, here))

    def resolve(self, tree: exp.Expression, placeholders: Callable[[str], exp.Expression | None]) -> exp.Expression:
        """A checked expression with its columns and parameters put in; `x IS NULL` is NULL where x is not known."""
        if isinstance(tree, exp.Is) and isinstance(tree.this, exp.Column):
            path = self._read(path_of(tree.this))
            return template("CASE WHEN :known THEN :value IS NULL END", known=self.known(path), value=self.column(path))
        if isinstance(tree, exp.Column):
            return self.column(self._read(path_of(tree)))
        if isinstance(tree, exp.Placeholder):
            return placeholders(tree.name) or tree.copy()
        if (decided := self._decided(tree, placeholders)) is not None:
            return decided
        copy = tree.copy()
        for key, value in tree.args.items():
            if isinstance(value, exp.Expression):
                copy.set(key, self.resolve(value, placeholders))
            elif isinstance(value, list):
                copy.set(key, [self.resolve(v, placeholders) if isinstance(v, exp.Expression) else v for v in value])
        return _in_calendar(tree, copy)

    def _read(self, path: Path) -> Path:
        """Notes that a predicate or expression reads the cell at the end of a path, also of a row that a reference leads to."""
        if (name := ".".join(path)) not in self.cells:
            self.cells.append(name)
        return path

    def _decided(self, tree: exp.Expression, placeholders: Callable[[str], exp.Expression | None]) -> exp.Expression | None:
        """What depends on more than the values of its parts."""
        if isinstance(tree, exp.Coalesce):
            return self._coalesce((tree.this, *tree.expressions), placeholders)
        if isinstance(tree, exp.Contains | exp.Count):
            return self._of_list(tree, placeholders)
        return self._compared(tree, placeholders)

    def _of_list(self, tree: exp.Expression, placeholders: Callable[[str], exp.Expression | None]) -> exp.Expression:
        """Whether a list contains an element, or how many it has; one that is left empty has none."""
        path = self._read(path_of(tree.this))
        value, none = self.column(path), self.no_elements(path)
        if isinstance(tree, exp.Count):
            return template(f"CASE WHEN NOT :value IS NULL THEN {_ELEMENTS} WHEN :none THEN 0 END", value=value, none=none)
        element = self.resolve(tree.expression, placeholders)
        found = template(_CONTAINS, value=value, element=element)
        return template(
            "CASE WHEN NOT :value IS NULL THEN :found WHEN :none AND NOT :element IS NULL THEN FALSE END",
            value=value,
            found=found,
            none=none,
            element=element,
        )

    def no_elements(self, path: Path) -> exp.Expression:
        """TRUE where a list at the end of the path was left empty, and that says that it has no elements."""
        if self.field(path).required:
            return exp.false()
        told = template(":state = 0", state=exp.column(state(path[-1]), table=self._alias(path[:-1])))
        if len(path) > 1:
            told = all_of(template("NOT :row IS NULL", row=self.target(path[:-1])), told)
        return all_of(template(":value IS NULL", value=self.column(path)), told)

    def _compared(self, tree: exp.Expression, placeholders: Callable[[str], exp.Expression | None]) -> exp.Expression | None:
        """What compares a field by itself with a value, so that also a cell decides it that only lies between two neighbours."""
        if isinstance(tree, exp.Between | exp.In):
            several = neighbours.spread(tree) if self._has_neighbours(tree.this) else None
            return None if several is None else self.resolve(several, placeholders)
        found = neighbours.sides(tree)
        if found is None or not self._has_neighbours(found[0]):
            return None
        column, kind, value = found
        path, other = self._read(path_of(column)), self.resolve(value, placeholders)
        if self.field(path).partial:
            return partial_days.compared(self.day(path), kind, other)
        whole = kind(this=self.column(path), expression=other)
        return neighbours.compared(whole, kind, exp.column(low_of(path[-1]), table=self._alias(path[:-1])), other)

    def _has_neighbours(self, tree: exp.Expression) -> bool:
        """Whether a cell of the field may be known to lie between two values, and no more."""
        if not isinstance(tree, exp.Column):
            return False
        field = self.field(path_of(tree))
        return field.type is FieldType.NUMBER or field.partial

    def _coalesce(
        self, values: tuple[exp.Expression, ...], placeholders: Callable[[str], exp.Expression | None]
    ) -> exp.Expression:
        """The first value that is not empty; one that is unknown might be empty and might not, so it is not passed over."""
        first, *rest = values
        value = self.resolve(first, placeholders)
        paths = sorted({path_of(column) for column in first.find_all(exp.Column)})
        if not rest or not paths:
            return value
        told = all_of(*(self.known(path) for path in paths))
        some = any_of(*(template(":value IS NULL", value=self.column(path)) for path in paths))
        return template(
            "CASE WHEN NOT :value IS NULL THEN :value WHEN :empty THEN :rest END",
            value=value,
            empty=all_of(told, some),
            rest=self._coalesce(tuple(rest), placeholders),
        )

    def source(self) -> exp.Select:
        """`SELECT … FROM` the row's table, without columns; call `joined` when all columns have been asked for."""
        return exp.Select().from_(rows_as(self.table, self.alias), copy=False)

    def joined(self, select: exp.Select) -> exp.Select:
        """The query with the joins that the columns asked for need, shortest first."""
        for join in self.joins():
            select = select.join(join, copy=False)
        return select

    def joins(self) -> Iterator[exp.Join]:
        """The joins that the columns asked for need, shortest first."""
        for path, record in sorted(self._joins.items(), key=lambda item: (len(item[0]), item[0])):
            alias = self._alias(path)
            near = exp.column(path[-1], table=self._alias(path[:-1]))
            on = all_of(exp.EQ(this=exp.column(_key(record), table=alias), expression=near), exp.column("_first", table=alias))
            yield exp.Join(this=rows_as(standing_rows(record.name), alias), on=on, side="LEFT")

    def through(self, fields: Iterable[str]) -> exp.Expression:
        """Whether a related row is read as one found by these fields: what another reference almost matches tells nothing."""
        references = {field.name for field in self.record.fields if field.ref is not None}
        some = sorted(references.intersection(fields))
        if references.issubset(some):
            return exp.true()
        ways = [exp.EQ(this=self.own("_via"), expression=exp.Literal.string(each)) for each in combined(some)]
        return any_of(template(":via IS NULL", via=self.own("_via")), *ways)

    def exists(self, first: Day, last: Day | None = None) -> exp.Expression:
        """Whether the record exists from that day to that day: NULL where its lifespan is unknown."""
        conditions = []
        if self.record.begins is not None:
            conditions.append(until(self.end(self.record.begins, "_begins"), first))
        if self.record.ends is not None:
            conditions.append(since(self.end(self.record.ends, "_ends"), last or first))
        return all_of(*conditions)

    def day(self, path: Path) -> Day:
        """The day at the end of a path, by the first and the last that it may be."""
        column, field = self.column(path), self.field(path)
        if not field.partial:
            return Day.of(column)
        beside = (exp.column(name(path[-1]), table=self._alias(path[:-1])) for name in (low_of, high_of))
        return Day(*(exp.Coalesce(this=column.copy(), expressions=[each]) for each in beside))

    def end(self, name: str, column: str) -> Day:
        """An end of the record's existence, by the first and the last day that it may be."""
        end, field = self.own(column), self.record.field(name)
        if field is None or not field.partial:
            return Day.of(end)
        return Day(*(exp.Coalesce(this=end.copy(), expressions=[self.own(of(name))]) for of in (low_of, high_of)))

    def _alias(self, path: Path) -> str:
        if not path:
            return self.alias
        if path not in self._joins:
            self._alias(path[:-1])
            self._joins[path] = self.reach(path)
        # Names have no dot in them, so that no two paths share an alias.
        return ".".join((self.alias, *path))

    def reach(self, path: Path) -> Record:
        """The record that a path of references leads to."""
        record = self.record
        for name in path:
            field = record.field(name)
            if field is None or field.ref is None:
                raise KeyError(path)
            record = self._records[field.ref]
        return record


def combined(references: Sequence[str]) -> Iterator[str]:
    """How `_via` names each of these references, and each combination of them."""
    for size in range(1, len(references) + 1):
        yield from map("+".join, combinations(references, size))


def _in_calendar(tree: exp.Expression, moved: exp.Expression) -> exp.Expression:
    """What that tree became; a day that a span of time, or a number of days, is added to or taken from lies in the calendar."""
    span = tree.expression if isinstance(tree, exp.Add | exp.Sub) else None
    # Only to a day is a number added that was made one of days.
    if not isinstance(span, exp.Interval | exp.TryCast):
        return moved
    return template(_IN_CALENDAR, day=exp.cast(moved, "DATE") if isinstance(span, exp.Interval) else moved)


def _key(record: Record) -> str:
    if record.key is None:
        raise KeyError(record.name)
    return record.key


def day(value: date) -> exp.Expression:
    """A date literal."""
    return exp.cast(exp.Literal.string(value.isoformat()), exp.DType.DATE)


def number(value: Fraction) -> exp.Expression:
    """An exact number literal. Raises ValueError if it has no finite decimal form of 6 places."""
    if (value * 10**6).denominator != 1:
        raise ValueError(f"{value} has no exact decimal form")

    text = str(abs(value.numerator))
    if value.denominator != 1:
        scaled = abs(int(value * 10**6))
        text = f"{scaled // 10**6}.{scaled % 10**6:06d}".rstrip("0")
    literal = exp.Literal.number(text)
    return exp.Neg(this=literal) if value < 0 else literal
