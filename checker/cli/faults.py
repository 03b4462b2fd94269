"""What is reported where the machine does not give what the program needs: room on a disk, memory, a temporary folder."""

from __future__ import annotations

from checker.errors import Place, Problem
from checker.files import reason_of
from checker.measure.limits import NONE, memory_spent
from checker.words.message import message


def short_of(error: OSError | MemoryError) -> Problem:
    """What is short."""
    if isinstance(error, MemoryError):
        return memory_spent(NONE)
    place = None if error.filename is None else Place(str(error.filename))
    return Problem("machine", message("machine", why=reason_of(error)), message("machine-fix"), place)
