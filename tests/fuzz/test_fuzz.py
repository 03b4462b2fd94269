"""A fixed sample of mutated files of every format: each ends in a documented exit code, in bounded time and memory."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.fuzz.mutations import BYTES, TEXTS, mutate
from tests.fuzz.running import MEGABYTES, SECONDS, run

FILES = 60
# What broke once: a reference of half a million letters in a workbook, and rows set apart where typed tables are shared.
BROKE = (127, 13)


def test_a_sample_of_mutated_files(tmp_path: Path) -> None:
    outcomes = list(run([*BROKE, *range(40_000, 40_000 + FILES)], tmp_path))
    assert len(outcomes) == FILES + len(BROKE)
    assert not [f"{each.seed} ({each.base}): {each.fault}" for each in outcomes if each.fault]
    assert {int(each.code) for each in outcomes} <= {0, 1, 2, 3}
    assert max(each.seconds for each in outcomes) < SECONDS
    assert max(each.megabytes for each in outcomes) < MEGABYTES


@pytest.mark.parametrize("kind", [*dict.fromkeys((*BYTES, *TEXTS))], ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("content", [b"", b"id,name\n1,a\n", bytes(range(256)) * 4], ids=["nothing", "text", "bytes"])
def test_each_mutation_takes_any_bytes_and_gives_the_same_for_a_seed(kind: object, content: bytes) -> None:
    assert callable(kind)
    for seed in range(20):
        made = kind(content, Random(seed))  # noqa: S311 -- each seed gives the same
        assert isinstance(made, bytes)
        assert made == kind(content, Random(seed))  # noqa: S311


def test_a_mutated_archive_differs() -> None:
    assert mutate(b"PK no archive", Random(1), text=False) != b"PK no archive"  # noqa: S311
