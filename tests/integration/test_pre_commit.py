"""The hooks, run by pre-commit itself on the worked example."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.integration.repositories import EXAMPLE, ROOT, commit, environment, example, git, without

HOOKS = ".pre-commit-hooks.yaml"


def configured(repository: Path, revision: str, **changes: str) -> dict[str, Any]:
    """The example's own configuration, of hooks from that repository."""
    text = (EXAMPLE / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    configuration: dict[str, Any] = yaml.safe_load(text)
    (source,) = configuration["repos"]
    source |= {"repo": str(repository), "rev": revision}
    source["hooks"] = [{**hook, **changes} for hook in source["hooks"]]
    return configuration


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example under pre-commit; its hooks run the program as it is here, installed already."""
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "cache"))
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    shutil.copy(ROOT / HOOKS, hooks)
    folder = example(tmp_path / "data")
    configuration = configured(hooks, commit(hooks), language="system")
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(configuration), encoding="utf-8")
    commit(folder)
    return folder


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    git(folder, "add", "--all")
    command = ["pre-commit", "run", "--color=never", *arguments]
    return subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True, encoding="utf-8", check=False)


def outcomes(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    lines = (line.partition("..") for line in done.stdout.splitlines() if line.startswith("checker "))
    return {name: rest.strip(".").removeprefix("(no files to check)") for name, _, rest in lines}


def test_the_example_passes_and_what_a_change_breaks_does_not(home: Path) -> None:
    assert outcomes(run(home, "--all-files")) == dict.fromkeys(["checker lint", "checker test", "checker check"], "Passed")

    without(home / "records" / "2025" / "meetings.csv", "2025-10-02")
    done = run(home)
    assert outcomes(done) == {"checker lint": "Skipped", "checker test": "Skipped", "checker check": "Failed"}
    assert done.returncode == 1
    assert "Baseline: 1 known, 1 new, 0 gone (2025, baseline.json)" in done.stdout


def test_one_changed_file_has_its_whole_rulebook_checked(home: Path) -> None:
    """A case is changed; that it is about a rule that is not there any more is seen only from the whole."""
    (home / "statutes" / "cases" / "plot-tended.yaml").rename(home / "statutes" / "cases" / "plot-tendered.yaml")
    done = run(home, "checker-lint")
    assert outcomes(done) == {"checker lint": "Failed"}
    assert "statutes/cases/plot-tendered.yaml" in done.stdout
    assert "statutes: 1 error" in done.stdout


@pytest.mark.skipif("CHECKER_TEST_INSTALL" not in os.environ, reason="CHECKER_TEST_INSTALL is not set: installs the program")
def test_pre_commit_installs_the_program_by_itself(home: Path, tmp_path: Path) -> None:
    program = tmp_path / "program"
    for folder in ("checker", "rules"):
        shutil.copytree(ROOT / folder, program / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in (HOOKS, "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / file, program)
    configuration = configured(program, commit(program))
    (home / ".pre-commit-config.yaml").write_text(yaml.safe_dump(configuration), encoding="utf-8")
    done = run(home, "--all-files")
    assert outcomes(done) == dict.fromkeys(["checker lint", "checker test", "checker check"], "Passed"), done.stdout + done.stderr
