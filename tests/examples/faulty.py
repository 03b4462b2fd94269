"""The report of the faulty example, cut to what a reviewer reads: of each rule that found something, a finding of each kind."""

from __future__ import annotations

from pathlib import Path

from checker import api
from checker.model.report import Report
from checker.model.words import Verdict

EXAMPLE = Path("examples/rach-gia-2019-faulty")
"""As seen from the root of the repository, so that reports name it alike everywhere."""

_AMISS = (Verdict.VIOLATED, Verdict.UNDETERMINED, Verdict.PENDING)
_RULES = 16
_OTHERS = 4


def cut_report() -> Report:
    """The report, with few of its rules and what they find; its counts are those of the whole."""
    report = api.check(EXAMPLE, trace=True, areas=True, max_findings=1)
    amiss = [finding for finding in report.findings if finding.verdict in _AMISS]
    names = list(dict.fromkeys(finding.rule for finding in amiss))
    of_file = [rule.id for rule in report.rules if not rule.own and rule.id in names]
    kept = {*[name for name in names if name not in of_file][:_RULES], *of_file[: _RULES // 2]}
    others = [finding for finding in report.findings if finding.verdict not in _AMISS and finding.rule in kept][:_OTHERS]
    findings = tuple(finding for finding in report.findings if finding in others or (finding in amiss and finding.rule in kept))
    rules = tuple(rule for rule in report.rules if rule.id in kept)
    bodies = {body for finding in findings for body, _ in finding.subject.path}
    standings = tuple(each for each in report.standings if each.subject.id in bodies)
    areas = {area for finding in findings for area in report.lies.get((finding.subject.record, finding.subject.row or 0), ())}
    return report._replace(
        findings=findings,
        rules=rules,
        standings=standings,
        areas=tuple(area for area in report.areas if area.path[-1] in areas),
        accounts=report.accounts[:4],
    )
