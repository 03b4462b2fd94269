"""The evidence of a rule of whose rows none may be anybody's, or few: a subject's own rows are all that is behind its findings,
or these are looked for beside them."""

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
    """How many rows may be anybody's: no more than have such a cell, or all of them, if it is another table's."""
    if rule.linking is None:
        return None
    found = {cell: facts.adrift(*cell) for cell in rule.linking}
    if all(record == rule.related for (record, _), number in found.items() if number != 0):
        return None if None in found.values() else sum(filter(None, found.values()))
    table = facts.tables.get(rule.related or "")
    return None if table is None else table.rows
