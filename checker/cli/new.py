"""`checker new`: a rulebook to start from."""

from __future__ import annotations

from pathlib import Path

import click

from checker.cli.output import write_output
from checker.cli.parameters import OneOf
from checker.starter import LANGUAGES, start

_NEXT = """\
Made {rulebook}: a rulebook of three rules, their cases, and an example.

Its files explain themselves; begin with records.yaml. Next:
  checker lint {rulebook}
  checker test {rulebook} --coverage
  checker check {rulebook}/examples/2025 --rules {rulebook}
"""


@click.command()
@click.argument("name")
@click.option("folder", "--in", metavar="DIR", default=".", help="Where to make it; default: here.")
@click.option(
    "language",
    "--lang",
    "--language",
    type=OneOf(LANGUAGES),
    default="en",
    show_default=True,
    help="The language of its texts and comments.",
)
def new(name: str, folder: str, language: str) -> None:
    """Makes a folder NAME with a small, commented rulebook that runs, its cases, and an example submission.

    Change it, rule by rule, into your own. Nothing is overwritten.

    \b
    checker new NAME                      in the working directory
    checker new NAME --in DIR --lang vi   elsewhere, and in Vietnamese
    """  # noqa: D301 -- click reads the escape
    made = start(name, Path(folder), language)
    write_output(None, lambda stream: stream.writelines([_NEXT.format(rulebook=made.as_posix())]))
