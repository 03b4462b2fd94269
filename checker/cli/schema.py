"""`checker schema`: the JSON Schema of a kind of file, for editors and for programs that read reports."""

from __future__ import annotations

from typing import TextIO

import click

from checker.atomic_write import PUBLIC
from checker.cli.output import write_output
from checker.cli.parameters import OneOf
from checker.cli.shared import OUTPUT
from checker.cli.wrong import WrongCallError
from checker.schemas import KINDS, shipped
from checker.words.message import message

_HINT = """
For completion and explanations in an editor that knows the YAML language server:
  checker schema rulebook --output rulebook.schema.json
and as the first line of each file of the rulebook, with the way to that file:
  # yaml-language-server: $schema=rulebook.schema.json
"""


@click.command()
@click.argument("kind", type=OneOf(KINDS), required=False)
@click.option("--output", "-o", **OUTPUT)
def schema(kind: str | None, output: str | None) -> None:
    """Writes the JSON Schema (2020-12) of a kind of file; without KIND, lists the kinds.

    Editors complete and explain what they have the schema of; programs can hold a report against it.

    \b
    checker schema                                    the kinds of files
    checker schema rulebook -o rulebook.schema.json   for an editor
    """  # noqa: D301 -- click reads the escape
    if kind is None:
        if output is not None:
            raise WrongCallError(message("cli-output-kind"))
        write_output(None, _write_kinds)
        return
    write_output(None if output == "-" else output, lambda stream: stream.writelines([shipped(kind)]), PUBLIC)


def _write_kinds(stream: TextIO) -> None:
    width = max(map(len, KINDS)) + 2
    stream.writelines(f"{kind:<{width}}{text}\n" for kind, text in KINDS.items())
    stream.write(_HINT)
