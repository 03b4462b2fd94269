"""What an installation takes on disk and to start: python -m benchmarks.installed FOLDER, the one that `.ci/packages` filled.

It writes the table of docs/installing.md. Times are processor seconds of whole processes, the median of several.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "installing.md"
BEGIN, END = "<!-- measured -->\n", "<!-- /measured -->\n"
RUNS = 9
SIZES = """
import json
from importlib.metadata import distributions
print(json.dumps({
    each.name: sum(file.locate().stat().st_size for file in each.files or () if file.locate().is_file())
    for each in distributions() if each.name not in ("pip", "setuptools")
}))
"""
STARTS = (
    ("`python -c pass`, to compare with", ("python", "-c", "pass")),
    ("`checker --help`", ("checker", "--help")),
    ("`checker --version`, which loads the adjudicator", ("checker", "--version")),
    ("`checker check`, the example of 317 bodies, rulebook used before", ("checker", "check", "submission", "--quiet")),
)


def main() -> None:
    """Measures the two environments, and writes the table."""
    folder = Path(sys.argv[1]).resolve()
    lines = ["| | with `[durable-rules]` | without extras |", "|---|---|---|"]
    environments = [folder / "with-compiler", folder / "without-compiler"]
    sizes = [_sizes(each) for each in environments]
    lines.append(_row("on disk, altogether", [f"{sum(each.values()) / 1e6:.0f} MB" for each in sizes]))
    lines += [
        _row(f"of which {name}", [f"{each[name] / 1e6:.1f} MB" for each in sizes]) for name in ("duckdb", "regulation-checker")
    ]
    lines.append(_row("packages", [str(len(each)) for each in sizes]))
    lines += [_row(name, [f"{_seconds(each, command, folder):.2f} s" for each in environments]) for name, command in STARTS]
    written = PAGE.read_text(encoding="utf-8")
    before, after = written[: written.index(BEGIN) + len(BEGIN)], written[written.index(END) :]
    PAGE.write_text(f"{before}\n" + "\n".join(lines) + f"\n\n{after}", encoding="utf-8")


def _row(name: str, cells: list[str]) -> str:
    return f"| {name} | {' | '.join(cells)} |"


def _sizes(environment: Path) -> dict[str, int]:
    """The bytes of each distribution, compiled modules included, by its name."""
    done = subprocess.run([environment / "bin" / "python", "-c", SIZES], capture_output=True, text=True, check=True)
    found: dict[str, int] = json.loads(done.stdout)
    return found


def _seconds(environment: Path, command: tuple[str, ...], folder: Path) -> float:
    """The processor seconds that a command takes, once it has been used."""
    taken = []
    for _ in range(RUNS + 1):
        before = os.times()
        cache = {**os.environ, "CHECKER_CACHE": str(folder / "plans")}
        subprocess.run([environment / "bin" / command[0], *command[1:]], cwd=folder, env=cache, capture_output=True, check=True)
        after = os.times()
        taken.append(after.children_user + after.children_system - before.children_user - before.children_system)
    return median(taken[1:])


if __name__ == "__main__":
    main()
