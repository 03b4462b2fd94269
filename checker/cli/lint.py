"""`checker lint`: what is wrong with a rulebook."""

from __future__ import annotations

import click

from checker.report.exit import Exit


@click.command(short_help="What is wrong with a rulebook.")
@click.argument("rulebooks", metavar="RULES...", nargs=-1, required=True)
@click.pass_context
def lint(context: click.Context, rulebooks: tuple[str, ...]) -> None:
    """Checks rulebooks, and says where each problem is and how to mend it.

    RULES is the name of a shipped rulebook, or a file or folder. The exit code is 0, or 2 if there is a problem.
    """
    from checker import api  # noqa: PLC0415 -- loaded only by a command that needs it

    count = 0
    for rulebook in rulebooks:
        problems = api.lint(rulebook)
        count += len(problems)
        for problem in problems:
            click.echo(f"{problem}\n")
        said = {0: "no problem", 1: "1 problem"}.get(len(problems), f"{len(problems)} problems")
        click.secho(f"{rulebook}: {said}", fg="red" if problems else "green")
    context.exit(Exit.INPUT if count else Exit.CLEAN)
