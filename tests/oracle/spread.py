"""Spreads random cases over the processors: a case takes a fifth of a second, and there are thousands."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from shutil import rmtree

Task = Callable[[Path, int], list[str]]
"""A folder of its own and the seed of a rulebook, to what is wrong there."""

SHOWN = 3
"""How many of the things that are wrong are shown in full."""


def spread(task: Task, seeds: Sequence[int], folder: Path) -> Iterator[list[str]]:
    """What the task finds wrong for each of these seeds. Processes are spawned: neither engine outlives a fork."""
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        yield from pool.map(partial(_apart, task, folder), seeds)


def all_wrong(task: Task, seeds: Sequence[int], folder: Path) -> list[str]:
    """What the task finds wrong for all these seeds."""
    return [each for found in spread(task, seeds, folder) for each in found]


def _apart(task: Task, folder: Path, seed: int) -> list[str]:
    own = folder / str(seed)
    own.mkdir()
    found = task(own, seed)
    rmtree(own)
    return found


def summary(wrong: Sequence[str]) -> str:
    """The first few of the things that are wrong, and how many there are."""
    return "\n".join([*wrong[:SHOWN], f"\n{len(wrong)} in all"])
