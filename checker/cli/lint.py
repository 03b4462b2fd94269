"""`checker lint`: what is wrong, or suspicious, in a rulebook."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import click

from checker.atomic_write import PUBLIC
from checker.cli.lint_input import DASH, from_standard_input
from checker.cli.output import write_output, write_report
from checker.cli.parameters import DayType, PeriodType, Target, targets
from checker.cli.reading import READ_LIMIT
from checker.cli.shared import LANGUAGE, OUTPUT, spoken, written_as
from checker.cli.wrong import WrongCallError
from checker.errors import CheckerError, Level
from checker.lint import Linted
from checker.model.period import Period
from checker.report import Presentation
from checker.report.ci.addresses import repository
from checker.report.exit import Exit
from checker.report.formats import LINT
from checker.words.catalogue import FALLBACK
from checker.words.message import Words, message

_EXIT_CODES = """\b
Exit codes, the same in every format:
  0    no error, and with --strict no warning
  1    no error, but a warning, with --strict
  2    an error: the rulebook, or the command line, is wrong
  4    internal fault
Notes change nothing.
"""


@click.command(epilog=_EXIT_CODES)
@click.argument("rulebooks", metavar="RULES...", nargs=-1)
@click.option("given", "--format", "-f", **written_as(LINT))
@click.option("--output", "-o", **OUTPUT)
@click.option(
    "--in",
    "submission",
    metavar="SUBMISSION",
    help="Tell also which rules decide nothing of that submission, and which words it spells otherwise.",
)
@click.option("--period", "-p", type=PeriodType(), help="The period of --in, where the submission does not say.")
@click.option("--as-of", type=DayType(), help="Judge --in as of that day; default: the submission's, else today.")
@click.option("--stdin-filename", metavar="FILE", help="Where what comes in by standard input (-) stands, or what it is.")
@click.option("read_limits", "--read-limit", **READ_LIMIT)
@click.option("--changed", is_flag=True, help="RULES are changed files: check the rulebooks they belong to, each whole and once.")
@click.option("--strict", is_flag=True, help="Exit 1 where there is a warning.")
@click.option("--select", metavar="CODE", multiple=True, help="Of warnings and notes only those with that code.")
@click.option("--ignore", metavar="CODE", multiple=True, help="No warnings and notes with that code.")
@click.option(*LANGUAGE, **spoken("en"))
@click.option("--explain", metavar="CODE", help="Say what a code means, with examples; 'all' lists all codes.")
@click.pass_context
def lint(
    context: click.Context,
    rulebooks: tuple[str, ...],
    given: tuple[Target, ...],
    output: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    explain: str | None,
    language: str | None,
    submission: str | None,
    period: Period | None,
    as_of: date | None,
    stdin_filename: str | None,
    read_limits: tuple[tuple[str, int], ...],
    *,
    changed: bool,
    strict: bool,
) -> None:
    """Checks rulebooks, and says where each problem is and how to fix it.

    RULES is the name of a shipped rulebook, or a file or folder. Errors stand in the way of a run; warnings are
    suspicious; notes are worth knowing. Errors are told whatever is selected.

    RULES can also be - for a file that comes in by standard input, as from an editor. With --stdin-filename it stands in
    the place of that file, and the whole rulebook to which the file belongs is checked.

    \b
    checker lint RULEBOOK                   every mistake, with its line and fix
    checker lint RULEBOOK --strict          warnings fail too
    checker lint RULEBOOK --in SUBMISSION   and which rules decide nothing of it
    checker lint - --stdin-filename FILE    a file as an editor holds it
    checker lint --explain CODE             what a code means, with examples
    """  # noqa: D301 -- click reads the escape
    if explain is not None:
        _explain(explain, Words(language or FALLBACK), output)
        return
    if not rulebooks:
        raise WrongCallError(message("cli-missing-argument", name="'RULES...'"))
    incoming = [*rulebooks, submission].count(DASH)
    if incoming > 1:
        raise WrongCallError(message("cli-stdin-once"))
    if stdin_filename is not None and not incoming:
        raise WrongCallError(message("cli-stdin-filename-alone"))
    wanted = targets(given, output, LINT)
    from checker import api  # noqa: PLC0415 -- loaded only by a command that needs it

    options: dict[str, Any] = {"submission": submission, "period": period, "as_of": as_of, "select": select, "ignore": ignore}
    options |= {"read_limits": dict(read_limits), "stdin_filename": stdin_filename if submission == DASH else None}
    named = _of_changed(rulebooks, Words(language or FALLBACK)) if changed else rulebooks
    linted = [
        _incoming(stdin_filename, options) if rulebook == DASH else Linted(rulebook, api.lint(rulebook, **options))
        for rulebook in named
    ]
    for target in wanted:
        write_report(
            target.path,
            LINT[target.format],
            linted,
            Presentation(root=repository(Path.cwd()), language=language or FALLBACK),
            PUBLIC,
        )
    context.exit(_exit_code(linted, strict=strict))


def _incoming(name: str | None, options: Mapping[str, Any]) -> Linted:
    """What is to be said of a rulebook a file of which comes in by standard input."""
    from checker import api  # noqa: PLC0415 -- loaded only by a command that needs it

    try:
        source, texts = from_standard_input(name)
    except CheckerError as error:
        return Linted(name or DASH, error.problems)
    return Linted(str(source), api.lint(source, **options, texts=texts))


def _of_changed(files: Iterable[str], words: Words) -> tuple[str, ...]:
    """The rulebooks to which changed files belong, each once; files that belong to none are left alone."""
    from checker.rules.home import home_of  # noqa: PLC0415 -- loaded only by a command that needs it

    homes = (home_of(Path(file)) for file in files)
    found = sorted({os.path.relpath(home.source) for home in homes if home is not None and not home.library})
    if not found:
        click.echo(words("lint-none-changed"), err=True)
    return tuple(found)


def _explain(code: str, words: Words, output: str | None) -> None:
    from checker.lint.catalogue import entry  # noqa: PLC0415 -- reads YAML
    from checker.lint.explain import write_code, write_codes  # noqa: PLC0415

    write = partial(write_codes, words) if code == "all" else partial(write_code, entry(code), words)
    write_output(output, write, PUBLIC)


def _exit_code(linted: Sequence[Linted], *, strict: bool) -> Exit:
    if any(each.count(Level.ERROR) for each in linted):
        return Exit.INPUT
    return Exit.VIOLATED if strict and any(each.count(Level.WARNING) for each in linted) else Exit.CLEAN
