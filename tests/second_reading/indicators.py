"""What is measured and not required, and what its name stands for in a rule (section 17 of the contract)."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from tests.second_reading import counting, links, ratios, syntax, who
from tests.second_reading.book import Rule
from tests.second_reading.cells import INFINITE, End, Interval
from tests.second_reading.days import Window
from tests.second_reading.sense import Run
from tests.second_reading.tables import Row
from tests.second_reading.truth import Truth
from tests.second_reading.who import Turn

PLACES = 10**6
NOTHING = "nothing-to-measure"
NAMING = {"condition", "frequency", "coverage", "value"}
BOUNDED = ("at_least", "more_than", "at_most", "less_than", "exactly")


@dataclass(frozen=True)
class Told:
    """What an indicator says of a subject in a window."""

    state: str
    low: End | None = None
    high: End | None = None
    reason: str | None = None
    strained: bool = False
    vague: bool = False


def told(run: Run) -> Iterator[tuple[str, Row, Window | None, Told]]:
    """All values of all indicators."""
    for indicator in run.book.indicators:
        table = run.tables[run.book.selection(indicator.subject)[0].name]
        for row in table.subjects if table.submitted else []:
            for turn in who.turns(run, indicator, row):
                run.strained = False
                found = measured(run, indicator, row, turn)
                yield indicator.id, row, turn.window, replace(found, strained=run.strained)


def measured(run: Run, indicator: Rule, row: Row, turn: Turn) -> Told:
    """The value of an indicator in one turn."""
    if turn.settled is not None and turn.settled.kind != "open":
        return Told("none", reason=turn.settled.reason, vague=turn.settled.kind == "unknown")
    early = turn.settled is not None
    if early and not row.record.date:
        turn = replace(turn, day=run.ref)
    over = not early and (turn.part is None or turn.part[1] <= run.as_of)
    low, high, nothing = ends(run, indicator, row, turn)
    if nothing:
        return Told("none" if over else "open", reason=NOTHING)
    state = "open" if not over else "value" if nothing is False and not turn.perhaps else "perhaps"
    return Told(state, down(low), up(high))


def down(end: End) -> End:
    """The next number of six places that is not above."""
    return Fraction(math.floor(end * PLACES), PLACES) if math.isfinite(end) else end


def up(end: End) -> End:
    """The next number of six places that is not below."""
    return Fraction(math.ceil(end * PLACES), PLACES) if math.isfinite(end) else end


def ends(run: Run, indicator: Rule, row: Row, turn: Turn) -> tuple[End, End, Truth]:
    """Between what the value lies, and whether there is none."""
    says = indicator.says
    if indicator.form == "value":
        found = run.value(syntax.parse(says["value"]), naming(run, indicator, row, turn), turn.day)
        if isinstance(found, Interval):
            return found.low, found.high, False
        return (found, found, False) if isinstance(found, Fraction) else (-INFINITE, INFINITE, False)
    rows = links.related(run, says, row, turn.day)
    if rows is not None and turn.part is None:
        rows = links.standing(run, rows, says.get("on"))
    elif rows is not None and turn.part is not None:
        rows = links.within(rows, says.get("on"), turn.part, run.ref, turn.window)
    if indicator.form == "count":
        return *counting.counts(run, says, rows), False
    if indicator.form == "sum":
        return *added(run, says["value"], rows, turn), False
    return portion(run, indicator, rows, turn)


def added(run: Run, text: str, rows: links.Related | None, turn: Turn) -> tuple[End, End]:
    """Between what the rows add up to."""
    if rows is None:
        return -INFINITE, INFINITE
    low: End = Fraction(0)
    high: End = Fraction(0)
    for row, held in rows:
        bottom, top = counting.widest(counting.summed(run, text, meant, turn) for meant in (row, *row.otherwise))
        low, high = low + (bottom if held else min(bottom, 0)), high + (top if held else max(top, 0))
    return low, high


def portion(run: Run, indicator: Rule, rows: links.Related | None, turn: Turn) -> tuple[End, End, Truth]:
    """Between what a share or a rate lies."""
    if rows is None:
        return Fraction(0), Fraction(1), None
    parts: list[tuple[End, End]] = [(0, 0)]
    rests: list[tuple[End, End]] = [(0, 0)]
    wholes: list[tuple[End, End]] = [(0, 0)]
    for row, held in rows:
        pieces = ratios.ways(run, indicator, row, turn, held)
        sure = all(certain for _, certain in pieces)
        for found, each in ((parts, [piece.part for piece, _ in pieces]), (wholes, [piece.whole for piece, _ in pieces])):
            found.append(hull(each, sure=sure))
        rests.append(hull([rest(piece) for piece, _ in pieces], sure=sure))
    part, beyond, whole = (
        (sum((low for low, _ in each), Fraction(0)), sum((high for _, high in each), Fraction(0)))
        for each in (parts, rests, wholes)
    )
    if whole[1] == 0:
        return 0, 0, True
    low = 1 if beyond[1] == 0 else 0 if beyond[1] == INFINITE else Fraction(part[0]) / (Fraction(part[0]) + Fraction(beyond[1]))
    high = 0 if part[1] == 0 else 1 if part[1] == INFINITE else Fraction(part[1]) / (Fraction(part[1]) + Fraction(beyond[0]))
    return low, high, None if whole[0] == 0 else False


def rest(piece: ratios.Piece) -> tuple[End, End]:
    """Between what the whole of a row is beyond its part."""
    if piece == ratios.UNTOLD:
        return piece.whole
    return piece.whole[0] - piece.part[1], piece.whole[1] - piece.part[0]


def hull(ways: list[tuple[End, End]], *, sure: bool) -> tuple[End, End]:
    """The least and the greatest of several, and of nothing, if that is possible too."""
    ways = ways if sure else [*ways, (0, 0)]
    return min(low for low, _ in ways), max(high for _, high in ways)


def naming(run: Run, rule: Rule, row: Row, turn: Turn) -> Row:
    """A subject with the values of the indicators that a rule, or another indicator, names."""
    texts = [rule.says[key] for key in ("that", "value", *BOUNDED) if key in rule.says and rule.form in NAMING]
    mentioned = {name for text in texts for name in syntax.names(syntax.parse(text))}
    indicators = {indicator.id.replace("-", "_"): indicator for indicator in run.book.indicators}
    found = {name: mention(run, indicators[name], rule, row, turn) for name in mentioned & {*indicators} - {*row.cells}}
    return replace(row, cells={**row.cells, **found}) if found else row


def mention(run: Run, indicator: Rule, rule: Rule, row: Row, turn: Turn) -> Interval:
    """What the name of an indicator stands for in a rule."""
    for each in who.turns(run, indicator, row):
        if each.window != turn.window:
            continue
        same = indicator.subject == rule.subject
        found = measured(run, indicator, row, replace(each, perhaps=each.perhaps and not same))
        if found.low is None or found.high is None or found.state == "open":
            return Interval(-INFINITE, INFINITE, True if found.state == "none" else None)
        between = (found.low, found.high)
        return Interval(*between) if found.state == "value" else Interval(-INFINITE, INFINITE, None, between)
    return Interval(-INFINITE, INFINITE, none=True)
