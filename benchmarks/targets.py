"""What was to be reached, and whether it is: told from the figures, and from nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from benchmarks.experiments import DAMAGES
from benchmarks.programs import FLOOR, NOTHING, PEERS_BY_FOLDER
from benchmarks.results import Results, Row

_GB = 1e9
_MILLION = "1,000,000 organisations, Parquet"
_OF_FLOOR = {
    _MILLION: 1.2,
    "100,000 organisations, Parquet": 1.5,
    "10,000 organisations, Parquet": 1.5,
    "1,000,000 organisations, CSV": 1.6,
}
_FEW = ("52 organisations, Parquet", "52 organisations, CSV")
_FIRST_USE = "checker, first use of the rulebook"


@dataclass(frozen=True, slots=True)
class Target:
    """One line of the table: what was asked, what was measured, and whether that suffices."""

    what: str
    figure: str
    reached: bool


def targets(results: Results) -> Iterator[Target]:
    """Every target of which there are figures."""
    find = partial(_find, results)
    for submission, most in _OF_FLOOR.items():
        own, floor = find("sizes", submission), find("sizes", submission, FLOOR.name)
        yield from _at_most(f"{submission}: at most {most} times the floor", own, floor, most)
    yield from _within(f"{_MILLION}: at most 1 GB", find("sizes", _MILLION))
    for submission in _FEW:
        nothing = find("sizes", submission, NOTHING.name)
        yield from _at_most(f"{submission}: at most 1.6 times `select 1`", find("sizes", submission), nothing, 1.6)
        yield from _at_most(f"{submission}, first use: at most 4 times", find("sizes", submission, _FIRST_USE), nothing, 4)
    yield from _faster_than_peers(results)
    yield from _adjudication(results)
    yield from _growths(results)
    clean, *damaged = (find("damaged", f"1,000,000 organisations, {title}") for title in DAMAGES.values())
    for row in damaged:
        if row:
            yield from _at_most(f"{row.submission}: at most twice as long as without", row, clean, 2)
            yield from _within(f"{row.submission}: at most 1 GB", row)
    many = find("memory", "4,000,000 organisations", "checker --memory-limit 1GB")
    floor = find("memory", "4,000,000 organisations", FLOOR.name)
    yield from _at_most("100 million meetings: at most 1.5 times the floor", many, floor, 1.5)
    yield from _within("100 million meetings: at most 1 GB", many)
    for suffix in ("parquet", "ndjson", "csv"):
        row = find("findings", f"1,000,000 organisations, *.{suffix}", f"checker --memory-limit 1GB --findings *.{suffix}")
        yield from _within(f"10 million violations as {suffix}: at most 1 GB", row)


Find = Callable[..., Row | None]


def _find(results: Results, experiment: str, submission: str, program: str = "checker") -> Row | None:
    wanted = (experiment, submission, program)
    return next((row for row in results.rows if (row.experiment, row.submission, row.program) == wanted), None)


def _at_most(what: str, row: Row | None, unit: Row | None, most: float) -> Iterator[Target]:
    ratio = row.ratio(unit) if row and unit else None
    if ratio is not None:
        yield Target(what, f"{ratio:.2f}", ratio <= most)


def _within(what: str, row: Row | None) -> Iterator[Target]:
    if row and row.peaks:
        yield Target(what, f"{max(row.peaks) / 1e6:,.0f} MB", max(row.peaks) <= _GB)


def _growths(results: Results) -> Iterator[Target]:
    """How the time grows with the input: from a row of one table to a row of the next."""
    pairs = [
        *(("linear", f"{n:,} organisations", f"{2 * n:,} organisations", 2.1) for n in (250_000, 500_000)),
        *(("cases", f"{n:,} organisations, with standings", f"{2 * n:,} organisations, with standings", 2.1) for n in _CASES),
        *(("rules", f"{n} rules, 100,000 organisations", f"{m} rules, 100,000 organisations", m / n) for n, m in _RULES),
    ]
    for experiment, fewer, more, most in pairs:
        before, after = (_find(results, experiment, submission) for submission in (fewer, more))
        if before and after and before.median and after.median:
            grown = (after.spent or after.median) / (before.spent or before.median)
            what = f"{_GROWING[experiment]}, from {fewer} to {more}: at most {most:g} times"
            yield Target(what, f"{grown:.2f}", grown <= most)


_CASES = (500, 1_000)
_RULES = ((10, 50), (50, 100), (100, 200))
_GROWING = {"linear": "Twice the organisations", "cases": "Twice the cases, all distinct", "rules": "More rules"}


def _faster_than_peers(results: Results) -> Iterator[Target]:
    peers = {peer.name for peer in PEERS_BY_FOLDER.values()}
    for submission in _FEW:
        own = _find(results, "sizes", submission)
        rows = [row for row in results.rows if row.submission == submission and row.program in peers and row.median]
        if own and own.median and rows:
            ahead = [row.program for row in rows if row.median and row.median < own.median]
            yield Target(
                f"{submission}: faster than every peer", f"slower than {', '.join(ahead)}" if ahead else "faster", not ahead
            )


def _adjudication(results: Results) -> Iterator[Target]:
    for size in ("100,000", "1,000,000"):
        rows = [row for row in results.rows if row.experiment == "profile" and row.submission == size]
        told = sum(row.median or 0 for row in rows if row.program in ADJUDICATION)
        if whole := sum(row.median or 0 for row in rows):
            yield Target(
                f"{size} organisations: adjudication at most a tenth of the run", f"{told / whole:.1%}", told <= whole / 10
            )


ADJUDICATION = ("outcomes to verdicts, in the engine", "verdicts to standings, in the engine", "durable-rules")
"""The stages of the profile that lead from outcomes to verdicts and standings."""
