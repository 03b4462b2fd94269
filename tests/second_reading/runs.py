"""Streak: the longest run of rows of which a predicate holds."""

from datetime import date

from tests.second_reading import gaps, syntax
from tests.second_reading.book import Rule
from tests.second_reading.bounds import Outcome, bounds, counted
from tests.second_reading.cells import INFINITE
from tests.second_reading.days import Window
from tests.second_reading.links import Related
from tests.second_reading.sense import Run
from tests.second_reading.tables import Row
from tests.second_reading.truth import Truth
from tests.second_reading.who import Turn

Told = list[tuple[Row, Truth, Truth]]


def streak(run: Run, rule: Rule, subject: Row, turn: Turn) -> tuple[Window | None, Outcome]:
    """The outcome of the longest run, and its first and last day."""
    limits, rows = bounds(run, rule.says, subject, turn.day), gaps.since(run, rule, subject, turn)
    if rows is None:
        return None, Outcome(counted(0, INFINITE, limits), low=0, high=INFINITE)
    on, that = rule.says.get("on") or run.book.selection(rule.says["of"])[0].date, syntax.parse(rule.says["that"])
    ordered: Related = sorted((each for each in rows if isinstance(each[0].day(on), date)), key=lambda each: str(each[0].day(on)))
    loose = [each for each in rows if not isinstance(each[0].day(on), date)]
    ordered = after(run, rule, ordered, turn, unsure=bool(loose))
    told = [(row, held, holds(run, that, row, turn)) for row, held in ordered]
    if loose:
        more = [(row, held, holds(run, that, row, turn)) for row, held in loose]
        sure = any(held and true for _, held, true in (told if "since" in rule.says else [*told, *more]))
        low, high, window = int(sure), sum(true is not False for _, _, true in [*told, *more]), None
    else:
        low, (high, window) = least(told), greatest(told, on)
    return window, Outcome(counted(low, high, limits), low=low, high=high)


def holds(run: Run, tree: syntax.Tree, row: Row, turn: Turn) -> Truth:
    """Whether a predicate holds of a row, by whichever key it may mean."""
    found = {run.holds(tree, meant, turn.day) for meant in (row, *row.otherwise)}
    return found.pop() if len(found) == 1 else None


def after(run: Run, rule: Rule, rows: Related, turn: Turn, *, unsure: bool) -> Related:
    """The rows from the first of which `since` may hold; those before it certainly does only may count."""
    if "since" not in rule.says:
        return rows
    tree = syntax.parse(rule.says["since"])
    begun = [holds(run, tree, row, turn) for row, _ in rows]
    first = 0 if unsure else next((place for place, truth in enumerate(begun) if truth is not False), len(rows))
    sure = next((place for place, truth in enumerate(begun) if truth and rows[place][1]), len(rows))
    return [(row, held if place >= sure else None) for place, (row, held) in enumerate(rows) if place >= first]


def least(told: Told) -> int:
    """The longest run that is certain."""
    longest = current = 0
    for _, held, holds in told:
        current = 0 if holds is not True else current + 1 if held else current
        longest = max(longest, current)
    return longest


def greatest(told: Told, on: str | None) -> tuple[int, Window | None]:
    """The longest run that there may be, and its first and last day."""
    longest: list[Row] = []
    current: list[Row] = []
    for row, held, holds in told:
        if holds is not False:
            current = [*current, row]
        elif held:
            current = []
        longest = current if len(current) > len(longest) else longest
    first, last = (row.day(on) for row in (longest[0], longest[-1])) if longest else (None, None)
    return len(longest), (first, last) if isinstance(first, date) and isinstance(last, date) else None
