"""The second reading and the program, on the same rulebook and submission."""

import json
import tempfile
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

import checker.api
from checker.request import USUAL, Tuning
from tests.second_reading import (
    days,
    indicators,
    integrity,
    rollcalls,
    rulebooks,
    standing_rows,
    standings,
    tables,
    verdicts,
    waiving,
)
from tests.second_reading.days import Window
from tests.second_reading.sense import Run

Key = tuple[str, int | None, str | None, str | None]
STRAINED = "its numbers may be too great to be computed"
Said = tuple[str, str | None]
Verdicts = Mapping[Key, list[Said]]


def ours(rulebook: Path, submission: Path) -> tuple[Verdicts, Run]:
    """What the second reading says."""
    read, said = rulebooks.load(rulebook), yaml.load((submission / "submission.yaml").read_text(), Loader=yaml.BaseLoader)  # noqa: S506
    judged = Run(
        read, tables.load(submission, read), days.period(said["period"], read.year_starts), date.fromisoformat(said["as_of"])
    )
    standing_rows.weigh(judged.tables)
    rollcalls.make(judged)
    found: dict[Key, list[Said]] = defaultdict(list)
    waivers, broken = waiving.load(submission / "waivers.yaml", read.year_starts), list(integrity.violations(judged))
    for finding in broken:
        waiving.waive(judged, finding, waivers)
    findings = [*verdicts.concluded(judged, waivers), *broken]
    for body in standings.concluded(judged, findings):
        found["standing", body.row.number, None, None].append((str(body.standing), None))
    for indicator, row, window, told in indicators.told(judged):
        if told.reason != "not-selected":
            key = (f"indicators/{indicator}", row.number, *named(window))
            between = None if told.vague else f"{told.low}..{told.high} {told.reason}"
            found[key].append((told.state, STRAINED if told.strained else between))
    for finding in findings:
        number = finding.row.number if finding.row else None
        first, last = named(finding.window)
        measured = None if finding.outcome.low is None else f"{finding.outcome.low}..{finding.outcome.high}"
        measured = STRAINED if finding.strained else measured
        measured = finding.reason if finding.verdict == "not-applicable" else measured
        found[finding.rule, number, first, last].append((finding.verdict, measured))
    return {key: sorted(each, key=str) for key, each in found.items()}, judged


def named(window: Window | None) -> tuple[str | None, str | None]:
    """The two days of a window, as they are written."""
    return (str(window[0]), str(window[1])) if window else (None, None)


LARGE = Tuning(small=-1, few_rows=-1, folded=1, listed=1)
"""Every submission is judged as those of millions of rows are."""


def theirs(rulebook: Path, submission: Path, tuning: Tuning = USUAL) -> Verdicts:
    """What the program says."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "findings.ndjson"
        report = checker.api.check(submission, rulebook, findings=[target], max_findings=0, all_findings=True, tuning=tuning)
        lines = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    found: dict[Key, list[Said]] = defaultdict(list)
    for line in lines:
        number = None if line["record"] == "submission" else line["row_number"]
        found[line["rule"], number, line["window_first"], line["window_last"]].append((line["verdict"], between(line)))
    for indicator in report.indicators:
        assert not indicator.left_out
        for value in indicator.values:
            least, most = (end if end is None else Fraction(str(end)) for end in (value.low, value.high))
            low, high = str(least), str(most)
            if value.state.value != "none" and value.reason is None:
                low, high = ("-inf" if least is None else low), ("inf" if most is None else high)
            window = (value.window.first, value.window.last) if value.window else None
            key = (f"indicators/{indicator.id}", value.subject.row, *named(window))
            found[key].append((value.state.value, f"{low}..{high} {value.reason}"))
    numbers = rows(rulebook, submission)
    for standing in report.standings:
        number = standing.subject.row if standing.subject.row is not None else numbers.get(standing.subject.id)
        found["standing", number, None, None].append((standing.standing, None))
    return {key: sorted(each, key=str) for key, each in found.items()}


def rows(rulebook: Path, submission: Path) -> dict[str, int]:
    """The numbers of the rows of the bodies, by key."""
    read = rulebooks.load(rulebook)
    found = tables.load(submission, read)
    standing_rows.weigh(found)
    return {key: row.number for key, row in found[str(read.body)].by_key.items()}


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
        elif len(left) == len(right) == 1 and not {None, STRAINED} & {left[0][1], right[0][1]} and left != right:
            found.append((key, left, right))
    return found
