"""The tutorials show what the program prints, and what they say of it is so."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from docs.run import TUTORIALS, run

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("page", TUTORIALS)
def test_what_is_shown_is_what_is_printed(page: str) -> None:
    done = subprocess.run(
        [sys.executable, "docs/run.py", "--check", page], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


PAGE = """\
`a/b.yaml`:

```yaml
x: 1
```

```console
$ cat a/b.yaml
SHOWN
```
"""


@pytest.mark.parametrize("shown", ["x: 1", "…"])
def test_what_is_right_stays(shown: str, tmp_path: Path) -> None:
    page = PAGE.replace("SHOWN", shown)
    assert run(page, tmp_path) == page


@pytest.mark.parametrize("shown", ["x: 2", "x: 1\nx: 1", "…\nx: 2", "x: 1\n…\nx: 1"])
def test_what_is_wrong_is_written_again(shown: str, tmp_path: Path) -> None:
    assert run(PAGE.replace("SHOWN", shown), tmp_path) == PAGE.replace("SHOWN", "x: 1")
