"""What holds for all tests: random examples are the same in every run, none is refused for being slow, and signals are heard."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from tests import postgresql_server

CHROMIUM = Path("/usr/bin/chromium")

settings.register_profile("checker", deadline=None, derandomize=True, database=None)
settings.load_profile("checker")

# Who starts the tests may ignore signals, as `nohup` does, and all that they start would ignore them too.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium. While it runs, no other event loop can: it is ended with the tests of its module."""
    assert CHROMIUM.exists(), "these tests need Chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield started
        started.close()


@pytest.fixture(scope="session", name="server")
def server_of_databases() -> Iterator[str]:
    """The address of a PostgreSQL database in which everything may be done."""
    yield from postgresql_server.server()


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One cache of compiled rulebooks for all tests of a run: the shipped ones take seconds, and are the same for all."""
    mine = tmp_path_factory.getbasetemp()
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("CHECKER_CACHE", str((mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine) / "cache"))
        yield


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which the test stands."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
