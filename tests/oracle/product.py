"""Drives the program through its public calls, with rulebook and submission written to files as a user would."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from checker import api
from checker.model.period import Period
from checker.model.plan import Plan
from checker.model.report import Finding, Report
from checker.model.words import Reason, Verdict
from checker.records import open_submission
from tests.oracle.agreement import COUNTED, Account, Said
from tests.oracle.submissions import Filing


def compiled(folder: Path, book: Mapping[str, Any], overrides: Mapping[str, str]) -> Plan:
    """The plan of a rulebook."""
    path = folder / f"{book['rulebook']}.yaml"
    path.write_text(yaml.safe_dump(dict(book), sort_keys=False, allow_unicode=True), encoding="utf-8")
    return api.compile_rules(path, overrides)


def check(folder: Path, plan: Plan, filing: Filing) -> Report:
    """The program's report."""
    tables = {name: [dict(row) for row in table.rows] for name, table in filing.tables.items()}
    path = folder / "submission.json"
    path.write_text(json.dumps({"submission": {}, "tables": tables}, ensure_ascii=False), encoding="utf-8")
    return api.evaluate(
        plan,
        open_submission(path),
        as_of=filing.as_of,
        period=Period.parse(filing.period.label),
        overrides=filing.overrides,
    )


def of_program(report: Report) -> Account:
    """What the program says, in the form in which the oracle says it."""
    counted: Counter[Said] = Counter()
    measured = {}
    for finding in report.findings:
        counted[said(finding)] += finding.windows
        if (
            finding.verdict not in COUNTED
            and finding.measured is not None
            and finding.measured.kind in {"count", "sum"}
        ):
            low, high = finding.measured.low, finding.measured.high
            where = (finding.rule, finding.subject.id, finding.window.label if finding.window else None)
            measured[where] = (exact(low), exact(high))
    for rule in report.rules:
        if rule.form == "integrity" and rule.count(Verdict.SATISFIED):
            counted[rule.id, "", None, "satisfied", None] += rule.count(Verdict.SATISFIED)
        elif unselected := dict(rule.reasons).get(Reason.NOT_SELECTED):
            counted[rule.id, "", None, "not-applicable", "not-selected"] += unselected
    return Account(
        counted,
        measured,
        frozenset(
            (conflict.subject.id, conflict.rule, tuple(sorted(conflict.exceptions))) for conflict in report.conflicts
        ),
        frozenset((each.subject.id, each.standing) for each in report.standings if each.standing != "none"),
    )


def said(finding: Finding) -> Said:
    """A finding in the common form."""
    window = finding.window.label if finding.window and finding.verdict not in COUNTED else None
    reason = str(finding.reason) if finding.verdict is Verdict.NOT_APPLICABLE else None
    return (finding.rule, finding.subject.id, window, str(finding.verdict), reason)


def exact(value: object) -> Fraction | None:
    """An exact number; None where it is infinite."""
    return None if value is None else Fraction(str(value))
