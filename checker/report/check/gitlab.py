"""What a report has against a submission as GitLab's code quality: one list, an entry for each finding that is not in order.

A baseline plays no part in it: the service compares the lists of two branches itself. What is undetermined is in it as grave
as if it were violated, and by the same fingerprint: a violation whose data were taken away is not resolved.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, TextIO

from checker.model.report import Report
from checker.model.words import Severity, Verdict
from checker.report import Presentation
from checker.report.ci.addresses import Addresses
from checker.report.ci.fingerprints import fingerprint, with_fingerprints
from checker.report.ci.places import place, whole
from checker.report.corrections import causes_of
from checker.report.grouping import is_submission, rule_of, subject_text
from checker.report.narrowing import narrowed
from checker.report.say.message import describe
from checker.report.say.wording import Wording

_SEVERITIES: Mapping[Severity, str] = {
    Severity.CRITICAL: "critical",
    Severity.MAJOR: "major",
    Severity.MINOR: "minor",
    Severity.NOTE: "info",
}


def write(report: Report, stream: TextIO, presentation: Presentation) -> None:
    """Writes the list, an entry a line."""
    report = narrowed(report, presentation.narrowing)
    lead = "[\n"
    for entry in (*_problems(report, presentation), *_findings(report, presentation)):
        stream.write(lead + json.dumps(entry, ensure_ascii=False))
        lead = ",\n"
    stream.write("[]\n" if lead == "[\n" else "\n]\n")


def _problems(report: Report, presentation: Presentation) -> Iterator[dict[str, Any]]:
    """What could not be read: nothing is graver. Then what probably says why something is missing."""
    addresses, wording = Addresses(presentation.root), Wording(report.run.language, report.names)
    alike: Counter[tuple[str, str, str]] = Counter()
    graded = (*(("blocker", each) for each in report.problems), *(("major", each) for each in causes_of(report)))
    for severity, problem in graded:
        at = problem.place or whole(report)
        key = (problem.code, addresses.path(at.file), problem.message_in(wording))
        alike[key] += 1
        said = f"{key[2]}. {problem.fix_in(wording)}"
        yield _entry(problem.code, severity, said, fingerprint(*key, alike[key]), key[1], at.line)


def _findings(report: Report, presentation: Presentation) -> Iterator[dict[str, Any]]:
    addresses, wording, rule = Addresses(presentation.root), Wording(report.run.language, report.names), rule_of(report)
    found = (each for each in report.findings if each.verdict in {Verdict.VIOLATED, Verdict.UNDETERMINED})
    for finding, known in with_fingerprints(report.run.rulebook, found):
        law, at = rule(finding.rule), place(finding, report)
        subject = wording("submission-itself") if is_submission(finding.subject) else subject_text(finding.subject)
        said = f"{wording(finding.verdict.value).capitalize()}: {subject}: {describe(finding, law, wording)}"
        path = addresses.path(at.file)
        yield _entry(finding.rule, _SEVERITIES[law.severity], said, known or fingerprint(finding.rule, said), path, at.line)


def _entry(rule: str, severity: str, said: str, known: str, path: str, line: int | None) -> dict[str, Any]:
    return {
        "description": said,
        "check_name": rule,
        "fingerprint": known,
        "severity": severity,
        "location": {"path": path, "lines": {"begin": max(line or 1, 1)}},
    }
