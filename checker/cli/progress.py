"""Says on the terminal what is being done, once it takes longer than a second."""

from __future__ import annotations

import sys
from threading import Lock, Timer
from types import TracebackType
from typing import Self

_PATIENCE = 1.0
_CLEAR = "\r\x1b[K"


class Progress:
    """Shows the latest step on standard error if that is a terminal, and wipes it away at the end."""

    def __init__(self, *, quiet: bool) -> None:
        self._lock = Lock()
        self._step = ""
        self._showing = False
        self._timer = None if quiet or not sys.stderr.isatty() else Timer(_PATIENCE, self._begin)

    def __enter__(self) -> Self:
        if self._timer is not None:
            self._timer.daemon = True
            self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        with self._lock:
            if self._showing:
                self._showing = False
                sys.stderr.write(_CLEAR)
                sys.stderr.flush()
            self._timer = None

    def __call__(self, step: str) -> None:
        """Names the step that begins."""
        with self._lock:
            self._step = step
            self._show()

    def _begin(self) -> None:
        with self._lock:
            if self._timer is not None:
                self._showing = True
                self._show()

    def _show(self) -> None:
        if self._showing and self._step:
            sys.stderr.write(f"{_CLEAR}{self._step} …")
            sys.stderr.flush()
