"""Rules about a row's own cells are measured on those rows alone that do not plainly meet them."""

from __future__ import annotations

from checker.model.facts import Facts
from checker.model.plan import Plan, RulePlan


def unsettled_rows(plan: Plan, facts: Facts) -> Plan:
    """Sets the rows apart that do not plainly meet a rule, where the others need only be counted.

    A subject of which an exception may hold is a case of its own, also where the rule is met; and what is in doubt of a row is
    not told by its own cells.
    """
    asked = {name for law in plan.law.requirements for name in (law.rule, law.required)}

    def apart(rule: RulePlan) -> RulePlan:
        counted = facts.counts_met and not rule.kind.own_window and rule.id not in asked
        plain = rule.record in facts.submitted and rule.record not in facts.doubted | facts.excepted
        return rule._replace(apart=True) if counted and plain and rule.unsettled else rule

    return plan._replace(rules=tuple(map(apart, plan.rules)))
