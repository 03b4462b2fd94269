"""Makes the environment in which a peer runs: one for each, of pinned versions, in a cache outside the repository."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

PEERS = Path(__file__).resolve().parent / "peers"


class NotInstallableError(Exception):
    """A peer's requirements cannot be installed here."""


def cache() -> Path:
    """The folder of environments and submissions: BENCHMARKS_CACHE, or one in the user's cache."""
    given = os.environ.get("BENCHMARKS_CACHE")
    return Path(given) if given else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "checker-benchmarks"


def interpreter(peer: str) -> Path:
    """The Python of the peer's environment, which is made if it is not there."""
    requirements = PEERS / peer / "requirements.txt"
    digest = hashlib.sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()[:12]
    environment = cache() / "environments" / f"{peer}-{digest}"
    python = environment / "bin" / "python"
    made = environment / "made"
    if made.exists():
        return python
    shutil.rmtree(environment, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", environment], check=True, stdout=subprocess.DEVNULL)
    pip: list[str | Path] = [
        python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--requirement",
        requirements,
    ]
    installed = subprocess.run(pip, check=False, capture_output=True, text=True)
    if installed.returncode != 0:
        last = [line for line in installed.stderr.splitlines() if line.startswith("ERROR")] or ["pip failed"]
        raise NotInstallableError(last[-1].removeprefix("ERROR: "))
    made.touch()
    return python
