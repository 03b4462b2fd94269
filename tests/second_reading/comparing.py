"""The second reading and the program, on the same rulebook and submission."""

import json
import tempfile
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

import checker.api
from tests.second_reading import days, integrity, rulebooks, tables, verdicts
from tests.second_reading.sense import Run

Key = tuple[str, int | None, str | None, str | None]
STRAINED = "its numbers may be too great to be computed"
Said = tuple[str, str | None]
Verdicts = Mapping[Key, list[Said]]


def ours(rulebook: Path, submission: Path) -> tuple[Verdicts, Run]:
    """What the second reading says."""
    read, said = rulebooks.load(rulebook), yaml.load((submission / "submission.yaml").read_text(), Loader=yaml.BaseLoader)  # noqa: S506
    run = Run(read, tables.load(submission, read), days.period(said["period"]), date.fromisoformat(said["as_of"]))
    found: dict[Key, list[Said]] = defaultdict(list)
    for finding in [*verdicts.concluded(run), *integrity.violations(run)]:
        window = finding.window or (None, None)
        number = finding.row.number if finding.row else None
        first, last = (str(day) if day else None for day in window)
        measured = None if finding.outcome.low is None else f"{finding.outcome.low}..{finding.outcome.high}"
        measured = STRAINED if finding.strained else measured
        measured = finding.reason if finding.verdict == "not-applicable" else measured
        found[finding.rule, number, first, last].append((finding.verdict, measured))
    return {key: sorted(each, key=str) for key, each in found.items()}, run


def theirs(rulebook: Path, submission: Path) -> Verdicts:
    """What the program says."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "findings.ndjson"
        checker.api.check(submission, rulebook, findings=[target])
        lines = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    found: dict[Key, list[Said]] = defaultdict(list)
    for line in lines:
        number = None if line["record"] == "submission" else line["row_number"]
        found[line["rule"], number, line["window_first"], line["window_last"]].append((line["verdict"], between(line)))
    return {key: sorted(each, key=str) for key, each in found.items()}


def between(line: Mapping[str, Any]) -> str | None:
    """The interval of what was counted, as the program tells it."""
    if line["verdict"] == "not-applicable":
        return str(line["reason"])
    if line["measured"] not in {"count", "run"}:
        return None
    return f"{line['low']}..{'inf' if line['high'] is None else line['high']}"


def differences(mine: Verdicts, other: Verdicts) -> list[tuple[Key, Any, Any]]:
    """Where the two differ; what is not applicable need not be listed."""
    found: list[tuple[Key, Any, Any]] = []
    for key in sorted({*mine, *other}, key=str):
        left, right = (list(side.get(key, [])) for side in (mine, other))
        verdicts = [[said[0] for said in side if said[0] != "not-applicable"] for side in (left, right)]
        if STRAINED in {said[1] for said in left} and set(verdicts[1]) <= {"undetermined"}:
            continue
        if verdicts[0] != verdicts[1]:
            found.append((key, [said[0] for said in left], [said[0] for said in right]))
        elif len(left) == len(right) == 1 and None not in {left[0][1], right[0][1]} and left != right:
            found.append((key, left, right))
    return found
