"""Reads a report that was written as JSON back, as far as a later run is compared with it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from checker.errors import Place
from checker.model.earlier import Earlier, Violation
from checker.model.period import Period
from checker.model.words import Verdict
from checker.report.reading import Members, refuse, whole_report
from checker.words.message import message


def read_report(path: Path, rulebook: str) -> Earlier:
    """The report in that file, which must be about that rulebook. Raises UsageError."""
    report = whole_report(path)
    run = report.object("run")
    if (name := run.text("rulebook")) != rulebook:
        wrong = message("other-rulebook", name=name, own=rulebook)
        refuse("other-rulebook", wrong, message("other-rulebook-fix", own=rulebook), Place(str(path)))
    period = run.period("period")
    if left_out := _left_out(report.value):
        wrong = message("unlisted-violations", n=left_out)
        refuse("unlisted-violations", wrong, message("unlisted-violations-fix"), Place(str(path)))
    findings = [Members(each, path, f"findings[{number}].") for number, each in enumerate(report.list("findings"))]
    violated = (each for each in findings if each.text("verdict") == Verdict.VIOLATED)
    return Earlier(
        file=str(path),
        rulebook_version=run.text("rulebook_version"),
        period=period,
        violations=tuple(_violation(each, period) for each in violated),
        complete=not report.list("problems") and not run.list("selected"),
    )


def _left_out(report: Mapping[str, Any]) -> int:
    """How many violations of the report are counted and not listed."""
    counts = report.get("left_out")
    times = counts.get(Verdict.VIOLATED) if isinstance(counts, dict) else None
    return times if isinstance(times, int) else 0


def _violation(finding: Members, period: Period) -> Violation:
    window = None if finding.value.get("window") is None else finding.object("window").text("label")
    since = period if finding.value.get("repeated") is None else finding.period("repeated")
    subject = finding.object("subject")
    identity, row, digest = subject.text("id"), subject.value.get("row"), subject.value.get("digest")
    row = row if isinstance(row, int) else None
    # Reports of earlier versions do not tell what is in the cells of a row without a key.
    recognisable = "digest" in subject.value or identity != f"row {row}"
    digest = digest if isinstance(digest, str) else None
    return Violation(finding.text("rule"), identity, window, since, row, digest, recognisable)
