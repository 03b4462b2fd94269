"""Means of rows whose ratios have no common denominator that fits: what is rounded never passes, or fails, a body."""

import json
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import pytest

from checker import api
from checker.model.period import Period
from checker.model.report import Finding
from checker.model.words import Verdict

YEAR = Period.parse("2019")

PRIMES = (1_000_003, 1_000_033, 1_000_037, 1_000_039, 1_000_081)
"""Their least common multiple has thirty digits."""

BOOK = """\
rulebook: means
title: Means
sources: {law: {title: Law}}
records:
  organisations: {key: id, fields: {id: {}}}
  meetings:
    fields: {organisation: {ref: organisations}, present: {type: number}, eligible: {type: number}}
rules:
  - id: attendance
    title: Attendance
    cites: law art. 1
    for: organisations
    require:
      rate: {of: meetings, part: present, whole: eligible, mean: rows, at_least: 50%}
"""


def judged(folder: Path, meetings: Sequence[tuple[object, object]]) -> Finding:
    (folder / "book.yaml").write_text(BOOK, encoding="utf-8")
    rows = [{"organisation": "A", "present": str(part), "eligible": str(whole)} for part, whole in meetings]
    tables = {"organisations": [{"id": "A"}], "meetings": rows}
    (folder / "submission.json").write_text(json.dumps({"tables": tables}), encoding="utf-8")
    report = api.check(folder / "submission.json", folder / "book.yaml", as_of=YEAR.last, period=YEAR)
    (found,) = (finding for finding in report.findings if finding.rule == "attendance")
    return found


def around_half(more: int) -> list[tuple[object, object]]:
    """For each prime two ratios whose mean is 50 %, the first row's part being larger by so much."""
    pairs = [row for prime in PRIMES for row in ((1, prime), (prime - 1, prime))]
    return [(1 + more, PRIMES[0]), *pairs[1:]]


@pytest.mark.parametrize(("more", "verdict"), [(1, Verdict.SATISFIED), (-1, Verdict.VIOLATED), (0, Verdict.UNDETERMINED)])
def test_only_a_mean_at_its_bound_is_left_open(tmp_path: Path, more: int, verdict: Verdict) -> None:
    found = judged(tmp_path, around_half(more))
    assert found.verdict is verdict
    assert found.measured is not None
    assert found.measured.low is not None
    assert found.measured.high is not None
    exact = sum(Fraction(str(part)) / Fraction(str(whole)) for part, whole in around_half(more))
    assert Fraction(str(found.measured.low)) < exact < Fraction(str(found.measured.high))


@pytest.mark.parametrize("factor", [1, 10**12])
def test_what_the_rows_have_in_common_costs_no_exactness(tmp_path: Path, factor: int) -> None:
    rows = [(f"{factor}.000001", f"{2 * factor}.000002"), (factor, 3 * factor), (2 * factor, 3 * factor)]
    found = judged(tmp_path, rows)
    assert found.verdict is Verdict.SATISFIED
    assert found.measured is not None
    assert found.measured.low == found.measured.high == Fraction(3, 2)


def test_numbers_too_large_to_compute_with_are_not_known(tmp_path: Path) -> None:
    found = judged(tmp_path, [(f"{10**21}.000001", f"{10**21}.000003"), (0, 3)])
    assert found.verdict is Verdict.UNDETERMINED
    assert found.measured is not None
    assert (found.measured.low, found.measured.high) == (0, 1)
