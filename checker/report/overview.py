"""What a reader wants to know first, as small tables: verdicts, standings, the rules with most breaches, what is due soon."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice

from checker.model.report import Report, RuleSummary
from checker.model.words import Severity, Verdict
from checker.report import ALL, Narrowing
from checker.report.check.text_standings import standing_counts
from checker.report.grouping import listed, of_verdict, rule_of
from checker.report.narrowing import concerns
from checker.report.say.wording import Wording
from checker.report.styles import STYLES
from checker.report.tables import Cell, Table, body_name

_SOON = timedelta(days=60)
_MOST = 10
_NAMED = 3


def overview(report: Report, wording: Wording, narrowing: Narrowing = ALL) -> Iterator[Table]:
    """The tables of the overview that have a row."""
    yield _verdicts(report)
    tables = (_severities(report), _standings(report, wording), _most_breached(report, wording, narrowing))
    yield from (table for table in tables if table.rows)


def soon_after(as_of: date) -> date:
    """The last day of what is due soon: 60 days after the day as of which is judged."""
    return min(as_of, date.max - _SOON) + _SOON


def due_soon(report: Report, wording: Wording, narrowing: Narrowing = ALL) -> Table:
    """What is due within 60 days after the day as of which is judged, or by the day that is asked for; the earliest first.

    What is due on one day under one rule is one row, however many bodies it concerns.
    """
    last = narrowing.due_by or soon_after(report.run.as_of)
    rule = rule_of(report)
    found: dict[tuple[date, str], list[str]] = defaultdict(list)
    for finding in listed(report, Verdict.PENDING):
        if finding.due is not None and finding.due <= last and concerns(finding.subject, narrowing):
            title = rule(finding.rule).title.in_(wording.language)
            found[finding.due, title].append(body_name(finding.subject, wording))
    rows = [(title, due, len(bodies), _few(bodies, wording)) for (due, title), bodies in sorted(found.items())]
    return Table("due-soon", ("column-rule", "due", "column-count", "column-body"), rows)


def _few(bodies: Iterable[str], wording: Wording) -> str:
    """The names of the first bodies, and how many more there are."""
    names = list(dict.fromkeys(bodies))
    more = len(names) - _NAMED
    return "; ".join([*names[:_NAMED], *([wording("more-bodies-counted", n=more)] if more > 0 else [])])


def still_due(report: Report, wording: Wording, narrowing: Narrowing = ALL) -> Table:
    """The rules under which something is still to come, how much, and the first day by which something of it is due."""
    first: dict[str, date] = {}
    listed: Counter[str] = Counter()
    for finding in of_verdict(report, Verdict.PENDING):
        listed[finding.rule] += finding.windows
        if finding.due is not None:
            first[finding.rule] = min(first.get(finding.rule, finding.due), finding.due)
    rows = [
        (rule.title.in_(wording.language), n, first.get(rule.id))
        for rule in report.rules
        if (n := rule.count(Verdict.PENDING) if narrowing.body is None else listed[rule.id])
    ]
    return Table("still-due", ("column-rule", "column-count", "column-next-due"), rows)


def _verdicts(report: Report) -> Table:
    """How many findings each verdict has: of the rulebook's own rules, and of those about the file."""
    counts: Counter[tuple[bool, Verdict]] = Counter()
    for rule in report.rules:
        for verdict, count in rule.counts:
            counts[rule.own, verdict] += count
    rows: list[tuple[Cell, ...]] = [(verdict, counts[True, verdict], counts[False, verdict]) for verdict in STYLES]
    return Table("verdicts", ("column-verdict", "column-own", "column-of-the-file"), rows)


def _severities(report: Report) -> Table:
    counts: Counter[Severity] = Counter()
    for rule in report.rules:
        if rule.own:
            counts[rule.severity] += rule.count(Verdict.VIOLATED)
    rows: list[tuple[Cell, ...]] = [(severity, counts[severity]) for severity in reversed(Severity) if counts[severity]]
    return Table("breaches-by-severity", ("column-severity", "column-count"), rows)


def _standings(report: Report, wording: Wording) -> Table:
    rows = [(title, count) for title, count in standing_counts(report, wording)]
    return Table("standings", ("column-standing", "column-bodies"), rows)


def most_breached(report: Report, narrowing: Narrowing = ALL) -> Iterator[tuple[RuleSummary, int]]:
    """The rulebook's own rules that are violated, with how often; the most often first. Of one body what is listed of it."""
    listed = Counter(finding.rule for finding in of_verdict(report, Verdict.VIOLATED)) if narrowing.body is not None else None
    counts = ((rule, rule.count(Verdict.VIOLATED) if listed is None else listed[rule.id]) for rule in report.rules if rule.own)
    breached = [(rule, n) for rule, n in counts if n]
    yield from sorted(breached, key=lambda each: -each[1])


def _most_breached(report: Report, wording: Wording, narrowing: Narrowing) -> Table:
    rows = [(rule.title.in_(wording.language), rule.severity, n) for rule, n in islice(most_breached(report, narrowing), _MOST)]
    return Table("most-breached", ("column-rule", "column-severity", "column-count"), rows)
