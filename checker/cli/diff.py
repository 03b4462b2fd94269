"""`checker diff`: what is new, resolved, changed or the same between two reports."""

from __future__ import annotations

from pathlib import Path

import click

from checker.cli.judging import EXIT_CODES
from checker.cli.output import coloured, columns, write_report
from checker.cli.parameters import Colour, OneOf, Target, targets
from checker.cli.shared import LANGUAGE, OUTPUT, spoken, written_as
from checker.errors import speaking
from checker.model.words import Severity
from checker.report import Presentation
from checker.report.exit import NEVER
from checker.report.formats import PAPER
from checker.words.catalogue import FALLBACK


@click.command(epilog=EXIT_CODES)
@click.argument("old")
@click.argument("new")
@click.option("given", "--format", "-f", **written_as(PAPER))
@click.option("--output", "-o", **OUTPUT)
@click.option(
    "--fail-on",
    type=OneOf(severity.value for severity in Severity),
    default=Severity.NOTE.value,
    show_default=True,
    help="The least grave new violation that makes the exit code 1.",
)
@click.option(
    "--fail-on-data",
    type=OneOf((*(severity.value for severity in Severity), NEVER)),
    help="The same of what is to be corrected in the file; never: none. Default: as --fail-on.",
)
@click.option("--allow-undetermined", is_flag=True, help="Do not exit 3 for what the data cannot tell.")
@click.option(*LANGUAGE, **spoken("that of the later report"))
@click.option("--quiet", "-q", is_flag=True, help="Of the text only what it comes to.")
@click.pass_context
def diff(
    context: click.Context,
    old: str,
    new: str,
    given: tuple[Target, ...],
    output: str | None,
    fail_on: str,
    fail_on_data: str | None,
    language: str | None,
    *,
    allow_undetermined: bool,
    quiet: bool,
) -> None:
    """Compares two reports that were written with 'checker check --format json'.

    OLD is the earlier one, NEW the later one, of the same submission or of the next period. Findings are recognised by rule
    and subject: wherever their rows stand, and whatever their messages say.

    \b
    checker diff OLD NEW                       what is new, changed, resolved
    checker diff OLD NEW -f markdown=diff.md   the same, for a page of a wiki
    """  # noqa: D301 -- click reads the escape
    wanted = targets(given, output, PAPER)
    from checker.report.compare.comparing import compare  # noqa: PLC0415 -- loaded only by a command that needs it
    from checker.report.compare.diff import diff_paper  # noqa: PLC0415
    from checker.report.compare.written import read_written  # noqa: PLC0415
    from checker.report.say.wording import Wording  # noqa: PLC0415

    with speaking(language or FALLBACK):
        found = compare(*(read_written(Path(file), findings=True) for file in (old, new)))
        presentation = Presentation(
            fail_on=Severity(fail_on),
            allow_undetermined=allow_undetermined,
            fail_on_data=None if fail_on_data is None else NEVER if fail_on_data == NEVER else Severity(fail_on_data),
            brief=quiet,
        )
        paper = diff_paper(found, presentation, Wording(language or found.new.language))
        for target in wanted:
            shown = presentation._replace(colour=coloured(Colour.AUTO, target.path), width=columns(target.path))
            write_report(target.path, PAPER[target.format], paper, shown)
    context.exit(found.exit_code(presentation.fail_on, allow_undetermined, presentation.fail_on_data))
