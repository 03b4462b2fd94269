"""How much memory and disk a run may take, and what that leaves the engine."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import NamedTuple, Self

from checker.errors import Problem, UsageError
from checker.words.message import message

LEAST = 300_000_000
"""The least memory that can be asked for: below, there is no room to sort what must be sorted."""

_OWN = 190_000_000
"""What a process takes beside the engine's own account: Python, the code, the rulebook, the report. Measured: 100 MB, and
65 MB more where the rulebook has to be compiled first."""

_SHARE = 0.8
"""How much of the rest the engine may account for: some allocations of its readers and of its threads it does not."""

_PER_THREAD = 125_000_000
"""What DuckDB asks for each thread; with less, threads use up the memory side by side before anything can be moved to disk."""

_UNITS = ("TB", 10**12), ("GB", 10**9), ("MB", 10**6), ("KB", 10**3), ("B", 1)


class Limits(NamedTuple):
    """The most that a run may take, in bytes: `memory` of the whole process, `disk` of temporary files. None: no limit."""

    memory: int | None = None
    disk: int | None = None

    @classmethod
    def of(cls, memory: int | None, disk: int | None) -> Self:
        """Makes the limits. Raises UsageError where they leave no room to work in."""
        if memory is not None and memory < LEAST:
            wrong, fix = message("memory-limit-low", size=size(memory)), message("memory-limit-low-fix", size=size(LEAST))
            raise UsageError(Problem("memory-limit", wrong, fix))
        if disk is not None and disk < 0:
            raise UsageError(Problem("disk-limit", message("disk-limit-negative"), message("disk-limit-negative-fix")))
        return cls(memory, disk)

    def settings(self, processors: int) -> dict[str, str]:
        """The engine's settings that keep a process with so many processors within the limits."""
        found: dict[str, str] = {}
        if self.memory is not None:
            engine = int((self.memory - _OWN) * _SHARE)
            found["memory_limit"] = f"{engine}B"
            found["threads"] = str(min(processors, max(engine // _PER_THREAD, 1)))
        if self.disk is not None:
            found["max_temp_directory_size"] = f"{self.disk}B"
        return found


NONE = Limits()

_LISTED = 3
"""Of the memory this part, one of so many, is for the findings that a report lists."""


def listable(memory: int, counts: Iterable[int], most: int, finding: int) -> int:
    """How many findings of each rule and verdict a report can list in that memory: `most` (0: all) where they fit, or fewer.

    `counts` are how many findings there are of each, and one takes as many bytes as `finding` says.
    """
    room, ordered = memory // _LISTED // finding, sorted(counts)
    if sum(min(count, most or count) for count in ordered) <= room:
        return most
    for place, count in enumerate(ordered):
        each = room // (len(ordered) - place)
        if count > each:
            return max(each, 1)
        room -= count
    return most


def size(count: int) -> str:
    """A number of bytes as people write it: `1.5 GB`."""
    unit, of_them = next((unit, of_them) for unit, of_them in _UNITS if count >= of_them or of_them == 1)
    return f"{count / of_them:.4g} {unit}"


def memory_spent(limits: Limits) -> Problem:
    """What is reported where memory does not suffice."""
    wrong, fix = message("memory-spent"), message("memory-spent-fix")
    if limits.memory is not None:
        wrong = message("memory-spent-of-limit", size=size(limits.memory))
    if limits.disk is not None:
        fix = message("memory-and-disk-spent-fix", size=size(limits.disk))
    return Problem("memory-limit", wrong, fix)


def disk_spent(allowed: int | None, folder: str) -> Problem:
    """What is reported where the temporary files in the folder need more than is allowed, or, with None, than there is."""
    if allowed is not None:
        wrong = message("disk-limit-spent", size=size(allowed), folder=folder)
        return Problem("disk-limit", wrong, message("disk-limit-spent-fix"))
    return Problem("disk-limit", message("disk-spent", folder=folder), message("disk-spent-fix"))


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
