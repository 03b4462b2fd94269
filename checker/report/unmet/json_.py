"""What is unmet as JSON: one object, one duty a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, TextIO

from checker.model.report import Report
from checker.report import Narrowing, Presentation
from checker.report.check.json_ import run_json, write_members
from checker.report.check.json_earlier import baseline_json, previous_json
from checker.report.corrections import corrections_of
from checker.report.exit import presented_exit
from checker.report.grouping import Body
from checker.report.json_corrections import fault_json, missing_json
from checker.report.json_settling import settling_json, settling_of_json
from checker.report.json_values import (
    day_json,
    evidence_json,
    measured_json,
    period_json,
    problem_json,
    required_json,
    subject_json,
    text_json,
)
from checker.report.say.message import describe_windows
from checker.report.say.places import Places
from checker.report.say.wording import Wording
from checker.report.settling import settling_of
from checker.report.unmet.requirements import Duty, Gap, unmet

if TYPE_CHECKING:
    from checker.report.unmet.json_shape import DutyJson, GapJson, UnmetJson

NAME: Final = "checker-unmet"
VERSION: Final = 1
"""Raised whenever a key changes its meaning or goes away; new keys may come without."""


def write(report: Report, stream: TextIO, presentation: Presentation) -> None:
    """Writes what is unmet as JSON."""
    wording = Wording(report.run.language, report.names)
    corrections, places = corrections_of(report, presentation.narrowing), Places(report.run.submission, wording)
    settling = settling_of(report, presentation.narrowing)
    members: UnmetJson = {
        "format": NAME,
        "version": VERSION,
        "run": run_json(report.run),
        "exit_code": int(presented_exit(report, presentation)),
        "narrowed": {"body": presentation.narrowing.body, "due_by": day_json(presentation.narrowing.due_by)},
        "causes": (problem_json(each, wording) for each in corrections.causes),
        "duties": _duties(report, presentation.narrowing, wording),
        "missing": (missing_json(each, places) for each in corrections.missing),
        "corrections": (fault_json(each, places) for each in corrections.faults),
        "settling": settling_json(settling, places),
        "settling_of": settling_of_json(settling),
        "previous": previous_json(report),
        "baseline": baseline_json(report),
        "problems": (problem_json(each, wording) for each in report.problems),
        "left_out": {verdict.value: count for verdict, count in report.left_out},
    }
    write_members(members, stream)


def _duties(report: Report, narrowing: Narrowing, wording: Wording) -> Iterator[DutyJson]:
    for body, duties in unmet(report, narrowing):
        for duty in duties:
            yield _duty(body, duty, wording)


def _duty(body: Body, duty: Duty, wording: Wording) -> DutyJson:
    return {
        "body": [{"id": identity, "name": name} for identity, name in body],
        "subject": subject_json(duty.subject),
        "rule": duty.rule.id,
        "title": text_json(duty.rule.title),
        "cites": list(duty.rule.cites),
        "verified": duty.rule.verified,
        "severity": duty.rule.severity,
        "verdict": duty.verdict,
        "gaps": [_gap(gap, duty, wording) for gap in duty.gaps],
        "open": [{"window": period_json(window), "due": day_json(day)} for day, window in duty.open],
        "due": day_json(duty.due),
        "hand_in": [evidence_json(row) for row in duty.hand_in],
        "hand_in_left_out": duty.left_out,
        "tables_missing": list(duty.tables_missing),
        "remedy": text_json(duty.rule.remedy),
    }


def _gap(gap: Gap, duty: Duty, wording: Wording) -> GapJson:
    first, found = gap.findings[0], gap.shortfall
    return {
        "message": describe_windows(gap.findings, duty.rule, wording),
        "measured": measured_json(first.measured),
        "required": [required_json(bound) for bound in first.required],
        "shortfall": None if found is None else {"n": found.n, "excess": found.excess, "whole": found.whole},
        "windows": [period_json(window) for window in gap.windows],
        "due": [{"day": day.isoformat(), "window": period_json(window)} for day, window in gap.due],
        "repeated": period_json(first.repeated),
        "known": first.known,
    }
