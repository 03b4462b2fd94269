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


def test_the_plain_example_is_a_rule_and_what_the_program_says_of_it() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rule = readme.partition("<!-- rule -->")[2].partition("```yaml\n")[2].partition("\n```")[0]
    assert rule in (ROOT / "examples/allotments/statutes/rules.yaml").read_text(encoding="utf-8")
    said = readme.partition("<!-- plain -->")[2].partition("```text\n")[2].partition("\n```")[0]
    command = ["check", "examples/allotments/records/2025", "--rules", "examples/allotments/statutes"]
    run = subprocess.run(
        [sys.executable, "-m", "checker", *command], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert said in run.stdout
