"""What a report says of a rule, whatever became of it."""

from __future__ import annotations

from checker.model.plan import IntegrityPlan, RulePlan
from checker.model.report import INTEGRITY, Columns, RuleSummary
from checker.model.words import Text


def face(rule: RulePlan | IntegrityPlan) -> RuleSummary:
    """The summary of a rule without counts."""
    if isinstance(rule, IntegrityPlan):
        columns = Columns(rule.kind, rule.record, rule.fields, rule.read, rule.target)
        tables = (rule.record, *([rule.target] if rule.target is not None else []))
        return RuleSummary(
            rule.id, rule.title, (), rule.severity, Text(), INTEGRITY, Text(), rule.title, columns=columns, tables=tables
        )
    return RuleSummary(
        id=rule.id,
        title=rule.title,
        cites=rule.cites,
        severity=rule.severity,
        remedy=rule.remedy,
        form=rule.form,
        noun=rule.noun,
        narrowing=rule.narrowing,
        restated=rule.restated,
        in_force=rule.in_force,
        origin=rule.origin,
        requires=rule.requires,
        verified=rule.verified,
        note=rule.note,
        tables=tuple(dict.fromkeys((rule.record, *rule.tables))),
        parts=tuple(map(face, rule.parts)),
    )
