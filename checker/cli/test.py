"""`checker test`: whether the rules of a rulebook give the verdicts that its cases state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

import click

from checker.cli.output import columns, write_output, write_report
from checker.cli.parameters import Target, TargetType, Whole, targets
from checker.cli.progress import Progress
from checker.cli.wrong import WrongCallError
from checker.drafts import PUBLIC
from checker.model.words import Verdict
from checker.report import Presentation
from checker.report.exit import Exit
from checker.report.formats import MUTANTS
from checker.report.page import Page
from checker.words.message import message

if TYPE_CHECKING:
    from checker.trials import Failure, Trial, Trials


@click.command(short_help="Whether a rulebook's cases come out as stated.")
@click.argument("rulebook", metavar="RULES")
@click.option("--select", metavar="ID|PREFIX", multiple=True, help="Only rules with that id, or prefix.")
@click.option("--coverage", is_flag=True, help="List the verdicts that each rule has a case for; fail where one is missing.")
@click.option("--mutate", is_flag=True, help="Make small mistakes in the rules, and list those that no case notices.")
@click.option("--jobs", "-j", type=Whole(1), help="With --mutate, processes side by side; default: one a processor.")
@click.option(
    "given",
    "--format",
    "-f",
    type=TargetType(MUTANTS),
    multiple=True,
    help="With --mutate, how, and with =FILE where, to write; repeatable. Default: text.",
)
@click.option("--quiet", "-q", is_flag=True, help="Only what fails, and no progress.")
@click.pass_context
def test(
    context: click.Context,
    rulebook: str,
    select: tuple[str, ...],
    jobs: int | None,
    given: tuple[Target, ...],
    *,
    coverage: bool,
    mutate: bool,
    quiet: bool,
) -> None:
    """Tries the cases of a rulebook, and says which of them give another verdict than they state.

    RULES is the name of a shipped rulebook, or a folder with a folder `cases`. The exit code is 0 if all is as stated, 1
    if a case is not (with --coverage also if a rule lacks a satisfied, a violated or an undetermined case; with --mutate
    also if there is a mistake that no case notices), 2 if the rulebook or a case cannot be read, 3 if there is no case.
    """
    if mutate:
        if coverage:
            raise WrongCallError(message("cli-one-at-a-time"))
        context.exit(_mutate(rulebook, select, jobs, targets(given, None, MUTANTS), quiet=quiet))
    if given or jobs:
        raise WrongCallError(message("cli-with-mutate"))
    from checker.trials import try_cases  # noqa: PLC0415 -- loaded only by a command that needs it

    with Progress(quiet=quiet) as progress:
        tried = try_cases(rulebook, select, progress)
    write_output(None, lambda stream: _write(tried, stream, coverage=coverage, quiet=quiet))
    if tried.failed or (coverage and tried.missing):
        context.exit(Exit.VIOLATED)
    context.exit(Exit.CLEAN if tried.trials else Exit.UNDECIDED)


def _mutate(rulebook: str, select: Sequence[str], jobs: int | None, wanted: Sequence[Target], *, quiet: bool) -> Exit:
    from checker.mutation.survey import survey  # noqa: PLC0415 -- see `test`

    with Progress(quiet=quiet) as progress:
        found = survey(rulebook, select, jobs, progress)
    for target in wanted:
        presentation = Presentation(width=columns(None), brief=quiet)
        write_report(target.path, MUTANTS[target.format], found, presentation, PUBLIC)
    if found.alive or found.failing:
        return Exit.VIOLATED
    return Exit.CLEAN if found.results else Exit.UNDECIDED


def _write(tried: Trials, stream: TextIO, *, coverage: bool, quiet: bool) -> None:
    page = Page(stream, columns(None), colour=False)
    for trial in tried.failed:
        _failed(trial, page)
    if coverage:
        _coverage(tried, page, quiet=quiet)
    if quiet:
        return
    cases, rules = len(tried.trials), len({trial.case.rule for trial in tried.trials})
    said = f"{cases} {'case' if cases == 1 else 'cases'} of {rules} {'rule' if rules == 1 else 'rules'}"
    page.line(f"{tried.rulebook}: {said}, {len(tried.failed) or 'none'} not as stated")


def _failed(trial: Trial, page: Page) -> None:
    page.line(f"{trial.case.place}: {trial.case.rule}: {trial.case.name}", hang=2)
    for failure in trial.failures:
        page.line(_about(failure) + f"{failure.expected.verdict} is stated, {failure.found} was found", indent=2, hang=2)
        if failure.message:
            page.line(failure.message, indent=4, hang=2)
    page.blank()


def _about(failure: Failure) -> str:
    parts = [part for part in (failure.expected.subject, failure.expected.window) if part is not None]
    return f"{', '.join(parts)}: " if parts else ""


def _coverage(tried: Trials, page: Page, *, quiet: bool) -> None:
    shown = [each for each in tried.coverage if each.missing or each.further or not quiet]
    width = max((len(each.rule) for each in shown), default=0)
    for each in shown:
        marks = [verdict.value for verdict in Verdict if verdict in each.expected]
        said = ", ".join(marks) or "no case"
        page.labelled(each.rule, said, column=width + 2)
        if each.missing:
            page.line(f"{each.place}: no case is {' or '.join(each.missing)}", indent=2, hang=2)
        if each.further:
            page.line(f"it can also be {' or '.join(each.further)}, and no case is", indent=2, hang=2)
    if shown:
        page.blank()
