"""Cases that were tried, for people: those that do not come out as stated, and which verdicts have a case, if asked for."""

from __future__ import annotations

from typing import TextIO

from checker.model.words import Verdict
from checker.report import Presentation
from checker.report.page import Page
from checker.trials import Trial, Trials
from checker.trials.said import failure_text, missing_text


def write(tried: Trials, stream: TextIO, presentation: Presentation) -> None:
    """Writes what fails, then the coverage, then how many cases there are."""
    page = Page(stream, presentation.width, colour=False)
    for trial in tried.failed:
        _failed(trial, page)
    _coverage(tried, page, quiet=presentation.brief)
    if presentation.brief:
        return
    cases, rules = len(tried.trials), len({trial.case.rule for trial in tried.trials})
    said = f"{cases} {'case' if cases == 1 else 'cases'} of {rules} {'rule' if rules == 1 else 'rules'}"
    page.line(f"{tried.rulebook}: {said}, {len(tried.failed) or 'none'} not as stated")


def _failed(trial: Trial, page: Page) -> None:
    page.line(f"{trial.case.place}: {trial.case.rule}: {trial.case.name}", hang=2)
    for failure in trial.failures:
        page.line(failure_text(failure), indent=2, hang=2)
        if failure.message:
            page.line(failure.message, indent=4, hang=2)
    page.blank()


def _coverage(tried: Trials, page: Page, *, quiet: bool) -> None:
    shown = [each for each in tried.coverage if each.missing or each.further or not quiet]
    width = max((len(each.rule) for each in shown), default=0)
    for each in shown:
        marks = [verdict.value for verdict in Verdict if verdict in each.expected]
        said = ", ".join(marks) or "no case"
        page.labelled(each.rule, said, column=width + 2)
        if each.missing:
            page.line(f"{each.place}: {missing_text(each)}", indent=2, hang=2)
        if each.further:
            page.line(f"it can also be {' or '.join(each.further)}, and no case is", indent=2, hang=2)
    if shown:
        page.blank()
