"""Processes that do pieces of work side by side. One that dies takes only its own piece with it."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar

from checker.temporary import tidy_up_as_a_helper

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from types import TracebackType

_T = TypeVar("_T")
_SPAWN = get_context("spawn")


class Run(Protocol):
    """Does pieces of work, and gives what comes of each as it is done."""

    def __call__(self, work: Sequence[Callable[[], _T]]) -> Iterator[_T]:
        """Does the work."""


class DiedError(Exception):
    """A process ended in the middle of its work, or an error came out of that; the text says which, if that is known."""


class _Worker:
    """A process, and what connects it with this one."""

    def __init__(self) -> None:
        self.connection, there = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=_serve, args=(there,), daemon=True)
        with _uninterrupted():
            self._process.start()
        there.close()

    def end(self) -> None:
        """Ends the process, whatever it is doing; it tidies up after itself."""
        self.connection.close()
        self._process.terminate()
        self._process.join()


class Crew:
    """So many processes at most, each started when there is something to do for it, and ended when the work is."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._idle: list[_Worker] = []
        self._busy: dict[Any, tuple[int, _Worker]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for worker in [*self._idle, *(each for _, each in self._busy.values())]:
            worker.end()

    def do(self, work: Sequence[Callable[[], _T]]) -> Iterator[tuple[int, _T | DiedError]]:
        """Does the work; gives the number of each piece and what came of it, as it is done.

        What is to be done, and what comes of it, is pickled.
        """
        waiting = iter(enumerate(work))
        while True:
            while len(self._busy) < self._jobs and (piece := next(waiting, None)) is not None:
                worker = self._idle.pop() if self._idle else _Worker()
                with suppress(OSError):  # It died before it was given anything to do, which shows when it is asked.
                    worker.connection.send(piece[1])
                self._busy[worker.connection] = piece[0], worker
            if not self._busy:
                return
            for ready in wait(list(self._busy)):
                number, worker = self._busy[ready]
                try:
                    done = worker.connection.recv()
                except (EOFError, OSError):
                    done = DiedError()
                    worker.end()
                else:
                    self._idle.append(worker)
                del self._busy[ready]
                yield number, done


@contextmanager
def runner(jobs: int) -> Iterator[Run]:
    """What does pieces of work: here, or in so many other processes; their results come as they are done."""
    if jobs == 1:
        yield lambda work: (each() for each in work)
        return
    with Crew(jobs) as crew:

        def run(work: Sequence[Callable[[], _T]]) -> Iterator[_T]:
            for _, done in crew.do(work):
                if isinstance(done, DiedError):
                    raise done
                yield done

        yield run


def _serve(connection: Connection) -> None:
    tidy_up_as_a_helper()
    with suppress(EOFError, OSError):  # There is no more to do, or nobody to do it for.
        while True:
            work = connection.recv()
            try:
                done = work()
            except Exception as fault:  # noqa: BLE001 -- it is for whoever gave the work to say what that means
                done = DiedError(f"{type(fault).__name__}: {fault}")
            connection.send(done)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Processes that are started here do not hear of Ctrl-C: it would be a traceback of each until they are ready."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
