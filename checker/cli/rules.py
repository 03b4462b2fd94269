"""`checker rules`: which rulebooks are shipped, which rules they have, and what one rule says."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from checker.cli.output import write_output
from checker.cli.parameters import DayType
from checker.cli.wrong import WrongCallError
from checker.errors import Problem, UsageError, nearest
from checker.words.message import message

if TYPE_CHECKING:
    from checker.api import RulebookFace
    from checker.model.report import RuleSummary


@click.command(short_help="Which rulebooks and rules there are.")
@click.argument("name", required=False)
@click.argument("rule", required=False)
@click.option("--rules", "--rulebook", "-r", "rulebook", metavar="NAME|PATH", help="The rulebook, if NAME is a rule's.")
@click.option("language", "--lang", "--language", metavar="LANGUAGE", help="The language; default: the rulebook's first.")
@click.option("--as-of", metavar="DATE", type=DayType(), help="Only what is in force on that day.")
def rules(name: str | None, rule: str | None, rulebook: str | None, language: str | None, as_of: date | None) -> None:
    """Lists the shipped rulebooks, the rules of one, or what one rule says.

    \b
    checker rules                              the shipped rulebooks
    checker rules RULEBOOK                     its rules
    checker rules RULEBOOK --as-of 2019-06-30  what of it was in force that day
    checker rules RULEBOOK RULE                one rule
    checker rules RULE --rules RULEBOOK        the same
    """  # noqa: D301 -- click reads the escape
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
    write_output(None, lambda stream: pages.write_rule(face, summary, stream))


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
