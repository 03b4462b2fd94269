"""`checker test`: whether the rules of a rulebook give the verdicts that its cases state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from checker.atomic_write import PUBLIC
from checker.cli.output import columns, write_report
from checker.cli.parameters import Target, Whole, targets
from checker.cli.progress import Progress
from checker.cli.shared import LANGUAGE, OUTPUT, spoken, written_as
from checker.cli.wrong import WrongCallError
from checker.report import Presentation
from checker.report.ci.addresses import repository
from checker.report.exit import Exit
from checker.report.formats import MUTANTS, TEST, Writer
from checker.words.message import Words, message


@click.command()
@click.argument("rulebook", metavar="RULES")
@click.option("--select", metavar="ID|PREFIX", multiple=True, help="Only rules and indicators with that id, or prefix.")
@click.option("--coverage", is_flag=True, help="List the verdicts that each rule has a case for; fail where one is missing.")
@click.option("--mutate", is_flag=True, help="Make small mistakes in rules and indicators, and list those that no case notices.")
@click.option("--write", is_flag=True, help="With --mutate: add the proposed cases to the files of cases.")
@click.option("--jobs", "-j", type=Whole(1), help="Processes side by side; default: one a processor, of few cases one.")
@click.option("given", "--format", "-f", **written_as({**TEST, **MUTANTS}, "with --mutate text or json; "))
@click.option("--output", "-o", **OUTPUT)
@click.option(*LANGUAGE, **spoken("the rulebook's first"))
@click.option("--quiet", "-q", is_flag=True, help="Only what fails, and no progress.")
@click.pass_context
def test(
    context: click.Context,
    rulebook: str,
    select: tuple[str, ...],
    jobs: int | None,
    given: tuple[Target, ...],
    output: str | None,
    language: str | None,
    *,
    coverage: bool,
    mutate: bool,
    write: bool,
    quiet: bool,
) -> None:
    """Tries the cases of a rulebook, and says which of them come to another verdict, or value, than they state.

    RULES is the name of a shipped rulebook, or a folder with a folder `cases`. The exit code is 0 if all is as stated, 1
    if a case is not (with --coverage also if a rule lacks a satisfied, a violated or an undetermined case; with --mutate
    also if there is a mistake that no case notices), 2 if the rulebook or a case cannot be read, 3 if there is no case.

    \b
    checker test RULEBOOK                 whether each case comes out as stated
    checker test RULEBOOK --coverage      which verdicts no case expects
    checker test RULEBOOK --select RULE   the cases of one rule
    checker test RULEBOOK --mutate --write   adds cases for such mistakes
    """  # noqa: D301 -- click reads the escape
    if mutate:
        if coverage:
            raise WrongCallError(message("cli-one-at-a-time"))
        wanted = targets(_of(MUTANTS, given), output, MUTANTS)
        context.exit(_mutate(rulebook, select, jobs, wanted, language, write=write, quiet=quiet))
    if write:
        raise WrongCallError(message("cli-write-with-mutate"))
    wanted = targets(_of(TEST, given), output, TEST)
    from checker.trials import try_cases  # noqa: PLC0415 -- loaded only by a command that needs it

    with Progress(quiet=quiet) as progress:
        tried = try_cases(rulebook, select, progress, jobs, language)
    # Whoever does not ask for the coverage is not told of it.
    shown = tried if coverage else replace(tried, coverage=())
    for target in wanted:
        presentation = Presentation(width=columns(target.path), brief=quiet, root=repository(Path.cwd()), language=tried.language)
        write_report(target.path, TEST[target.format], shown, presentation, PUBLIC)
    if shown.failed or shown.missing:
        context.exit(Exit.VIOLATED)
    context.exit(Exit.CLEAN if tried.trials else Exit.UNDECIDED)


def _of(formats: Mapping[str, Writer[Any]], given: tuple[Target, ...]) -> tuple[Target, ...]:
    """What is asked for, which must be formats that there are of this result."""
    for target in given:
        if target.format not in formats:
            raise WrongCallError(
                message("cli-format-with" if target.format in MUTANTS else "cli-format-without", name=target.format)
            )
    return given


def _mutate(
    rulebook: str,
    select: Sequence[str],
    jobs: int | None,
    wanted: Sequence[Target],
    language: str | None,
    *,
    write: bool,
    quiet: bool,
) -> Exit:
    from checker.mutation.survey import survey  # noqa: PLC0415 -- see `test`
    from checker.mutation.writing import write_cases  # noqa: PLC0415 -- see `test`

    with Progress(quiet=quiet) as progress:
        found = survey(rulebook, select, jobs, progress, language)
    presentation = Presentation(width=columns(None), brief=quiet, language=found.language)
    for target in wanted:
        write_report(target.path, MUTANTS[target.format], found, presentation, PUBLIC)
    words = Words(found.language)
    for added in write_cases(rulebook, found) if write else ():
        click.echo(words.several("mutants-written", added.cases, file=added.file), err=True)
    if found.alive or found.failing:
        return Exit.VIOLATED
    return Exit.CLEAN if found.results else Exit.UNDECIDED
