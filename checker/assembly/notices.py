"""What is worth knowing of a run as such: a period or a day that can hardly be meant, and that nothing was judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from checker.errors import Problem
from checker.model.period import Period, Unit
from checker.model.plan import Plan, RulePlan
from checker.model.report import RuleSummary, Run
from checker.model.words import Verdict
from checker.run.session import Rule
from checker.words.message import Message, all_of, groups_of, message, one_of

_YEARLY = (Unit.YEAR, Unit.HALF, Unit.QUARTER)
"""The windows that `year_starts` moves, the longest first."""


_ALWAYS = (date(1950, 1, 1), date(2099, 12, 31))
"""The days of which a calendar tells that does not list its holidays one by one."""


def of_run(
    run: Run,
    plan: Plan,
    rules: Sequence[Rule],
    summaries: Sequence[RuleSummary],
    *,
    judged: bool,
    workdays: tuple[date, date] | None = None,
) -> Iterator[Problem]:
    """The notices on a run; `judged` says whether any of the rulebook's own rules judged anything.

    `workdays` are the first and the last day of which the calendar tells whether it is a working day.
    """
    if not judged:
        yield Problem("nothing-judged", _nothing_judged(plan, summaries), message("nothing-judged-fix"))
    if run.as_of < run.period.first:
        said = message("before-period", day=run.as_of, period=run.period)
        yield Problem("before-period", said, message("before-period-fix"))
    if workdays is not None and workdays != _ALWAYS:
        doubtful = {summary.id for summary in summaries if summary.count(Verdict.UNDETERMINED)}
        waiting = [rule.id for rule in rules if rule.id in doubtful and isinstance(rule, RulePlan) and _counts_workdays(rule)]
        if waiting:
            said = message("days-not-told", first=workdays[0], last=workdays[1], rules=all_of(waiting))
            yield Problem("days-not-told", said, message("days-not-told-fix"))
    asked = {rule.unit for rule in rules if isinstance(rule, RulePlan) and not rule.partial}
    meant = [_span(each) for each in fitting(run.period, plan.year_starts, asked)]
    if meant:
        said = message("calendar-period", period=run.period, month=f"{plan.year_starts:02d}")
        yield Problem("calendar-period", said, message("calendar-period-fix", meant=one_of(meant)))


def read_otherwise(asked: Period, period: Period, year_starts: int) -> Iterator[Problem]:
    """A notice of a year that is asked for by its number alone, and is not one of the calendar."""
    if period != asked and "/" not in asked.label:
        said = message("year-of-the-rulebook", said=asked.label, period=period, month=f"{year_starts:02d}")
        fix = message("year-of-the-rulebook-fix", calendar=_span(asked))
        yield Problem("year-of-the-rulebook", said, fix)


def _nothing_judged(plan: Plan, summaries: Sequence[RuleSummary]) -> Message:
    reasons = Counter[str]()
    for summary in summaries:
        reasons.update({reason.value: times for reason, times in summary.reasons})
    counted = [message("reason-counted", reason=message(reason), n=times) for reason, times in reasons.most_common()]
    said = message("nothing-judged-why", why=groups_of(counted)) if counted else message("nothing-judged")
    return message("so-no-standings", said=said) if plan.law.standings else said


def fitting(period: Period, year_starts: int, asked: Iterable[object]) -> tuple[Period, ...]:
    """The periods that can be meant where one is made of years of the calendar, and the rulebook counts others.

    So too of halves and quarters, where rules ask for them.
    """
    if year_starts == 1:
        return ()
    for unit in _YEARLY:
        if (unit is Unit.YEAR or unit in asked) and _made_of(period, unit, 1):
            if _made_of(period, unit, year_starts):
                return ()
            touched = period.windows(unit, period.last, year_starts, partial=True)
            if len(touched) > 1:
                spans = ((touched[0].first, touched[-2].last), (touched[1].first, touched[-1].last))
                return tuple(Period(first, last, f"{first}..{last}") for first, last in spans)
    return ()


def _counts_workdays(rule: RulePlan) -> bool:
    return any("working" in bound.text for bound in rule.bounds)


def _made_of(period: Period, unit: Unit, year_starts: int) -> bool:
    """Whether a period begins and ends with windows of that kind."""
    windows = period.windows(unit, period.last, year_starts)
    return bool(windows) and windows[0].first == period.first and windows[-1].last == period.last


def _span(period: Period) -> str:
    return f"{period.first:%Y-%m}..{period.last:%Y-%m}"
