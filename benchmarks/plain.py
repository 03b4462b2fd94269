"""Judges as a small submission is, without any pass: `python -m benchmarks.plain SUBMISSION RULEBOOK FINDINGS.parquet`.

That is the slowest way to the same verdicts, and the one that is nearest to docs/meaning.md. Where no floor was written by hand
its findings are those that are expected.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from checker import api
from checker.plan import PASSES
from checker.request import Tuning

PLAINLY = Tuning(small=1 << 60, without=frozenset(PASSES))


def main() -> None:
    """Writes the findings of one submission, as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("submission", type=Path)
    parser.add_argument("rulebook", type=Path)
    parser.add_argument("findings", type=Path)
    given = parser.parse_args()
    api.check(given.submission, given.rulebook, findings=[given.findings], max_findings=0, tuning=PLAINLY)


if __name__ == "__main__":
    main()
