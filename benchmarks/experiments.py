"""The experiments of the benchmark: what is run on which submissions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks import rulebooks
from benchmarks.damage import FAULTS, damage
from benchmarks.environments import cache
from benchmarks.generate import Format, with_mandates
from benchmarks.programs import FLOOR, HELP, NOTHING, PEERS_BY_FOLDER, PLAIN, Program, our_program
from benchmarks.rounds import Change, Group

_FORMATS: Mapping[Format, str] = {"parquet": "Parquet", "csv": "CSV"}
_MANY_MEETINGS = 4_000_000  # organisations, that hold a hundred million
_PLAIN_AT_MOST = 100_000  # organisations

DAMAGES: Mapping[str | None, str] = {
    None: "as it was made",
    "each-fault": "each fault in a thousandth of the rows",
    "nameless-subject": "one organisation without its key",
    "blank-reference": "one blank before a reference",
}
"""What is made of a submission, and what the table calls it."""


@dataclass(frozen=True, slots=True)
class Options:
    """What of the experiments is asked for."""

    sizes: Sequence[int] = (52, 10_000, 100_000, 1_000_000)
    peers: Sequence[str] = tuple(PEERS_BY_FOLDER)
    formats: Sequence[Format] = ("parquet", "csv")


def _sizes(options: Options) -> Iterator[Group]:
    """Every program on every size, in the formats that it reads."""
    ours = [
        our_program(),
        our_program(name="checker, first use of the rulebook", first_use=True),
        our_program(name="checker --findings *.parquet", written="parquet"),
    ]
    peers = [PEERS_BY_FOLDER[peer] for peer in options.peers]
    for organisations in options.sizes:
        fitting = [peer for peer in peers if organisations <= peer.largest]
        for written in options.formats:
            programs = [NOTHING, HELP, FLOOR, *ours, *(peer for peer in fitting if written in peer.formats)]
            yield Group("sizes", f"{organisations:,} organisations, {_FORMATS[written]}", organisations, written, programs)


def _linear(_: Options) -> Iterator[Group]:
    """Twice as many organisations, twice over."""
    for organisations in (250_000, 500_000, 1_000_000):
        yield Group("linear", f"{organisations:,} organisations", organisations, "parquet", [FLOOR, our_program()])


def _rules(_: Options) -> Iterator[Group]:
    """More and more rules over the same tables."""
    for number in (10, 50, 100, 200):
        book = _written(f"benchmark-{number}", rulebooks.with_rules(number))
        yield Group("rules", f"{number} rules, 100,000 organisations", 100_000, "parquet", [our_program()], book, expected=None)


def _cases(_: Options) -> Iterator[Group]:
    """A hundred rules whose outcomes no two bodies share, with and without standings to be reasoned from them."""
    for reasoned, title in ((True, "with standings"), (False, "without")):
        book = _written(f"benchmark-distinct-{reasoned}".lower(), rulebooks.with_distinct_cases(standings=reasoned))
        for organisations in (500, 1_000, 2_000):
            submission = f"{organisations:,} organisations, {title}"
            yield Group("cases", submission, organisations, "parquet", [our_program()], book, expected=None)


def _memory(_: Options) -> Iterator[Group]:
    """A hundred million meetings within 1 GB."""
    limited = our_program("--memory-limit", "1GB", name="checker --memory-limit 1GB")
    yield Group("memory", f"{_MANY_MEETINGS:,} organisations", _MANY_MEETINGS, "parquet", [FLOOR, limited])


def _findings(_: Options) -> Iterator[Group]:
    """Ten million violations, written as data within 1 GB."""
    book = _written("benchmark-strict", rulebooks.with_many_violations())
    for suffix in ("parquet", "ndjson", "csv"):
        ours = our_program("--memory-limit", "1GB", name=f"checker --memory-limit 1GB --findings *.{suffix}", written=suffix)
        yield Group("findings", f"1,000,000 organisations, *.{suffix}", 1_000_000, "parquet", [ours], book, expected=None)


def _damaged(options: Options) -> Iterator[Group]:
    """A submission as it was made, and with what people get wrong: in a thousandth of the rows each, or in one cell."""
    for organisations in options.sizes:
        for change, title in DAMAGES.items():
            yield Group(
                "damaged",
                f"{organisations:,} organisations, {title}",
                organisations,
                "parquet",
                [our_program()],
                expected=_plain(organisations),
                change=None if change is None else Change(change, partial(_damage, change)),
            )


def _plain(organisations: int) -> Program | None:
    """What comes to the same verdicts in the slowest way; a million bodies would take it the better part of an hour."""
    return PLAIN if organisations <= _PLAIN_AT_MOST else None


def _damage(change: str, clean: Path, target: Path) -> None:
    one = change in FAULTS
    damage(clean, target, [change] if one else FAULTS, one=one)


def _forms(options: Options) -> Iterator[Group]:
    """Rules whose measures are no sums: gaps, runs, terms of office, paths, values of each kind, exceptions, rules upon rules."""
    book = _written("benchmark-forms", rulebooks.with_forms())
    for organisations in options.sizes:
        change = Change("mandates", partial(with_mandates, organisations=organisations, written="parquet"))
        submission = f"{organisations:,} organisations, forms that are no sums"
        yield Group(
            "forms", submission, organisations, "parquet", [our_program()], book, expected=_plain(organisations), change=change
        )


EXPERIMENTS: Mapping[str, Callable[[Options], Iterator[Group]]] = {
    "sizes": _sizes,
    "linear": _linear,
    "rules": _rules,
    "cases": _cases,
    "memory": _memory,
    "findings": _findings,
    "damaged": _damaged,
    "forms": _forms,
}


def _written(name: str, text: str) -> Path:
    file = cache() / "rulebooks" / f"{name}.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file
