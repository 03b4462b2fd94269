"""`checker lint`: what is wrong with a rulebook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TextIO

import click

from checker.cli.output import write_output
from checker.errors import Problem
from checker.report.exit import Exit
from checker.report.page import visible


@click.command(short_help="What is wrong with a rulebook.")
@click.argument("rulebooks", metavar="RULES...", nargs=-1, required=True)
@click.pass_context
def lint(context: click.Context, rulebooks: tuple[str, ...]) -> None:
    """Checks rulebooks, and says where each problem is and how to mend it.

    RULES is the name of a shipped rulebook, or a file or folder. The exit code is 0, or 2 if there is a problem.
    """
    from checker import api  # noqa: PLC0415 -- loaded only by a command that needs it

    found = [(rulebook, api.lint(rulebook)) for rulebook in rulebooks]
    write_output(None, lambda stream: _write(found, stream))
    context.exit(Exit.INPUT if any(problems for _, problems in found) else Exit.CLEAN)


def _write(found: Iterable[tuple[str, Sequence[Problem]]], stream: TextIO) -> None:
    for rulebook, problems in found:
        stream.writelines(f"{visible(str(problem))}\n\n" for problem in problems)
        said = {0: "no problem", 1: "1 problem"}.get(len(problems), f"{len(problems)} problems")
        stream.write(f"{rulebook}: {said}\n")
