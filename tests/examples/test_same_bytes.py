"""Every format writes the same bytes of the faulty example again, under another locale, time zone and hash seed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from checker.report.formats import CHECK, UNMET

ROOT = Path(__file__).parents[2]
SUBMISSION = "examples/rach-gia-2019-faulty"
ELSEWHERE = (
    {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "UTC"},
    {"PYTHONHASHSEED": "2", "LC_ALL": "vi_VN.UTF-8", "LANGUAGE": "vi", "TZ": "Asia/Ho_Chi_Minh"},
)


def run(folder: Path, environment: dict[str, str], *arguments: str) -> None:
    folder.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "checker", *arguments]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.parametrize("command", ["check", "unmet"])
def test_every_format_has_the_same_bytes_everywhere(tmp_path: Path, command: str) -> None:
    formats = CHECK if command == "check" else UNMET
    made = []
    for number, environment in enumerate(ELSEWHERE):
        folder = tmp_path / str(number)
        asked = [part for name in formats for part in ("-f", f"{name}={folder / name}")]
        if command == "check":
            asked += [
                part for end in ("csv", "xlsx", "parquet", "ndjson") for part in ("--findings", str(folder / f"findings.{end}"))
            ]
        else:
            asked += ["--per-body", str(folder / "letters"), "--body", "AB"]
        run(folder, environment, command, SUBMISSION, *asked)
        made.append(digests(folder))
    assert set(formats) <= made[0].keys()
    assert made[0] == made[1]
