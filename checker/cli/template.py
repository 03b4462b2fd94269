"""`checker template`: forms for those who hand in records, and the data dictionary of a rulebook."""

from __future__ import annotations

import os
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import click

from checker.atomic_write import PRIVATE, PUBLIC
from checker.cli.faults import tell_problems
from checker.cli.output import write_report
from checker.cli.parameters import PeriodType
from checker.cli.settings_file import PartlyConfigured
from checker.cli.shared import LANGUAGE, spoken
from checker.cli.wrong import WrongCallError
from checker.report import Presentation
from checker.report.exit import Exit
from checker.report.formats import DICTIONARY, FORM, Writer
from checker.words.message import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from checker.model.period import Period


@click.command(cls=PartlyConfigured)
@click.argument("rulebook", metavar="RULES")
@click.option("--output", "-o", metavar="FILE.xlsx", help="The form as a workbook, replaced whole or not at all.")
@click.option("--csv", "folder", metavar="DIR", help="The form as a new folder of CSV files with their headers.")
@click.option("--dictionary", metavar="FILE", help="The data dictionary: FILE.html, or FILE.md.")
@click.option(*LANGUAGE, **spoken("the rulebook's first"))
@click.option("--period", "-p", type=PeriodType(), help="The period that the form is for: 2019, 2019/20, 2019-H1, 2019-03.")
@click.option("earlier", "--from", metavar="SUBMISSION", help="Fill in the rows of an earlier submission.")
@click.option("--body", metavar="KEY", help="Of these, only those of the body with that id, and of all below it.")
@click.option("--lasting", is_flag=True, help="Of these, none of tables whose rows are about one day, such as meetings.")
def template(
    rulebook: str,
    output: str | None,
    folder: str | None,
    dictionary: str | None,
    language: str | None,
    period: Period | None,
    earlier: str | None,
    body: str | None,
    *,
    lasting: bool,
) -> None:
    """Makes a form for those who hand in records under a rulebook.

    It is a workbook with a sheet for each table, whose columns are checked as they are filled in, and with sheets that
    explain every column and name the clauses that ask for it. Filled in, it is a submission.

    The exit code is 0, and 2 if the command line or the rulebook is wrong, or part of an earlier submission cannot be read.

    \b
    checker template RULEBOOK -o form.xlsx                a form to fill in
    checker template RULEBOOK -o form.xlsx --from LAST    with last year's rows
    checker template RULEBOOK --dictionary columns.html   what each column is
    """  # noqa: D301 -- click reads the escape
    if earlier is None and (body is not None or lasting):
        raise WrongCallError(message("cli-needs-an-earlier", option="--body" if body is not None else "--lasting"))
    written = [*_targets(output, FORM, "--output"), *_targets(dictionary, DICTIONARY, "--dictionary")]
    if not written and folder is None:
        raise WrongCallError(message("cli-nothing-to-write"))
    if len({os.path.realpath(path) for path, _ in written}) < len(written):
        raise WrongCallError(message("cli-form-and-dictionary"))
    from checker.exchange.making import make_form  # noqa: PLC0415 -- loaded only by a command that needs it

    form = make_form(rulebook, language, period=period, earlier=earlier, body=body, lasting=lasting)
    # A form that is filled in tells of people.
    mode = PUBLIC if earlier is None else PRIVATE
    for path, writer in written:
        write_report(path, writer, form, Presentation(), mode)
    if folder is not None:
        from checker.exchange.forms.folder import write_folder  # noqa: PLC0415 -- the same

        write_folder(form, folder, mode)
    tell_problems(form.problems, form.wording.language)
    click.get_current_context().exit(Exit.INPUT if form.problems else Exit.CLEAN)


def _targets(path: str | None, writers: Mapping[str, Writer[Any]], option: str) -> Iterator[tuple[str, Writer[Any]]]:
    """The file and what writes it, by the ending of its name."""
    if path is None:
        return
    ending = PurePath(path).suffix.lower()
    writer = next((each for each in writers.values() if ending in each.suffixes), None)
    if writer is None:
        known = ", ".join(suffix for each in writers.values() for suffix in each.suffixes)
        raise WrongCallError(message("cli-no-ending", option=option, path=path, known=known))
    yield path, writer
