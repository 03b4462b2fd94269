"""The README shows what the program prints."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_excerpt_is_what_the_program_prints() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = readme.partition("<!-- excerpt -->")[2].partition("<!-- /excerpt -->")[0]
    parts = re.findall(r"```text\n(.*?)\n```", shown, re.DOTALL)
    command = [sys.executable, "-m", "checker", "check", "examples/rach-gia-2019-faulty", "--lang", "en"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert run.returncode == 1
    assert len(parts) == 4
    for part in parts:
        assert part in run.stdout
