"""Lets workers judge mutated submissions, each in a process of its own that may come to an end or be given up."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.fuzz.corpus import corpus
from tests.fuzz.worker import Outcome

SECONDS = 20
"""No file may take more of the processor."""
_PATIENCE = 300
"""A file that takes so much time of the clock is given up: it would be one that is never done with."""
MEGABYTES = 1000
"""No file that is mutated, of at most 4 MB, may make a process take more."""
_EACH = 1000
"""So many files are judged by one process."""


def run(seeds: Sequence[int], folder: Path, further: Sequence[Path] = (), workers: int = 1) -> Iterator[Outcome]:
    """What came of each seed, in the order in which they are done with."""
    corpus(folder, further)
    waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
    for seed in seeds:
        waiting.put(seed)
    done: queue.Queue[Outcome] = queue.Queue()
    threads = [threading.Thread(target=_work, args=(waiting, done, folder, further), daemon=True) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for _ in seeds:
        yield done.get()


def _work(waiting: queue.SimpleQueue[int], done: queue.Queue[Outcome], folder: Path, further: Sequence[Path]) -> None:
    command = [sys.executable, "-m", "tests.fuzz.worker", str(folder), *map(str, further)]
    process, judged = None, 0
    while True:
        try:
            seed = waiting.get_nowait()
        except queue.Empty:
            break
        if process is None or judged % _EACH == 0:
            _end(process)
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")
        outcome = _ask(process, seed)
        judged += 1
        if process.poll() is not None:
            process = None
        done.put(outcome)
    _end(process)


def _end(process: subprocess.Popen[str] | None) -> None:
    if process is not None:
        process.communicate()


def _ask(process: subprocess.Popen[str], seed: int) -> Outcome:
    assert process.stdin is not None
    assert process.stdout is not None
    late = threading.Event()

    def give_up() -> None:
        late.set()
        process.kill()

    clock = threading.Timer(_PATIENCE, give_up)
    clock.start()
    try:
        process.stdin.write(f"{seed}\n")
        process.stdin.flush()
        line = process.stdout.readline()
    finally:
        clock.cancel()
    if not line:
        process.wait()
        why = f"not done within {_PATIENCE} s" if late.is_set() else f"the process ended with {process.returncode}"
        return Outcome(seed, "", -1, float(_PATIENCE), 0, why)
    outcome = Outcome(*json.loads(line))
    if not outcome.fault and outcome.megabytes > MEGABYTES:
        return outcome._replace(fault=f"{outcome.megabytes} MB of memory")
    if not outcome.fault and outcome.seconds > SECONDS:
        return outcome._replace(fault=f"{outcome.seconds} s of the processor")
    return outcome
