"""The verdicts that the README of a faulty example states, and how findings are compared with them."""

import re
from pathlib import Path

from checker.model.report import Finding, Report
from checker.model.words import Verdict

EXAMPLES = Path(__file__).parents[2] / "examples"
_ROW = re.compile(r"\| (\d+) \| (.*) \| `(.*)` \| `(.*)` \| (\S+) \| (\S+) \|")
Key = tuple[str, str, str]


def seeded(name: str) -> dict[Key, str]:
    """The verdict that each line of the README states, by rule, subject and window."""
    text = (EXAMPLES / name / "README.md").read_text(encoding="utf-8")
    lines = [match.groups() for match in map(_ROW.fullmatch, text.splitlines()) if match]
    return {(rule, subject, window): verdict for _, _, rule, subject, window, verdict in lines}


def key(finding: Finding) -> Key:
    """By what a line names a finding."""
    return (finding.rule, finding.subject.id, finding.window.label if finding.window else "-")


def amiss(report: Report) -> dict[Key, str]:
    """What a report says is violated or undetermined."""
    graver = (Verdict.VIOLATED, Verdict.UNDETERMINED)
    return {key(finding): str(finding.verdict) for finding in report.findings if finding.verdict in graver}


def stated(name: str) -> dict[Key, str]:
    """What must be violated or undetermined."""
    return {place: verdict for place, verdict in seeded(name).items() if verdict != Verdict.SATISFIED}
