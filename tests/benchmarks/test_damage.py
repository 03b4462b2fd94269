"""A damaged submission of the benchmark is judged alike whichever way a run takes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.damage import FAULTS, damage
from benchmarks.generate import generate
from checker import api
from checker.model.report import Finding
from checker.request import Tuning
from tests.ways import LARGE, SMALL

RULES = Path(__file__).parents[2] / "benchmarks" / "rules" / "benchmark"


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clean")
    generate(folder, 40, "parquet")
    return folder


def told(submission: Path, tuning: Tuning) -> Counter[Finding]:
    """Every finding that is not simply met."""
    report = api.check(submission, RULES, tuning=tuning._replace(listed=99_999), max_findings=0)
    return Counter(each for each in report.findings if each.verdict != "satisfied")


def test_damage_is_always_the_same(clean: Path, tmp_path: Path) -> None:
    for name in ("one", "other"):
        damage(clean, tmp_path / name, share=500)
    for file in clean.iterdir():
        assert (tmp_path / "one" / file.name).read_bytes() == (tmp_path / "other" / file.name).read_bytes()


@pytest.mark.parametrize("fault", FAULTS)
def test_one_cell_is_judged_alike(clean: Path, tmp_path: Path, fault: str) -> None:
    damage(clean, tmp_path, [fault], one=True)
    changed = [file.name for file in clean.iterdir() if file.read_bytes() != (tmp_path / file.name).read_bytes()]
    assert changed == [f"{FAULTS[fault].table}.parquet"]
    assert told(tmp_path, LARGE) == told(tmp_path, SMALL)


def test_all_faults_together_are_judged_alike(clean: Path, tmp_path: Path) -> None:
    damage(clean, tmp_path, share=300)
    small = told(tmp_path, SMALL)
    assert {each.verdict for each in small} >= {"violated", "undetermined"}
    assert told(tmp_path, LARGE) == small
