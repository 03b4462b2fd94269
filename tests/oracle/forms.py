"""Section 6 of docs/meaning.md: the outcome of each form, for one subject and window."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any

from checker.model.words import Outcome
from tests.oracle.cells import Near, Null, Row, Truth, Whole, trimmed
from tests.oracle.days import allowed, deadline, earlier, own_date, sequence
from tests.oracle.duty import Duty, Interval, Number, Outcomes
from tests.oracle.expressions import Node, all_of, compare, parse
from tests.oracle.indicators import combined, ends_of, holds_of, outward, quotient
from tests.oracle.rows import number
from tests.oracle.world import Part, World, as_date, constant, not_after, not_before

EVERYTHING: Interval = (-math.inf, math.inf)
BOUNDS = ("at_least", "more_than", "at_most", "less_than", "exactly")


def measure(duty: Duty) -> Outcomes:  # noqa: PLR0911 - one for each form
    """The outcome of a duty, before it is known whether it applies."""
    if not duty.has_begun and not duty.form.startswith("measured "):
        return Outcomes(Outcome.OPEN)
    match duty.form:
        case "frequency" | "coverage":
            return count(duty)
        case "rate" | "share":
            return ratio(duty)
        case "total":
            return total(duty)
        case "deadline":
            return deadline(duty)
        case "target":
            return target(duty)
        case "sequence":
            return sequence(duty)
        case "condition":
            return Outcomes(Outcome.OPEN if duty.is_open else told(holds_of(duty, duty.require["that"])))
        case form if form.startswith("measured "):
            return of_indicator(duty, form.removeprefix("measured "))
    return freshness(duty)


def told(met: Truth) -> Outcome:
    """True is met, False breached."""
    return Outcome.UNKNOWN if met is None else Outcome.MET if met else Outcome.BREACHED


def together(outcomes: Sequence[Outcome]) -> Outcome:
    """Several bounds: breached if one is, met if all are, else unknown."""
    if Outcome.BREACHED in outcomes:
        return Outcome.BREACHED
    return Outcome.MET if all(outcome is Outcome.MET for outcome in outcomes) else Outcome.UNKNOWN


def of_indicator(duty: Duty, kind: str) -> Outcomes:
    """What an indicator measures (17): a value is told as a breach would be, which of whom it only perhaps is, is unknown."""
    found = EVERYTHING
    nothing: Truth = False
    ratio: tuple[Interval, ...] = ()
    if kind == "value":
        found = ends_of(duty, duty.require["value"])
    else:
        rows = duty.rows()
        match kind:
            case "count":
                found = counted(rows) if "distinct" not in duty.require else different(duty, rows)
            case "sum":
                found = EVERYTHING if rows is None else each_once(rows, partial(added_by, duty))
            case "share" | "rate":
                found, nothing, ratio = a_ratio(duty, rows)
    if duty.is_open:
        so_far = None if nothing is True else outward(*found)
        return Outcomes(Outcome.OPEN, "nothing-to-measure" if nothing is True else None, measured=so_far, ratio=ratio)
    if nothing is True:
        return Outcomes(Outcome.NONE, "nothing-to-measure")
    return Outcomes(Outcome.BREACHED, measured=outward(*found), perhaps=nothing is None, ratio=ratio)


def added_by(duty: Duty, row: Row, counts: Truth) -> Interval:
    """What a row adds to the sum of an indicator."""
    return hull(of_text(duty, row, duty.require["value"]), counts)


def a_ratio(duty: Duty, rows: list[tuple[Row, Truth]] | None) -> tuple[Interval, Truth, tuple[Interval, ...]]:
    """The ratio of parts to wholes, whether there is none, and both sums."""
    if rows is None:
        return (0, 1), None, ((0, math.inf), (0, math.inf))
    part, rest = (each_once(rows, partial(of_ratio, duty, which)) for which in ("part", "rest"))
    least, most = each_once(rows, partial(whole_of, duty))
    whole = (least, math.inf if part[1] == math.inf else most)
    return quotient(part, rest), True if most == 0 else None if least == 0 else False, (part, whole)


def of_ratio(duty: Duty, which: str, row: Row, counts: Truth) -> Interval:
    """What a row adds to the parts, or to what the wholes are beyond them."""
    part, whole, most = part_and_whole(duty, row)
    greatest = math.inf if most is None or part is None else most
    if which == "part":
        own = (part, part) if part is not None else (Fraction(0), math.inf if whole is None else whole)
    elif part is None:
        own = (Fraction(0), math.inf if whole is None else whole)
    else:
        own = (whole - part, whole - part) if whole is not None else (Fraction(0), greatest - part)
    return hull(own, counts)


def bounds(duty: Duty, on: date | None = None) -> list[tuple[str, Interval]]:
    """Each bound, and between which numbers it lies: one twice where it is known, any at all where it is not.

    Its parameters are those of the day `on`, where one is given.
    """
    given = [(key, str(duty.require[key])) for key in BOUNDS if key in duty.require]
    if duty.form in {"coverage", "target"} and not given:
        given = [("at_least", "1")]
    return [(key, in_proportion(duty, key, bound(duty, text, on or duty.day))) for key, text in given]


def bound(duty: Duty, text: str, day: date | None) -> Interval:
    """Between which numbers a bound lies; of a ratio an expression is put to six places."""
    plain = constant(text)
    if isinstance(plain, Fraction) or re.fullmatch(r"\s*:\w+\s*", text):
        exact = plain if isinstance(plain, Fraction) else number(duty.world, text, duty.subject, day)
        return EVERYTHING if exact is None else (exact, exact)
    ends = ends_of(duty, text, day)
    return outward(*ends) if duty.form in {"rate", "share"} else ends


def in_proportion(duty: Duty, key: str, limit: Interval) -> Interval:
    """The bound as it is asked of what is due of a window (4)."""
    how = duty.require.get("round")
    if duty.require.get("partial") != "prorate" or not isinstance(duty.window, Part):
        return rounded(limit, how)
    if not duty.window.known:
        return EVERYTHING
    days, of = ((span.last - span.first).days + 1 for span in (duty.window, duty.window.whole))
    if days == of or limit == EVERYTHING:
        return rounded(limit, how)
    lenient = {"at_least": "down", "more_than": "down", "at_most": "up", "less_than": "up"}.get(key)
    low, high = (Fraction(end) * days / of for end in limit)
    return rounded((low, high), how or lenient)


def rounded(limit: Interval, how: str | None) -> Interval:
    """The bound as it is compared; of two integers equally near, the greater."""
    low, high = (end if math.isinf(end) else whole(end, how) for end in limit)
    return low, high


def whole(value: Number, how: str | None) -> Number:
    """A number made whole."""
    return {None: value, "up": math.ceil(value), "down": math.floor(value), "nearest": math.floor(value + Fraction(1, 2))}[how]


def meets(bound: str, interval: Interval, limit: Interval) -> bool:
    """Whether all that may be measured is within a bound, whatever that is."""
    (low, high), (least, most) = interval, limit
    return {
        "at_least": low >= most,
        "more_than": low > most,
        "at_most": high <= least,
        "less_than": high < least,
        "exactly": low == high == least == most,
    }[bound]


def misses(bound: str, interval: Interval, limit: Interval) -> bool:
    """Whether nothing that may be measured is within a bound, whatever that is."""
    (low, high), (least, most) = interval, limit
    return {
        "at_least": high < least,
        "more_than": high <= least,
        "at_most": low > most,
        "less_than": low >= most,
        "exactly": high < least or low > most,
    }[bound]


def compared(bound: str, interval: Interval, limit: Interval) -> Outcome:
    """Met if all is within the bound, breached if nothing is."""
    if meets(bound, interval, limit):
        return Outcome.MET
    return Outcome.BREACHED if misses(bound, interval, limit) else Outcome.UNKNOWN


def counted(rows: list[tuple[Row, Truth]] | None) -> Interval:
    """The interval of a count (3): what may count is in the high end only."""
    if rows is None:
        return (0, math.inf)
    return (sum(counts is True for _, counts in rows), len({row.number for row, _ in rows}))


def count(duty: Duty) -> Outcomes:
    """`frequency` and `coverage`."""
    rows = duty.rows()
    if "each" in duty.require:
        return of_each_value(duty, rows)
    low, high = counted(rows) if "distinct" not in duty.require else different(duty, rows)
    if duty.form == "coverage" and "nothing" in duty.require and high == 0:
        return Outcomes(Outcome.NONE, "nothing-to-measure")
    found = counted_outcome(duty, (low, high))
    return replace(found, perhaps="nothing" in duty.require and low == 0)


def of_each_value(duty: Duty, rows: list[tuple[Row, Truth]] | None) -> Outcomes:
    """Counts of each value of a field: met if all are, breached if one is. Measured: of how many it holds so far, or may."""
    name, values = named_values(duty)
    if values is None:
        return of_what_occurs(duty, rows, name)
    intervals = [counted(None if rows is None else of_value(duty, rows, name, value)) for value in values]
    found = [counted_outcome(duty, interval).outcome for interval in intervals]
    held = [finished(duty, interval) is Outcome.MET for interval in intervals]
    return of_all(duty, found, held)


def of_all(duty: Duty, found: list[Outcome], held: list[bool]) -> Outcomes:
    """The outcome of all values together."""
    outcome = together(found)
    if duty.is_open and outcome is Outcome.UNKNOWN:
        outcome = Outcome.OPEN
    return Outcomes(outcome, measured=(sum(held), sum(each is not Outcome.BREACHED for each in found)))


def named_values(duty: Duty) -> tuple[str, list[str] | None]:
    """The field, or path, that `each` names, and its values: listed, declared, or (None) those that occur."""
    each = duty.require["each"]
    name = next(iter(each)) if isinstance(each, Mapping) else str(each)
    record, (*way, last) = duty.world.selection(duty.require["of"])[0], name.split(".")
    for reference in way:
        record = duty.world.field(record, reference)["ref"]
    declared = duty.world.field(record, last).get("enum")
    values = each[name] if isinstance(each, Mapping) else declared
    return name, None if values is None else list(map(trimmed, values))


NONE = "no value"


def value_of(world: World, row: Row, name: str) -> Any:
    """The value of a row; NONE where an optional reference on the way is empty, None where it is unknown."""
    at, way = row, name.split(".")
    for n, step in enumerate(way):
        spec = world.field(at.record, step)
        if "ref" in spec and not spec.get("required") and at.cells[step].state == "empty":
            return NONE
        if n < len(way) - 1:
            target = world.refer(at, step)
            if not isinstance(target, Row):
                return None
            at = target
    value = at.cells[way[-1]].value
    return None if isinstance(value, Null | Near) else value


def valued(duty: Duty, rows: list[tuple[Row, Truth]], name: str) -> list[tuple[Truth, Any]]:
    """Of each row whether it counts, and its value; unknown where that is not the same by each key by which it may count (5)."""
    ways: dict[int, list[tuple[Truth, Any]]] = {}
    for row, counts in rows:
        ways.setdefault(row.number, []).append((counts, value_of(duty.world, row, name)))
    found = []
    for each in ways.values():
        same = len({value for _, value in each}) == 1
        found.append((True if any(counts is True for counts, _ in each) else None, each[0][1] if same else None))
    return found


def of_value(duty: Duty, rows: list[tuple[Row, Truth]], name: str, value: Any) -> list[tuple[Row, Truth]]:
    """The rows of one value of a field; those of which it is unknown may be."""
    alike = []
    for row, counts in rows:
        own = value_of(duty.world, row, name)
        alike.append((row, all_of([counts, None if own is None else compare("=", own, value) if own != NONE else False])))
    return [(row, counts) for row, counts in alike if counts is not False]


def of_what_occurs(duty: Duty, rows: list[tuple[Row, Truth]] | None, name: str) -> Outcomes:
    """Counts of each value that occurs."""
    if rows is None:
        return Outcomes(Outcome.OPEN if duty.is_open else Outcome.UNKNOWN)
    known = [(counts, value) for counts, value in valued(duty, rows, name) if value != NONE]
    if not known:
        return Outcomes(Outcome.OPEN) if duty.is_open else Outcomes(Outcome.NONE, "nothing-to-measure")
    unknown, found, held = sum(value is None for _, value in known), [], []
    for value in {value for _, value in known if value is not None}:
        low = sum(counts is True and other == value for counts, other in known)
        interval = (max(low, 1), sum(other == value for _, other in known) + unknown)
        said = counted_outcome(duty, interval).outcome
        found.append(doubtful(duty, said) if low == 0 or (said is Outcome.MET and duty.is_open) else said)
        held.append(finished(duty, interval) is Outcome.MET)
    measured = (sum(held), sum(each is not Outcome.BREACHED for each in found))
    if unknown:
        found.append(doubtful(duty, counted_outcome(duty, (1, unknown)).outcome))
    outcome = of_all(duty, found, held).outcome
    return Outcomes(outcome, measured=measured, perhaps=not any(counts is True for counts, _ in known) and not duty.is_open)


def doubtful(duty: Duty, outcome: Outcome) -> Outcome:
    """What is said of a value that need not occur, or may not be the last."""
    if duty.is_open:
        return Outcome.OPEN
    return Outcome.UNKNOWN if outcome is Outcome.BREACHED else outcome


def different(duty: Duty, rows: list[tuple[Row, Truth]] | None) -> Interval:
    """How many different values the rows have."""
    if rows is None:
        return (0, math.inf)
    known = [(counts, value) for counts, value in valued(duty, rows, str(duty.require["distinct"])) if value != NONE]
    sure = [value for counts, value in known if counts is True]
    low = max(len({value for value in sure if value is not None}), min(len(sure), 1))
    return low, len({value for _, value in known if value is not None}) + sum(value is None for _, value in known)


def counted_outcome(duty: Duty, interval: Interval) -> Outcomes:
    """The outcome of a count, or of the length of a run."""
    if not duty.is_open:
        return Outcomes(finished(duty, interval), measured=interval)
    grows, asked = (interval[0], math.inf), bounds(duty)
    passed = [misses(bound, grows, limit) for bound, limit in asked]
    reached = [meets(bound, grows, limit) for bound, limit in asked]
    outcome = Outcome.BREACHED if any(passed) else Outcome.MET if all(reached) else Outcome.OPEN
    return Outcomes(outcome, measured=interval)


def finished(duty: Duty, interval: Interval) -> Outcome:
    """The outcome of a count in a window that is over."""
    outcomes = []
    for bound, limit in bounds(duty):
        if bound == "exactly" and limit[0] == limit[1] and limit[0] % 1 != 0:
            outcomes.append(Outcome.BREACHED)  # no integer meets it
        else:
            outcomes.append(compared(bound, interval, limit))
    return together(outcomes)


def ratio(duty: Duty) -> Outcomes:
    """`rate` and `share`: Σ(q·part − p·whole) against 0, for each bound p/q."""
    if duty.is_open:
        return Outcomes(Outcome.OPEN)
    rows = duty.rows()
    whole_in, excess_in = ways_to_add(duty)
    least, most = (0, math.inf) if rows is None else each_once(rows, partial(whole_in, duty))
    breaches = "nothing" in duty.require
    if most == 0:
        return Outcomes(Outcome.BREACHED) if breaches else Outcomes(Outcome.NONE, "nothing-to-measure")
    if "each" in duty.require:
        outcome = share_of_each(duty, rows)
        if breaches and least == 0:
            return Outcomes(Outcome.UNKNOWN if outcome is Outcome.MET else outcome)
        return Outcomes(outcome, perhaps=least == 0)
    outcomes = []
    for bound, limit in bounds(duty):
        span = EVERYTHING if rows is None else spread(limit, lambda exact: each_once(rows, partial(excess_in, duty), exact))
        outcomes.append(compared(bound, span, (0, 0)))
    outcome = together(outcomes)
    if breaches and least == 0:
        return Outcomes(Outcome.UNKNOWN if outcome is Outcome.MET else outcome)
    return Outcomes(outcome, perhaps=least == 0)


def spread(limit: Interval, difference: Callable[[Fraction], Interval]) -> Interval:
    """The difference from a bound: the least from its high end, the greatest from its low end."""
    low, high = limit
    return (
        -math.inf if math.isinf(high) else difference(Fraction(high))[0],
        math.inf if math.isinf(low) else difference(Fraction(low))[1],
    )


def share_of_each(duty: Duty, rows: list[tuple[Row, Truth]] | None) -> Outcome:
    """The shares of each value together."""
    name, values = named_values(duty)
    if rows is None:
        return Outcome.UNKNOWN
    known, sure = valued(duty, rows, name), True
    occurring = [value for value in dict.fromkeys(value for _, value in known) if value not in {None, NONE}]
    asked: list[tuple[Any, bool]] = [(value, sure) for value in values or ()]
    if values is None:
        asked = [(value, any(own == value and counts is True for counts, own in known)) for value in occurring]
        asked += [(object(), False)] * any(value is None for _, value in known)
    found = []
    for value, certain in asked:
        outcomes = []
        for bound, limit in bounds(duty):
            part = [(counts, None if own is None else own == value) for counts, own in known]
            span = spread(limit, partial(difference_of_all, part))
            outcomes.append(compared(bound, span, (0, 0)))
        outcome = together(outcomes)
        found.append(outcome if certain or outcome is not Outcome.BREACHED else Outcome.UNKNOWN)
    return together(found)


def difference_of_all(part: Sequence[tuple[Truth, Truth]], limit: Fraction) -> Interval:
    """What rows add to the number of rows of a value, less the bound times the number of all."""
    return summed([difference(counts, holds, limit) for counts, holds in part])


def difference(counts: Truth, holds: Truth, limit: Fraction) -> Interval:
    """What a row adds to the number of rows of a value, less the bound times the number of all."""
    return hull((int(holds is True) - limit, int(holds is not False) - limit), counts)


def ways_to_add(
    duty: Duty,
) -> tuple[Callable[[Duty, Row, Truth], Interval], Callable[[Duty, Row, Truth, Fraction], Interval]]:
    """What a row adds to the whole, and to the difference from a bound."""
    if "mean" in duty.require:
        return ratios_of, excess_of_ratio
    return (base_of, excess_over_base) if "base" in duty.require else (whole_of, excess)


def summed(intervals: Sequence[Interval]) -> Interval:
    """The interval of a sum."""
    return sum(low for low, _ in intervals), sum(high for _, high in intervals)


def each_once(rows: Sequence[tuple[Row, Truth]], adds: Callable[..., Interval], *limit: Fraction) -> Interval:
    """The interval of a sum to which each row adds once: the hull of what it adds by each way in which it may count (5)."""
    ways: dict[int, list[Interval]] = {}
    for row, counts in rows:
        ways.setdefault(row.number, []).append(adds(row, counts, *limit))
    return summed([(min(low for low, _ in each), max(high for _, high in each)) for each in ways.values()])


def part_and_whole(duty: Duty, row: Row) -> tuple[Fraction | None, Fraction | None, Fraction | None]:
    """Part and whole of a row (None: unknown), and the greatest whole there can be (None: no limit)."""
    if duty.form == "share" and "each" in duty.require:
        return (None, Fraction(1), None)
    if duty.form in {"share", "measured share"}:
        holds = duty.world.holds([parse(str(duty.require["that"]))], row, duty.day)
        return (None if holds is None else Fraction(holds), Fraction(1), None)
    part = number(duty.world, duty.require["part"], row, duty.day)
    whole = number(duty.world, duty.require["whole"], row, duty.day)
    contradicts = (
        (part is not None and part < 0)
        or (whole is not None and whole < 0)
        or (part is not None and whole is not None and part > whole)
    )
    if contradicts:
        return None, None, None
    most = limit_of(duty.world, row, parse(str(duty.require["whole"])), "max")
    return part, whole, None if most is not None and part is not None and most < part else most


def limit_of(world: World, row: Row, node: Node, end: str) -> Fraction | None:
    """The declared `min` or `max` of an expression that is a bare field."""
    if node[0] != "column" or len(node) != 2:
        return None
    limit = world.field(row.record, node[1]).get(end)
    return None if limit is None else Fraction(str(limit))


def hull(interval: Interval, counts: Truth) -> Interval:
    """The interval of a row that counts; with 0 in it if the row only may."""
    low, high = interval
    return interval if counts is True else (min(low, Fraction(0)), max(high, Fraction(0)))


def whole_of(duty: Duty, row: Row, counts: Truth) -> Interval:
    """What a row adds to Σwhole."""
    part, whole, most = part_and_whole(duty, row)
    if whole is not None:
        return hull((whole, whole), counts)
    return hull((part or Fraction(0), math.inf if most is None else most), counts)


def excess(duty: Duty, row: Row, counts: Truth, limit: Fraction) -> Interval:
    """What a row adds to Σd, where d = q·part − p·whole."""
    part, whole, most = part_and_whole(duty, row)
    p, q = limit.numerator, limit.denominator
    if any(isinstance(each, Whole) and abs(each) * max(p, q) >= 2**62 for each in (part, whole)):
        return EVERYTHING  # what cannot be computed, for the size of its numbers
    if part is not None and whole is not None:
        d = q * part - p * whole
        return hull((d, d), counts)
    if whole is not None:
        return hull((-p * whole, q * whole - p * whole), counts)
    if part is not None:
        most_of_it = math.inf if most is None else most
        ends = [p * part, p * most_of_it if p else 0]
        return hull((q * part - max(ends), q * part - min(ends)), counts)
    return EVERYTHING


def row_ratio(duty: Duty, row: Row) -> tuple[Interval, Truth]:
    """The ratio of a row, and whether it has one."""
    part, whole, most = part_and_whole(duty, row)
    if whole == 0:
        return (0, 0), False
    if whole is not None:
        return (0, 1) if part is None else (part / whole, part / whole), True
    if part:
        return (Fraction(0) if most is None else part / most, Fraction(1)), True
    return (0, 1) if part is None else (0, 0), None


def ratios_of(duty: Duty, row: Row, counts: Truth) -> Interval:
    """What a row adds to the number of rows that have a ratio."""
    _, has = row_ratio(duty, row)
    return hull((int(has is True), int(has is not False)), counts)


def excess_of_ratio(duty: Duty, row: Row, counts: Truth, limit: Fraction) -> Interval:
    """What a row adds to the sum of how far the ratios are above the bound."""
    (low, high), has = row_ratio(duty, row)
    if has is False:
        return (0, 0)
    return hull((low - limit, high - limit), counts if has else None)


def holding(duty: Duty, row: Row, key: str) -> tuple[int, int]:
    """What a row that counts adds to the number of rows of which a predicate holds."""
    holds = duty.world.holds([parse(str(duty.require[key]))], row, duty.day)
    return (int(holds is True), int(holds is not False))


def base_of(duty: Duty, row: Row, counts: Truth) -> Interval:
    """What a row adds to the base that `base` names."""
    return hull(holding(duty, row, "base"), counts)


def excess_over_base(duty: Duty, row: Row, counts: Truth, limit: Fraction) -> Interval:
    """What a row adds to Σd, where part and whole are independent of one another."""
    (fewest, most), (smallest, largest) = holding(duty, row, "that"), holding(duty, row, "base")
    p, q = limit.numerator, limit.denominator
    return hull((q * fewest - max(p * smallest, p * largest), q * most - min(p * smallest, p * largest)), counts)


def total(duty: Duty) -> Outcomes:
    """`declared` against the count or the sum of the related rows."""
    rows = duty.rows()
    opening = ends_of(duty, duty.require.get("opening", 0))
    flows = not {"in", "out"}.isdisjoint(duty.require)
    added = (0, math.inf) if "count" in duty.require and not flows else EVERYTHING
    if rows is not None:
        added = each_once(rows, lambda row, counts: hull(addend(duty, row), counts))
    low, high = combined("+", opening, added)
    declared = ends_of(duty, duty.require["declared"])
    counts = "count" in duty.require and not flows and all(isinstance(end, Whole) or end == 0 for end in opening)
    low, high = computed(low, high) if counts else (low, high)
    tolerance = constant(duty.require.get("tolerance", 0))
    if not isinstance(tolerance, Fraction):
        tolerance = number(duty.world, tolerance, duty.subject, duty.day)
    least, most = combined("-", declared, (low, high))
    least, most = computed(least, most) if counts and all(isinstance(end, Whole) for end in declared) else (least, most)
    if tolerance is None:
        met: Truth = None
    elif -tolerance <= least and most <= tolerance:
        met = True
    else:
        met = False if most < -tolerance or least > tolerance else None
    return Outcomes(told(met), measured=(low, high))


def computed(low: Number, high: Number) -> Interval:
    """An interval of whole numbers, without an end where that has more than 64 bits."""
    inside = [-(2**63) <= end < 2**63 for end in (low, high)]
    return (low if inside[0] else -math.inf, high if inside[1] else math.inf)


def target(duty: Duty) -> Outcomes:
    """What was done between two days, against a target of the subject."""
    world, require = duty.world, duty.require
    first, last = own_date(duty, "from"), own_date(duty, "until")
    rows = duty.rows(until=world.ref)
    low, high = (0, math.inf) if "count" in require else EVERYTHING
    if rows is not None:
        on = require.get("on") or world.record(world.selection(require["of"])[0])["date"]
        # A day of which only the month is known is unknown here.
        days = [(row, counts, world.day(row, on)) for row, counts in rows]
        inside = [(row, all_of([counts, allowed((day, day) if day else None, first, last)])) for row, counts, day in days]
        possible = [(row, counts) for row, counts in inside if counts is not False]
        low, high = each_once(possible, lambda row, counts: hull(size(duty, row), counts))
    aim = ends_of(duty, require["target"])
    aim = EVERYTHING if aim[0] < 0 else aim
    asked = [(bound, combined("*", limit, aim)) for bound, limit in bounds(duty)]
    if isinstance(last, date) and last > world.ref:
        node = parse(str(require.get("sum", 0)))
        record = world.selection(require["of"])[0]
        grows = "count" in require or (
            node[0] == "column" and len(node) == 2 and world.field(record, node[1]).get("min", -1) >= 0
        )
        so_far = (low, math.inf)
        if grows and aim[0] > 0 and any(misses(bound, so_far, limit) for bound, limit in asked):
            return Outcomes(Outcome.BREACHED)
        reached = grows and aim[0] > 0 and all(meets(bound, so_far, limit) for bound, limit in asked)
        return Outcomes(Outcome.MET if reached else Outcome.OPEN)
    if aim == (0, 0):
        return Outcomes(Outcome.NONE, "nothing-to-measure")
    if not isinstance(last, date):
        return Outcomes(Outcome.UNKNOWN)
    outcomes = [compared(bound, (low, high), limit) for bound, limit in asked]
    return Outcomes(together(outcomes), perhaps=aim[0] == 0)


def addend(duty: Duty, row: Row) -> Interval:
    """What a row that counts adds to a total: the hull of all that it may add."""
    low, high = size(duty, row)
    if {"in", "out"}.isdisjoint(duty.require):
        return low, high
    comes, goes = (
        duty.world.holds([parse(str(duty.require[key]))], row, duty.day) if key in duty.require else False
        for key in ("in", "out")
    )
    taken = computed(-high, -low) if all(isinstance(end, Whole) for end in (low, high)) else (-high, -low)
    possible = [(low, high)] * (comes is not False) + [taken] * (goes is not False)
    possible += [(0, 0)] * (comes is not True and goes is not True)
    return min(least for least, _ in possible), max(most for _, most in possible)


def size(duty: Duty, row: Row) -> Interval:
    """The number that a row adds or takes away."""
    return (1, 1) if duty.require.get("count") else of_text(duty, row, duty.require["sum"])


def of_text(duty: Duty, row: Row, text: object) -> Interval:
    """What an expression over a row is; an unknown one is between what is declared."""
    node = parse(str(text))
    value = number(duty.world, text, row, duty.day)
    if value is not None and "*" in str(text) and not isinstance(value, Whole) and abs(value) > 10**17:
        return EVERYTHING
    if value is not None:
        return (value, value)
    low, high = (limit_of(duty.world, row, node, end) for end in ("min", "max"))
    return (-math.inf if low is None else low, math.inf if high is None else high)


def freshness(duty: Duty) -> Outcomes:
    """The latest date, against the oldest day allowed."""
    world, rows = duty.world, duty.rows()
    if rows is None:
        return Outcomes(Outcome.UNKNOWN)
    oldest = earlier(world.ref, duty.require["within"])
    certain, possible = False, False
    for row, counts in rows:
        name = duty.require.get("on") or world.record(row.record)["date"]
        days = world.may_be(row, name)
        past, fresh = not_after(days, world.ref), not_before(days, oldest)
        if past is False:
            possible = possible or "of" not in duty.require  # what it was before is not told
        elif days is None:
            # `never: breached` reads an empty cell of the subject's own row as no date at all.
            never = "of" not in duty.require and "never" in duty.require and row.cells[name].state == "empty"
            possible = possible or not never
        elif fresh is not False:
            certain, possible = certain or (counts is True and past is True and fresh is True), True
    if certain:
        return Outcomes(Outcome.MET)
    if possible:
        return Outcomes(Outcome.UNKNOWN)
    # An unknown beginning of existence makes the rule perhaps apply, and so a breach unknown (7).
    starts = [as_date(duty.rule["in_force"]["from"])] * 2 if "from" in duty.rule.get("in_force", {}) else [date.min] * 2
    begins, _ = world.lifespan(duty.subject)
    span = world.record(duty.subject.record).get("lifespan", {})
    partly = world.may_be(duty.subject, span["from"]) if begins is Null.UNKNOWN and "from" in span else None
    known = (begins, begins) if isinstance(begins, date) else partly if partly and partly[0] < partly[1] else (date.min, date.min)
    first, last = (max(both) for both in zip(starts, known, strict=True))
    if first > oldest:
        return Outcomes(Outcome.OPEN)
    return Outcomes(Outcome.UNKNOWN if last > oldest else Outcome.BREACHED)
