"""The evidence of a rule of whose rows none may be anybody's, or few: a subject's own rows are all that is behind its findings.

The few are looked for beside them, and not by themselves.
"""

from __future__ import annotations

from checker.model.facts import Facts
from checker.model.plan import Plan, RulePlan


def own_evidence(plan: Plan, facts: Facts) -> Plan:
    """Says how many rows may be anybody's, at most, where that is known."""

    def simpler(rule: RulePlan) -> RulePlan:
        rule = rule._replace(strays=_strays(rule, facts))
        return rule._replace(parts=tuple(map(simpler, rule.parts))) if rule.parts else rule

    return plan._replace(rules=tuple(map(simpler, plan.rules)))


def _strays(rule: RulePlan, facts: Facts) -> int | None:
    """How many rows may be anybody's: no more than have such a cell.

    Of a subject whose own cell may be anything any row may be, and so may all that is below a node of a tree whose place is
    not known: there the number is not.
    """
    adrift = {cell: facts.adrift(*cell) for cell in rule.linking or ()}
    known = rule.linking is not None and all(
        number == 0 or (record == rule.related and rule.climbs is None) for (record, _), number in adrift.items()
    )
    return sum(filter(None, adrift.values())) if known and None not in adrift.values() else None
