"""The experiment that tells where the time of a run goes, stage by stage."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.environments import cache
from benchmarks.processes import run
from benchmarks.programs import ROOT
from benchmarks.results import Row
from benchmarks.rounds import STOPPED, submitted, tell
from benchmarks.rulebooks import BENCHMARK

PROFILE = "profile"
SIZES = (52, 100_000, 1_000_000)
_ROUNDS = 3


def profiles() -> Iterator[list[Row]]:
    """Of each size a row for each stage, with processor seconds; a run before fills the caches."""
    for organisations in SIZES:
        tell(f"profile: {organisations:,} organisations")
        rounds = [_stages(submitted(organisations, "parquet")) for _ in range(_ROUNDS + 1)][1:]
        stages = dict.fromkeys(stage for each in rounds for stage in each)
        yield [Row(PROFILE, f"{organisations:,}", stage, [each.get(stage, 0.0) for each in rounds]) for stage in stages]


def _stages(submission: Path) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        result = Path(folder) / "stages.json"
        asked: list[str | Path] = ["check", submission, "--rules", BENCHMARK, "--output", Path(folder) / "report.txt", "--quiet"]
        command = [sys.executable, "-m", "benchmarks.stages", result, *asked]
        made = run(command, ROOT, STOPPED, {"CHECKER_CACHE": str(cache() / "checker")})
        if made.exit_code not in {0, 1, 3}:
            raise RuntimeError(made.said)
        stages: dict[str, float] = json.loads(result.read_text(encoding="utf-8"))
    return stages
