"""Repositories of git for tests, apart from whatever git is told on this machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "allotments"

_APART = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{who}_{what}": "tests@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    **{f"GIT_{who}_DATE": "2025-12-31T12:00:00Z" for who in ("AUTHOR", "COMMITTER")},
}


def environment(**more: str) -> dict[str, str]:
    """The environment of a command: the program of this environment is found first, and git is told nothing from outside."""
    here = {key: value for key, value in os.environ.items() if not key.startswith("GIT")}
    return {**here, **_APART, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", **more}


def git(folder: Path, *arguments: str) -> str:
    """What a command of git prints."""
    command = ["git", *arguments]
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def commit(folder: Path) -> str:
    """Commits all that is in the folder, and says as what."""
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message=all")
    return git(folder, "rev-parse", "HEAD")


def example(folder: Path) -> Path:
    """The worked example as a repository of its own."""
    shutil.copytree(EXAMPLE, folder)
    commit(folder)
    return folder


def without(file: Path, *parts: str) -> None:
    """Takes the lines away in which one of these texts stands."""
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not any(part in line for part in parts)]
    assert len(kept) < len(lines)
    file.write_text("".join(kept), encoding="utf-8")
