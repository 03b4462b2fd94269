"""Which violations were violations in an earlier report too: repeated since the previous one, or known to a baseline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from checker.errors import Place, Problem
from checker.model.earlier import Earlier, Violation
from checker.model.law import Tally, atoms
from checker.model.period import Period
from checker.run import results
from checker.run.identity import identified, of_digest, of_key
from checker.run.session import Session
from checker.tables.schema import EARLIER
from checker.words.message import message

_PREVIOUS, _BASELINE = "previous", "baseline"


class EarlierReports(NamedTuple):
    """The reports that a run is compared with: for what is repeated, and for what is known."""

    previous: Earlier | None = None
    baseline: Earlier | None = None


def recognise(run: Session, earlier: EarlierReports) -> None:
    """Notes which findings are violations, or may be, of which the earlier reports tell too, once there are findings."""
    rows = list(_rows(run, earlier))
    if not rows:
        return
    run.engine.insert(EARLIER, rows)
    run.engine.run(results.RECOGNISE_COLUMNS)
    told = {row[2] for row in rows}
    keyless = {each.rule for report in earlier if report is not None for each in report.violations if each.digest is not None}
    concerned = {rule.record: False for rule in run.rules if rule.id in told}
    concerned |= {rule.record: True for rule in run.rules if rule.id in keyless}
    for plan in run.plan.records:
        # What is made of tables that were not submitted has no rows to be recognised.
        if plan.record.name in concerned and run.told(plan.record.name):
            rows_too = identified(plan.record, rows=concerned[plan.record.name])
            run.engine.run(results.RECOGNISE.format(record=plan.record.name, identified=rows_too))


def periods(earlier: EarlierReports) -> tuple[Period, ...]:
    """The periods since which violations may be repeated, the first of them first, as `recognised` numbers them."""
    return () if earlier.previous is None else tuple(sorted({each.since for each in earlier.previous.violations}))


def counts(run: Session) -> Mapping[tuple[int, str], int]:
    """How many violations of each rule are known from each report (`previous`, `baseline`)."""
    return {(rule, report): times for rule, report, times in run.engine.rows(results.RECOGNISED)}


def gone(run: Session, earlier: EarlierReports) -> tuple[Violation, ...]:
    """The violations of the baseline that are certainly none any more, of the rules that were judged, in the same period."""
    if earlier.baseline is None or earlier.baseline.period != run.period:
        return ()
    return tuple(earlier.baseline.violations[number] for (number,) in run.engine.rows(results.GONE))


def notices(run: Session, earlier: EarlierReports, *, concluded: bool) -> Iterator[Problem]:
    """What is worth knowing of the earlier reports, and of one that is missing."""
    if earlier.previous is None:
        if concluded and any(isinstance(atom, Tally) and atom.repeated for atom in atoms(run.plan.law)):
            yield Problem("no-previous", message("no-previous"), message("no-previous-fix"))
    elif earlier.previous.period != run.period and earlier.previous.period.last >= run.period.first:
        said = message("overlapping-period", earlier=earlier.previous.period, period=run.period)
        yield Problem("overlapping-period", said, message("overlapping-period-fix"), Place(earlier.previous.file))
    if earlier.baseline is not None and earlier.baseline.period != run.period:
        said = message("other-period", earlier=earlier.baseline.period, period=run.period)
        yield Problem("other-period", said, message("other-period-fix"), Place(earlier.baseline.file))
    for each in dict.fromkeys(report for report in earlier if report is not None):
        if each.rulebook_version != run.plan.version:
            said = message("other-version", version=each.rulebook_version, own=run.plan.version)
            yield Problem("other-version", said, message("other-version-fix"), Place(each.file))
        if unknown := sum(not violation.recognisable for violation in each.violations):
            said = message("unrecognised-rows", n=unknown)
            yield Problem("unrecognised-rows", said, message("unrecognised-rows-fix"), Place(each.file))
        if not each.complete:
            yield Problem("partial-report", message("partial-report"), message("partial-report-fix"), Place(each.file))


def _rows(run: Session, earlier: EarlierReports) -> Iterator[tuple[object, ...]]:
    """The violations of both reports. Of the previous one, if it is about another period, any window will do."""
    since = {period: number for number, period in enumerate(periods(earlier))}
    if earlier.previous is not None:
        same = earlier.previous.period == run.period
        for number, each, nth in _numbered(earlier.previous, anywhere=not same):
            yield _PREVIOUS, number, each.rule, _identity(each), each.window, since[each.since], not same, nth
    if earlier.baseline is not None:
        for number, each, nth in _numbered(earlier.baseline, anywhere=False):
            yield _BASELINE, number, each.rule, _identity(each), each.window, None, False, nth


def _identity(violation: Violation) -> str:
    return of_key(violation.subject) if violation.digest is None else of_digest(violation.digest)


def _numbered(earlier: Earlier, *, anywhere: bool) -> Iterator[tuple[int, Violation, int]]:
    """The violations by number, and the how-manieth each is of those that are alike, counted from 1.

    Where any window will do, these are all violations of one row.
    """
    alike: dict[tuple[object, ...], dict[object, int]] = defaultdict(dict)
    for number, each in enumerate(earlier.violations):
        if each.recognisable:
            window, row = (None, each.row) if anywhere else (each.window, number)
            numbers = alike[each.rule, _identity(each), window]
            yield number, each, numbers.setdefault(row, len(numbers) + 1)
