"""Forms that measure a ratio: rate and share."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from tests.second_reading import links, syntax
from tests.second_reading.book import Rule
from tests.second_reading.bounds import Bound, Outcome, bounds, joined
from tests.second_reading.cells import INFINITE, End
from tests.second_reading.sense import Run
from tests.second_reading.tables import Row
from tests.second_reading.truth import Truth, both
from tests.second_reading.who import Turn


@dataclass(frozen=True)
class Piece:
    """What one row contributes: the parts and wholes between which it lies; `loose` if each may vary by itself."""

    part: tuple[End, End]
    whole: tuple[End, End]
    loose: bool = False

    def difference(self, limit: Fraction) -> tuple[End, End]:
        """Between what q·part − p·whole lies."""
        p, q = limit.numerator, limit.denominator
        if self == UNTOLD:
            return -INFINITE, INFINITE
        if self.loose:
            return q * self.part[0] - times(p, self.whole[1]), q * self.part[1] - times(p, self.whole[0])
        if self.part[0] == self.part[1]:
            return q * self.part[0] - times(p, self.whole[1]), q * self.part[0] - times(p, self.whole[0])
        whole = self.whole[0]
        return -times(p, whole), q * whole - times(p, whole)


Ways = list[tuple[Piece, Truth]]


def times(factor: int, end: End) -> End:
    """A product in which nothing of the infinite is nothing."""
    return 0 if factor == 0 else factor * end


UNTOLD = Piece((0, INFINITE), (0, INFINITE), loose=True)


def ratio(run: Run, rule: Rule, subject: Row, turn: Turn) -> tuple[Outcome, bool]:
    """A part over its whole; also whether the rule only perhaps applies."""
    says, part = rule.says, turn.part
    limits, rows = bounds(run, says, subject, turn.day), links.related(run, says, subject, turn.day)
    if rows is not None and "of" in says:
        if part is None:
            rows = links.standing(run, rows, says.get("on"))
        else:
            rows = links.within(rows, says.get("on"), part, run.ref, turn.window)
            rows = [(row, None if turn.blurred and "partial" in says else held) for row, held in rows]
    pieces = None if rows is None else [ways(run, rule, row, turn, held) for row, held in rows]
    if part is not None and part[1] > run.as_of:
        return Outcome("open"), False
    low: End = sum((piece.whole[0] for each in pieces or [] for piece, held in each if held), Fraction(0))
    high: End = (
        INFINITE if pieces is None else sum((max(piece.whole[1] for piece, _ in each) for each in pieces if each), Fraction(0))
    )
    strict = says.get("nothing") == "breached"
    if high == 0:
        return (Outcome("breached") if strict else Outcome("none", "nothing-to-measure")), False
    found = joined(kept(pieces, limit) for limit in limits)
    if strict and found == "met" and low == 0:
        found = "unknown"
    return Outcome(found), low == 0 and not strict


def ways(run: Run, rule: Rule, row: Row, turn: Turn, held: Truth) -> Ways:
    """What a row contributes by any of the keys that it may mean, by one of them or another."""
    meant = (row, *row.otherwise)
    return [(piece, both(held, sure)) for each in meant for piece, sure in contributed(run, rule, each, turn)]


def kept(pieces: list[Ways] | None, limit: Bound) -> str:
    """Whether the ratio keeps one bound."""
    if limit.value is None or pieces is None:
        return "unknown"
    low: End = Fraction(0)
    high: End = Fraction(0)
    for each in pieces:
        ends = [(*piece.difference(limit.value), held) for piece, held in each]
        low += min((bottom if held else min(bottom, 0) for bottom, _, held in ends), default=0)
        high += max((top if held else max(top, 0) for _, top, held in ends), default=0)
    if limit.sign == "=":
        return "met" if low == high == 0 else "breached" if low > 0 or high < 0 else "unknown"
    if limit.sign in {"<", "<="}:
        low, high = -high, -low
    strict = limit.sign in {">", "<"}
    if low > 0 or (low == 0 and not strict):
        return "met"
    return "breached" if high < 0 or (high == 0 and strict) else "unknown"


def contributed(run: Run, rule: Rule, row: Row, turn: Turn) -> Iterator[tuple[Piece, Truth]]:
    """What a row contributes, and whether it is certain to."""
    says = rule.says
    if rule.form == "share":
        part = certain(run.holds(syntax.parse(says["that"]), row, turn.day))
        if "base" in says:
            yield Piece(part, certain(run.holds(syntax.parse(says["base"]), row, turn.day)), loose=True), True
        else:
            yield Piece(part, (1, 1)), True
    elif says.get("mean") == "rows":
        yield from mean(run, rule, row, turn)
    else:
        yield own(run, rule, row, turn), True


def mean(run: Run, rule: Rule, row: Row, turn: Turn) -> Iterator[tuple[Piece, Truth]]:
    """The ratio of one row, of which a mean is made; none where its whole is nothing."""
    piece = own(run, rule, row, turn)
    (part, part_high), (whole, whole_high) = piece.part, piece.whole
    one: tuple[End, End] = (1, 1)
    if piece == UNTOLD:
        yield Piece((0, 1), one, loose=True), None
    elif whole == whole_high:
        if whole:
            yield Piece((Fraction(part) / Fraction(whole), Fraction(part_high) / Fraction(whole)), one, loose=True), True
    elif part == 0:
        yield Piece((0, 0), one, loose=True), None
    else:
        least = 0 if whole_high == INFINITE else Fraction(part) / Fraction(whole_high)
        yield Piece((least, 1), one, loose=True), True


def certain(truth: Truth) -> tuple[End, End]:
    """One if it holds, zero if it does not, or between the two."""
    return (int(truth is True), int(truth is not False))


def own(run: Run, rule: Rule, row: Row, turn: Turn) -> Piece:
    """The part and the whole of a row of a `rate`."""
    tree = syntax.parse(rule.says["whole"])
    part = run.value(syntax.parse(rule.says["part"]), row, turn.day)
    whole = run.value(tree, row, turn.day)
    known, base = isinstance(part, Fraction), isinstance(whole, Fraction)
    if isinstance(part, Fraction) and isinstance(whole, Fraction):
        return UNTOLD if part < 0 or whole < 0 or part > whole else Piece((part, part), (whole, whole))
    if (isinstance(part, Fraction) and part < 0) or (isinstance(whole, Fraction) and whole < 0):
        return UNTOLD
    if isinstance(whole, Fraction) and base:
        return Piece((0, whole), (whole, whole))
    if isinstance(part, Fraction) and known:
        field = row.record.fields.get(tree[1]) if tree[0] == "field" and len(tree) == 2 else None
        most = field.high if field else None
        return Piece((part, part), (part, INFINITE if most is None or most < part else most))
    return UNTOLD
