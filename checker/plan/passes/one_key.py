"""Rules by which no row can be the same subject's twice: no reference of a row almost matches several keys."""

from __future__ import annotations

from typing import TypeVar

from checker.model.facts import Facts
from checker.model.indicator_plan import IndicatorPlan
from checker.model.plan import Plan, RulePlan

_Measured = TypeVar("_Measured", RulePlan, IndicatorPlan)


def one_key(plan: Plan, facts: Facts) -> Plan:
    """Measures by one way from a row to its subject, where no row has several."""
    rules, indicators = (_simpler(each, facts) for each in plan.rules), (_simpler(each, facts) for each in plan.indicators)
    return plan._replace(rules=tuple(rules), indicators=tuple(indicators))


def _simpler(each: _Measured, facts: Facts) -> _Measured:
    if each.one_key is None:
        return each
    reference, query = each.one_key
    return each if (each.related, reference) in facts.several else each._replace(measure=query)
