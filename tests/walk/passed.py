"""Which modules a verdict of a `frequency` rule passes through: those of which a function is called, not only loaded.

`python -m tests.walk.passed` says how many modules and lines these are, with the rulebook compiled now, and used before.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from docs.make import example_rulebook

ROOT = Path(__file__).parents[2]
_BRANCHES = "id,name,above,ward,members,has_committee,founded,dissolved\nA,a,,,9,true,2000-01-01,\n"
_MEETINGS = "id,branch,kind,held,date,announced,eligible,present\n1,A,plenary,true,2019-03-01,,,\n"
_LISTENING = """
import io, sys, threading
from checker.cli.main import main
seen = set()
def loading(frame):
    while frame is not None:
        if frame.f_code.co_name == "<module>":
            return frame.f_code.co_filename != "<string>"
        frame = frame.f_back
def called(frame, event, _):
    file = frame.f_code.co_filename
    if event == "call" and file not in seen and "/checker/" in file and not loading(frame):
        seen.add(file)
threading.setprofile(called)
sys.setprofile(called)
out, sys.stdout = sys.stdout, io.StringIO()
try:
    main()
except SystemExit:
    pass
sys.setprofile(None)
print(*sorted(seen), sep="\\n", file=out)
"""
"""Calls while modules are loaded, as to make classes, do not count."""


def passed(folder: Path) -> list[Path]:
    """The modules, by file; the folder keeps the compiled rulebook, so that a second time it was used before."""
    submission = folder / "submission"
    submission.mkdir(exist_ok=True)
    (folder / "book.yaml").write_text(example_rulebook("frequency"), encoding="utf-8")
    (submission / "branches.csv").write_text(_BRANCHES, encoding="utf-8")
    (submission / "meetings.csv").write_text(_MEETINGS, encoding="utf-8")
    (submission / "submission.yaml").write_text("period: 2019\nas_of: 2020-06-01\n", encoding="utf-8")
    asked = ["check", "submission", "-r", "book.yaml"]
    ran = subprocess.run(
        [sys.executable, "-c", _LISTENING, *asked],
        env={**os.environ, "CHECKER_DEBUG": "1", "CHECKER_CACHE": str(folder / "cache"), "PYTHONPATH": str(ROOT)},
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return [path for line in ran.stdout.splitlines() if (path := Path(line)).is_relative_to(ROOT / "checker")]


def main() -> None:
    """Says how many they are."""
    with tempfile.TemporaryDirectory() as folder:
        for how in ("compiled now", "used before"):
            modules = passed(Path(folder))
            lines = sum(len(module.read_text(encoding="utf-8").splitlines()) for module in modules)
            sys.stdout.write(f"{how}: {len(modules)} modules, {lines} lines\n")


if __name__ == "__main__":
    main()
