"""`checker check`: the whole report."""

from __future__ import annotations

import click

from checker.cli.changed import CHANGED_SINCE
from checker.cli.judging import EXIT_CODES, SEVERAL, judge, judging_parameters
from checker.cli.parameters import OneOf
from checker.cli.settings_file import Configured
from checker.cli.summaries import SUMMARY
from checker.report import By
from checker.report.formats import CHECK

_PRESENTING = [
    click.Option(
        ["--by"],
        type=OneOf(by.value for by in By),
        default=By.BODY.value,
        show_default=True,
        help="Under what headings breaches stand, and in what order.",
    ),
    click.Option(
        ["--sarif-kinds"],
        type=OneOf(("violations", "all")),
        default="violations",
        show_default=True,
        help="Of --format sarif: what services show, or also what is waived, open or in order.",
    ),
    SUMMARY,
    CHANGED_SINCE,
]


@click.command(
    cls=Configured,
    params=[*SEVERAL, *judging_parameters(CHECK), *_PRESENTING],
    epilog=EXIT_CODES,
)
@click.pass_context
def check(context: click.Context, /, **_: object) -> None:
    """Checks submissions against a rulebook.

    SUBMISSION is a folder of CSV or Parquet files, a workbook (.xlsx), or a .yaml
    or .json file.

    Several are checked each by itself, and an overview of all is written. In the names of files {name} stands for the
    name of each: -f json=reports/{name}.json writes a report on each. The exit code is the worst.

    \b
    checker check SUBMISSION -r RULEBOOK                 who violates which clause
    checker check SUBMISSION -r RULEBOOK -f html=a.html  the same as a page
    checker check SUBMISSION -r RULEBOOK --period 2025   of another period
    checker check SUBMISSION --fail-on major             minor ones fail nothing
    """  # noqa: D301 -- click reads the escape
    judge(context, CHECK)
