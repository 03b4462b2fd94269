"""`checker rules`: which rulebooks are shipped, which rules they have, and what one rule says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from checker.cli.output import coloured, columns, write_output, write_report
from checker.cli.parameters import Colour, DayType, Target, targets
from checker.cli.shared import LANGUAGE, OUTPUT, spoken, written_as
from checker.cli.wrong import WrongCallError
from checker.errors import Problem, UsageError, nearest
from checker.report import Presentation
from checker.report.formats import PAPER
from checker.words.message import message

if TYPE_CHECKING:
    from checker.api import RulebookFace
    from checker.model.report import RuleSummary


@click.command()
@click.argument("name", required=False)
@click.argument("rule", required=False)
@click.option("--rules", "--rulebook", "-r", "rulebook", metavar="NAME|PATH", help="The rulebook, if NAME is a rule's.")
@click.option(*LANGUAGE, **spoken("the rulebook's first"))
@click.option("--as-of", metavar="DATE", type=DayType(), help="Only what is in force on that day.")
@click.option("--diff", "earlier", metavar="OLD", help="What changed from that rulebook to NAME, rule by rule.")
@click.option("given", "--format", "-f", **written_as(PAPER, "with --diff only; "))
@click.option("--output", "-o", **OUTPUT)
def rules(
    name: str | None,
    rule: str | None,
    rulebook: str | None,
    language: str | None,
    as_of: date | None,
    earlier: str | None,
    given: tuple[Target, ...],
    output: str | None,
) -> None:
    """Lists the shipped rulebooks, the rules of one, or what one rule says.

    \b
    checker rules                              the shipped rulebooks
    checker rules RULEBOOK                     its rules
    checker rules RULEBOOK --as-of 2019-06-30  what of it was in force that day
    checker rules RULEBOOK RULE                one rule
    checker rules RULE --rules RULEBOOK        the same
    checker rules --diff OLD NEW               what changed from one to the other
    """  # noqa: D301 -- click reads the escape
    if earlier is not None:
        if name is None or rule is not None or rulebook is not None or as_of is not None:
            raise WrongCallError(message("cli-diff-of-rulebooks"))
        _write_changes(earlier, name, language, targets(given, output, PAPER))
        return
    if given or output is not None:
        raise WrongCallError(message("cli-only-with-diff", option="--format" if given else "--output"))
    from checker import api  # noqa: PLC0415 -- loaded only by a command that needs it
    from checker.cli import rules_pages as pages  # noqa: PLC0415 -- the same

    if rulebook is not None:
        if rule is not None:
            raise WrongCallError(message("cli-rulebook-once"))
        name, rule = rulebook, name
    if name is None:
        faces = api.rulebooks()
        write_output(None, lambda stream: pages.write_rulebooks(faces, stream, language))
        return
    face = api.describe(name)
    if rule is None:
        write_output(None, lambda stream: pages.write_rules(face, stream, language, as_of))
        return
    summary = _find(face, rule)
    write_output(None, lambda stream: pages.write_rule(face, summary, stream, language))


def _write_changes(old: str, new: str, language: str | None, wanted: Sequence[Target]) -> None:
    from checker.handbook.book import make_handbook  # noqa: PLC0415 -- loaded only where it is needed
    from checker.handbook.changes import changes_paper  # noqa: PLC0415 -- the same

    later = make_handbook(new)
    paper = changes_paper(make_handbook(old), later, language or later.languages[0])
    for target in wanted:
        shown = Presentation(colour=coloured(Colour.AUTO, target.path), width=columns(target.path))
        write_report(target.path, PAPER[target.format], paper, shown)


def _find(face: RulebookFace, identity: str) -> RuleSummary:
    for summary in face.rules:
        if summary.id == identity:
            return summary
    known = [summary.id for summary in face.rules]
    raise UsageError(
        Problem(
            "unknown-rule",
            message("unknown-rule", rulebook=face.name, rule=identity),
            message("unknown-rule-fix", rulebook=face.name),
            instead=nearest(identity, known),
        )
    )
