"""How many findings a report can list in the memory that a run may take."""

from __future__ import annotations

from collections.abc import Iterable

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
