"""The worked example of a repository: its rulebook is in order, and its report is as stored."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from syrupy.assertion import SnapshotAssertion

EXAMPLE = Path(__file__).parents[2] / "examples" / "allotments"


def checker(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "checker", *arguments]
    return subprocess.run(command, cwd=EXAMPLE, capture_output=True, text=True, encoding="utf-8", check=False)


def test_its_rulebook_has_no_mistake_and_every_case() -> None:
    assert checker("lint", "statutes", "--strict").stdout == "statutes: no problem\n"
    assert checker("test", "statutes", "--coverage", "--quiet").returncode == 0


def test_its_report(snapshot: SnapshotAssertion) -> None:
    """One violation is known, one is waived: nothing fails."""
    done = checker("check", "records/2025")
    assert done.returncode == 0
    assert done.stdout.replace(done.stdout.split("Written by")[1].split("\n")[0], " …") == snapshot


def test_its_readme_is_of_ten_lines() -> None:
    assert len((EXAMPLE / "README.md").read_text(encoding="utf-8").splitlines()) == 10
