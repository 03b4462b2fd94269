"""`checker unmet`: what each body has to fix, to hand in, or still to do."""

from __future__ import annotations

import click

from checker.cli.changed import CHANGED_SINCE
from checker.cli.judging import EXIT_CODES, SEVERAL, judge, judging_parameters
from checker.cli.letters import OPTIONS
from checker.cli.parameters import DayType
from checker.cli.settings_file import Configured
from checker.report.formats import UNMET

_NARROWING = [
    click.Option(["--due-by"], type=DayType(), help="Of what is still to do, only what is due by that day."),
    CHANGED_SINCE,
]


@click.command(
    cls=Configured,
    params=[*SEVERAL, *judging_parameters(UNMET), *_NARROWING, *OPTIONS],
    epilog=EXIT_CODES,
)
@click.pass_context
def unmet(context: click.Context, /, **_: object) -> None:
    """Lists what is unmet, body by body: the clause, what is missing, when it is due, and the remedy.

    Violations come first, then what the submission cannot tell, then what is still to do, the earliest first.
    Several submissions are checked as by 'checker check'.

    \b
    checker unmet SUBMISSION -r RULEBOOK          what each body has to do
    checker unmet SUBMISSION --body KEY           of one body, and all below it
    checker unmet SUBMISSION --per-body letters   a letter to each, for print
    checker unmet SUBMISSION -f ics=due.ics       a calendar of the due dates
    """  # noqa: D301 -- click reads the escape
    judge(context, UNMET)
