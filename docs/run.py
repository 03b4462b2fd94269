"""Runs the tutorials: `python docs/run.py` writes what their commands print into them, `--check` compares.

A block of code after a line such as "`statutes/rules.yaml`:" is that file. In a block of the language `console` each line
after `$ ` is run, in the folder in which the files are, and what follows it is what it prints; a line `…` stands for any lines.
"""

from __future__ import annotations

import argparse
import difflib
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

DOCS = Path(__file__).resolve().parent
TUTORIALS = ("tutorial.md", "tutorial.vi.md", "your-files.md", "your-files.vi.md", "ci.md")
LEFT_OUT = "…"

_GIT = {
    **{f"GIT_{who}_{what}": "docs@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    **{f"GIT_{who}_DATE": "2026-01-02T12:00:00Z" for who in ("AUTHOR", "COMMITTER")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}
"""A commit has the same name wherever, and whenever, it is made."""

_BLOCK = re.compile(r"(?:^`(?P<file>[\w./-]+)`:\n\n)?^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


def run(page: str, folder: Path) -> str:
    """The page with what its commands print now, its files written into that folder."""

    def block(match: re.Match[str]) -> str:
        if match["file"]:
            file = folder / match["file"]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(match["text"], encoding="utf-8")
        if match["language"] != "console":
            return match[0]
        return f"```console\n{''.join(_printed(part, folder) for part in _commands(match['text']))}```"

    return _BLOCK.sub(block, page)


def _commands(text: str) -> list[str]:
    """The text cut before each command."""
    return [part for part in re.split(r"^(?=\$ )", text, flags=re.MULTILINE) if part]


def _printed(part: str, folder: Path) -> str:
    command, _, shown = part.partition("\n")
    words = shlex.split(command.removeprefix("$ "))
    if words[0] == "checker":
        words[:1] = [sys.executable, "-m", "checker"]
    environment = {**os.environ, **_GIT, "PYTHONPATH": str(DOCS.parent), "CHECKER_CACHE": str(folder / ".cache"), "NO_COLOR": "1"}
    done = subprocess.run(  # noqa: S603 -- the commands are those of our own pages
        words,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return f"{command}\n{shown if _is_said_by(shown, done.stdout) else done.stdout}"


def _is_said_by(shown: str, printed: str) -> bool:
    """Whether that is what was printed, apart from what is left out."""
    parts = re.split(rf"^{LEFT_OUT}\n", shown, flags=re.MULTILINE)
    return re.fullmatch("(?:.*\n)*?".join(map(re.escape, parts)), printed) is not None


def main() -> int:
    """Runs each tutorial, and writes it again, or with `--check` says how it differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a command prints something else")
    parser.add_argument("pages", nargs="*", help="which tutorials; default: all")
    arguments = parser.parse_args()
    wrong = False
    for name in arguments.pages or TUTORIALS:
        page = (DOCS / name).read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            now = run(page, Path(folder))
        if now == page:
            continue
        wrong = True
        if arguments.check:
            print(f"docs/{name} does not show what its commands print: run python docs/run.py")
            print("\n".join(difflib.unified_diff(page.splitlines(), now.splitlines(), "shown", "printed", lineterm="")))
        else:
            (DOCS / name).write_text(now, encoding="utf-8")
            print(f"docs/{name} is written again")
    return int(arguments.check and wrong)


if __name__ == "__main__":
    sys.exit(main())
