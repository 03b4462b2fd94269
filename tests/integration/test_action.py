"""The action for GitHub: valid, and its steps do what it says on the worked example."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.integration.repositories import EXAMPLE, ROOT, environment, example, without
from tests.integration.services import accept_file, bash, filled
from tests.report.services.validators import accept_annotations, accept_sarif

Step = dict[str, Any]


@pytest.fixture(scope="module")
def action() -> dict[str, Any]:
    return accept_file(ROOT / "action.yml", "github-actions")


def steps(action: dict[str, Any]) -> dict[str, Step]:
    return {step["name"]: step for step in action["runs"]["steps"] if "run" in step}


class Job:
    """A job on the example, of which one step after the other is run."""

    def __init__(self, action: dict[str, Any], folder: Path, work: Path, **given: str) -> None:
        self.inputs = {name: about.get("default", "") for name, about in action["inputs"].items()} | given
        self.folder, self.output, self.summary = folder, work / "output", work / "summary.md"
        self.output.touch()
        self.files = {"GITHUB_OUTPUT": str(self.output), "GITHUB_STEP_SUMMARY": str(self.summary)}

    def run(self, step: Step, **variables: str) -> tuple[int, str, str]:
        own = {name: filled(value, self.inputs) for name, value in step.get("env", {}).items()}
        done = bash(step["run"], self.folder, self.files | own | variables)
        return done.returncode, done.stdout, done.stderr


def test_it_and_the_workflow_of_the_example_are_valid(action: dict[str, Any]) -> None:
    workflow = accept_file(EXAMPLE / ".github" / "workflows" / "records.yml", "github-workflows")
    used = [step for step in workflow["jobs"]["records"]["steps"] if "OWNER/REPOSITORY@" in step["uses"]]
    assert [set(step["with"]) - set(action["inputs"]) for step in used] == [set()]


def test_no_input_is_written_into_a_script(action: dict[str, Any]) -> None:
    """A service writes it there before the shell reads the script: whoever gives it could add commands."""
    assert not [step["run"] for step in steps(action).values() if "${{" in step["run"]]


def test_what_a_change_breaks_is_shown_and_fails_the_job(action: dict[str, Any], tmp_path: Path) -> None:
    folder = example(tmp_path / "data")
    without(folder / "records" / "2025" / "meetings.csv", "2025-10-02")
    job = Job(action, folder, tmp_path, submission="records/2025")
    code, annotations, _ = job.run(steps(action)["Check"])
    assert code == 1
    assert job.output.read_text(encoding="utf-8") == "exit-code=1\n"
    accept_annotations(annotations)
    assert annotations.startswith("::error file=records/2025/sections.csv,line=2,")
    assert [each["ruleId"] for each in accept_sarif((folder / "checker.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]]
    assert "The holders of a section meet once" in job.summary.read_text(encoding="utf-8")


def test_options_are_given_one_a_line_and_may_hold_blanks(action: dict[str, Any], tmp_path: Path) -> None:
    folder = example(tmp_path / "data")
    (folder / "checker.toml").rename(folder / "other settings.toml")
    (folder / "waivers.yaml").rename(folder / "our waivers.yaml")
    given = "--waivers=our waivers.yaml\n\n--fail-on=major\n"
    job = Job(action, folder, tmp_path, submission="records/2025", options=given, sarif="out/all.sarif")
    (folder / "out").mkdir()
    code, annotations, _ = job.run(steps(action)["Check"])
    assert code == 0
    assert job.output.read_text(encoding="utf-8") == "exit-code=0\n"
    assert "The rent of a plot" in annotations
    assert (folder / "out" / "all.sarif").is_file()


@pytest.mark.skipif("CHECKER_TEST_INSTALL" not in os.environ, reason="CHECKER_TEST_INSTALL is not set: installs the program")
def test_it_installs_the_program_from_its_own_folder(action: dict[str, Any], tmp_path: Path) -> None:
    checkout = tmp_path / "action"
    for part in ("checker", "rules"):
        shutil.copytree(ROOT / part, checkout / part, ignore=shutil.ignore_patterns("__pycache__"))
    for part in ("pyproject.toml", "constraints.txt", "README.md", "LICENSE"):
        shutil.copy(ROOT / part, checkout)
    bash(f"{sys.executable} -m venv {tmp_path / 'env'}", tmp_path, {})
    path = f"{tmp_path / 'env' / 'bin'}{os.pathsep}{environment()['PATH']}"
    job = Job(action, example(tmp_path / "data"), tmp_path, submission="records/2025")
    code, _, said = job.run(steps(action)["Install"], GITHUB_ACTION_PATH=str(checkout), PATH=path)
    assert code == 0, said
    assert (tmp_path / "env" / "bin" / "checker").is_file()
    assert job.run(steps(action)["Check"], PATH=path)[0] == 0
