"""The template for GitLab: valid, and its job writes what the service reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.integration.repositories import ROOT, example, without
from tests.integration.services import accept_file, bash
from tests.report.services.validators import accept_code_quality, accept_junit


@pytest.fixture(scope="module")
def job() -> dict[str, Any]:
    found: dict[str, Any] = accept_file(ROOT / ".ci" / "gitlab.yml", "gitlab-ci")[".checker"]
    return found


def test_what_is_uploaded_is_written_whether_the_job_fails_or_not(job: dict[str, Any], tmp_path: Path) -> None:
    folder = example(tmp_path / "data")
    without(folder / "records" / "2025" / "meetings.csv", "2025-10-02")
    variables = job["variables"] | {"CHECKER_SUBMISSION": "records/2025", "CHECKER_OPTIONS": "--lang en --quiet"}
    done = bash("\n".join(job["script"]), folder, variables)
    assert done.returncode == 1
    assert done.stdout.rstrip().endswith("Exit code 1: something is violated.")
    assert job["artifacts"]["when"] == "always"
    reports = {kind: (folder / name).read_text(encoding="utf-8") for kind, name in job["artifacts"]["reports"].items()}
    accept_code_quality(reports["codequality"])
    accept_junit(reports["junit"])
    assert "records/2025/sections.csv" in {each["location"]["path"] for each in json.loads(reports["codequality"])}
