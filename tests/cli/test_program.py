"""The program as a process: how it starts, what it loads, how it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from checker.cli.main import program

PROGRAM = (sys.executable, "-m", "checker")
HEAVY = ("duckdb", "_duckdb", "pydantic", "sqlglot", "yaml", "rich", "durable", "checker.api", "checker.report.check.text")


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, timeout=300, check=False)


def test_help_of_the_process() -> None:
    result = python("-m", "checker", "--help")
    assert result.returncode == 0
    assert result.stderr == ""
    assert result.stdout.startswith("Usage: checker [OPTIONS] COMMAND [ARGS]...")
    for command in ("check", "unmet", "lint", "rules"):
        assert f"\n  {command} " in result.stdout


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"], ["unmet", "--help"], ["rules", "--help"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    script = (
        "import sys; from checker.cli.main import program\n"
        f"program({arguments!r}, standalone_mode=False)\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    assert python("-c", script).stderr == "[]\n"


def test_a_reader_who_leaves_early_changes_nothing() -> None:
    script = (
        "import sys, checker\n"
        "from tests.cli.stub import Stub\n"
        "made = Stub(); made.made = made.made._replace(findings=made.made.findings * 100)\n"
        "sys.modules['checker.api'] = checker.api = made\n"
        "from checker.cli.main import main\n"
        "sys.argv = ['checker', 'check', 'data', '-f', 'json']; main()"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "{\n"
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait(60) == 1


def test_version() -> None:
    assert python("-m", "checker", "--version").stdout.startswith("checker ")


def test_a_mistyped_command_is_answered() -> None:
    result = python("-m", "checker", "chek")
    assert result.returncode == 2
    assert "Did you mean" in result.stderr
    assert "'check'" in result.stderr


@pytest.mark.parametrize("name", program.commands)
def test_every_command_and_option_says_what_it_does(name: str) -> None:
    command = program.commands[name]
    assert command.help, f"give the command '{name}' a docstring"
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"give {name} {parameter.opts[0]} a help text"


@pytest.mark.parametrize("name", ["check", "unmet"])
def test_exit_codes_are_in_the_help(name: str) -> None:
    shown = program.commands[name].get_help(click.Context(program.commands[name]))
    for code in (0, 1, 2, 3, 4, 130):
        assert f"\n    {code:<5}" in shown


def test_nothing_of_the_engine_is_left_when_a_check_is_over() -> None:
    # The process then ends without tidying up: what the engine has put on the disk must be gone by then.
    script = (
        "import gc; gc.disable()\n"
        "from checker import api; from checker.engine.duckdb.database import Duck\n"
        "report = api.check('examples/rach-gia-2019')\n"
        "print(len(report.findings) > 0, [each for each in gc.get_objects() if isinstance(each, Duck)])"
    )
    assert python("-c", script).stdout == "True []\n"


def test_what_was_to_be_done_at_exit_is_done() -> None:
    script = (
        "import atexit, sys; from checker.cli.main import main\n"
        "atexit.register(print, 'done')\n"
        "sys.argv = ['checker', '--version']; main()"
    )
    result = python("-c", script)
    assert result.returncode == 0
    assert result.stdout.endswith("\ndone\n")


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["check", "--help"], ["schema", "cases"], ["rules"]])
@pytest.mark.skipif(sys.platform != "linux", reason="a device that is always full")
def test_standard_output_that_is_full_or_closed(arguments: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        lost = subprocess.run([*PROGRAM, *arguments], stdout=full, stderr=subprocess.PIPE, text=True, timeout=300, check=False)
    assert (lost.returncode, lost.stderr) == (2, "standard output cannot be written: there is no room left on the disk\n")
    shut = subprocess.run(
        ["/bin/sh", "-c", '"$@" >&-', "sh", *PROGRAM, *arguments], stderr=subprocess.PIPE, text=True, check=False
    )
    assert (shut.returncode, shut.stderr) == (2, "standard output cannot be written: it is closed\n")


@pytest.mark.skipif(sys.platform != "linux", reason="a device that is always full")
def test_standard_error_that_takes_nothing_changes_nothing() -> None:
    with Path("/dev/full").open("w") as full:
        assert subprocess.run([*PROGRAM, "chek"], stderr=full, timeout=300, check=False).returncode == 2
    assert subprocess.run(["/bin/sh", "-c", '"$@" 2>&-', "sh", *PROGRAM, "chek"], check=False).returncode == 2


def test_a_reader_who_has_gone_is_no_verdict() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as nobody:
        ended = subprocess.run([*PROGRAM, "--help"], stdout=nobody, stderr=subprocess.PIPE, timeout=300, check=False)
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_output_that_is_lost_at_the_end_is_told() -> None:
    script = (
        "import os, sys; from checker.cli import main as program; from checker.cli.streams import prepare_streams\n"
        "program.prepare_streams = lambda: None\n"
        "reading, writing = os.pipe(); os.dup2(reading, 1); prepare_streams(); sys.stdout.write('a line')\n"
        "sys.argv = ['checker', 'check', 'data', '--from-nowhere']; program.main()"
    )
    result = python("-c", script)
    assert (result.returncode, result.stderr.count("standard output cannot be written")) == (2, 0)
    result = python("-c", script.replace("'check', 'data', '--from-nowhere'", "'schema', '--output', os.devnull, 'cases'"))
    assert (result.returncode, result.stderr) == (2, "standard output cannot be written: it is closed\n")


@pytest.mark.skipif(os.name == "nt", reason="needs signals between processes")
def test_ctrl_c_while_the_program_is_loaded_is_no_traceback() -> None:
    script = (
        "import os, signal, sys\n"
        "class Interrupting:\n"
        "    def find_spec(self, name, path, target=None):\n"
        "        if name == 'click': os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Interrupting())\n"
        "from checker.__main__ import main; main()"
    )
    result = python("-c", script)
    assert (result.returncode, result.stderr) == (130, "Interrupted.\n")
