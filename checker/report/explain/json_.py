"""An explanation as JSON: one object, every number exact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TextIO

from checker.model.accepted import accepted_by
from checker.model.explanation import (
    Exemption,
    ExplainedValue,
    Explanation,
    Judgement,
    Limit,
    RuleAccount,
    Selection,
    SubjectAccount,
    Verdicts,
)
from checker.model.law import Firing, Stated
from checker.model.report import Unlisted
from checker.model.words import Verdict
from checker.report import Presentation
from checker.report.check.json_ import (
    finding_json,
    indicator_json,
    named_json,
    rule_json,
    run_json,
    source_json,
    value_json,
    write_members,
)
from checker.report.grouping import deciding_rows
from checker.report.json_values import (
    amount_json,
    day_json,
    evidence_json,
    period_json,
    place_json,
    problem_json,
    required_json,
    subject_json,
    text_json,
)
from checker.report.say.bounds import shortfall
from checker.report.say.message import describe
from checker.report.say.wording import Wording

if TYPE_CHECKING:
    from checker.report.explain.json_shape import (
        ExceptionJson,
        ExplainedFindingJson,
        ExplainedRuleJson,
        ExplainedSubjectJson,
        ExplainedValueJson,
        ExplanationJson,
        FactJson,
        FiringJson,
        ParameterJson,
        SelectionJson,
        VerdictsJson,
    )
    from checker.report.unmet.json_shape import ShortfallJson

NAME: Final = "checker-explanation"
VERSION: Final = 1
"""Raised whenever a key changes its meaning or goes away; new keys may come without."""


def write(explanation: Explanation, stream: TextIO, presentation: Presentation) -> None:  # noqa: ARG001 -- as all formats
    """Writes the explanation as JSON."""
    wording = Wording(explanation.language)
    members: ExplanationJson = {
        "format": NAME,
        "version": VERSION,
        "run": None if explanation.run is None else run_json(explanation.run),
        "rule": _rule(explanation.rule),
        "indicator": None if explanation.indicator is None else indicator_json(explanation.indicator),
        "verdicts": map(_verdicts, explanation.verdicts),
        "subjects": (_subject(account, explanation) for account in explanation.subjects),
        "queries": [{"role": query.role, "sql": query.sql} for query in explanation.queries],
        "problems": (problem_json(each, wording) for each in explanation.problems),
    }
    write_members(members, stream)


def _rule(rule: RuleAccount) -> ExplainedRuleJson:
    return {
        **rule_json(rule.summary),
        "clauses": [{"cites": clause.cites, "source": source_json(clause.source)} for clause in rule.clauses],
        "judged": None if rule.judged is None else _selection(rule.judged),
        "counted": None if rule.counted is None else _selection(rule.counted),
        "counted_by_parts": [None if each.counted is None else _selection(each.counted) for each in rule.parts],
        "reads": list(rule.reads),
        "accepted": list(map(required_json, accepted_by(rule.summary))),
        "parameters": [_limit(limit) for limit in rule.limits],
        "exceptions": [_exemption(exemption) for exemption in rule.exemptions],
        "examples": [
            {"name": example.name, "expects": list(example.expects), "place": place_json(example.place)}
            for example in rule.examples
        ],
    }


def _selection(selection: Selection) -> SelectionJson:
    return {
        "title": text_json(selection.title),
        "record": text_json(selection.record),
        "predicates": list(selection.predicates),
        "found_by": selection.found_by,
        "below": selection.below,
        "dated_by": selection.dated_by,
    }


def _limit(limit: Limit) -> ParameterJson:
    values = limit.values
    return {
        "name": limit.name,
        "values": [{"value": value.text, "from": day_json(value.first), "cites": value.cites} for value in values],
    }


def _exemption(exemption: Exemption) -> ExceptionJson:
    return {
        "id": exemption.id,
        "title": text_json(exemption.title),
        "cites": list(exemption.cites),
        "when": exemption.when,
        "displaces": list(exemption.displaces),
        "by": exemption.by,
        "brings_in": exemption.brings_in,
    }


def _verdicts(said: Verdicts) -> VerdictsJson:
    return {
        "verdict": said.verdict,
        "reason": said.reason,
        "because": said.because,
        "findings": said.findings,
        "subjects": [subject_json(subject) for subject in said.subjects],
        "subjects_left_out": said.more,
    }


def _subject(account: SubjectAccount, explanation: Explanation) -> ExplainedSubjectJson:
    return {
        "subject": subject_json(account.subject),
        "conditions": [
            {"predicate": condition.predicate, "holds": condition.holds, "cells": dict(condition.cells)}
            for condition in account.conditions
        ],
        "exceptions": [
            {"id": exempted.id, "truth": exempted.truth, "cells": dict(exempted.cells)} for exempted in account.exemptions
        ],
        "findings": [_finding(judgement, explanation) for judgement in account.judgements],
        "values": [_value(each, explanation) for each in account.values],
        "not_due": [{"window": period_json(window), "reason": reason} for window, reason in account.not_due],
    }


def _value(each: ExplainedValue, explanation: Explanation) -> ExplainedValueJson:
    part, whole = each.value.ratio or (None, None)
    listed = each.behind.evidence[: explanation.rows]
    return {
        **value_json(each.value),
        "part": None if part is None else [*map(amount_json, part)],
        "whole": None if whole is None else [*map(amount_json, whole)],
        "named": list(map(named_json, each.behind.named)),
        "evidence": [evidence_json(row) for row in listed],
        "evidence_left_out": len(each.behind.evidence) - len(listed),
    }


def _finding(judgement: Judgement, explanation: Explanation) -> ExplainedFindingJson:
    finding = judgement.finding
    wording = Wording(explanation.run.language if explanation.run is not None else "", explanation.names)
    listed = finding.evidence[: explanation.rows]
    message = describe(finding, explanation.rule.summary, wording)
    deciding = {row.row for row in deciding_rows([finding])} - {row.row for row in listed}
    unlisted = Unlisted(frozenset(row for row in deciding if row is not None))
    cut = finding._replace(evidence=listed, evidence_left_out=len(finding.evidence) - len(listed), could_decide_unlisted=unlisted)
    return {
        **finding_json(cut, explanation.rule.summary, message, wording),
        "shortfall": _shortfall(judgement),
        "firings": [_firing(firing) for firing in judgement.firings],
    }


def _shortfall(judgement: Judgement) -> ShortfallJson | None:
    found = None if judgement.finding.verdict is Verdict.NOT_APPLICABLE else shortfall(judgement.finding)
    return None if found is None else {"n": found.n, "excess": found.excess, "whole": found.whole}


def _firing(firing: Firing) -> FiringJson:
    return {
        "rule": firing.rule,
        "given": [_fact(fact) for fact in firing.given],
        "then": [_fact(fact) for fact in firing.then],
    }


def _fact(fact: Stated) -> FactJson:
    return {"kind": fact.kind, "fields": dict(fact.fields)}
