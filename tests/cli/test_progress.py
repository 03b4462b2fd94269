"""Progress is shown to whom it concerns, and wiped away."""

from __future__ import annotations

import io
import sys
import time

import pytest

from checker.cli import progress
from checker.cli.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, *, quiet: bool = False, wait: bool = True) -> str:
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(progress, "_PATIENCE", 0.01 if wait else 60)
    with Progress(quiet=quiet) as tell:
        tell("reading")
        deadline = time.monotonic() + (5 if wait and stream.isatty() and not quiet else 0)
        while not stream.getvalue() and time.monotonic() < deadline:
            time.sleep(0.005)
        tell("measuring")
    return stream.getvalue()


def test_a_terminal_that_waits_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, Terminal()) == "\r\x1b[Kreading …\r\x1b[Kmeasuring …\r\x1b[K"


def test_nothing_is_shown_in_vain(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, Terminal(), wait=False) == ""
    assert shown(monkeypatch, Terminal(), quiet=True) == ""
    assert shown(monkeypatch, io.StringIO()) == ""
