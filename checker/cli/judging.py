"""What `check` and `unmet` share: their options, the request these make, and the run from request to exit code."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

import click

from checker.cli.asked import asked
from checker.cli.changed import with_changes
from checker.cli.faults import tell_problems
from checker.cli.letters import Letters
from checker.cli.names import distinct, names_of, of_one
from checker.cli.output import coloured, columns, write_report
from checker.cli.parameters import (
    DISK,
    MEMORY,
    Colour,
    DayType,
    MostType,
    OneOf,
    PeriodType,
    SettingType,
    Target,
    Whole,
    targets,
)
from checker.cli.progress import Progress
from checker.cli.reading import reading_options
from checker.cli.shared import LANGUAGE, OUTPUT, spoken, written_as
from checker.cli.summaries import write_summary
from checker.cli.wrong import WrongCallError
from checker.errors import speaking
from checker.model.words import Severity
from checker.report import By, Narrowing, Presentation
from checker.report.ci.addresses import repository
from checker.report.exit import NEVER, Exit, FailOnData, exit_code
from checker.report.formats import Writer
from checker.request import CheckRequest
from checker.words.message import message

if TYPE_CHECKING:
    from checker.model.report import Report

EXIT_CODES = """\b
Exit codes, the same in every format:
  0    all that was due is decided; nothing is violated at or above --fail-on
       but what the --baseline knows (with --changed-since, or was so then)
  1    something is violated at or above --fail-on, or is to be corrected in the
       file at or above --fail-on-data
  2    the command line, the rulebook, a waiver file or part of the
       submission is wrong, or memory or disk does not suffice
  3    nothing is violated, but something is undetermined (unless
       --allow-undetermined), or no rule of the rulebook judged anything
  4    internal fault
  130  interrupted
Of several, also of several submissions, 4 goes before 2, 2 before 1, and 1
before 3.
"""


class Request(NamedTuple):
    """One call of `check` or `unmet`: what is asked for, and what is to become of the report."""

    asked: CheckRequest
    targets: tuple[Target, ...]
    fail_on: Severity
    fail_on_data: FailOnData | None
    allow_undetermined: bool
    colour: Colour
    quiet: bool
    brief: bool
    narrowing: Narrowing
    by: By
    letters: Letters | None
    every_kind: bool
    summary: str | None

    @classmethod
    def of(cls, given: Mapping[str, Any], written: Sequence[Target] = ()) -> Self:
        """Makes the request of click's values and of what is to be written; raises WrongCallError where they do not go."""
        if given["all_findings"] and not given["findings"]:
            raise WrongCallError(message("cli-all-findings"))
        letters = Letters.of(given)
        reports = {os.path.realpath(target.path) for target in written if target.path is not None}
        if reports & {*map(os.path.realpath, (*given["findings"], *given["indicators"]))}:
            raise WrongCallError(message("cli-report-and-findings"))
        return cls(
            asked=asked(given),
            targets=tuple(written),
            fail_on=Severity(given["fail_on"]),
            fail_on_data=_fail_on_data(given["fail_on_data"]),
            allow_undetermined=given["allow_undetermined"],
            colour=Colour(given["colour"]),
            quiet=given["quiet"],
            # Who asks for letters reads those.
            brief=given["quiet"] or (letters is not None and not given["targets"] and not given["output"]),
            narrowing=Narrowing(given["body"], given.get("due_by")),
            by=By(given.get("by", By.BODY)),
            letters=letters,
            every_kind=given.get("sarif_kinds") == "all",
            summary=given.get("summary"),
        )

    def presentation(self, path: str | None) -> Presentation:
        """How the report is to look that is written there."""
        return Presentation(
            colour=coloured(self.colour, path),
            width=columns(path),
            fail_on=self.fail_on,
            allow_undetermined=self.allow_undetermined,
            fail_on_data=self.fail_on_data,
            brief=self.brief,
            narrowing=self.narrowing,
            by=self.by,
            root=repository(Path.cwd()),
            every_kind=self.every_kind,
        )

    def since_then(self, context: click.Context, name: str) -> Self:
        """The request, with what is asked for as it was at the revision of which changes are told, if there is one."""
        return self._replace(asked=with_changes(context, self.asked, name))

    def exit_code(self, report: Report) -> Exit:
        """The exit code of a run with that report."""
        return exit_code(report, self.fail_on, self.allow_undetermined, self.fail_on_data)

    @property
    def per_body(self) -> Callable[[Report, Iterator[Report]], None] | None:
        """What writes letters to bodies, if any are asked for."""
        letters = self.letters
        if letters is None:
            return None
        return lambda report, parts: letters.write(report, parts, self.narrowing, quiet=self.quiet)


def _fail_on_data(given: str | None) -> FailOnData | None:
    if given is None:
        return None
    return NEVER if given == NEVER else Severity(given)


SEVERAL: Final[tuple[click.Parameter, ...]] = (
    click.Argument(["submissions"], metavar="SUBMISSION...", nargs=-1, required=True),
    click.Option(
        ["--jobs", "-j"], type=Whole(1), help="So many submissions at once, each with its own memory; default: one a processor."
    ),
    click.Option(["--joint"], is_flag=True, help="Write the overview of several submissions also of a single one."),
)
"""The argument and the options of a command that judges several submissions."""


def judging_parameters(formats: Mapping[str, Writer[Report]]) -> list[click.Parameter]:
    """The options of a command that judges a submission."""
    return [
        click.Option(
            ["rulebook", "--rules", "--rulebook", "-r"],
            metavar="NAME|PATH",
            help="The rulebook, where the submission does not say.",
        ),
        click.Option(["--period", "-p"], type=PeriodType(), help="2019, 2019/20, 2019-H1, 2019-Q2, 2019-03 or DAY..DAY."),
        click.Option(["--as-of"], type=DayType(), help="Judge as of that day; default: the submission's, else today."),
        click.Option(["targets", "--format", "-f"], **written_as(formats)),
        click.Option(["--output", "-o"], **OUTPUT),
        click.Option(
            ["--max-findings"],
            metavar="N|all",
            type=MostType(),
            help="List at most N of each rule and verdict. Default: all; 100 of a large submission.",
        ),
        click.Option(
            ["--findings"],
            metavar="FILE",
            multiple=True,
            help="Every finding: FILE.xlsx or .csv for people, .parquet or .ndjson as data; repeatable.",
        ),
        click.Option(["--all-findings"], is_flag=True, help="There also what a large submission satisfies, not only counted."),
        click.Option(
            ["--indicators"],
            metavar="FILE",
            multiple=True,
            help="Every value of an indicator, in a file of the same kinds; repeatable.",
        ),
        click.Option(["--body"], metavar="KEY", help="List only what is of the body with that id, and of all below it."),
        click.Option(["--select"], metavar="ID|PREFIX", multiple=True, help="Only rules and indicators with that id, or prefix."),
        click.Option(["--ignore"], metavar="ID|PREFIX", multiple=True, help="Not rules and indicators with that id, or prefix."),
        click.Option(
            ["overrides", "--set", "--override"], type=SettingType(), multiple=True, help="Give a parameter another value."
        ),
        click.Option(["--waivers"], metavar="FILE", multiple=True, help="Violations that were waived; repeatable."),
        click.Option(["--previous"], metavar="REPORT", help="The last report as JSON: what is violated again is repeated."),
        click.Option(["--baseline"], metavar="REPORT", help="A report as JSON: its violations do not fail the run."),
        click.Option(
            ["--fail-on"],
            type=OneOf(severity.value for severity in Severity),
            default=Severity.NOTE.value,
            show_default=True,
            help="The least grave violation that makes the exit code 1.",
        ),
        click.Option(
            ["--fail-on-data"],
            type=OneOf((*(severity.value for severity in Severity), NEVER)),
            help="The same of what is to be corrected in the file; never: none. Default: as --fail-on.",
        ),
        click.Option(["--allow-undetermined"], is_flag=True, help="Do not exit 3 for what the data cannot tell."),
        click.Option([*LANGUAGE], **spoken("the rulebook's first")),
        click.Option(
            ["colour", "--color", "--colour"],
            type=OneOf(colour.value for colour in Colour),
            default=Colour.AUTO.value,
            show_default=True,
            help="When to colour.",
        ),
        click.Option(["--memory-limit"], **MEMORY),
        click.Option(["--disk-limit"], **DISK),
        *reading_options(),
        click.Option(["--quiet", "-q"], is_flag=True, help="Of the text only the summary, and no progress."),
    ]


def judge(context: click.Context, formats: Mapping[str, Writer[Report]]) -> None:
    """Checks the submissions, writes the reports in every format asked for, and exits."""
    given = context.params
    submissions = distinct(given["submissions"])
    if len(submissions) > 1 or given["joint"]:
        from checker.cli.many import judge_all  # noqa: PLC0415 -- most runs are of one

        context.exit(judge_all(context, submissions, formats))
    (submission,) = submissions
    written = targets(given["targets"], given["output"], formats)
    (name,) = names_of(submissions)
    request = Request.of(*of_one(given, written, submission, name)).since_then(context, name)
    with Progress(quiet=request.quiet) as progress:
        report = judge_one(request, formats, progress, add_summary=True)
    if Target("text") not in request.targets:
        tell_problems(report.problems, report.run.language)
    context.exit(request.exit_code(report))


def judge_one(
    request: Request, formats: Mapping[str, Writer[Report]], progress: Progress | None = None, *, add_summary: bool = False
) -> Report:
    """Checks one submission, and writes its reports. `add_summary` says that its summary is that of the job."""
    from checker import api  # noqa: PLC0415 -- the engines are loaded only by a command that needs them
    from checker.report.narrowing import refuse_unknown_body  # noqa: PLC0415 -- the same

    written = [formats[target.format] for target in request.targets]
    traced, areas = any(each.traced for each in written), any(each.areas for each in written)
    report = api.checked(replace(request.asked, per_body=request.per_body, trace=traced, areas=areas, progress=progress))
    with speaking(report.run.language):
        if request.narrowing.body is not None:
            refuse_unknown_body(report, request.narrowing.body)
        for target in request.targets:
            write_report(target.path, formats[target.format], report, request.presentation(target.path))
        summarised, served = request.presentation(request.summary), request.targets if add_summary else ()
        write_summary(request.summary, served, lambda stream: formats["markdown"](report, stream, summarised))
    return report
