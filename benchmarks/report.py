"""Writes the results as a page: one table for each experiment and submission."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from benchmarks.programs import FLOOR, NOTHING
from benchmarks.results import Results, Row
from benchmarks.rounds import SLOW, VERY_SLOW

_HEAD = """\
<!-- Written by `python -m benchmarks.run` from RESULTS.json. -->

# Results

What is run, and what is fair about it and what not, is in [README.md](README.md). Times are wall times of whole processes,
medians of the runs that are counted in the last column but one; a program takes its runs in turn with the others of its
table, and ratios are medians of the ratios of paired runs. What takes more than {slow} s is run three times, what takes more
than {very_slow} s once. Memory is the peak of resident memory. *Same*: it found exactly the violations of the floor.
"""

_TITLES = {
    "sizes": "All programs, by size",
    "linear": "Twice the organisations",
    "rules": "More rules over the same tables",
    "cases": "A hundred rules whose outcomes no two bodies share",
    "memory": "A hundred million meetings",
    "findings": "Ten million violations, every finding written as data",
}


def page(results: Results) -> str:
    """The whole page."""
    parts = [
        _HEAD.format(slow=SLOW, very_slow=VERY_SLOW),
        _facts("Machine", results.machine),
        _facts("Versions", results.versions),
    ]
    for experiment, title in _TITLES.items():
        rows = [row for row in results.rows if row.experiment == experiment]
        if rows:
            parts.append(f"## {title}\n")
            parts.extend(_table(submission, list(group)) for submission, group in groupby(rows, lambda row: row.submission))
    return "\n".join(parts)


def _facts(title: str, facts: Mapping[str, str]) -> str:
    return f"## {title}\n\n" + "".join(f"- {name}: {value}\n" for name, value in facts.items())


def _table(submission: str, rows: Sequence[Row]) -> str:
    lines = [
        f"### {submission}\n",
        "| | time | of the floor | of `select 1` | memory | runs | verdicts |",
        "|---|--:|--:|--:|--:|--:|---|",
    ]
    lines.extend(_line(row, _named(rows, FLOOR.name), _named(rows, NOTHING.name)) for row in rows)
    return "\n".join((*lines, ""))


def _line(row: Row, floor: Row | None, nothing: Row | None) -> str:
    if row.median is None or row.peak is None:
        return f"| {row.program} | {row.note} | | | | | |"
    cells = [_seconds(row.median), _ratio(row, floor), _ratio(row, nothing), f"{row.peak / 1e6:,.0f} MB", str(len(row.seconds))]
    return f"| {row.program} | {' | '.join(cells)} | {row.verdicts} |"


def _named(rows: Sequence[Row], name: str) -> Row | None:
    return next((row for row in rows if row.program == name), None)


def _seconds(seconds: float) -> str:
    return f"{seconds:.3g} s" if seconds < 1 else f"{seconds:.2f} s"


def _ratio(row: Row, other: Row | None) -> str:
    ratio = row.ratio(other) if other and other is not row else None
    return "" if ratio is None else f"{ratio:.2f}"
