"""Why a finding is what it is: the rule in plain words, the steps of the rule engine, and the command that tells all."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker.model.law import Firing
from checker.model.report import Finding, RuleSummary
from checker.report.grouping import grouped, is_submission
from checker.report.say.reasoning import facts_text
from checker.report.say.windows import window_names
from checker.report.say.wording import Wording


@dataclass(frozen=True, slots=True)
class Step:
    """A rule of the engine that fired, what it was given, and what follows."""

    name: str
    given: tuple[str, ...]
    then: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """What the rule engine did, and, where it did something else in other windows, the windows in which it did so."""

    windows: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """Why a finding is what it is; `ask` is the command that lists every row."""

    restated: str
    reasoning: tuple[Steps, ...]
    ask: str


def why_of(findings: Sequence[Finding], rule: RuleSummary, submission: str, wording: Wording) -> Why | None:
    """Why findings of one subject are what they are; nothing of cells that are to be corrected, where the cell says it all."""
    if not rule.own:
        return None
    return Why(
        restated=rule.restated.in_(wording.language),
        reasoning=tuple(_reasoning(findings, rule, wording)),
        ask=_command(findings, submission),
    )


def _reasoning(findings: Sequence[Finding], rule: RuleSummary, wording: Wording) -> Iterator[Steps]:
    groups = [(steps, some) for steps, some in grouped(findings, lambda finding: finding.steps) if steps]
    for steps, some in groups:
        windows = window_names((each.window for each in some if each.window is not None), wording) if len(groups) > 1 else ""
        yield Steps(windows, tuple(_step(firing, rule, wording) for firing in steps))


def _step(firing: Firing, rule: RuleSummary, wording: Wording) -> Step:
    given, then = (tuple(facts_text(facts, wording, about=rule.id)) for facts in (firing.given, firing.then))
    return Step(wording(firing.rule), given, then)


def _command(findings: Sequence[Finding], submission: str) -> str:
    """The command that explains the finding; a subject without an id cannot be asked about alone."""
    finding = findings[0]
    subject = finding.subject
    without = is_submission(subject) or subject.id == f"row {subject.row}"
    named = [] if without else [f"{subject.record}:{subject.id}"]
    window = [] if len(findings) > 1 or finding.window is None else ["--window", finding.window.label]
    return shlex.join(["checker", "explain", finding.rule, *named, "--in", submission, *window])
