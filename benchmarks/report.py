"""Writes the results as a page: one table for each experiment and submission."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from benchmarks.profiles import PROFILE
from benchmarks.programs import FLOOR, NOTHING
from benchmarks.results import Results, Row
from benchmarks.rounds import SLOW, VERY_SLOW
from benchmarks.stages import REST, STAGES
from benchmarks.targets import targets

_HEAD = """\
<!-- Written by `python -m benchmarks.run` from RESULTS.json. -->

# Results

What is run, and what is fair about it and what not, is in [README.md](README.md). Times are of whole processes: wall times, and
seconds of all processors together; medians of the runs that are counted in the last column but one. A program takes its runs
in turn with the others of its table, and ratios are medians of the ratios of paired runs, of what processors took. What takes
more than {slow} s is run three times, what takes more than {very_slow} s once. Memory is the peak of resident memory. *Same*: it
found exactly the violations of the floor, or, of what the floor does not judge, those of the slowest way.
"""

_HELD = """\
Of those that are not reached, what was tried and what holds them (more in the decisions
[25](../docs/decisions/0025-starting-fast.md) and [26](../docs/decisions/0026-gathered-rows.md)):

- **1.2, 1.5 and 1.6 times the floor.** Tried: one scan for all rules that find their rows by the same reference, counts packed
  into one number, met outcomes only counted, files looked at where they are, texts trusted until seen, rows set apart by
  conditions that cost little, joins as written, other packings and aggregates. What holds it: the same two scans of the
  meetings take 4.2 s for the floor's 2.9, since each row is asked whether it tells everything; the rest of the floor is
  one statement, here it is fifty, each of which reads a million subjects and writes some of them. Of CSV, a third is to
  keep the file as Parquet. Statements that were written by hand for this one rulebook with the whole meaning, damaged cells
  included, take 1.0 times the floor: one scan whose sums ask no row anything, from which inexact rows are taken back afterwards,
  and one wide statement for each table that gives outcomes, counts and what is listed. To have the passes of
  `checker/plan` make such statements is not done.
- **Twice as long as without damage.** As soon as one cell of a table may be anything, sums are asked of every row whether it is
  certain; the statements above would ask only the rows that are not.
- **1.6 and 4 times `select 1`, and the peers that are faster.** Tried: fewer and later imports, the engine without its
  package, named tuples, the process ended at once, plans kept, statements side by side without optimizer, messages only
  where shown, shorter statements, and statements kept as they were parsed (decision 25). What holds it: 0.3 s of processor time
  for starting, importing and ending, 0.3 s for parsing, planning and running a hundred statements; of a first run sqlglot,
  pydantic and PyYAML, which alone take 1.3 times the unit. The peers that are faster start no DuckDB, or write one query by
  hand, check no cells and explain nothing.
- **More rules.** Tried: many columns in one scan, in scans of 64, 32 and 16 columns, joined and apart. What holds it:
  rules share the scan of their rows, but not what comes after; and with 50 rules and more, tables go through temporary
  files to stay within 1 GB.
"""

_TITLES = {
    "sizes": "All programs, by size",
    "linear": "Twice the organisations",
    "rules": "More rules over the same tables",
    "cases": "A hundred rules whose outcomes no two bodies share",
    "memory": "A hundred million meetings",
    "findings": "Ten million violations, every finding written as data",
    "damaged": "What people get wrong",
    "forms": "Forms that are no sums",
}


def page(results: Results) -> str:
    """The whole page."""
    parts = [
        _HEAD.format(slow=SLOW, very_slow=VERY_SLOW),
        _targets(results),
        _facts("Machine", results.machine),
        _facts("Versions", results.versions),
    ]
    for experiment, title in _TITLES.items():
        rows = [row for row in results.rows if row.experiment == experiment]
        if rows:
            parts.append(f"## {title}\n")
            parts.extend(_table(submission, list(group)) for submission, group in groupby(rows, lambda row: row.submission))
    parts.append(_profile([row for row in results.rows if row.experiment == PROFILE]))
    return "\n".join(parts)


def _targets(results: Results) -> str:
    lines = [f"| {each.what} | {each.figure} | {'yes' if each.reached else '**no**'} |" for each in targets(results)]
    return "\n".join(["## Targets\n", "| target | figure | reached |", "|---|--:|---|", *lines, "", _HELD])


def _profile(rows: Sequence[Row]) -> str:
    """Where the time goes: a column for each size."""
    sizes = list(dict.fromkeys(row.submission for row in rows))
    spent = {(row.program, row.submission): row.median or 0.0 for row in rows}
    whole = {size: sum(spent[key] for key in spent if key[1] == size) for size in sizes}

    def cell(stage: str, size: str) -> str:
        seconds = spent.get((stage, size))
        return "" if seconds is None else f"{seconds:.3f} s, {seconds / whole[size]:.0%}"

    lines = ["## Where the time goes\n", "Processor seconds of all threads, medians of three runs, by organisations.\n"]
    lines += [f"| | {' | '.join(sizes)} |", f"|---|{'--:|' * len(sizes)}"]
    stages = sorted(dict.fromkeys(row.program for row in rows), key=[*STAGES, REST].index)
    lines += [f"| {stage} | {' | '.join(cell(stage, size) for size in sizes)} |" for stage in stages]
    return "\n".join((*lines, ""))


def _facts(title: str, facts: Mapping[str, str]) -> str:
    return f"## {title}\n\n" + "".join(f"- {name}: {value}\n" for name, value in facts.items())


def _table(submission: str, rows: Sequence[Row]) -> str:
    lines = [
        f"### {submission}\n",
        "| | time | processors | of the floor | of `select 1` | memory | runs | verdicts |",
        "|---|--:|--:|--:|--:|--:|--:|---|",
    ]
    lines.extend(_line(row, _named(rows, FLOOR.name), _named(rows, NOTHING.name)) for row in rows)
    return "\n".join((*lines, ""))


def _line(row: Row, floor: Row | None, nothing: Row | None) -> str:
    if row.median is None or row.peak is None:
        return f"| {row.program} | {row.note} | | | | | | |"
    spent = "" if row.spent is None else _seconds(row.spent)
    cells = [
        _seconds(row.median),
        spent,
        _ratio(row, floor),
        _ratio(row, nothing),
        f"{row.peak / 1e6:,.0f} MB",
        str(len(row.seconds)),
    ]
    return f"| {row.program} | {' | '.join(cells)} | {row.verdicts} |"


def _named(rows: Sequence[Row], name: str) -> Row | None:
    return next((row for row in rows if row.program == name), None)


def _seconds(seconds: float) -> str:
    return f"{seconds:.3g} s" if seconds < 1 else f"{seconds:.2f} s"


def _ratio(row: Row, other: Row | None) -> str:
    ratio = row.ratio(other) if other and other is not row else None
    return "" if ratio is None else f"{ratio:.2f}"
