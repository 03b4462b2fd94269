"""Random rulebooks and submissions, each judged by the oracle and by the program.

`python -m tests.oracle.pairs --first 1000 --rulebooks 500 --filings 40` runs 20,000 of them outside the test suite and
prints each disagreement as it is found. `--alone 53,1071` shows one of them alone.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from functools import partial
from pathlib import Path

from checker.errors import CheckerError
from checker.request import USUAL, Tuning
from tests.oracle.agreement import differences, folded, of_oracle
from tests.oracle.evaluate import consult
from tests.oracle.explain import explained
from tests.oracle.generate import rulebook
from tests.oracle.product import Program
from tests.oracle.spread import spread
from tests.oracle.submissions import Filing, filing
from tests.ways import LARGE, without

AS_LARGE = LARGE._replace(folded=2, listed=9_999)
"""As large submissions are judged, but that all that is not simply met is listed."""


def disagreement(program: Program, filed: Filing, which: str, tuning: Tuning = USUAL) -> list[str]:
    """What the oracle and the program say differently of one submission, explained; or nothing."""
    book = program.book
    oracle = of_oracle(consult(book, filed.tables, filed.period, filed.as_of, filed.overrides, filed.waivers, filed.previous))
    try:
        differing = differences(folded(oracle) if tuning.small < 0 else oracle, program.account(filed, tuning))
    except CheckerError as error:
        differing = [f"the program fails: {error}"]
    return [explained(book, (filed,), differing, which)] if differing else []


def way_of(seed: int) -> Tuning:
    """The way in which a rulebook's submissions are judged: every fifth's as large ones are; of half of them without passes."""
    return (AS_LARGE if seed % 5 == 0 else USUAL)._replace(without=without(seed))


def disagreements_of(filings: int, folder: Path, seed: int) -> list[str]:
    """The disagreements about one random rulebook and so many submissions."""
    program, tuning = Program(folder, rulebook(seed)), way_of(seed)
    numbers = range(seed * filings, (seed + 1) * filings)
    pairs = ((number, filing(number, program.book)) for number in numbers)
    return [each for number, filed in pairs for each in disagreement(program, filed, named(seed, number), tuning)]


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
            program = Program(Path(folder), rulebook(seed))
            found = disagreement(program, filing(number, program.book), named(seed, number), way_of(seed))
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
