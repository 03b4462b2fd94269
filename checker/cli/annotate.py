"""`checker annotate`: the submitter's own workbook, with what was found written into it."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import PurePath
from typing import Any

import click

from checker.cli.faults import tell_problems
from checker.cli.judging import EXIT_CODES, Request, judging_parameters
from checker.cli.output import write_bytes
from checker.cli.progress import Progress
from checker.cli.settings_file import PartlyConfigured
from checker.cli.wrong import WrongCallError
from checker.errors import speaking
from checker.report.formats import CHECK
from checker.words.message import message

_OTHERWISE = ("targets", "output", "findings", "all_findings", "indicators", "colour", "stdin_filename")
"""The options that a workbook has no use for, or has its own."""

_OUTPUT = click.Option(
    ["--output", "-o"], metavar="FILE", required=True, help="Where to write the copy, replaced whole or not at all."
)


@click.command(
    cls=PartlyConfigured,
    params=[
        click.Argument(["submission"]),
        *(each for each in judging_parameters(CHECK) if each.name not in _OTHERWISE),
        _OUTPUT,
    ],
    epilog=EXIT_CODES,
)
@click.pass_context
def annotate(context: click.Context, /, **given: Any) -> None:  # noqa: ANN401 -- click's values
    """Writes a copy of a workbook that was handed in, with what was found in it.

    SUBMISSION is a workbook (.xlsx or .xlsm). In the copy the cells behind findings are marked, with notes that say what
    is wrong and what would be right, and a first sheet lists all findings with links to the cells. All else stays as it is.

    \b
    checker annotate WORKBOOK -r RULEBOOK -o returned.xlsx           all findings
    checker annotate WORKBOOK -r RULEBOOK --body KEY -o part.xlsx    of one body
    """  # noqa: D301 -- click reads the escape
    from checker import api  # noqa: PLC0415 -- the engines are loaded only by a command that needs them
    from checker.exchange.returned.making import refuse_what_is_no_workbook, write_returned  # noqa: PLC0415 -- the same
    from checker.report.narrowing import refuse_unknown_body  # noqa: PLC0415 -- the same

    otherwise = {
        "targets": (),
        "findings": (),
        "all_findings": False,
        "indicators": (),
        "colour": "never",
        "stdin_filename": None,
    }
    request = Request.of({**given, **otherwise})
    refuse_what_is_no_workbook(given["submission"])
    ending = PurePath(given["submission"]).suffix
    if PurePath(given["output"]).suffix.lower() != ending.lower():
        raise WrongCallError(message("cli-same-ending", path=given["output"], ending=ending.lower()))
    if os.path.realpath(given["output"]) == os.path.realpath(given["submission"]):
        raise WrongCallError(message("cli-output-is-submission"))
    with Progress(quiet=request.quiet) as progress:
        judged = api.judged(replace(request.asked, progress=progress))
        report = judged.report(request.asked.max_findings)
    measurement = judged.measurement
    records = [each.record for each in measurement.plan.records]
    with speaking(report.run.language):
        if request.narrowing.body is not None:
            refuse_unknown_body(report, request.narrowing.body)
        write_bytes(
            given["output"], lambda stream: write_returned(report, measurement.tables, records, stream, request.narrowing)
        )
    tell_problems(report.problems, report.run.language)
    context.exit(request.exit_code(report))
