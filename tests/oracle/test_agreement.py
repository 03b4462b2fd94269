"""Requires the program to say what the oracle says: of every scenario, and of random rulebooks and submissions.

A failure names its rulebook and submission; to see one alone, or many more, see `tests/oracle/pairs.py`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.oracle.pairs import AS_LARGE, disagreement, disagreements_of, way_of
from tests.oracle.product import Program
from tests.oracle.scenarios import SCENARIOS, Scenario, filed
from tests.oracle.spread import all_wrong, summary

RULEBOOKS, FILINGS, OF_LARGE = 20, 12, 6
"""So many rulebooks, and submissions of each; fewer where they are judged as large ones, which takes four times as long."""


def about(folder: Path, seed: int) -> list[str]:
    """The disagreements about one random rulebook."""
    return disagreements_of(OF_LARGE if way_of(seed).small < 0 else FILINGS, folder, seed)


def test_program_agrees_with_the_oracle(tmp_path: Path) -> None:
    wrong = all_wrong(about, range(RULEBOOKS), tmp_path)
    assert not wrong, summary(wrong)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_program_reads_the_sentence(scenario: Scenario, tmp_path: Path) -> None:
    wrong = disagreement(Program(tmp_path, scenario.book), filed(scenario), scenario.name)
    assert not wrong, summary(wrong)


def _ungathered(scenario: Scenario) -> bool:
    """Whether rows are measured in their order, or found in a tree: of large submissions too they are not gathered."""
    ((form, said),) = scenario.book["rules"][0]["require"].items()
    return form in {"spacing", "streak", "occupancy"} or "via" in said


@pytest.mark.parametrize("scenario", [each for each in SCENARIOS if _ungathered(each)], ids=lambda scenario: scenario.name)
def test_program_reads_the_sentence_of_large_submissions(scenario: Scenario, tmp_path: Path) -> None:
    wrong = disagreement(Program(tmp_path, scenario.book), filed(scenario), scenario.name, AS_LARGE)
    assert not wrong, summary(wrong)
