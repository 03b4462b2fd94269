"""How problems are reported, and which there is where the machine lacks what the program needs: room on a disk, memory."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from checker.display_width import visible
from checker.engine.limits import NONE, memory_spent
from checker.errors import Place, Problem
from checker.files import reason_of
from checker.words.message import Words, message


def short_of(error: OSError | MemoryError) -> Problem:
    """What is short."""
    if isinstance(error, MemoryError):
        return memory_spent(NONE)
    place = None if error.filename is None else Place(str(error.filename))
    return Problem("machine", message("machine", why=reason_of(error)), message("machine-fix"), place)


def tell_problems(problems: Iterable[Problem], language: str) -> None:
    """Writes each problem in full to standard error, in that language."""
    words = Words(language)
    for problem in problems:
        sys.stderr.write(visible(problem.in_(words)) + "\n")
