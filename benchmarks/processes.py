"""Runs whole processes, and measures their time and their peak memory."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

_LAUNCH = Path(__file__).resolve().parent / "launch.py"
_KEPT = 2000


class Run(NamedTuple):
    """One run: wall time, processor time, peak resident memory, exit code (None: it was stopped), the end of what it printed."""

    seconds: float
    processor: float
    peak: int
    exit_code: int | None
    said: str


def run(command: Sequence[str | Path], folder: Path, limit: float, variables: Mapping[str, str] | None = None) -> Run:
    """Runs the command in that folder, for so many seconds at most, and measures it and what it starts and waits for."""
    with tempfile.NamedTemporaryFile("r", encoding="ascii") as result, tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [sys.executable, "-SE", _LAUNCH, result.name, *command],
            cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said,
            env={**os.environ, **(variables or {})}, start_new_session=True,
        )  # fmt: skip
        try:
            process.wait(limit)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return Run(limit, 0, 0, None, f"stopped after {limit:.0f} s")
        said.seek(max(0, said.seek(0, os.SEEK_END) - _KEPT))
        seconds, processor, peak, code = result.read().split()
        return Run(float(seconds), float(processor), int(peak) * 1024, int(code), said.read().decode(errors="replace"))
