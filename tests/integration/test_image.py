"""The image: what a linter of such files says, and its commands where there is nothing but what is copied into it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.repositories import ROOT, environment, example
from tests.integration.services import bash


def instructions() -> Iterator[tuple[str, str]]:
    """The instructions of the Dockerfile with what they say, each on one line."""
    lines = [line for line in (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    for line in "\n".join(lines).replace("\\\n", " ").splitlines():
        if line:
            instruction, _, said = line.partition(" ")
            yield instruction, said


def test_a_linter_has_nothing_to_say() -> None:
    done = subprocess.run(["hadolint", "Dockerfile"], cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_it_is_not_run_by_who_may_do_everything() -> None:
    """By number, so that whoever runs it can see that it is not 0."""
    last = dict(instructions())
    assert int(last["USER"]) > 0
    assert last["ENTRYPOINT"] == '["checker"]'


def test_what_is_copied_is_not_left_out_of_the_context() -> None:
    listed = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    kept = {line[1:] for line in listed if line.startswith("!")}
    copied = {name for what, said in instructions() if what == "COPY" and "--from" not in said for name in said.split()[:-1]}
    assert copied == kept


@pytest.mark.skipif("CHECKER_TEST_INSTALL" not in os.environ, reason="CHECKER_TEST_INSTALL is not set: installs the program")
def test_its_commands_make_a_program_of_what_is_copied(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "opt"
    source.mkdir()
    for what, said in instructions():
        if what == "COPY" and "--from" not in said:
            *names, to = said.split()
            for name in names:
                if (ROOT / name).is_dir():
                    shutil.copytree(ROOT / name, source / to, ignore=shutil.ignore_patterns("__pycache__"))
                else:
                    shutil.copy(ROOT / name, source / to)
    (command,) = [said for what, said in instructions() if what == "RUN" and "pip" in said]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = bash(command.replace("/opt/checker", str(target)), source, {"PATH": path})
    assert done.returncode == 0, done.stderr
    checked = bash(f"{target}/bin/checker check records/2025", example(tmp_path / "data"), {})
    assert checked.returncode == 0, checked.stdout + checked.stderr
