"""Runs one command and writes how long it took and how much memory it had: `python -SE launch.py RESULT COMMAND…`.

A process of its own, because a process that is started has at least the peak of the one that starts it; this one is small.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time


def main() -> None:
    """Writes seconds, processor seconds, peak in KiB and exit code; what the command prints stays its own."""
    started = time.perf_counter()
    process = subprocess.Popen(sys.argv[2:])
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    with open(sys.argv[1], "w", encoding="ascii") as result:  # noqa: PTH123
        result.write(f"{seconds} {usage.ru_utime + usage.ru_stime} {usage.ru_maxrss} {os.waitstatus_to_exitcode(status)}")


if __name__ == "__main__":
    main()
