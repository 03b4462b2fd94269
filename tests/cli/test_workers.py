"""Processes that do pieces of work side by side."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from checker.workers import Crew, DiedError


def test_one_that_dies_takes_only_its_own_piece_with_it() -> None:
    with Crew(2) as crew:
        work: list[Callable[[], object]] = [partial(pow, 2, 3), partial(os._exit, 3), partial(pow, 0, -1), partial(pow, 3, 3)]
        first = dict(crew.do(work))
        assert (first[0], first[3]) == (8, 27)
        assert isinstance(first[1], DiedError)
        assert str(first[2]).startswith("ZeroDivisionError")
        assert dict(crew.do([partial(pow, 2, 4)])) == {0: 16}


def test_processes_are_others_and_no_more_than_asked_for() -> None:
    with Crew(2) as crew:
        numbers = {number for _, number in crew.do([os.getpid] * 6)}
    assert os.getpid() not in numbers
    assert 1 <= len(numbers) <= 2
    assert not any(Path(f"/proc/{number}").exists() for number in numbers)
