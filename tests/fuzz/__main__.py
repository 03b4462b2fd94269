"""Mutates files of every format and judges them: `python -m tests.fuzz --first 1 --files 20000`.

Each number is the seed of one mutated submission, and gives the same one every time. No traceback, no end of the process, no
file that takes too long or too much memory: what breaks is named with its seed, and the program ends with 1.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.fuzz.running import MEGABYTES, SECONDS, run


def main() -> int:
    """Runs so many files; gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--first", type=int, default=1, help="the seed of the first file")
    parser.add_argument("--files", type=int, default=1000, help="how many files")
    parser.add_argument("--workers", type=int, default=1, help="how many processes")
    parser.add_argument("--corpus", type=Path, help="a folder in which the files to be mutated are kept between runs")
    parser.add_argument("--further", type=Path, nargs="*", default=[], help="folders of further files to be mutated")
    asked = parser.parse_args()
    codes: Counter[int] = Counter()
    seconds = megabytes = 0.0
    faults = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.corpus or Path(temporary)
        for outcome in run(range(asked.first, asked.first + asked.files), folder, asked.further, asked.workers):
            codes[outcome.code] += 1
            seconds, megabytes = max(seconds, outcome.seconds), max(megabytes, outcome.megabytes)
            if outcome.fault:
                faults += 1
                sys.stdout.write(f"seed {outcome.seed} ({outcome.base}): {outcome.fault}\n")
            if sum(codes.values()) % 500 == 0:
                sys.stdout.write(f"… {sum(codes.values())} files, {faults} faults\n")
            sys.stdout.flush()
    ends = ", ".join(f"{code}: {count}" for code, count in sorted(codes.items()))
    sys.stdout.write(
        f"{sum(codes.values())} files from seed {asked.first}; exit codes {ends}; at most {seconds:.1f} s of the processor"
        f" (limit {SECONDS}) and {megabytes:.0f} MB (limit {MEGABYTES}); faults: {faults}\n"
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
