"""Section 15 of docs/meaning.md: which violations are repeated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from checker.model.words import Verdict
from tests.oracle.judge import SUBMISSION, Finding
from tests.oracle.world import World

Earlier = Mapping[str, Any]
"""The earlier report: its `period`, and its `violations`, each a `rule`, a `subject`, if any a `window` and a `row`."""

MAY_BE = (Verdict.VIOLATED, Verdict.UNDETERMINED)
"""What is, or may be, a violation."""


def marked(world: World, findings: Sequence[Finding]) -> list[Finding]:
    """The findings, those that are repeated violations (or would be, if they were violations) marked."""
    return [replace(finding, repeated=is_repeated(world, finding, findings)) for finding in findings]


def is_repeated(world: World, finding: Finding, findings: Sequence[Finding]) -> bool:
    """Whether the earlier report tells of so many violations of the same rule by subjects with the same key."""
    earlier = world.previous
    if earlier is None or finding.verdict not in MAY_BE:
        return False
    if finding.row is None and finding.bodies:
        return any((each["rule"], each["subject"]) == (finding.rule, SUBMISSION) for each in earlier["violations"])
    if finding.row is None or finding.row.key is None:
        return False
    told = [each for each in earlier["violations"] if (each["rule"], each["subject"]) == (finding.rule, finding.row.key)]
    alike = [
        each
        for each in findings
        if each.rule == finding.rule and each.row is not None and each.row.key == finding.row.key and each.verdict in MAY_BE
    ]
    if earlier["period"] != world.period.label:
        sure = {each.row.number for each in alike if each.row is not None and each.verdict is Verdict.VIOLATED}
        rows = sorted({each.row.number for each in alike if each.row is not None}, key=lambda row: (row not in sure, row))
        return finding.row.number in rows[: len({each.get("row") for each in told})]
    same = [each for each in alike if each.window == finding.window]
    same.sort(key=lambda each: (each.verdict is not Verdict.VIOLATED, each.row.number if each.row is not None else 0))
    place = next(number for number, each in enumerate(same) if each is finding)
    return place < len([each for each in told if each.get("window") == finding.window])
