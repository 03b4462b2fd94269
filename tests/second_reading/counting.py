"""Forms that count: frequency, coverage, total."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from tests.second_reading import cells, links, syntax
from tests.second_reading.book import Rule
from tests.second_reading.bounds import LOWER, Bound, Outcome, bounds, counted, joined, rounded
from tests.second_reading.cells import EMPTY, INFINITE, UNKNOWN, Cell, End
from tests.second_reading.links import Related
from tests.second_reading.sense import Run
from tests.second_reading.tables import Row
from tests.second_reading.truth import Truth, both
from tests.second_reading.who import Turn


def tally(rows: Related | None) -> tuple[End, End]:
    """How many rows count, and how many may."""
    if rows is None:
        return 0, INFINITE
    return sum(held is True for _, held in rows), len(rows)


def counts(run: Run, says: Mapping[str, Any], rows: Related | None) -> tuple[End, End]:
    """How many rows, or different values of a field of them, count, and how many may."""
    if rows is None or "distinct" not in says:
        return tally(rows)
    told = [(value, held) for row, held in rows if (value := valued(run, row, says["distinct"])) is not EMPTY]
    sure, some = ({value for value, held in told if value is not UNKNOWN and (held or loose)} for loose in (False, True))
    low = max(len(sure), int(any(held for _, held in told)))
    return low, len(some) + sum(value is UNKNOWN for value, _ in told)


def valued(run: Run, row: Row, path: str) -> Cell:
    """The value of a field, or at the end of a path, of a row: EMPTY where it is of none."""
    found = {links.reached(run, meant, path.split("."), UNKNOWN) for meant in (row, *row.otherwise)}
    return found.pop() if len(found) == 1 else UNKNOWN


def frequency(run: Run, rule: Rule, subject: Row, turn: Turn) -> Outcome:
    """So many rows in a window."""
    assert turn.part is not None
    assert turn.window is not None
    limits = bounds(run, rule.says, subject, turn.day)
    if rule.says.get("partial") == "prorate" and (turn.part != turn.window or turn.blurred):
        exact = {key: said for key, said in rule.says.items() if key != "round"}
        limits = prorated(bounds(run, exact, subject, turn.day), turn, rule.says.get("round"))
    rows = links.related(run, rule.says, subject, turn.day)
    if rows is not None:
        rows = links.within(rows, rule.says.get("on"), turn.part, run.ref, turn.window)
        rows = [(row, None if turn.blurred and "partial" in rule.says else held) for row, held in rows]
    over = turn.part[1] <= run.as_of
    if "each" in rule.says:
        return each(run, rule, rows, limits, over=over)
    low, high = counts(run, rule.says, rows)
    return Outcome(counted(low, high, limits, over=over), low=low, high=high)


def prorated(limits: list[Bound], turn: Turn, how: str | None) -> list[Bound]:
    """Bounds for a part of a window, rounded as the rule says, or in favour of the subject."""
    assert turn.part is not None
    assert turn.window is not None
    share = Fraction((turn.part[1] - turn.part[0]).days + 1, (turn.window[1] - turn.window[0]).days + 1)
    found = []
    for limit in limits:
        if turn.blurred or limit.value is None:
            found.append(Bound(limit.sign, None))
        else:
            whole = rounded(limit.value * share, how or ("down" if limit.sign in LOWER else "up"))
            found.append(Bound(limit.sign, Fraction(whole)))
    return found


def each(run: Run, rule: Rule, rows: Related | None, limits: list[Bound], *, over: bool) -> Outcome:
    """So many rows of each value of a field."""
    named = rule.says["each"]
    (name, values), record = (
        (*named.items(),)[0] if isinstance(named, dict) else (named, None),
        run.book.selection(rule.says["of"])[0],
    )
    kinds = []
    for value in map(cells.tidy, values) if values else dict.fromkeys(word for _, word in record.fields[name].words):
        of_value: Related | None = None if rows is None else []
        for row, held in rows or []:
            same: Truth = None if not isinstance(row.cells[name], str) else row.cells[name] == value
            if same is not False and of_value is not None:
                of_value.append((row, both(held, same)))
        kinds.append(counted(*tally(of_value), limits, over=over))
    found = joined(kinds)
    return Outcome("open" if found == "unknown" and not over else found)


def coverage(run: Run, rule: Rule, subject: Row, turn: Turn) -> tuple[Outcome, bool]:
    """So many rows at all; also whether the rule only perhaps applies."""
    rows = links.related(run, rule.says, subject, turn.day)
    low, high = counts(run, rule.says, None if rows is None else links.standing(run, rows))
    perhaps = False
    if rule.says.get("nothing") == "not-applicable":
        if high == 0:
            return Outcome("none", "nothing-to-measure"), False
        perhaps = low == 0
    return Outcome(counted(low, high, bounds(run, rule.says, subject, turn.day)), low=low, high=high), perhaps


def total(run: Run, rule: Rule, subject: Row, turn: Turn) -> Outcome:
    """A declared number against what the rows add up to."""
    says = rule.says
    low, high = ends(run, says["declared"], subject, turn)
    tolerance, rows = ends(run, says.get("tolerance", "0"), subject, turn)[0], links.related(run, says, subject, turn.day)
    if tolerance == -INFINITE:
        return Outcome("unknown")
    more, less = ends(run, says.get("opening", "0"), subject, turn)
    if rows is None:
        more, less = (more if "count" in says and not {"in", "out"} & set(says) else -INFINITE), INFINITE
    for row, held in links.standing(run, rows or []):
        bottom, top = widest(flow(run, rule, meant, turn) for meant in (row, *row.otherwise))
        if held is None:
            bottom, top = min(bottom, 0), max(top, 0)
        more, less = more + bottom, less + top
    low, high = low - less, high - more
    inside = -tolerance <= low and high <= tolerance
    return Outcome("met" if inside else "breached" if high < -tolerance or low > tolerance else "unknown", low=more, high=less)


def ends(run: Run, text: str, row: Row, turn: Turn) -> tuple[End, End]:
    """The least and the greatest value of an expression over the subject."""
    value = run.value(syntax.parse(text), row, turn.day)
    return (value, value) if isinstance(value, Fraction) else (-INFINITE, INFINITE)


def widest(ways: Iterable[tuple[End, End]]) -> tuple[End, End]:
    """The least and the greatest of all that a row adds by any of the keys that it may mean."""
    lows, highs = zip(*ways, strict=True)
    return min(lows), max(highs)


def summed(run: Run, text: str, row: Row, turn: Turn) -> tuple[End, End]:
    """The least and the greatest number that a row adds."""
    tree = syntax.parse(text)
    value = run.value(tree, row, turn.day)
    if isinstance(value, Fraction):
        return value, value
    field = row.record.fields.get(tree[1]) if tree[0] == "field" and len(tree) == 2 else None
    low, high = (field.low, field.high) if field else (None, None)
    return (-INFINITE if low is None else low), (INFINITE if high is None else high)


def flow(run: Run, rule: Rule, row: Row, turn: Turn) -> tuple[End, End]:
    """What a row that counts adds, or takes away."""
    low, high = (Fraction(1), Fraction(1)) if "count" in rule.says else summed(run, rule.says["sum"], row, turn)
    if not {"in", "out"} & set(rule.says):
        return low, high
    comes, goes = (run.holds(syntax.parse(rule.says[key]), row, turn.day) if key in rule.says else False for key in ("in", "out"))
    choices: list[tuple[End, End]] = []
    for coming in (True, False) if comes is None else (comes,):
        for going in (True, False) if goes is None else (goes,):
            choices += [(low, high)] if coming else [] if going else [(0, 0)]
            choices += [(-high, -low)] if going else []
    return min(choice[0] for choice in choices), max(choice[1] for choice in choices)
