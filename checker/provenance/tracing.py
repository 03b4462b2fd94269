"""Traces the findings of a report: where each subject stands, and by which steps the rule engine came to the verdict.

Neither is needed by a reader of the report itself, so it is done only for formats that say it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from checker.errors import Place
from checker.model.law import Case, Firing, Matter, Ruling
from checker.model.report import Finding, Report
from checker.model.words import Outcome, Verdict
from checker.provenance.lookup import Lookup
from checker.run.session import Session
from checker.run.verdicts import required_of

_REASONED = (Verdict.VIOLATED, Verdict.WAIVED, Verdict.UNDETERMINED, Verdict.PENDING)

_Key = tuple[str, int, date | None, date | None, str]
"""By what a finding is known: its rule, the row of its subject, the days of its window, and its outcome."""

_PUT = """SELECT findings.rule, findings.subject, placed.first, placed.last, findings.outcome, findings.covered,
  findings.required, COALESCE(signed.keys, '')
FROM findings
JOIN windowed_outcomes AS placed ON placed.rule = findings.rule AND placed.subject = findings.subject AND placed.no = findings.no
LEFT JOIN subject_cases AS signed ON signed.record = findings.record AND signed.subject = findings.subject
WHERE findings.verdict IN ('violated', 'waived', 'undetermined', 'pending') AND findings.rule IN (SELECT UNNEST($rules))
  AND findings.subject IN (SELECT UNNEST($some))"""
"""What was put before the rule engine of these rules and subjects, and which exceptions hold of them."""


def traced(report: Report, lookup: Lookup, adjudicate: Callable[[Case], Ruling]) -> Report:
    """The report with the places of its subjects, and with the steps behind whatever is not satisfied."""
    records = {rule.id: rule.record for rule in lookup.run.rules}
    places = _places(report.findings, records, lookup)
    steps = _steps(report.findings, lookup.run, adjudicate)
    found = (
        each._replace(at=places.get((records[each.rule], each.subject.row or 0)), steps=steps.get(_key(each), ()))
        for each in report.findings
    )
    return report._replace(findings=tuple(found))


def _places(findings: Iterable[Finding], records: Mapping[str, str], lookup: Lookup) -> dict[tuple[str, int], Place]:
    """Where the subjects stand, by record and row."""
    rows: dict[str, set[int]] = defaultdict(set)
    for each in findings:
        if each.subject.row:
            rows[records[each.rule]].add(each.subject.row)
    return {(record, row): place for record, some in rows.items() for row, place in lookup.places(record, some).items()}


def _steps(findings: Iterable[Finding], run: Session, adjudicate: Callable[[Case], Ruling]) -> dict[_Key, tuple[Firing, ...]]:
    """What fired for each finding. What is alike for many is put before the rule engine once."""
    wanted = [each for each in findings if each.verdict in _REASONED]
    if not wanted:
        return {}
    rules = {rule.id: number for number, rule in enumerate(run.rules)}
    needs = {
        "rules": sorted({rules[each.rule] for each in wanted}),
        "some": sorted({each.subject.row or 0 for each in wanted}),
    }
    keys = set(map(_key, wanted))
    fired: dict[Case, tuple[Firing, ...]] = {}
    found: dict[_Key, tuple[Firing, ...]] = {}
    for number, subject, first, last, outcome, covered, required, held in run.engine.rows(_PUT, **needs):
        key = (run.rules[number].id, subject, first, last, outcome)
        if key in keys:
            matter = Matter(key[0], Outcome(outcome), covered, required_of(run, required))
            case = Case((matter,), run.stated(held, exceptions=True))
            if case not in fired:
                fired[case] = tuple(firing for firing in adjudicate(case).firings if firing.concerns(matter.rule))
            found[key] = fired[case]
    return found


def _key(finding: Finding) -> _Key:
    window = finding.window
    days = (None, None) if window is None else (window.first, window.last)
    return (finding.rule, finding.subject.row or 0, *days, finding.outcome.value)
