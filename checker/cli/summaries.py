"""The summary of a job on a service that runs checks: Markdown, added to a file that the service names, or in one of its own."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final, TextIO

import click

from checker.cli.output import write_output
from checker.cli.parameters import Target
from checker.errors import Place, Problem, UsageError
from checker.files import reason_of
from checker.words.message import message

VARIABLE: Final = "GITHUB_STEP_SUMMARY"
MOST_BYTES: Final = 1024 * 1024
"""A service refuses a summary that is longer."""

_CUT = "\n…\n"

SUMMARY = click.Option(
    ["--summary"],
    metavar="FILE",
    help=f"Also a summary as Markdown. With --format github it is added to ${VARIABLE}, where that is set.",
)


def write_summary(path: str | None, targets: tuple[Target, ...], write: Callable[[TextIO], None]) -> None:
    """Writes the summary to that file; else, where annotations are written, adds it to the one that the service names."""
    named = os.environ.get(VARIABLE) if any(target.format == "github" for target in targets) else None
    if path is None and not named:
        return
    stream = io.StringIO()
    write(stream)
    text = _fitting(stream.getvalue())
    if path is not None:
        write_output(path, lambda file: file.writelines([text]))
    elif named:
        try:
            with Path(named).open("a", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
                file.write(text)
        except OSError as error:
            wrong = message("summary-unwritable", why=reason_of(error))
            raise UsageError(Problem("cannot-write", wrong, message("summary-unwritable-fix"), Place(named))) from error


def _fitting(text: str) -> str:
    """As many of the lines as the service takes."""
    encoded = text.encode("utf-8", "backslashreplace")
    if len(encoded) <= MOST_BYTES:
        return text
    kept = encoded[: MOST_BYTES - len(_CUT.encode())]
    return kept[: kept.rindex(b"\n") + 1].decode() + _CUT
