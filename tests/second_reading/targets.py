"""Target: what was done in a span of days, against a number."""

from datetime import date
from fractions import Fraction

from tests.second_reading import ages, counting, links, syntax
from tests.second_reading.book import Rule
from tests.second_reading.bounds import LOWER, Bound, Outcome, bounds, joined, real
from tests.second_reading.cells import INFINITE, Days, End
from tests.second_reading.sense import Run
from tests.second_reading.tables import Row
from tests.second_reading.truth import Truth, both
from tests.second_reading.who import Turn


def target(run: Run, rule: Rule, subject: Row, turn: Turn) -> Outcome:
    """The outcome of a target."""
    says = rule.says
    wanted = run.value(syntax.parse(says["target"]), subject, turn.day)
    first, last = (ages.expression(run, says[key], subject, turn.day) for key in ("from", "until"))
    if last is not None and last > run.ref and (not isinstance(wanted, Fraction) or wanted <= 0):
        return Outcome("open")
    if wanted == 0:
        return Outcome("none", "nothing-to-measure")
    if not isinstance(wanted, Fraction) or wanted < 0 or last is None:
        return Outcome("unknown")
    limits = [
        Bound(limit.sign, None if limit.value is None else limit.value * wanted)
        for limit in bounds(run, says, subject, turn.day, "100%")
    ]
    low, high = measured(run, rule, subject, turn, (first, last))
    if last <= run.ref:
        return Outcome(joined(real(low, high, limit) for limit in limits), low=low, high=high)
    return Outcome(early(low, limits) if grows(run, rule) else "open", low=low, high=high)


def early(low: End, limits: list[Bound]) -> str:
    """The outcome of what can only grow, before the last day."""
    if any(limit.sign not in LOWER and real(low, INFINITE, limit) == "breached" for limit in limits):
        return "breached"
    return "met" if all(limit.sign in LOWER and real(low, INFINITE, limit) == "met" for limit in limits) else "open"


def grows(run: Run, rule: Rule) -> bool:
    """Whether what is measured can only grow: a count, or a field that is never negative."""
    if "count" in rule.says:
        return True
    field = run.book.selection(rule.says["of"])[0].fields.get(rule.says["sum"])
    return field is not None and field.low is not None and field.low >= 0


def measured(run: Run, rule: Rule, subject: Row, turn: Turn, span: tuple[date | None, date | None]) -> tuple[End, End]:
    """Between what the rows in the span add up to."""
    says, rows = rule.says, links.related(run, rule.says, subject, turn.day)
    if rows is None:
        return (0 if "count" in says else -INFINITE), INFINITE
    low: End = Fraction(0)
    high: End = Fraction(0)
    for row, held in rows:
        sure = timely(run, rule, row, span)
        if both(held, sure) is False:
            continue
        ways = (row, *row.otherwise)
        bottom, top = (Fraction(1), Fraction(1)) if "count" in says else sums(run, says["sum"], ways, turn)
        if not both(held, sure):
            bottom, top = min(bottom, Fraction(0)), max(top, Fraction(0))
        low, high = low + bottom, high + top
    return low, high


def sums(run: Run, text: str, ways: tuple[Row, ...], turn: Turn) -> tuple[End, End]:
    """Between what a row adds by any of the keys that it may mean."""
    return counting.widest(counting.summed(run, text, meant, turn) for meant in ways)


def timely(run: Run, rule: Rule, row: Row, span: tuple[date | None, date | None]) -> Truth:
    """Whether a row lies in the span, and existed on its day."""
    on, (first, last) = rule.says.get("on"), span
    day = row.day(on or row.record.date)
    if isinstance(day, date):
        return both(ages.between(Days(day, day), first, last), links.dated(row, on, run.ref), row.exists(day))
    begin, until = first or date.min, min(last or run.ref, run.ref)
    if first is not None and last is not None and first > last:
        begin = until = last
    return False if links.dated(row, on, run.ref) is False or not row.existed(begin, until) else None
