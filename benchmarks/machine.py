"""Says on what machine, and with what versions, the benchmark was run."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from benchmarks.environments import PEERS

_OURS = ("regulation-checker", "duckdb", "durable_rules")


def machine() -> dict[str, str]:
    """Processor, cores, memory and system."""
    models = [
        line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")
    ]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "processor": models[0] if models else platform.machine(),
        "cores": str(len(os.sched_getaffinity(0))),
        "memory": f"{memory / 2**30:.0f} GiB",
        "system": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
    }


def versions(peers: Iterable[str]) -> dict[str, str]:
    """Ours, and what the requirements of each peer name."""
    named = {name: version(name) for name in _OURS}
    for peer in peers:
        requirements = (PEERS / peer / "requirements.txt").read_text(encoding="utf-8")
        named[f"peer {peer}"] = ", ".join(line for line in requirements.splitlines() if line and not line.startswith("#"))
    return named
