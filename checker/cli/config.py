"""`checker config`: which options are in effect, and where each value comes from."""

from __future__ import annotations

import click

from checker.cli.check import check
from checker.cli.output import columns, write_output
from checker.cli.settings_file import in_effect
from checker.cli.wrong import WrongCallError
from checker.report.page import Page
from checker.words.catalogue import FALLBACK
from checker.words.message import Words, message


@click.command(
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True, "allow_interspersed_args": False},
)
@click.argument("arguments", metavar="[SUBMISSION] [OPTIONS OF CHECK]", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def config(context: click.Context, arguments: tuple[str, ...]) -> None:
    """Shows the options with which 'checker check' would run, and where each value comes from.

    Values are from the command line; else from checker.toml, or [tool.checker] of pyproject.toml, in the nearest folder above
    the submission, or the working directory and above; else they are the defaults. The keys are the names of the options of
    'checker check' and 'checker unmet'.

    \b
    checker config                              what is in effect here
    checker config SUBMISSION --fail-on major   what would be, for that call
    """  # noqa: D301 -- click reads the escape
    given = list(arguments) or ["."]
    with check.make_context("check", given, parent=context) as asked:
        if "settings_files" in asked.meta:
            raise WrongCallError(message("cli-config-one"))
        words = Words(asked.params.get("language") or FALLBACK)
        shown = [(name, value, words.say(origin)) for name, value, origin in in_effect(asked)]
        found = asked.meta.get("settings_file")

    def write(stream: object) -> None:
        page = Page(stream, columns(None), colour=False)  # type: ignore[arg-type]
        page.line(words("settings-file", file=found.path) if found is not None else words("settings-no-file"))
        wide = max((len(name) for name, _, _ in shown), default=0) + 2
        for name, value, origin in shown:
            page.labelled(name, f"{value}  ({origin})", indent=2, column=wide)

    write_output(None, write)
