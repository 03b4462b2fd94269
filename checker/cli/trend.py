"""`checker trend`: how the figures of many reports move."""

from __future__ import annotations

from pathlib import Path

import click

from checker.cli.output import coloured, columns, write_report
from checker.cli.parameters import Colour, Target, targets
from checker.cli.shared import LANGUAGE, OUTPUT, spoken, written_as
from checker.errors import speaking
from checker.report import Presentation
from checker.report.formats import PAPER
from checker.words.catalogue import FALLBACK


@click.command()
@click.argument("reports", metavar="REPORT...", nargs=-1, required=True)
@click.option("given", "--format", "-f", **written_as(PAPER))
@click.option("--output", "-o", **OUTPUT)
@click.option(*LANGUAGE, **spoken("that of the last report"))
def trend(reports: tuple[str, ...], given: tuple[Target, ...], output: str | None, language: str | None) -> None:
    """Shows how many findings have each verdict, and what share is satisfied, report by report and rule by rule.

    Each REPORT was written with 'checker check --format json', on the same rulebook. They are put in the order of time.

    \b
    checker trend OLD NEW                      counts and shares, report by report
    checker trend OLD NEW -f html=trend.html   the same with charts
    """  # noqa: D301 -- click reads the escape
    wanted = targets(given, output, PAPER)
    from checker.report.compare.trend import in_a_row, trend_paper  # noqa: PLC0415 -- loaded only by a command that needs it
    from checker.report.compare.written import read_written  # noqa: PLC0415
    from checker.report.say.wording import Wording  # noqa: PLC0415

    with speaking(language or FALLBACK):
        found = in_a_row([read_written(Path(file), findings=False) for file in reports])
        paper = trend_paper(found, Wording(language or found[-1].language))
        for target in wanted:
            shown = Presentation(colour=coloured(Colour.AUTO, target.path), width=columns(target.path))
            write_report(target.path, PAPER[target.format], paper, shown)
