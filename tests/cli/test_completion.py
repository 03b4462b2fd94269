"""Shells complete commands, options and their values: by real shells at a terminal, and by what they are answered."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.cli.main import program

ROOT = Path(__file__).parents[2]
PATIENCE = 60
BOOK = """\
rulebook: clubs
title: Clubs
extends: vn-party-grassroots
parameters: {own_limit: 3}
rules:
  - {id: own-rule, title: {vi: "Luật riêng", en: "Own rule"}}
"""
SHELLS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], 'eval "$(checker completion bash)"'),
    "zsh": (["zsh", "-f", "-i"], 'autoload -U compinit; compinit -u -D; eval "$(checker completion zsh)"'),
    "fish": (["fish", "--no-config", "-i"], "checker completion fish | source"),
}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with the program on its path, a rulebook and files."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "checker").write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m checker "$@"\n')
    (tmp_path / "bin" / "checker").chmod(0o755)
    (tmp_path / "book.yaml").write_text(BOOK, encoding="utf-8")
    (tmp_path / "records.csv").write_text("id\n")
    (tmp_path / "handed-in").mkdir()
    (tmp_path / "handed-in" / "submission.yaml").write_text("rulebook: ../book.yaml\n")
    return tmp_path


class Terminal:
    """A shell at a terminal, to which somebody types."""

    def __init__(self, command: list[str], place: Path) -> None:
        path = f"{place / 'bin'}:{os.environ['PATH']}"
        environment = {**os.environ, "PATH": path, "TERM": "xterm", "PS1": "READY> ", "HOME": str(place)}
        self.process, self.master = pty.fork()
        if self.process == 0:
            os.chdir(place)
            os.execvpe(command[0], command, environment)  # noqa: S606 -- a shell is what is tried
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 160, 0, 0))

    def types(self, text: str) -> None:
        os.write(self.master, text.encode())

    def shows(self, *wanted: str) -> str:
        """What is shown until all of that is."""
        shown = ""
        while not all(each in shown for each in wanted):
            ready, _, _ = select.select([self.master], [], [], PATIENCE)
            assert ready, f"only this was shown: {shown!r}"
            shown += re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|\r", "", os.read(self.master, 4096).decode("utf-8", "replace"))
        return shown

    def close(self) -> None:
        os.kill(self.process, signal.SIGKILL)
        os.close(self.master)
        os.waitpid(self.process, 0)


@pytest.fixture(params=SHELLS)
def terminal(request: pytest.FixtureRequest, place: Path) -> Iterator[Terminal]:
    command, learn = SHELLS[request.param]
    if shutil.which(command[0]) is None and "CHECKER_TEST_SHELLS" not in os.environ:
        pytest.skip(f"{command[0]} is not installed")
    opened = Terminal(command, place)
    try:
        opened.types(f"{learn}; echo LEAR''NT\n")
        opened.shows("LEARNT")
        yield opened
    finally:
        opened.close()


def test_a_shell_completes(terminal: Terminal) -> None:
    terminal.types("checker annot\t")
    terminal.shows("annotate")
    terminal.types("\x15checker explain -r book.yaml own-\t")
    terminal.shows("own-rule")
    terminal.types("\x15checker check records.csv --rules vn-p\t")
    terminal.shows("vn-party-grassroots")
    terminal.types("\x15checker check rec\t")
    terminal.shows("records.csv")
    terminal.types("\x15checker check records.csv -f ma\t")
    terminal.shows("markdown")


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("che", ["check"]),
        ("check --fail-on mi", ["minor"]),
        ("check x -f j", ["json", "junit"]),
        ("unmet x -f ics", ["ics"]),
        (
            "check x --rules ",
            ["(file)", "gb-parish-councils", "in-companies-act-2013", "open-source-governance", "vn-party-grassroots"],
        ),
        ("check x -r book.yaml --select own", ["own-rule"]),
        ("check handed-in --ignore own", ["own-rule"]),
        ("check x -r book.yaml --select plenary-t", ["plenary-twice-a-year"]),
        ("check x -r book.yaml --set own", ["own_limit="]),
        ("explain plenary-t", ["plenary-twice-a-year"]),
        ("explain -r nowhere.yaml a", ["(file)"]),
        ("rules vn", ["(file)", "vn-party-grassroots"]),
        ("rules book.yaml own", ["own-rule"]),
        ("test book.yaml --select own", ["own-rule"]),
        ("lint --explain unused-t", ["unused-term"]),
        ("schema rule", ["rulebook", "rules-diff"]),
        ("check x --lang ", ["en", "vi"]),
        ("check x --read-limit fil", ["files="]),
        ("check x --max-findings ", ["all"]),
        ("check ", ["(file)"]),
        ("new x --in ", ["(dir)"]),
        ("completion ", ["bash", "zsh", "fish"]),
    ],
)
def test_what_is_offered(line: str, offered: list[str], place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    words = ["checker", *line.split(" ")]
    asked = {"_CHECKER_COMPLETE": "bash_complete", "COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1)}
    ran = subprocess.run(
        [sys.executable, "-m", "checker"],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), **asked},
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    found = [kind if kind != "plain" else value for kind, _, value in (row.partition(",") for row in ran.stdout.splitlines())]
    assert [f"({each})" if each in {"file", "dir"} else each for each in found] == offered


def test_completing_loads_no_engine(place: Path) -> None:
    script = (
        "import sys; from checker.cli.main import program\n"
        "try: program(['checker'], prog_name='checker')\n"
        "except SystemExit: pass\n"
        "print([name for name in ('duckdb', 'sqlglot', 'pydantic', 'checker.api') if name in sys.modules], file=sys.stderr)"
    )
    asked = {"_CHECKER_COMPLETE": "bash_complete", "COMP_WORDS": "checker explain -r book.yaml own", "COMP_CWORD": "4"}
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **asked}
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=place, env=environment, check=False)
    assert (ran.stdout, ran.stderr) == ("plain,own-rule\n", "[]\n")


def test_a_shell_that_is_not_known_is_refused() -> None:
    ran = CliRunner().invoke(program, ["completion", "bassh"])
    assert ran.exit_code == 2
    assert "Did you mean 'bash'?" in ran.stderr
