"""Signals to real processes: at any moment the program ends at once, in a line at most, and leaves nothing behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals as POSIX has them")
RULES = """\
rulebook: tiny
title: Tiny
sources: {law: {title: Law}}
records:
  organisations: {key: id, fields: {id: {}, name: {}}}
  meetings: {key: id, date: date, fields: {id: {}, organisation: {ref: organisations}, date: {type: date}}}
rules:
  - {id: meets, title: M, cites: law art. 1, for: organisations, require: {frequency: {of: meetings, per: month, at_least: 1}}}
"""
ENDS = {signal.SIGINT: (130, "Interrupted.\n"), signal.SIGTERM: (-signal.SIGTERM, ""), signal.SIGHUP: (-signal.SIGHUP, "")}


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A submission whose organisations have to be decoded, and that takes some seconds to judge."""
    folder = tmp_path_factory.mktemp("filed")
    (folder / "rules.yaml").write_text(RULES, encoding="utf-8")
    (folder / "sub").mkdir()
    names = "".join(f"O{number},Hội é{number}\n" for number in range(100_000))
    (folder / "sub" / "organisations.csv").write_text(f"id,name\n{names}", encoding="cp1258", errors="replace")
    rows = "".join(f"M{n},O{n % 100_000},2019-{n % 12 + 1:02}-{n % 28 + 1:02}\n" for n in range(400_000))
    (folder / "sub" / "meetings.csv").write_text(f"id,organisation,date\n{rows}", encoding="utf-8")
    return folder


class Started:
    """A process that was started in a folder of its own, which all its temporary files go to."""

    def __init__(self, filed: Path, home: Path, *arguments: str) -> None:
        self.temporary = home / "temporary"
        self.temporary.mkdir()
        surroundings = {**os.environ, "TMPDIR": str(self.temporary), "CHECKER_CACHE": str(home / "cache")}
        command = [sys.executable, "-m", "checker", *arguments]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(
            command, cwd=filed, env=surroundings, stdout=pipe, stderr=pipe, text=True, start_new_session=True
        )

    def left(self) -> list[Path]:
        return [path for path in self.temporary.rglob("*") if not path.name.startswith(".nfs")]

    def when(self, ready: Callable[[], bool]) -> None:
        waiting = time.monotonic() + 120
        while not ready():
            assert self.process.poll() is None
            assert time.monotonic() < waiting
            time.sleep(0.005)

    def ended(self, number: signal.Signals, *, group: bool = False) -> tuple[int, str]:
        (os.killpg if group else os.kill)(self.process.pid, number)
        _, said = self.process.communicate(timeout=60)
        return self.process.returncode, said


@pytest.mark.parametrize("number", ENDS)
@pytest.mark.parametrize("moment", ["decoded", "some time after"])
def test_a_check_that_is_ended(filed: Path, tmp_path: Path, number: signal.Signals, moment: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    targets = ("-f", f"json={out / 'report.json'}", "--findings", str(out / "findings.csv"))
    started = Started(filed, tmp_path, "check", "sub", "-r", "rules.yaml", "-p", "2019", *targets)
    started.when(lambda: any(path.suffix == ".csv" for path in started.left()))
    time.sleep(0 if moment == "decoded" else 0.7)
    assert started.ended(number) == ENDS[number]
    assert started.left() == []
    assert list(out.iterdir()) == []


@pytest.mark.parametrize("number", ENDS)
def test_a_report_that_waits_for_its_reader(filed: Path, tmp_path: Path, number: signal.Signals) -> None:
    os.mkfifo(tmp_path / "pipe")
    started = Started(filed, tmp_path, "lint", "rules.yaml", "-f", f"json={tmp_path / 'pipe'}")
    started.when(lambda: any(path.name.startswith(".checker-") and path.stat().st_size for path in started.left()))
    time.sleep(0.1)
    assert started.ended(number) == ENDS[number]
    assert started.left() == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_helpers_end_with_the_program(tmp_path: Path, number: signal.Signals) -> None:
    example = Path(__file__).parents[2]
    started = Started(example, tmp_path, "test", "vn-party-grassroots", "--mutate", "--jobs", "2", "--select", "cells")
    started.when(lambda: len([path for path in started.left() if path.name.startswith("checker-")]) > 1)
    assert started.ended(number, group=number == signal.SIGINT) == ENDS[number]
    assert started.left() == []


def test_a_signal_that_is_ignored_stays_ignored(filed: Path, tmp_path: Path) -> None:
    script = (
        "import os, signal; from checker.temporary import tidy_up_on_signals\n"
        "signal.signal(signal.SIGHUP, signal.SIG_IGN); tidy_up_on_signals(); os.kill(os.getpid(), signal.SIGHUP); print('lives')"
    )
    run = subprocess.run([sys.executable, "-c", script], cwd=filed, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (0, "lives\n")
    assert tmp_path.exists()


def environment(path: Path) -> bytes:
    """The surroundings of a process, while there is one."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


@pytest.mark.parametrize("group", [False, True], ids=["the program", "all of it"])
def test_a_check_of_several_that_is_interrupted(filed: Path, tmp_path: Path, group: bool) -> None:  # noqa: FBT001 -- pytest's way
    shutil.copytree(filed / "sub", tmp_path / "copy")
    options = ["-r", "rules.yaml", "-p", "2019", "-j", "2", "-f", f"json={tmp_path}/{{name}}.json"]
    started = Started(filed, tmp_path, "check", "sub", str(tmp_path / "copy"), *options)
    started.when(lambda: len({path.parent for path in started.left() if path.suffix == ".csv"}) == 2)
    assert started.ended(signal.SIGINT, group=group) == ENDS[signal.SIGINT]
    assert started.left() == []
    assert not list(tmp_path.glob("*.json*"))
    # The standard library's own helper ends when it sees that nobody is there any more.
    for _ in range(200):
        if not any(str(tmp_path).encode() in environment(path) for path in Path("/proc").glob("[0-9]*/environ")):
            return
        time.sleep(0.05)
    pytest.fail("a process goes on")
