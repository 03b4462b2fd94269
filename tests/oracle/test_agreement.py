"""Requires the program to say what the oracle says: of every scenario, and of random rulebooks and submissions.

A failure names its rulebook and submission; to see one alone, say `CHECKER_ORACLE=53,531 pytest -k alone`.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from checker import assembly
from checker.measure import gathers, parquet, run, sources
from tests.oracle.agreement import differences, folded, of_oracle
from tests.oracle.evaluate import consult
from tests.oracle.explain import explained
from tests.oracle.generate import rulebook
from tests.oracle.product import Program
from tests.oracle.scenarios import SCENARIOS, Scenario
from tests.oracle.spread import all_wrong, summary
from tests.oracle.submissions import Filing, filing

RULEBOOKS, FILINGS = 30, 20


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHECKER_CACHE", str(tmp_path / "cache"))


def disagreement(program: Program, filed: Filing, which: str) -> list[str]:
    """What the oracle and the program say differently of one submission, explained; or nothing."""
    book = program.book
    oracle = of_oracle(consult(book, filed.tables, filed.period, filed.as_of, filed.overrides, filed.waivers, filed.previous))
    large = run.SMALL < 0
    differing = differences(folded(oracle) if large else oracle, program.account(filed, large=large))
    return [explained(book, (filed,), differing, which)] if differing else []


def disagreements(folder: Path, seed: int) -> list[str]:
    """The disagreements about one random rulebook; every fifth is run as large submissions are."""
    run.SMALL, sources.MANY, assembly.MOST = (-1, -1, 9_999) if seed % 5 == 0 else (8_000_000, 5_000_000, 100)
    parquet.FEW, gathers.MOST_FOLDED = (-1, 2) if seed % 5 == 0 else (10_000, 16)
    program = Program(folder, rulebook(seed))
    return [
        each
        for number in range(seed * FILINGS, (seed + 1) * FILINGS)
        for each in disagreement(program, filing(number, program.book), f"rulebook {seed}, submission {number}")
    ]


def test_program_agrees_with_the_oracle(tmp_path: Path) -> None:
    wrong = all_wrong(disagreements, range(RULEBOOKS), tmp_path)
    assert not wrong, summary(wrong)


@pytest.mark.skipif("CHECKER_ORACLE" not in os.environ, reason="names no rulebook and submission")
def test_one_alone(tmp_path: Path) -> None:
    seed, number = map(int, os.environ["CHECKER_ORACLE"].split(","))
    program = Program(tmp_path, rulebook(seed))
    wrong = disagreement(program, filing(number, program.book), f"rulebook {seed}, submission {number}")
    assert not wrong, summary(wrong)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_program_reads_the_sentence(scenario: Scenario, tmp_path: Path) -> None:
    filed = Filing(
        dict(scenario.tables), scenario.period, scenario.as_of, dict(scenario.overrides), scenario.waivers, scenario.previous
    )
    wrong = disagreement(Program(tmp_path, scenario.book), filed, scenario.name)
    assert not wrong, summary(wrong)
