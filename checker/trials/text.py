"""Cases that were tried, for people: those that do not come out as stated, and which verdicts have a case, if asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from checker.report import Presentation
from checker.report.page import Page
from checker.trials import Trial, Trials
from checker.trials.said import expected_text, failure_text, further_text, missing_text
from checker.words.message import Message, Words, all_of, message


def write(tried: Trials, stream: TextIO, presentation: Presentation) -> None:
    """Writes what fails, then the coverage, then how many cases there are."""
    page, words = Page(stream, presentation.width, colour=False), Words(presentation.language)
    for trial in tried.failed:
        _failed(trial, page, words)
    _coverage(tried, page, words, quiet=presentation.brief)
    if presentation.brief:
        return
    values = {
        "rulebook": tried.rulebook,
        "cases": message("trial-cases", n=len(tried.trials)),
        "rules": all_of(_tried(tried)),
    }
    failed = len(tried.failed)
    page.line(words("trial-not-as-stated", n=failed, **values) if failed else words("trial-all-as-stated", **values))


def _tried(tried: Trials) -> Iterator[Message]:
    """Of how many rules, and indicators, there are cases."""
    rules = {trial.case.rule for trial in tried.trials}
    indicators = {trial.case.rule for trial in tried.trials if trial.case.of_indicator}
    if rules > indicators or not rules:
        yield message("trial-rules", n=len(rules - indicators))
    if indicators:
        yield message("trial-indicators", n=len(indicators))


def _failed(trial: Trial, page: Page, words: Words) -> None:
    page.line(f"{trial.case.place}: {trial.case.rule}: {trial.case.name}", hang=2)
    for failure in trial.failures:
        page.line(failure_text(failure, words), indent=2, hang=2)
        if failure.message:
            page.line(failure.message, indent=4, hang=2)
    page.blank()


def _coverage(tried: Trials, page: Page, words: Words, *, quiet: bool) -> None:
    shown = [each for each in tried.coverage if each.lacking or each.further or not quiet]
    width = max((len(each.rule) for each in shown), default=0)
    for each in shown:
        page.labelled(each.rule, expected_text(each, words), column=width + 2)
        if each.lacking:
            page.line(f"{each.place}: {missing_text(each, words)}", indent=2, hang=2)
        if each.further:
            page.line(further_text(each, words), indent=2, hang=2)
    if shown:
        page.blank()
