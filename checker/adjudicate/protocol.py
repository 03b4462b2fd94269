"""What an adjudicator is: who gives the verdicts under the law of one rulebook, and what none accepts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from checker.errors import EngineError, Problem
from checker.model.law import BodyCase, Case, Law, Pronouncement, Ruling
from checker.words.message import message


class Adjudicator(Protocol):
    """Reasons from outcomes to verdicts, and from verdicts to standings, under the law it was made with."""

    @property
    def name(self) -> str:
        """What judges, with its version, as reports name it."""

    def adjudicate(self, case: Case) -> Ruling:
        """Gives the verdict on every matter of the case, and the steps to it."""

    def pronounce(self, case: BodyCase) -> Pronouncement:
        """Gives the first standing whose condition holds, `undetermined` where that is not certain, and the steps to it."""


def refuse_unknown_exceptions(law: Law, case: Case) -> None:
    """Raises EngineError where a case names an exception that the law does not have."""
    _refuse("exception", (exception for exception, _ in case.holds), (exception.id for exception in law.exceptions))


def refuse_unknown_rules(law: Law, case: BodyCase) -> None:
    """Raises EngineError where a case names a rule that the law does not have."""
    _refuse("rule", (rule for rule, _, _ in case.findings), (rule for rule, _ in law.rules))


def fault(what: str) -> EngineError:
    """The error of an adjudicator that contradicts itself, or is asked for what cannot be."""
    return EngineError(Problem("rule-engine", message("rule-engine", fault=what), message("rule-engine-fix")))


def _refuse(kind: str, named: Iterable[str], known: Iterable[str]) -> None:
    if unknown := sorted(set(named).difference(known)):
        raise fault(f"a case names {kind}s that the law does not have: {', '.join(unknown)}")
