"""Runs the benchmark and writes RESULTS.md: `python -m benchmarks.run`, in the environment of the project.

`--smoke` runs every program once on small submissions, writes nothing, and fails if one finds other violations than the floor.
`--only sizes` runs one experiment again and puts its rows in the place of the old ones; `--sizes`, `--peers`
and `--formats` choose among these. Environments and submissions are kept in `$BENCHMARKS_CACHE` (`~/.cache/checker-benchmarks`).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks import results
from benchmarks.experiments import EXPERIMENTS, Options
from benchmarks.machine import machine, versions
from benchmarks.profiles import PROFILE, profiles
from benchmarks.programs import PEERS_BY_FOLDER, QUICK
from benchmarks.report import page
from benchmarks.results import Row
from benchmarks.rounds import measure

_HERE = Path(__file__).resolve().parent
_NAMES = [*EXPERIMENTS, PROFILE]
_SMOKE = [Options(sizes=[size], peers=[peer for peer, largest in QUICK.items() if size <= largest]) for size in (52, 1_000)]


def main() -> int:
    """Runs what the command line asks for; the exit code is 1 if a program failed or found something else."""
    given = _arguments()
    if given.smoke:
        tried = [*(("sizes", options) for options in _SMOKE), *((name, _SMOKE[-1]) for name in ("damaged", "forms"))]
        return max(_wrong(list(measure(group, 1))) for name, options in tried for group in EXPERIMENTS[name](options))
    options = Options(given.sizes, given.peers, given.formats)
    given.output.mkdir(parents=True, exist_ok=True)
    file, code = given.output / "RESULTS.json", 0
    for name in given.only:
        for rows in (
            profiles() if name == PROFILE else (list(measure(group, given.rounds)) for group in EXPERIMENTS[name](options))
        ):
            known = results.load(file).merged(rows, machine(), versions(options.peers))
            results.save(known, file)
            (given.output / "RESULTS.md").write_text(page(known), encoding="utf-8")
            code = max(code, _wrong(rows))
    return code


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--smoke", action="store_true", help="small submissions, once, nothing written")
    parser.add_argument("--only", nargs="+", choices=_NAMES, default=_NAMES, metavar="EXPERIMENT", help=", ".join(_NAMES))
    parser.add_argument("--sizes", nargs="+", type=int, default=Options().sizes, metavar="ORGANISATIONS")
    parser.add_argument(
        "--peers", nargs="*", choices=PEERS_BY_FOLDER, default=[*PEERS_BY_FOLDER], metavar="PEER", help=", ".join(PEERS_BY_FOLDER)
    )
    parser.add_argument("--formats", nargs="+", choices=Options().formats, default=Options().formats, metavar="FORMAT")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--output", type=Path, default=_HERE, metavar="FOLDER")
    return parser.parse_args()


def _wrong(rows: Sequence[Row]) -> int:
    return int(any(row.note or row.verdicts not in {"", "same"} for row in rows))


if __name__ == "__main__":
    sys.exit(main())
