"""`checker explain`: what a rule says, and how it came to its verdicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from checker.cli.asked import asked
from checker.cli.output import coloured, columns, write_report
from checker.cli.parameters import (
    DISK,
    MEMORY,
    Colour,
    DayType,
    OneOf,
    PeriodType,
    SettingType,
    Target,
    Whole,
    settings,
    targets,
)
from checker.cli.progress import Progress
from checker.cli.reading import reading_options
from checker.cli.settings_file import PartlyConfigured
from checker.cli.shared import LANGUAGE, OUTPUT, spoken, written_as
from checker.cli.wrong import WrongCallError
from checker.report import Presentation
from checker.report.exit import Exit
from checker.report.formats import EXPLAIN
from checker.words.message import message

if TYPE_CHECKING:
    from checker.model.explanation import Explanation

_ONLY_WITH_SUBMISSION = (
    *("subject", "window", "as_of", "period", "rows", "sql", "waivers"),
    *("memory_limit", "disk_limit", "stdin_filename", "read_limits"),
)


@click.command(cls=PartlyConfigured, params=reading_options())
@click.argument("rule")
@click.argument("subject", required=False)
@click.option("--in", "submission", metavar="SUBMISSION", help="Explain the verdicts on that submission.")
@click.option(
    "rulebook", "--rules", "--rulebook", "-r", metavar="NAME|PATH", help="The rulebook, where the submission does not say."
)
@click.option("--window", "-w", type=PeriodType(), help="Only windows that touch that span: 2019-03, 2019, DAY..DAY.")
@click.option("--rows", metavar="N", type=Whole(min=0), help="At most so many rows of each window. Default: all.")
@click.option("--sql", is_flag=True, help="Also the queries, with the values of their parameters.")
@click.option("--period", "-p", type=PeriodType(), help="2019, 2019/20, 2019-H1, 2019-Q2, 2019-03 or DAY..DAY.")
@click.option("--as-of", type=DayType(), help="Judge as of that day; default: the submission's, else today.")
@click.option("overrides", "--set", "--override", type=SettingType(), multiple=True, help="Give a parameter another value.")
@click.option("--waivers", metavar="FILE", multiple=True, help="Violations that were waived; repeatable.")
@click.option("wanted", "--format", "-f", **written_as(EXPLAIN, "sql: the queries as a script; "))
@click.option("--output", "-o", **OUTPUT)
@click.option(*LANGUAGE, **spoken("the rulebook's first"))
@click.option(
    "colour",
    "--color",
    "--colour",
    type=OneOf(colour.value for colour in Colour),
    default=Colour.AUTO.value,
    show_default=True,
    help="When to colour.",
)
@click.option("--memory-limit", **MEMORY)
@click.option("--disk-limit", **DISK)
@click.option("--quiet", "-q", is_flag=True, help="No progress.")
@click.pass_context
def explain(context: click.Context, /, **given: Any) -> None:  # noqa: ANN401 -- click's values
    """Explains a rule: its clause, what it demands in words, its parameters, exceptions and examples.

    With --in, how it came to its verdicts on a submission. SUBJECT is the id or name of a subject, or of a body for all
    that belongs to it (RECORD:ID where both have that id); without it, how the rule decided altogether.

    RULE may be an indicator: then what it measures, with --in its values, and of a subject the rows that they count.

    \b
    checker explain RULE --rules RULEBOOK          what the rule says
    checker explain RULE --in SUBMISSION           how it decided altogether
    checker explain RULE SUBJECT --in SUBMISSION   how it decided on one subject

    The exit code is 0 if it is explained, whatever the verdict, and 2 if the command line, the rulebook or part of the
    submission is wrong.
    """  # noqa: D301 -- click reads the escape
    wanted = targets(given["wanted"], given["output"], EXPLAIN)
    _refuse_what_needs_a_submission(context, wanted)
    with Progress(quiet=given["quiet"]) as progress:
        explanation = _explained(given, wanted, progress)
    for target in wanted:
        presentation = Presentation(colour=coloured(Colour(given["colour"]), target.path), width=columns(target.path))
        write_report(target.path, EXPLAIN[target.format], explanation, presentation)
    context.exit(Exit.INPUT if explanation.problems else Exit.CLEAN)


def _refuse_what_needs_a_submission(context: click.Context, wanted: Sequence[Target]) -> None:
    given = context.params
    if given["submission"] is not None:
        return
    # What a file of settings says holds for other commands too.
    asked = [
        name
        for name in _ONLY_WITH_SUBMISSION
        if given[name] and context.get_parameter_source(name) is not ParameterSource.DEFAULT_MAP
    ]
    called = {each.name: "SUBJECT" if each.name == "subject" else each.opts[0] for each in context.command.params}
    needy = [called[name] for name in asked]
    needy += ["--format sql" for target in wanted if target.format == "sql"]
    if needy:
        raise WrongCallError(message("cli-needs-a-submission", option=needy[0]))
    if given["rulebook"] is None:
        raise WrongCallError(message("cli-needs-a-rulebook"))


def _explained(given: Mapping[str, Any], wanted: Sequence[Target], progress: Progress) -> Explanation:
    from checker import explanations  # noqa: PLC0415 -- the engines are loaded only by a command that needs them

    if given["submission"] is None:
        overrides = settings(given["overrides"])
        return explanations.explain_rule(given["rule"], given["rulebook"], overrides=overrides, language=given["language"])
    return explanations.explain(
        given["rule"],
        replace(asked(given), progress=progress),
        subject=given["subject"],
        window=given["window"],
        rows=given["rows"],
        sql=given["sql"] or any(target.format == "sql" for target in wanted),
    )
