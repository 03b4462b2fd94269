"""Rules of whose rows it is known whose each of them is, and when: none may be anybody's, or of any window."""

from __future__ import annotations

from typing import TypeVar

from checker.model.facts import Facts
from checker.model.indicator_plan import IndicatorPlan
from checker.model.plan import Plan, RulePlan

_Measured = TypeVar("_Measured", RulePlan, IndicatorPlan)


def known_rows(plan: Plan, facts: Facts) -> Plan:
    """Measures without a search for rows that may be anybody's, where the tables are there and no such row is."""
    rules, indicators = (_simpler(each, facts) for each in plan.rules), (_simpler(each, facts) for each in plan.indicators)
    return plan._replace(rules=tuple(rules), indicators=tuple(indicators))


def _simpler(each: _Measured, facts: Facts) -> _Measured:
    known = facts.submitted.issuperset(each.tables) and all(facts.known(*cell) for cell in each.certain)
    return each._replace(measure=each.plain) if each.plain is not None and known else each
