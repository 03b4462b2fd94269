"""Where the time of a run goes: `python -m benchmarks.stages RESULT checker-arguments…` runs `checker`, and writes it as JSON.

What is counted is processor time of all threads, spent in a function and not in another that is listed too.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

STAGES: Mapping[str, tuple[str, ...]] = {
    "opening the files, the rulebook from the cache": ("records.opening:open_submission", "plan_cache:compiled"),
    "tables: typed, are keys unique, texts plain": ("run.session:Session.load",),
    "what is missing, and which rows are faulty": ("run.measuring:Asking.count",),
    "gathering: one scan of what rules share": ("run.shared_scans:Group.fold",),
    "references that lead nowhere": ("run.measuring:Asking._astray",),
    "setting doubtful rows apart: a second scan": ("run.inexact_rows:InexactRows.make",),
    "subjects joined with what was gathered": ("run.shared_scans:Group.gather_folded",),
    "rules, from there to outcomes": ("run.measuring:Asking.ask",),
    "which body answers": ("run.measuring:Asking.own",),
    "outcomes to verdicts, in the engine": ("run.verdicts:settle",),
    "verdicts to standings, in the engine": ("run.standings:conclude",),
    "durable-rules": ("adjudicate.durable.network:Network.adjudicate", "adjudicate.durable.network:Network.pronounce"),
    "the findings that are listed, and the rows behind them": ("provenance.findings:Findings.all",),
    "the report": ("assembly:Assembly.report", "report.check.text:write"),
}
REST = "starting, importing, ending"


class Clock:
    """Processor time by stage; only the main thread enters stages, and what it starts and waits for is theirs."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._within = [REST]
        self._since = 0.0

    def turn(self) -> None:
        """Gives the time since the last turn to the stage that is being gone through."""
        now = time.process_time()
        self.spent[self._within[-1]] += now - self._since
        self._since = now

    def timed(self, stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, whose time is that of a stage."""

        def timing(*given: Any, **named: Any) -> Any:  # noqa: ANN401 -- whatever the function takes and gives
            if threading.current_thread() is not threading.main_thread():
                return work(*given, **named)
            self.turn()
            self._within.append(stage)
            try:
                return work(*given, **named)
            finally:
                self.turn()
                self._within.pop()

        return timing


def watch(clock: Clock) -> None:
    """Puts the clock around the functions of all stages."""
    for stage, functions in STAGES.items():
        for function in functions:
            module, _, path = function.partition(":")
            holder: Any = importlib.import_module(f"checker.{module}")
            *classes, name = path.split(".")
            for each in classes:
                holder = getattr(holder, each)
            setattr(holder, name, clock.timed(stage, getattr(holder, name)))


def main() -> None:
    """Runs `checker` with the arguments after the first, and writes the time of each stage to the file that this names."""
    os.environ["CHECKER_DEBUG"] = "1"  # so that the process ends as others do
    clock = Clock()
    watch(clock)
    from checker.cli.main import main as checker  # noqa: PLC0415 -- after the clock is around what it imports

    result, sys.argv = sys.argv[1], ["checker", *sys.argv[2:]]
    try:
        checker()
    finally:
        clock.turn()
        stages = {stage: clock.spent[stage] for stage in (*STAGES, REST) if clock.spent[stage] > 0}
        Path(result).write_text(json.dumps(stages), encoding="utf-8")


if __name__ == "__main__":
    main()
