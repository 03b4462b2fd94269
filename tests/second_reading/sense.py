"""What predicates and expressions say of a row."""

import math
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tests.second_reading import days, intervals, like
from tests.second_reading.book import Book
from tests.second_reading.cells import EMPTY, UNKNOWN, Between, Cell, Days, Interval
from tests.second_reading.syntax import Tree
from tests.second_reading.tables import Row, Table
from tests.second_reading.truth import Truth, both, either, opposite

LIMIT = 2**63


@dataclass
class Run:
    """One check: a rulebook, a submission, a period, a day."""

    book: Book
    tables: dict[str, Table]
    period: days.Window
    as_of: date
    strained: bool = False

    @property
    def ref(self) -> date:
        """The reference date."""
        return min(self.as_of, self.period[1])

    def parameter(self, name: str, day: date | None) -> Cell:
        """The value of a parameter on a day."""
        if name in {"as_of", "period_start", "period_end"}:
            return {"as_of": self.as_of, "period_start": self.period[0], "period_end": self.period[1]}[name]
        values = self.book.parameters[name]
        if len(values) == 1 and values[0][0] is None:
            return values[0][1]
        valid = [value for since, value in values if day is not None and (since is None or since <= day)]
        return valid[-1] if valid else UNKNOWN

    def value(self, tree: Tree, row: Row, day: date | None) -> Cell:  # noqa: PLR0911 (one for each kind)
        """The value of an expression."""
        kind = tree[0]
        if kind == "value":
            said: Cell = tree[1]
            return said
        if kind == "parameter":
            return self.parameter(tree[1], day)
        if kind == "field":
            found = self.dotted(row, tree[1:])
            return UNKNOWN if isinstance(found, Between | Days) else found
        if kind in {"+", "-", "*", "/"}:
            return self.reckoned(kind, self.value(tree[1], row, day), self.value(tree[2], row, day))
        if kind == "call":
            if tree[1] in {"contains", "count"}:
                return self.of_list(tree, row, day)
            return self.called(tree[1], [self.value(part, row, day) for part in tree[2:]])
        held = self.holds(tree, row, day)
        return UNKNOWN if held is None else held

    def side(self, tree: Tree, other: Tree, row: Row, day: date | None) -> Cell:
        """One side of a comparison; of a number of many places is known whether it is less than a number or parameter."""
        alone = tree[0] == "field" and (other[0] in {"value", "parameter"} or other[:2] == ("-", ("value", Fraction(0))))
        found = self.dotted(row, tree[1:]) if alone else None
        if isinstance(found, Days):
            return found
        return found.number if isinstance(found, Between) else self.value(tree, row, day)

    def dotted(self, row: Row, path: tuple[str, ...]) -> Cell:
        """The value of a field, through references."""
        for name in path[:-1]:
            target = row.reference(name)
            if not isinstance(target, str):
                return target
            other = self.tables[row.record.fields[name].ref or ""].by_key.get(target)
            if other is None:
                return UNKNOWN
            row = other
        return row.cells[path[-1]]

    def reckoned(self, sign: str, left: Cell, right: Cell) -> Cell:
        """A sum, difference, product or quotient."""
        if isinstance(left, date) and isinstance(right, date):
            return Fraction((left - right).days)
        if isinstance(left, date) and isinstance(right, Fraction):
            return days.later(left, int(right) if sign == "+" else -int(right)) or UNKNOWN
        if isinstance(left, Interval) or isinstance(right, Interval):
            return self.between(sign, left, right)
        if not isinstance(left, Fraction) or not isinstance(right, Fraction):
            return UNKNOWN if UNKNOWN in {left, right} else EMPTY
        if sign == "/":
            return left / right if right else UNKNOWN
        found = {"+": left + right, "-": left - right, "*": left * right}[sign]
        self.strained |= abs(found) >= LIMIT
        return found

    def between(self, sign: str, left: Cell, right: Cell) -> Cell:
        """A sum, difference or product with a number of which only the ends are known; an unknown one may be any."""
        left, right = (intervals.ANY if side is UNKNOWN else side for side in (left, right))
        if not isinstance(left, Fraction | Interval) or not isinstance(right, Fraction | Interval):
            return EMPTY
        found = intervals.reckoned(sign, intervals.of(left), intervals.of(right))
        if isinstance(found, Interval):
            self.strained |= any(LIMIT <= max(end, -end) < math.inf for end in (found.low, found.high))
        return found

    def of_list(self, tree: Tree, row: Row, day: date | None) -> Cell:
        """How many elements a list has, or whether a text is one of them."""
        path = tree[2][1:]
        said = self.dotted(row, path)
        if said is EMPTY and self.listing(row, path):
            said = frozenset()
        if not isinstance(said, frozenset):
            return UNKNOWN
        if tree[1] == "count":
            return Fraction(len(said))
        text = self.value(tree[3], row, day)
        return text in said if isinstance(text, str) else UNKNOWN

    def listing(self, row: Row, path: tuple[str, ...]) -> bool:
        """Whether an empty list is one without elements: it is not required, and the path leads to it."""
        for name in path[:-1]:
            target = row.reference(name)
            if not isinstance(target, str):
                return False
            row = self.tables[row.record.fields[name].ref or ""].by_key[target]
        return not row.record.fields[path[-1]].required

    def called(self, name: str, given: list[Cell]) -> Cell:
        """What a function gives."""
        if name == "coalesce":
            return intervals.first(given)
        value = given[0]
        if isinstance(value, Interval):
            return intervals.size(value)
        if isinstance(value, date):
            return Fraction({"year": value.year, "month": value.month, "day": value.day}[name])
        if isinstance(value, Fraction):
            return abs(value)
        if isinstance(value, str):
            return Fraction(len(value)) if name == "length" else value.lower() if name == "lower" else value.upper()
        return value

    def holds(self, tree: Tree, row: Row, day: date | None) -> Truth:  # noqa: PLR0911 (one for each kind)
        """Whether a predicate holds."""
        kind = tree[0]
        if kind == "and":
            return both(*(self.holds(part, row, day) for part in tree[1:]))
        if kind == "or":
            return either(self.holds(part, row, day) for part in tree[1:])
        if kind == "not":
            return opposite(self.holds(tree[1], row, day))
        if kind == "null":
            value = self.value(tree[1], row, day)
            return value.none if isinstance(value, Interval) else None if value is UNKNOWN else value is EMPTY
        if kind == "compare":
            return compared(tree[1], self.side(tree[2], tree[3], row, day), self.side(tree[3], tree[2], row, day))
        if kind == "like":
            return like.like(self.value(tree[1], row, day), self.value(tree[2], row, day))
        value = self.value(tree, row, day)
        return value if isinstance(value, bool) else None


def compared(sign: str, left: Cell, right: Cell) -> Truth:
    """What a comparison says."""
    if left in {EMPTY, UNKNOWN} or right in {EMPTY, UNKNOWN}:
        return None
    if isinstance(left, Interval) or isinstance(right, Interval):
        numbers = [intervals.of(side) for side in (left, right) if isinstance(side, Fraction | Interval)]
        return intervals.compared(sign, *numbers)
    if isinstance(left, Days) or isinstance(right, Days):
        return of_all(sign, left, right)
    if sign in {"=", "<>", "!="}:
        return (left == right) == (sign == "=")
    less, more = bool(left < right), bool(left > right)  # type: ignore[operator]
    return {"<": less, "<=": not more, ">": more, ">=": not less}[sign]


def of_all(sign: str, left: Cell, right: Cell) -> Truth:
    """What a comparison says of all the days that may be meant."""
    ends = [(side.first, side.last) if isinstance(side, Days) else (side, side) for side in (left, right)]
    if sign in {"=", "<>", "!="}:
        apart = compared("<", ends[0][1], ends[1][0]) or compared("<", ends[1][1], ends[0][0])
        return (sign != "=") if apart else None
    found = {compared(sign, one, other) for one in ends[0] for other in ends[1]}
    return found.pop() if len(found) == 1 else None
