"""What a report says of a rule, whatever became of it."""

from __future__ import annotations

from checker.model.plan import IntegrityPlan, RulePlan
from checker.model.report import RuleSummary
from checker.model.words import Text


def face(rule: RulePlan | IntegrityPlan) -> RuleSummary:
    """The summary of a rule without counts."""
    if isinstance(rule, IntegrityPlan):
        return RuleSummary(rule.id, rule.title, (), rule.severity, Text(), "integrity", Text(), rule.title)
    return RuleSummary(
        rule.id, rule.title, rule.cites, rule.severity, rule.remedy, rule.form, rule.noun, rule.restated, rule.in_force
    )
