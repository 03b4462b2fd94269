"""When a rulebook is judged, and who is told: soon after a change quickly, and after a pause, or when saved, in full."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from checker.errors import Level, Problem
from checker.lsp.diagnosis import full

if TYPE_CHECKING:
    from checker.lsp.session import Session
    from checker.rules.home import Home

SOON, PAUSE = 0.15, 1.5
"""How many seconds after the last change a rulebook is judged quickly, and how many more after that in full."""


@dataclass(slots=True)
class Publishing:
    """Judges rulebooks in threads of their own, and gives what was found to `publish`, by file; no more is an empty list."""

    session: Session
    publish: Callable[[Path, list[Problem]], None]
    waiting: dict[Path, asyncio.Task[None]] = field(default_factory=dict)
    published: dict[Path, frozenset[Path]] = field(default_factory=dict)
    compiling: Lock = field(default_factory=Lock)

    def judge(self, home: Home, *, saved: bool = False) -> None:
        """Judges a rulebook soon; what was asked of it before is asked no more."""
        if (earlier := self.waiting.pop(home.source, None)) is not None:
            earlier.cancel()
        self.waiting[home.source] = asyncio.get_running_loop().create_task(self._judge(home, saved=saved))

    def forget(self, home: Home) -> None:
        """Takes back what was said of a rulebook none of whose files is open any more."""
        if (waiting := self.waiting.pop(home.source, None)) is not None:
            waiting.cancel()
        self._tell(home, ())

    async def _judge(self, home: Home, *, saved: bool) -> None:
        await asyncio.sleep(0 if saved else SOON)
        quickly = await asyncio.to_thread(self.session.diagnose, home)
        self._tell(home, quickly.problems)
        if home.library or any(each.level is Level.ERROR for each in quickly.problems):
            # Compiling would say the same.
            return
        await asyncio.sleep(0 if saved else PAUSE)
        self._tell(home, await asyncio.to_thread(self._in_full, home))

    def _in_full(self, home: Home) -> tuple[Problem, ...]:
        with self.compiling:
            return full(home, self.session.buffers())

    def _tell(self, home: Home, problems: Iterable[Problem]) -> None:
        by_file: dict[Path, list[Problem]] = {}
        for problem in problems:
            by_file.setdefault(self._file(home, problem), []).append(problem)
        homes = self.session.homes
        opened = (file for file in self.session.edited if file in homes and homes[file].source == home.source)
        for file in {*self.published.get(home.source, ()), *opened}:
            by_file.setdefault(file, [])
        for file, found in sorted(by_file.items()):
            self.publish(file, found)
        self.published[home.source] = frozenset(by_file)

    def _file(self, home: Home, problem: Problem) -> Path:
        """The file of a problem; where it has none, the first of the rulebook."""
        if problem.place is not None and Path(problem.place.file).is_file():
            return Path(problem.place.file).resolve()
        if problem.place is not None and (real := Path(problem.place.file).resolve()) in self.session.edited:
            return real
        if not home.source.is_dir():
            return home.source
        return home.source / next(iter(self.session.buffers().rules(home.source)), Path("rulebook.yaml"))
