"""Section 17 of docs/meaning.md: what indicators measure, and what rules see of them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from checker.model.words import Outcome
from tests.oracle.cells import Null, Row, Truth
from tests.oracle.duty import Duty, Interval, Number
from tests.oracle.expressions import Node, all_of, any_of, opposite, parse
from tests.oracle.world import Span, World, not_after, not_before

ANYTHING: Interval = (-math.inf, math.inf)
MILLIONTHS = 10**6


@dataclass(frozen=True)
class Value:
    """What an indicator says of a subject in a window: `state` is `value`, `perhaps`, `open`, or why there is none.

    `ratio` are, of a share or rate, the part and the whole.
    """

    indicator: str
    subject: str
    window: str | None
    low: Number
    high: Number
    state: str
    ratio: tuple[Interval, ...] = ()


@dataclass(frozen=True)
class Seen:
    """What a rule sees where it names an indicator; `lacks` says whether there is no value."""

    low: Number
    high: Number
    lacks: Truth

    @property
    def ends(self) -> Interval:
        """What the mention may be."""
        return (self.low, self.high) if self.lacks is False else ANYTHING


def named(indicator: Mapping[str, Any]) -> str:
    """How rules call an indicator."""
    return str(indicator["id"]).replace("-", "_")


def as_rule(indicator: Mapping[str, Any]) -> dict[str, Any]:
    """An indicator as a rule of which the measure is what is required."""
    ((name, spec),) = indicator["measure"].items()
    said = {"value": spec} if name == "value" else dict(spec)
    per = {"per": indicator["per"]} if "per" in indicator else {}
    return {"id": indicator["id"], "for": indicator["for"], "require": {f"measured {name}": said | per}}


def mentioned(world: World, text: object, record: str) -> set[str]:
    """The indicators about a record that an expression names."""
    known = {named(each) for each in world.book.get("indicators", []) if world.selection(each["for"])[0] == record}
    return columns(parse(str(text))) & (known - set(world.record(record)["fields"]))


def columns(node: object) -> set[str]:
    """The names in an expression that are no paths."""
    if not isinstance(node, tuple):
        return set()
    if node[0] == "column":
        return {str(node[1])} if len(node) == 2 else set()
    return {name for part in node for name in columns(part)}


@dataclass(frozen=True)
class Sight:
    """How a rule, or an indicator, sees the indicators it names: of one subject, in one window, on one day."""

    world: World
    subject: Row
    window: Span | None
    day: date | None
    whose: str
    measured: date | None
    """The day on which indicators are measured, where there are no windows; `day` is that of the expression."""

    def see(self, name: str) -> Seen:
        """The value of an indicator, as it is seen there."""
        from tests.oracle.forms import measure  # noqa: PLC0415 -- forms ask for what they name
        from tests.oracle.left_open import in_doubt  # noqa: PLC0415 -- the same

        indicator = next(each for each in self.world.book["indicators"] if named(each) == name)
        rule = as_rule(indicator)
        record, predicates = self.world.selection(indicator["for"])
        selected: Truth = True
        if indicator["for"] != self.whose:
            day = self.world.ref if "date" not in self.world.record(record) else self.measured
            selected = all_of([self.world.holds(predicates, self.subject, day), self._there(record)])
        if selected is False:
            return Seen(*ANYTHING, lacks=True)
        found = measure(Duty(self.world, rule, self.subject, self.window, self.measured))
        if found.outcome is Outcome.OPEN:
            return Seen(*ANYTHING, lacks=None)
        if in_doubt(self.world, rule, self.subject):
            return Seen(*ANYTHING, lacks=None)
        if found.outcome is Outcome.NONE:
            return Seen(*ANYTHING, lacks=True)
        low, high = found.measured or ANYTHING
        return Seen(low, high, None if found.perhaps or selected is None else False)

    def _there(self, record: str) -> Truth:
        """Whether the subject exists in the window, or on its day; of a dated one that is in the period, and not to come."""
        world, dated = self.world, self.world.record(record).get("date")
        if self.window is not None:
            return world.exists(self.subject, self.window.first, self.window.last)
        if dated is None:
            return world.exists(self.subject, world.ref, world.ref)
        days = world.may_be(self.subject, dated)
        in_time = [not_before(days, world.period.first), not_after(days, world.ref)]
        return all_of([*in_time, world.exists_on(self.subject, days)])

    def names(self, node: object) -> set[str]:
        """The indicators that are named in an expression."""
        known = {named(each) for each in self.world.book.get("indicators", [])}
        return (columns(node) & known) - set(self.world.record(self.subject.record)["fields"])

    def truth(self, node: Node) -> Truth:  # noqa: PLR0911 - one for each kind of node
        """Whether a predicate holds, whatever the indicators that it names may be."""
        if not self.names(node):
            return self.world.holds([node], self.subject, self.day)
        kind, *parts = node
        match kind:
            case "and":
                return all_of(self.truth(part) for part in parts)
            case "or":
                return any_of(self.truth(part) for part in parts)
            case "not":
                return opposite(self.truth(parts[0]))
            case "null":
                return self.see(parts[0][1]).lacks
            case "in":
                return any_of(self.compared("=", parts[0], part) for part in parts[1:])
            case "compare":
                return self.compared(*parts)
        return None

    def compared(self, operator: str, left: Node, right: Node) -> Truth:
        """A comparison: true if it is so of all values, false if it is so of none."""
        (least, most), (low, high) = self.ends(left), self.ends(right)
        match operator:
            case "=" | "<>":
                same = True if least == most == low == high else False if most < low or least > high else None
                return same if operator == "=" else opposite(same)
            case ">" | ">=":
                return opposite(self.compared("<=" if operator == ">" else "<", left, right))
            case "<":
                return True if most < low else False if least >= high else None
        return True if most <= low else False if least > high else None

    def ends(self, node: Node) -> Interval:  # noqa: PLR0911 - one for each kind of node
        """The least and the greatest that an expression may be."""
        if not self.names(node):
            value = self.world.value(node, self.subject, self.day)
            if isinstance(value, date):
                return (value.toordinal(), value.toordinal())
            return (value, value) if isinstance(value, Fraction) else ANYTHING
        kind, *parts = node
        match kind:
            case "column":
                return self.see(parts[0]).ends
            case "arithmetic":
                return combined(parts[0], self.ends(parts[1]), self.ends(parts[2]))
            case "call" if parts[0] == "abs":
                return absolute(self.ends(parts[1]))
            case "call" if parts[0] == "coalesce":
                return self.first_of(parts[1:])
        return ANYTHING

    def first_of(self, nodes: list[Node]) -> Interval:
        """What `coalesce` of these may be."""
        first, *rest = nodes
        if not rest:
            return self.ends(first)
        if not self.names(first):
            value = self.world.value(first, self.subject, self.day)
            return self.first_of(rest) if value is Null.EMPTY else self.ends(first)
        seen = [self.see(name) for name in sorted(self.names(first))]
        lacks = any_of(each.lacks for each in seen)
        own = (seen[0].low, seen[0].high) if first[0] == "column" else self.ends(first)
        if lacks is False:
            return own
        other = self.first_of(rest)
        return other if lacks else (min(own[0], other[0]), max(own[1], other[1]))


def combined(operator: str, left: Interval, right: Interval) -> Interval:
    """The interval of a sum, a difference, a product, or a quotient by a number above 0."""
    (a, b), (c, d) = left, right
    match operator:
        case "+":
            return (added(a, c, -math.inf), added(b, d, math.inf))
        case "-":
            return (added(a, -d, -math.inf), added(b, -c, math.inf))
        case "*" if all(map(math.isfinite, (a, b, c, d))):
            ends = [x * y for x in (a, b) for y in (c, d)]
            return (min(ends), max(ends))
        case "*" if a >= 0 and c >= 0:
            return (a * c, math.inf)
        case "/" if c == d and 0 < c < math.inf:
            return tuple(end if math.isinf(end) else Fraction(end) / Fraction(c) for end in left)  # type: ignore[return-value]
    return ANYTHING


def added(one: Number, other: Number, otherwise: Number) -> Number:
    """The sum of two ends; with an infinite one, that end is infinite."""
    return otherwise if math.isinf(one) or math.isinf(other) else one + other


def absolute(ends: Interval) -> Interval:
    """The interval of the absolute value."""
    low, high = ends
    return ends if low >= 0 else (-high, -low) if high <= 0 else (0, max(-low, high))


def outward(low: Number, high: Number) -> Interval:
    """The ends as they are kept: of six places (17)."""
    return (
        low if math.isinf(low) else Fraction(math.floor(Fraction(low) * MILLIONTHS), MILLIONTHS),
        high if math.isinf(high) else Fraction(math.ceil(Fraction(high) * MILLIONTHS), MILLIONTHS),
    )


def quotient(part: Interval, rest: Interval) -> Interval:
    """The ratio of parts to wholes, of which the rest is what is no part (17)."""
    low = 1 if rest[1] == 0 else 0 if part[0] == 0 or math.isinf(rest[1]) else Fraction(part[0]) / Fraction(part[0] + rest[1])
    high = 0 if part[1] == 0 else 1 if math.isinf(part[1]) or rest[0] == 0 else Fraction(part[1]) / Fraction(part[1] + rest[0])
    return low, high


def values(world: World) -> Iterator[Value]:
    """What every indicator says."""
    from tests.oracle.judge import judge, subject_id  # noqa: PLC0415 -- it measures by forms, which ask for indicators
    from tests.oracle.left_open import in_doubt  # noqa: PLC0415 -- the same

    for indicator in world.book.get("indicators", []):
        for judged in judge(world, as_rule(indicator)):
            if judged.reason == "not-selected":
                continue
            state = {Outcome.BREACHED: "value", Outcome.UNKNOWN: "perhaps", Outcome.OPEN: "open"}.get(judged.outcome)
            low, high = judged.measured or ANYTHING
            reason, ratio = judged.reason, judged.ratio
            if judged.outcome is Outcome.OPEN and judged.window is None and judged.row is not None:
                # Before the period a rule measures nothing; an indicator, what there is so far.
                reason = so_far(world, as_rule(indicator), judged.row)
            unsure = judged.row is not None and in_doubt(world, as_rule(indicator), judged.row)
            if unsure and reason in {None, "nothing-to-measure"}:
                low, high, reason, ratio = *ANYTHING, None, (ANYTHING, ANYTHING) if ratio else ()
                state = "open" if judged.outcome is Outcome.OPEN else "perhaps"
            yield Value(
                str(indicator["id"]),
                subject_id(judged.row),
                judged.window.label if judged.window else None,
                low,
                high,
                state if state is not None and reason is None else str(reason),
                ratio,
            )


def so_far(world: World, rule: Mapping[str, Any], row: Row) -> str | None:
    """Why there is nothing to be told of a subject without windows before the period; None where there is something."""
    from tests.oracle.forms import measure  # noqa: PLC0415 -- forms ask for what they name

    dated = world.record(row.record).get("date")
    return measure(Duty(world, dict(rule), row, None, world.day(row, dated) if dated else world.ref)).reason


def holds_of(duty: Duty, text: object) -> Truth:
    """Whether a predicate over the subject of a duty holds."""
    return seen(duty, duty.day).truth(parse(str(text)))


def ends_of(duty: Duty, text: object, day: date | None = None) -> Interval:
    """What an expression over the subject of a duty may be, with the parameters of that day."""
    return seen(duty, day or duty.day).ends(parse(str(text)))


def seen(duty: Duty, day: date | None) -> Sight:
    """How a duty sees the indicators that it names."""
    return Sight(duty.world, duty.subject, duty.window, day, duty.rule["for"], duty.day)
