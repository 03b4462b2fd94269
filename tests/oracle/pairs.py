"""Random rulebooks and submissions, each judged by the oracle and by the program.

`python -m tests.oracle.pairs --first 1000 --rulebooks 500 --filings 40` runs 20,000 of them outside the test suite and
prints each disagreement as it is found. `--alone 53,1071` shows one of them alone.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import ModuleType

from checker import assembly
from checker.errors import CheckerError
from checker.measure import gathers, parquet, run
from tests.oracle.agreement import differences, folded, of_oracle
from tests.oracle.evaluate import consult
from tests.oracle.explain import explained
from tests.oracle.generate import rulebook
from tests.oracle.product import Program
from tests.oracle.spread import spread
from tests.oracle.submissions import Filing, filing


def disagreement(program: Program, filed: Filing, which: str) -> list[str]:
    """What the oracle and the program say differently of one submission, explained; or nothing."""
    book = program.book
    oracle = of_oracle(consult(book, filed.tables, filed.period, filed.as_of, filed.overrides, filed.waivers, filed.previous))
    large = run.SMALL < 0
    try:
        differing = differences(folded(oracle) if large else oracle, program.account(filed, large=large))
    except CheckerError as error:
        differing = [f"the program fails: {error}"]
    return [explained(book, (filed,), differing, which)] if differing else []


def as_large() -> Iterator[tuple[ModuleType, str, int]]:
    """The limits, by module and name, with which any submission is judged as a large one is."""
    yield from ((run, "SMALL", -1), (assembly, "MOST", 9_999))
    yield from ((parquet, "FEW", -1), (gathers, "MOST_FOLDED", 2))


USUAL = [(module, name, getattr(module, name)) for module, name, _ in as_large()]


def choose_way(seed: int) -> None:
    """Has every fifth rulebook's submissions judged as large ones are."""
    for module, name, value in as_large() if seed % 5 == 0 else USUAL:
        setattr(module, name, value)


def disagreements_of(filings: int, folder: Path, seed: int) -> list[str]:
    """The disagreements about one random rulebook and so many submissions."""
    choose_way(seed)
    program = Program(folder, rulebook(seed))
    numbers = range(seed * filings, (seed + 1) * filings)
    return [each for number in numbers for each in disagreement(program, filing(number, program.book), named(seed, number))]


def named(seed: int, number: int) -> str:
    """How a pair is called."""
    return f"rulebook {seed}, submission {number}"


def main() -> int:
    """Runs the pairs that the command line names; exit code 1 if there is a disagreement."""
    parser = argparse.ArgumentParser(prog="python -m tests.oracle.pairs", description=__doc__)
    parser.add_argument("--first", type=int, default=1000, help="the seed of the first rulebook")
    parser.add_argument("--rulebooks", type=int, default=500, help="how many rulebooks")
    parser.add_argument("--filings", type=int, default=40, help="how many submissions of each")
    parser.add_argument("--alone", metavar="RULEBOOK,SUBMISSION", help="one pair alone")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CHECKER_CACHE"] = str(Path(folder) / "cache")
        if given.alone:
            seed, number = map(int, given.alone.split(","))
            choose_way(seed)
            program = Program(Path(folder), rulebook(seed))
            found = disagreement(program, filing(number, program.book), named(seed, number))
            sys.stdout.writelines(f"{each}\n" for each in found)
            return 1 if found else 0
        pairs = wrong = 0
        task = partial(disagreements_of, given.filings)
        for found in spread(task, range(given.first, given.first + given.rulebooks), Path(folder)):
            pairs, wrong = pairs + given.filings, wrong + len(found)
            sys.stdout.writelines(f"{each}\n" for each in found)
            sys.stdout.flush()
            if pairs % 1000 == 0:
                sys.stderr.write(f"{pairs} pairs, {wrong} disagreements\n")
    last = given.first + given.rulebooks - 1
    sys.stdout.write(f"{pairs} pairs, rulebooks {given.first} to {last}: {wrong} disagreements\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
