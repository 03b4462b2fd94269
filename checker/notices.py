"""What is worth knowing of a run as such: a period or a day that can hardly be meant, and that nothing was judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from checker.errors import Problem
from checker.measure.run import Rule
from checker.model.period import Period, Unit
from checker.model.plan import Plan, RulePlan
from checker.model.report import RuleSummary, Run
from checker.report.wording import Wording

_YEARLY = (Unit.YEAR, Unit.HALF, Unit.QUARTER)
"""The windows that `year_starts` moves, the longest first."""


def of_run(run: Run, plan: Plan, rules: Iterable[Rule], summaries: Sequence[RuleSummary], *, judged: bool) -> Iterator[Problem]:
    """The notices on a run, in its language; `judged` says whether any of the rulebook's own rules judged anything."""
    wording = Wording(run.language)
    if not judged:
        reasons = Counter[str]()
        for summary in summaries:
            reasons.update({wording(reason.value): times for reason, times in summary.reasons})
        why = "; ".join(f"{reason}: {times}" for reason, times in reasons.most_common())
        concluded = wording("notice-no-standings") if plan.law.standings else ""
        yield _notice(wording, "nothing-judged", why=f" ({why})" if why else "", concluded=concluded)
    if run.as_of < run.period.first:
        yield _notice(wording, "before-period", day=run.as_of.isoformat(), period=run.period.label)
    asked = {rule.unit for rule in rules if isinstance(rule, RulePlan) and not rule.partial}
    meant = [_span(each) for each in fitting(run.period, plan.year_starts, asked)]
    if meant:
        either = wording("notice-or").join(meant)
        yield _notice(wording, "calendar-period", period=run.period.label, month=f"{plan.year_starts:02d}", meant=either)


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


def _made_of(period: Period, unit: Unit, year_starts: int) -> bool:
    """Whether a period begins and ends with windows of that kind."""
    windows = period.windows(unit, period.last, year_starts)
    return bool(windows) and windows[0].first == period.first and windows[-1].last == period.last


def _span(period: Period) -> str:
    return f"{period.first:%Y-%m}..{period.last:%Y-%m}"


def _notice(wording: Wording, code: str, **values: object) -> Problem:
    return Problem(code, wording(f"notice-{code}", **values), wording(f"notice-{code}-fix", **values))
