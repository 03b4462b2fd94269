"""What an error of the engine says to whoever reads of it, and interruptions, which it keeps to itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from checker.errors import Problem
from checker.words.message import message

_INTERRUPTED = "Query interrupted"


@contextmanager
def interruptible() -> Iterator[None]:
    """Ctrl-C during a statement is an interruption; DuckDB keeps Python's own exception to itself."""
    try:
        yield
    except RuntimeError as error:
        if str(error) == _INTERRUPTED:
            raise KeyboardInterrupt from error
        raise


def engine_fault(error: Exception) -> Problem:
    """The problem of an error that is a fault of the program or of its engine."""
    return Problem("engine-fault", message("engine-fault", fault=first_line(error)), message("engine-fault-fix"))


def reason_of(error: Exception) -> str:
    """What the engine says of a file, without its kind of error."""
    return first_line(error).rpartition(" Error: ")[2]


def first_line(error: Exception) -> str:
    """The first line of what an error says; what it is called, where it says nothing."""
    return next(iter(str(error).strip().splitlines()), type(error).__name__)
