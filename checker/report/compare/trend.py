"""How the figures of many reports move, as a paper: verdicts of each report, then rule by rule counts and rates, and charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from checker.errors import Place
from checker.model.words import Category, Text, Verdict
from checker.report.compare.diff import compared_json, report_text
from checker.report.compare.written import RuleFigures, Written
from checker.report.json_values import text_json
from checker.report.papers import Chart, Line, Paper
from checker.report.reading import refuse
from checker.report.say.wording import Wording
from checker.report.tables import Cell, Table
from checker.words.message import message

if TYPE_CHECKING:
    from checker.report.compare.json_shape import PointJson, TrendJson, TrendOfRuleJson

_DUE = (Verdict.VIOLATED, Verdict.UNDETERMINED, Verdict.WAIVED, Verdict.SATISFIED)
"""The verdicts on what was due: it was judged, and there is no more time."""
_MOST_LINES = 12
"""A chart with more lines cannot be read."""
_BARS = "▁▂▃▄▅▆▇█"
_NONE = "·"


@dataclass(frozen=True, slots=True)
class OfRule:
    """A rule, and its figures in each report; None where the report does not have it."""

    rule: RuleFigures
    points: tuple[RuleFigures | None, ...]

    @property
    def rates(self) -> tuple[Fraction | None, ...]:
        """How many of those that were due are satisfied, in each report."""
        return tuple(None if point is None else _rate(point) for point in self.points)

    @property
    def moved(self) -> Fraction:
        """How far the rate moved, from its least to its greatest value."""
        rates = [rate for rate in self.rates if rate is not None]
        return max(rates, default=Fraction(0)) - min(rates, default=Fraction(0))


def in_a_row(reports: Sequence[Written]) -> tuple[Written, ...]:
    """The reports in the order of time. Raises UsageError where they are on several rulebooks."""
    for each in reports:
        if each.rulebook != reports[0].rulebook:
            wrong = message("other-rulebook", name=each.rulebook, own=reports[0].rulebook)
            refuse("other-rulebook", wrong, message("other-rulebook-fix", own=reports[0].rulebook), Place(each.file))
    return tuple(sorted(reports, key=lambda each: (each.period.first, each.period.last, each.as_of)))


def trend_paper(reports: Sequence[Written], wording: Wording) -> Paper:
    """The paper on these reports, the earliest first."""
    rules = _rules(reports)
    last = reports[-1]
    title = last.title.in_(wording.language) or last.rulebook
    facts = [(wording("rulebook"), f"{title} ({last.rulebook})")]
    facts += [(str(number), report_text(each, wording)) for number, each in enumerate(reports, 1)]
    tables = [_reports(reports, wording), _by_rule(rules, wording), _standings(reports, wording)]
    return Paper(
        wording=wording,
        title=wording("trend-title"),
        facts=facts,
        tables=[table for table in tables if table.rows],
        said=(),
        data=_json(reports, rules),
        made=last.as_of,
        charts=_charts(reports, rules, wording),
    )


def _rate(rule: RuleFigures) -> Fraction | None:
    due = rule.count(*_DUE)
    return Fraction(rule.count(Verdict.SATISFIED), due) if due else None


def _rules(reports: Sequence[Written]) -> list[OfRule]:
    """The rules under which something was due in any report, in the order of the last one that has them."""
    latest = {rule.id: rule for report in reports for rule in report.rules}
    order = list(dict.fromkeys(rule.id for report in reversed(reports) for rule in report.rules))
    by_id = [{rule.id: rule for rule in report.rules} for report in reports]
    found = [OfRule(latest[name], tuple(each.get(name) for each in by_id)) for name in order]
    return [each for each in found if any(point is not None and point.count(*_DUE) for point in each.points)]


def _reports(reports: Sequence[Written], wording: Wording) -> Table:
    """How many findings of the rulebook's own rules have each verdict, in each report, and what share is satisfied."""
    rows: list[tuple[Cell, ...]] = []
    for report in reports:
        due = sum(report.count(verdict, Category.REGULATION) for verdict in _DUE)
        satisfied = report.count(Verdict.SATISFIED, Category.REGULATION)
        shown = [report.count(verdict, Category.REGULATION) for verdict in (Verdict.VIOLATED, Verdict.UNDETERMINED)]
        of_file = report.count(Verdict.VIOLATED, Category.DATA)
        rate = wording.percent(Fraction(satisfied, due)) if due else ""
        rows.append((wording.window(report.period), report.as_of, *shown, satisfied, rate, of_file))
    columns = ("column-period", "column-as-of", "violated", "undetermined", "satisfied", "column-rate", "column-of-the-file")
    return Table("trend-reports", columns, rows)


def _by_rule(rules: Sequence[OfRule], wording: Wording) -> Table:
    """What is not all satisfied in all reports: its violations and its rate, one report after the other."""
    rows: list[tuple[Cell, ...]] = []
    for each in rules:
        if all(rate in {None, Fraction(1)} for rate in each.rates):
            continue
        violated = [_NONE if point is None else wording.number(point.count(Verdict.VIOLATED)) for point in each.points]
        rates = [_NONE if rate is None else wording.percent(rate) for rate in each.rates]
        title = each.rule.title.in_(wording.language) or each.rule.id
        rows.append((title, each.rule.severity, " → ".join(violated), " → ".join(rates), _bars(each.rates)))
    return Table("trend-rules", ("column-rule", "column-severity", "violated", "column-rate", "column-course"), rows)


def _bars(rates: Sequence[Fraction | None]) -> str:
    """The rates as bars: the lowest is none, the highest all of them, and nothing less."""
    return "".join(_NONE if rate is None else _BARS[int(rate * (len(_BARS) - 1))] for rate in rates)


def _standings(reports: Sequence[Written], wording: Wording) -> Table:
    """How many bodies have each standing, one report after the other."""
    titles: dict[str, Text] = {}
    for report in reports:
        titles |= report.standing_titles
    names = dict.fromkeys(name for report in reversed(reports) for name in report.standings)
    rows: list[tuple[Cell, ...]] = [
        (
            titles.get(name, Text()).in_(wording.language) or (wording(name) if name == Verdict.UNDETERMINED else name),
            " → ".join(wording.number(report.standings.get(name, 0)) for report in reports),
        )
        for name in names
    ]
    return Table("standings", ("column-standing", "column-bodies"), rows)


def _charts(reports: Sequence[Written], rules: Sequence[OfRule], wording: Wording) -> list[Chart]:
    """How many violations there are, and how the rates move that move most."""
    points = _points(reports, wording)
    violated = [Fraction(report.count(Verdict.VIOLATED, Category.REGULATION)) for report in reports]
    moved = sorted((each for each in rules if each.moved), key=lambda each: -each.moved)[:_MOST_LINES]
    lines = [Line(each.rule.title.in_(wording.language) or each.rule.id, each.rates) for each in moved]
    charts = [Chart(wording("trend-violations"), points, [Line(wording("violated"), violated, share=False)])]
    return [*charts, *([Chart(wording("trend-rates"), points, lines)] if lines else [])]


def _points(reports: Sequence[Written], wording: Wording) -> list[str]:
    """What each report is about; of several about one period also as of which day."""
    names = [wording.window(report.period) for report in reports]
    return [
        name if names.count(name) == 1 else f"{name} ({wording.day(report.as_of)})"
        for name, report in zip(names, reports, strict=True)
    ]


def _json(reports: Sequence[Written], rules: Sequence[OfRule]) -> TrendJson:
    names = sorted({name for report in reports for name in report.standings})
    return {
        "format": "checker-trend",
        "version": 1,
        "rulebook": reports[-1].rulebook,
        "rulebook_title": text_json(reports[-1].title),
        "reports": list(map(compared_json, reports)),
        "rules": [_of_rule(each) for each in rules],
        "standings": {name: [report.standings.get(name, 0) for report in reports] for name in names},
    }


def _of_rule(each: OfRule) -> TrendOfRuleJson:
    return {
        "rule": each.rule.id,
        "title": text_json(each.rule.title),
        "category": each.rule.category,
        "severity": each.rule.severity,
        "points": [None if point is None else _point(point) for point in each.points],
    }


def _point(rule: RuleFigures) -> PointJson:
    rate = _rate(rule)
    counts = {verdict.value: n for verdict in Verdict if (n := rule.count(verdict))}
    return {"counts": counts, "due": rule.count(*_DUE), "rate": None if rate is None else str(rate)}
