"""Rules that find their rows by one reference share one scan of these, in which most rows are folded (docs/decisions/0026)."""

from __future__ import annotations

from checker.model.facts import Facts
from checker.model.plan import Plan, RulePlan


def shared_scans(plan: Plan, facts: Facts) -> Plan:
    """Measures rules on shared scans, where both tables are there and the subjects were counted."""

    def sharing(rule: RulePlan) -> RulePlan:
        if rule.shareable is None:
            return rule
        subject, related = rule.shareable.gathering.subject, rule.shareable.gathering.related
        there = {subject, related} <= facts.submitted and subject in facts.tables
        return rule._replace(shared=rule.shareable) if there else rule

    return plan._replace(rules=tuple(map(sharing, plan.rules)))
