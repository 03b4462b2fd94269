"""The report as JSON: one object, one finding a line, every number exact."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final, TextIO

from checker.model.indicators import Indicator, IndicatorValue, NamedValue
from checker.model.law import Source
from checker.model.report import Account, Conflict, Finding, Report, RuleSummary, Run, Standing
from checker.model.waivers import Waiver, WaiverUse
from checker.model.words import Category, Verdict
from checker.report import Presentation
from checker.report.check.json_earlier import baseline_json, previous_json, since_json
from checker.report.corrections import corrections_of
from checker.report.exit import presented_exit
from checker.report.json_corrections import fault_json, missing_json
from checker.report.json_settling import settling_json, settling_of_json
from checker.report.json_values import (
    amount_json,
    day_json,
    evidence_json,
    measured_json,
    period_json,
    place_json,
    problem_json,
    required_json,
    subject_json,
    text_json,
)
from checker.report.narrowing import narrowed
from checker.report.say.message import describe
from checker.report.say.places import Places
from checker.report.say.wording import Wording
from checker.report.settling import settling_of

if TYPE_CHECKING:
    from checker.report.check.json_shape import (
        AccountJson,
        ConflictJson,
        CountsJson,
        IndicatorJson,
        IndicatorValueJson,
        ReportJson,
        RuleJson,
        RunJson,
        SourceJson,
        StandingJson,
    )
    from checker.report.json_shape import FindingJson, NamedValueJson, PartJson, WaiverJson, WaiverUseJson

NAME: Final = "checker-report"
VERSION: Final = 1
"""Raised whenever a key changes its meaning or goes away; new keys may come without."""


def write(report: Report, stream: TextIO, presentation: Presentation) -> None:
    """Writes the report, or the part that is asked for, as JSON."""
    narrowing = presentation.narrowing
    settling, report = settling_of(report, narrowing), narrowed(report, narrowing)
    rules, wording = {rule.id: rule for rule in report.rules}, Wording(report.run.language, report.names)
    corrections, places = corrections_of(report, narrowing), Places(report.run.submission, wording)
    members: ReportJson = {
        "format": NAME,
        "version": VERSION,
        "run": run_json(report.run),
        "exit_code": int(presented_exit(report, presentation)),
        "narrowed": {"body": narrowing.body},
        "counts": counts_json(report),
        "causes": (problem_json(each, wording) for each in corrections.causes),
        "findings": (_finding(each, rules[each.rule], wording) for each in report.findings),
        "missing": (missing_json(each, places) for each in corrections.missing),
        "corrections": (fault_json(each, places) for each in corrections.faults),
        "settling": settling_json(settling, places),
        "settling_of": settling_of_json(settling),
        "rules": map(rule_json, report.rules),
        "indicators": map(indicator_json, report.indicators),
        "standings": map(_standing, report.standings),
        "accounts": map(_account, report.accounts),
        "conflicts": map(_conflict, report.conflicts),
        "problems": (problem_json(each, wording) for each in report.problems),
        "notices": (problem_json(each, wording) for each in corrections.other),
        "sources": map(source_json, report.sources),
        "left_out": {verdict.value: count for verdict, count in report.left_out},
        "standings_left_out": dict(report.standings_left_out),
        "waivers": map(_waiver_use, report.waivers),
        "previous": previous_json(report),
        "baseline": baseline_json(report),
    }
    write_members(members, stream)


def write_members(members: Mapping[str, object], stream: TextIO) -> None:
    """Writes one object a member a line; of lists, an item a line, so that versions compare well."""
    start = "{\n"
    for name, value in members.items():
        stream.write(f"{start}{_dump(name)}: ")
        start = ",\n"
        if isinstance(value, str | dict) or not isinstance(value, Iterable):
            stream.write(_dump(value))
            continue
        lead = "[\n"
        for item in value:
            stream.write(lead + _dump(item))
            lead = ",\n"
        stream.write("[]" if lead == "[\n" else "\n]")
    stream.write("\n}\n")


# What is written is made to be written, and holds nothing that holds it.
_dump = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


def run_json(run: Run) -> RunJson:
    """What was run."""
    return {
        "checker": run.checker,
        "engine": run.engine,
        "adjudicator": run.adjudicator,
        "rulebook": run.rulebook,
        "rulebook_title": text_json(run.rulebook_title),
        "rulebook_version": run.rulebook_version,
        "submission": run.submission,
        "submitted_by": run.submitted_by,
        "period": period_json(run.period),
        "as_of": run.as_of.isoformat(),
        "as_of_source": run.as_of_source,
        "language": run.language,
        "selected": list(run.selected),
        "overrides": dict(run.overrides),
        "since": since_json(run.since),
    }


def counts_json(report: Report) -> CountsJson:
    """How many findings of each category have each verdict, listed or not."""
    regulation, data = (
        {verdict.value: n for verdict in Verdict if (n := report.count(verdict, category))}
        for category in (Category.REGULATION, Category.DATA)
    )
    return {"regulation": regulation, "data": data}


def _finding(finding: Finding, rule: RuleSummary, wording: Wording) -> FindingJson:
    return finding_json(finding, rule, describe(finding, rule, wording), wording)


def finding_json(finding: Finding, rule: RuleSummary, message: str, wording: Wording) -> FindingJson:
    """One finding, and what is said of it."""
    return {
        "rule": finding.rule,
        "category": rule.category,
        "subject": subject_json(finding.subject),
        "window": period_json(finding.window),
        "windows": finding.windows,
        "verdict": finding.verdict,
        "severity": finding.severity,
        "measured": measured_json(finding.measured),
        "required": [required_json(bound) for bound in finding.required],
        "message": message,
        "reason": finding.reason,
        "because": finding.because,
        "due": day_json(finding.due),
        "outcome": finding.outcome,
        "evidence": [evidence_json(row) for row in finding.evidence],
        "evidence_left_out": finding.evidence_left_out,
        "could_decide_left_out": len(finding.could_decide_unlisted),
        "waiver": None if finding.waiver is None else _waiver(finding.waiver),
        "repeated": period_json(finding.repeated),
        "known": finding.known,
        "near": list(finding.near),
        "elements": list(finding.elements),
        "beside": finding.beside,
        "named": list(map(named_json, finding.named)),
        "parts": [_part(part, of, wording) for part, of in zip(finding.parts, rule.parts, strict=bool(finding.parts))],
    }


def _part(part: Finding, requirement: RuleSummary, wording: Wording) -> PartJson:
    return {
        "form": requirement.form,
        "outcome": part.outcome,
        "reason": part.reason,
        "measured": measured_json(part.measured),
        "required": [required_json(bound) for bound in part.required],
        "due": day_json(part.due),
        "message": describe(part, requirement, wording),
    }


def rule_json(rule: RuleSummary) -> RuleJson:
    """One rule, and how often it gave each verdict."""
    return {
        "id": rule.id,
        "category": rule.category,
        "title": text_json(rule.title),
        "cites": list(rule.cites),
        "verified": rule.verified,
        "severity": rule.severity,
        "form": rule.form,
        "noun": text_json(rule.noun),
        "restated": text_json(rule.restated),
        "parts": [{"form": each.form, "noun": text_json(each.noun), "restated": text_json(each.restated)} for each in rule.parts],
        "remedy": text_json(rule.remedy),
        "note": text_json(rule.note),
        "in_force": {"from": day_json(rule.in_force.first), "until": day_json(rule.in_force.last)},
        "origin": {
            "rulebook": rule.origin.rulebook,
            "changes": [{"rulebook": name, "change": how} for name, how in rule.origin.changes],
        },
        "requires": dict(rule.requires),
        "counts": {verdict.value: count for verdict, count in rule.counts},
        "reasons": {reason.value: count for reason, count in rule.reasons},
        "why_none": rule.why_none,
        "unchanged": rule.unchanged,
        "repeated": rule.repeated,
        "known": rule.known,
    }


def source_json(source: Source) -> SourceJson:
    """A regulation that rules cite."""
    return {
        "name": source.name,
        "title": text_json(source.title),
        "short": text_json(source.short),
        "issued": day_json(source.issued),
        "url": source.url,
        "note": text_json(source.note),
    }


def _standing(standing: Standing) -> StandingJson:
    return {
        "subject": subject_json(standing.subject),
        "standing": standing.standing,
        "title": text_json(standing.title),
        "violated": standing.violated,
        "undetermined": standing.undetermined,
        "to_correct": standing.to_correct,
    }


def named_json(named: NamedValue) -> NamedValueJson:
    """An indicator that is named, with its value."""
    return {
        "indicator": named.indicator,
        "title": text_json(named.title),
        "measures": named.kind,
        "state": named.state,
        "low": amount_json(named.low),
        "high": amount_json(named.high),
        "reason": named.reason,
    }


def indicator_json(indicator: Indicator) -> IndicatorJson:
    """An indicator with its values."""
    return {
        "id": indicator.id,
        "title": text_json(indicator.title),
        "cites": list(indicator.cites),
        "form": indicator.form,
        "measures": indicator.kind,
        "restated": text_json(indicator.restated),
        "note": text_json(indicator.note),
        "submitted": indicator.told,
        "values": list(map(value_json, indicator.values)),
        "left_out": indicator.left_out,
    }


def value_json(value: IndicatorValue) -> IndicatorValueJson:
    """A value of an indicator."""
    return {
        "subject": subject_json(value.subject),
        "window": period_json(value.window),
        "state": value.state,
        "low": amount_json(value.low),
        "high": amount_json(value.high),
        "reason": value.reason,
    }


def _conflict(conflict: Conflict) -> ConflictJson:
    return {
        "subject": subject_json(conflict.subject),
        "rule": conflict.rule,
        "exceptions": list(conflict.exceptions),
    }


def _waiver(waiver: Waiver) -> WaiverJson:
    return {
        "rule": waiver.rule,
        "subject": waiver.subject,
        "window": period_json(waiver.window),
        "from": day_json(waiver.first),
        "until": day_json(waiver.last),
        "reason": waiver.reason,
        "approved_by": waiver.approved_by,
        "place": place_json(waiver.place),
    }


def _waiver_use(use: WaiverUse) -> WaiverUseJson:
    return {
        **_waiver(use.waiver),
        "state": use.state,
        "waived": use.waived,
        "overlaps": [place_json(place) for place in use.overlaps],
    }


def _account(account: Account) -> AccountJson:
    return {
        "table": account.table,
        "state": account.state,
        "file": account.file,
        "sheet": account.sheet,
        "rows": account.rows,
        "judged": account.judged,
        "rejected": account.rejected,
        "refused": account.refused,
        "apart": account.apart,
        "outside": account.outside,
        "unreadable_cells": account.unreadable_cells,
        "unread": list(account.unread),
        "missing": list(account.missing),
    }
