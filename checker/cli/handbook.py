"""`checker handbook`: a rulebook as a page for those who are bound by it."""

from __future__ import annotations

import click

from checker.cli.output import write_report
from checker.cli.parameters import Target, targets
from checker.cli.shared import LANGUAGE, OUTPUT, spoken, written_as
from checker.report import Presentation
from checker.report.exit import Exit
from checker.report.formats import HANDBOOK


@click.command()
@click.argument("rules")
@click.option("wanted", "--format", "-f", **written_as(HANDBOOK, otherwise="markdown"))
@click.option("--output", "-o", **OUTPUT)
@click.option(*LANGUAGE, **spoken("every language of the rulebook"))
@click.pass_context
def handbook(context: click.Context, /, rules: str, wanted: tuple[Target, ...], output: str | None, language: str | None) -> None:
    """Writes a rulebook as a handbook: what each regulation demands, for those who are bound by it.

    Rule by rule: the clause, what it demands in a sentence, its limits by date, exceptions, how a violation is put right, what
    is to be handed in, and of its cases one that complies and one that does not.

    The exit code is 0, and 2 if the command line or the rulebook is wrong.

    \b
    checker handbook RULEBOOK -o handbook.html           a page in all languages
    checker handbook RULEBOOK -o handbook.md --lang en   for a wiki, in English
    """  # noqa: D301 -- click reads the escape
    if not wanted and output is None:
        wanted = (Target("markdown", None),)
    chosen = targets(wanted, output, HANDBOOK)
    from checker.handbook.book import make_handbook  # noqa: PLC0415 -- loaded only by a command that needs it

    book = make_handbook(rules, language)
    for target in chosen:
        write_report(target.path, HANDBOOK[target.format], book, Presentation())
    context.exit(Exit.CLEAN)
