"""From a rulebook to statements: every rule a logical query in trees, printed once, before any data is read.

What is compiled has the whole meaning, whatever is submitted. Once it is known what a submission is like, the `PASSES` have
the plan say the same in less time, one after the other; without any of them verdicts are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from checker.plan.passes.known_rows import known_rows
from checker.plan.passes.one_key import one_key
from checker.plan.passes.own_evidence import own_evidence
from checker.plan.passes.shared_scans import shared_scans
from checker.plan.passes.unsettled_rows import unsettled_rows

if TYPE_CHECKING:
    from checker.model.facts import Facts
    from checker.model.plan import Plan

Pass = Callable[["Plan", "Facts"], "Plan"]

PASSES: dict[str, Pass] = {each.__name__: each for each in (one_key, known_rows, own_evidence, shared_scans, unsettled_rows)}
"""The passes by name, in their order."""


def optimised(plan: Plan, facts: Facts, without: Collection[str] = ()) -> Plan:
    """The plan after all passes but those that are to be left out."""
    for name, each in PASSES.items():
        plan = plan if name in without else each(plan, facts)
    return plan
