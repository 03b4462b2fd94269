"""`checker lsp` as a command: what it says where its library is missing, and how it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def run(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "checker", "lsp"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, **environment},
    )


def test_without_its_library_it_says_in_a_line_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "pygls.py").write_text("raise ModuleNotFoundError('no module', name='pygls')\n")
    ended = run(PYTHONPATH=str(tmp_path))
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == "The language server is not installed. Install it with: pip install 'regulation-checker[lsp]'.\n"


def test_an_editor_that_is_gone_ends_it() -> None:
    ended = run()
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
