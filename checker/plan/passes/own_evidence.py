"""The evidence of a rule of whose rows none may be anybody's: a subject's own rows are all that is behind its findings."""

from __future__ import annotations

from checker.model.facts import Facts
from checker.model.plan import Plan, RulePlan


def own_evidence(plan: Plan, facts: Facts) -> Plan:
    """Looks for no rows that may be anybody's behind findings, where there are none."""

    def simpler(rule: RulePlan) -> RulePlan:
        known = rule.linking is not None and all(facts.known(*cell) for cell in rule.linking)
        rule = rule._replace(strays=False) if known else rule
        return rule._replace(parts=tuple(map(simpler, rule.parts))) if rule.parts else rule

    return plan._replace(rules=tuple(map(simpler, plan.rules)))
