"""Which adjudicator judges: durable-rules, and where that cannot be had, or on demand, the reference."""

from __future__ import annotations

import os
from functools import lru_cache
from importlib import import_module
from typing import Final

from checker.adjudicate.durable.inference import refuse_what_does_not_fit
from checker.adjudicate.durable.strata import of_law
from checker.adjudicate.protocol import Adjudicator
from checker.errors import Problem, UsageError
from checker.model.law import Law
from checker.words.message import message

CHOICE: Final = "CHECKER_ADJUDICATOR"
"""The variable of the environment that names who is to judge: durable-rules or reference."""

_DURABLE, _REFERENCE = "durable-rules", "reference"


def adjudicator_of(law: Law) -> Adjudicator:
    """The adjudicator under that law, made once in a process.

    Both accept the same laws, those for which the rule engine has room, so that a rulebook is good everywhere or nowhere.
    Raises EngineError where the law does not fit, and UsageError where the adjudicator that the environment names cannot be had.
    """
    return _of(law, chosen())


def chosen() -> str:
    """Who judges. Raises UsageError where the environment names an adjudicator that is unknown or cannot be had."""
    asked, missing = os.environ.get(CHOICE) or None, why_not_durable()
    if asked not in {None, _DURABLE, _REFERENCE}:
        wrong = message("adjudicator-unknown", name=str(asked), variable=CHOICE)
        raise UsageError(Problem("adjudicator-unknown", wrong, message("adjudicator-unknown-fix")))
    if asked == _DURABLE and missing is not None:
        wrong = message("adjudicator-missing", variable=CHOICE, why=missing)
        raise UsageError(Problem("adjudicator-missing", wrong, message("adjudicator-missing-fix")))
    return asked or (_DURABLE if missing is None else _REFERENCE)


@lru_cache(maxsize=1)
def why_not_durable() -> str | None:
    """Why durable-rules cannot judge here; None where it can."""
    try:
        import_module("checker.adjudicate.durable.engine")
    except ImportError as error:
        return str(error)
    return None


@lru_cache(maxsize=16)
def _of(law: Law, name: str) -> Adjudicator:
    if name == _DURABLE:
        from checker.adjudicate.durable.network import Network  # noqa: PLC0415 -- imports what may not be there

        return Network(law)
    from checker.adjudicate.reference import Reference  # noqa: PLC0415 -- only where it judges

    inferences, _ = of_law(law)
    refuse_what_does_not_fit(inferences)
    return Reference(law)
