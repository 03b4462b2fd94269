"""How much memory and disk a run may take, and what is reported where that does not suffice."""

from __future__ import annotations

from typing import NamedTuple, Self

from checker.errors import Problem, UsageError
from checker.words.message import message

LEAST = 300_000_000
"""The least memory that can be asked for: below, there is no room to sort what must be sorted."""

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


NONE = Limits()


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
