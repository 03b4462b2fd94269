"""The heat map: which body kept its monthly, or quarterly, duties in which window."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from checker.model.period import Period, Unit
from checker.model.report import Finding, Report
from checker.model.words import GRAVEST, Verdict
from checker.report.grouping import Body, body_text
from checker.report.say.fields import title_of
from checker.report.say.wording import Wording

_UNITS = (Unit.MONTH, Unit.QUARTER)
_AMISS = {Verdict.VIOLATED, Verdict.UNDETERMINED, Verdict.WAIVED}
_MOST_ROWS = 150
_MOST_COLUMNS = 60


@dataclass(frozen=True, slots=True)
class Cell:
    """The gravest verdict on a body in a window, how many findings have it, and the rules they are about."""

    verdict: Verdict | None
    count: int = 0
    said: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A body and its cells, one for each column."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Bodies by windows. Bodies that have done all they had to so far are counted in `kept`; `left_out` others do not fit."""

    unit: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    kept: int
    left_out: int


Cells = Mapping[tuple[Body, Period], list[tuple[Verdict, str]]]


def heat_maps_of(report: Report, wording: Wording) -> tuple[HeatMap, ...]:
    """A map of the monthly rules and one of the quarterly ones, where there are such rules and anything was amiss."""
    maps = (_map(_cells(report, unit), unit, wording) for unit in _UNITS)
    return tuple(each for each in maps if each is not None)


def _map(cells: Cells, unit: Unit, wording: Wording) -> HeatMap | None:
    columns = sorted({window for _, window in cells})[-_MOST_COLUMNS:]
    of_body: dict[Body, dict[Period, Cell]] = defaultdict(dict)
    for (body, window), found in cells.items():
        of_body[body][window] = _cell(found, window, wording)
    amiss = sorted(body for body, row in of_body.items() if any(cell.verdict in _AMISS for cell in row.values()))
    if not amiss:
        return None
    none = Cell(None)
    rows = (Row(body_text(body), tuple(of_body[body].get(column, none) for column in columns)) for body in amiss[:_MOST_ROWS])
    left_out = max(len(amiss) - _MOST_ROWS, 0)
    names = tuple(_short(column, wording) for column in columns)
    return HeatMap(unit.value, names, tuple(rows), len(of_body) - len(amiss), left_out)


def _short(window: Period, wording: Wording) -> str:
    """The name of a window at the head of a narrow column."""
    first, last = (wording.day(day, "pattern-month-short") for day in (window.first, window.last))
    return first if first == last else f"{first} – {last}"


def _cell(found: Iterable[tuple[Verdict, str]], window: Period, wording: Wording) -> Cell:
    """The gravest of the verdicts."""
    told = list(found)
    gravest = min((verdict for verdict, _ in told), key=GRAVEST.index)
    rules = [rule for verdict, rule in told if verdict is gravest]
    titles = (title_of(rule, wording) for rule in dict.fromkeys(rules))
    named = "; ".join(titles) if gravest is not Verdict.SATISFIED else ""
    return Cell(gravest, len(rules), f"{wording.window(window)}: {wording(gravest.value)}" + (f" ({named})" if named else ""))


def _cells(report: Report, unit: Unit) -> Cells:
    """The verdicts of rules with such windows, by body and window."""
    cells: dict[tuple[Body, Period], list[tuple[Verdict, str]]] = defaultdict(list)
    for (rule, body, _), findings in _by_subject(report).items():
        if not any(_windows(finding, unit) for finding in findings):
            continue
        single = {window: each.verdict for each in findings if each.windows == 1 for window in _windows(each, unit)}
        for window, verdict in single.items():
            cells[body, window].append((verdict, rule))
        for finding in findings:
            spanned = [window for window in _cut(finding.window, unit) if window not in single] if finding.windows > 1 else []
            # Where others are in its span too, which of them the finding stands for is not told.
            if len(spanned) == finding.windows:
                for window in spanned:
                    cells[body, window].append((finding.verdict, rule))
    return cells


def _by_subject(report: Report) -> Mapping[tuple[str, Body, str], list[Finding]]:
    groups: dict[tuple[str, Body, str], list[Finding]] = defaultdict(list)
    own = {rule.id for rule in report.rules if rule.own}
    for finding in report.findings:
        if finding.rule in own and finding.subject.path and (finding.measured is None or not finding.measured.kind.own_window):
            groups[finding.rule, finding.subject.path, finding.subject.id].append(finding)
    return groups


def _windows(finding: Finding, unit: Unit) -> tuple[Period, ...]:
    """The windows in which a finding was judged, if they are such; several tell what they are only if they fill their span."""
    windows = _cut(finding.window, unit)
    return windows if len(windows) == finding.windows else ()


@lru_cache(maxsize=1000)
def _cut(span: Period | None, unit: Unit) -> tuple[Period, ...]:
    """The span of a finding in such windows, counted from its first month, if they fill it; asked again and again of few."""
    if span is None or span.first.day != 1:
        return ()
    windows = span.windows(unit, span.last, span.first.month)
    if not windows or windows[-1].last != span.last:
        return ()
    return tuple(Period(each.first, each.last, _label(each)) for each in windows)


def _label(window: Period) -> str:
    """A name that is the same in a financial year as in any other."""
    first, last = window.first, window.last
    return f"{first:%Y-%m}" if (first.year, first.month) == (last.year, last.month) else f"{first:%Y-%m}..{last:%Y-%m}"
