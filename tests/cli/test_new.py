"""`checker new` makes a rulebook that lints clean, passes its cases and judges its example, as real processes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from checker.schemas import shipped
from checker.starter import LANGUAGES
from checker.words.message import Words

ROOT = Path(__file__).parents[2]


def checker(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "checker", *arguments]
    environment = {"PYTHONPATH": str(ROOT), "CHECKER_CACHE": str(folder / "cache"), "PATH": ""}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False, timeout=300
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_made_runs_by_the_commands_it_prints(language: str, tmp_path: Path) -> None:
    made = checker(tmp_path, "new", "our-statutes", "--lang", language)
    assert (made.returncode, made.stderr) == (0, "")
    steps = [line.split() for line in made.stdout.splitlines() if line.startswith("  checker ")]
    assert [step[1] for step in steps] == ["lint", "test", "check"]
    lint, test, check = (checker(tmp_path, *step[1:]) for step in steps)
    assert (lint.returncode, lint.stdout) == (0, "our-statutes: no problem\n"), lint.stdout
    assert test.returncode == 0, test.stdout
    words = Words(language)
    counted = {"cases": words.several("trial-cases", 22), "rules": words.several("trial-rules", 3)}
    assert test.stdout.endswith(words("trial-all-as-stated", rulebook="our-statutes", **counted) + "\n")
    assert check.returncode == 1, check.stderr
    report = json.loads(checker(tmp_path, *steps[2][1:], "--format", "json").stdout)
    graver = sorted(
        (each["verdict"], each["rule"]) for each in report["findings"] if each["verdict"] in {"violated", "undetermined"}
    )
    assert graver == [
        ("undetermined", "assembly-attended"),
        ("undetermined", "assembly-twice-a-year"),
        ("violated", "assembly-attended"),
        ("violated", "assembly-twice-a-year"),
        ("violated", "working-regulations-reviewed"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_editors_find_the_schemas_that_the_files_name(language: str, tmp_path: Path) -> None:
    assert checker(tmp_path, "new", "x", "--lang", language).returncode == 0
    for file in (path for path in tmp_path.glob("x/**/*.yaml") if path.name != "submission.yaml"):
        first = file.read_text(encoding="utf-8").splitlines()[0]
        named = file.parent / first.removeprefix("# yaml-language-server: $schema=")
        assert named.read_text(encoding="utf-8") == shipped(named.stem)
    assert "starter" not in (tmp_path / "x" / "rulebook.yaml").read_text(encoding="utf-8")


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "here" / "rules").mkdir(parents=True)
    made = checker(tmp_path, "new", "rules", "--in", "here")
    assert made.returncode == 2
    assert "here/rules: error: there is something of that name already [exists]" in made.stderr
    assert list((tmp_path / "here").rglob("*")) == [tmp_path / "here" / "rules"]


@pytest.mark.parametrize("name", ["Our-Statutes", "our statutes", "../rules", "9", ""])
def test_a_name_is_a_name(name: str, tmp_path: Path) -> None:
    made = checker(tmp_path, "new", name)
    assert made.returncode == 2
    assert f"'{name}' is not the name of a rulebook [bad-name]" in made.stderr
    assert not [path for path in tmp_path.iterdir() if path.name != "cache"]


def test_a_place_is_made_if_it_is_not_there(tmp_path: Path) -> None:
    assert checker(tmp_path, "new", "rules", "--in", "a/b").returncode == 0
    assert (tmp_path / "a" / "b" / "rules" / "rulebook.yaml").is_file()
    (tmp_path / "file").write_text("", encoding="utf-8")
    barred = checker(tmp_path, "new", "rules", "--in", "file")
    assert barred.returncode == 2
    assert "file: error: the rulebook cannot be written" in barred.stderr
