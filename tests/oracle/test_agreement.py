"""Requires the program to say what the oracle says of random rulebooks and submissions."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.oracle.agreement import differences, of_oracle
from tests.oracle.evaluate import consult
from tests.oracle.explain import explained
from tests.oracle.generate import rulebook
from tests.oracle.product import check, compiled, of_program
from tests.oracle.scenarios import SCENARIOS, Scenario
from tests.oracle.submissions import Filing, filing

RULEBOOKS, FILINGS, BATCH = 200, 10, 10


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHECKER_CACHE", str(tmp_path / "cache"))


@pytest.mark.parametrize("first", range(0, RULEBOOKS, BATCH))
def test_program_agrees_with_the_oracle(first: int, tmp_path: Path) -> None:
    for seed in range(first, first + BATCH):
        book = rulebook(seed)
        plan = compiled(tmp_path, book, {})
        for number in range(seed * FILINGS, (seed + 1) * FILINGS):
            filed = filing(number, book)
            judge = compiled(tmp_path, book, filed.overrides) if filed.overrides else plan
            oracle = of_oracle(consult(book, filed.tables, filed.period, filed.as_of, filed.overrides))
            differing = differences(oracle, of_program(check(tmp_path, judge, filed)))
            assert not differing, explained(book, (filed,), differing, f"seeds {seed} and {number}")


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_program_reads_the_sentence(scenario: Scenario, tmp_path: Path) -> None:
    filed = Filing(dict(scenario.tables), scenario.period, scenario.as_of, dict(scenario.overrides))
    oracle = of_oracle(consult(scenario.book, filed.tables, filed.period, filed.as_of, filed.overrides))
    plan = compiled(tmp_path, scenario.book, filed.overrides)
    differing = differences(oracle, of_program(check(tmp_path, plan, filed)))
    assert not differing, explained(scenario.book, (filed,), differing, scenario.name)
