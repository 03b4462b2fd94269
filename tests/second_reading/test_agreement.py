"""The second reading of the contract and the program give the same verdicts.

The evaluator in this folder was written from docs/meaning.md alone. `python -m tests.second_reading SEED COUNT` compares more.
"""

from pathlib import Path

import pytest

from tests.second_reading import pairs

SEEDS = range(1, 9)
LEAST = 20


@pytest.mark.parametrize("seed", SEEDS)
def test_the_program_says_what_the_second_reading_says(seed: int, tmp_path: Path) -> None:
    for name, verdicts, told in pairs.differences(seed, tmp_path, submissions=2):
        assert verdicts >= LEAST, name
        assert not told, "\n".join(told)
