"""`checker lsp`: the language server, which editors start."""

from __future__ import annotations

import click

from checker.report.exit import Exit
from checker.words.message import Words

_EXTRA = frozenset({"pygls", "lsprotocol", "cattrs", "attr", "attrs"})
"""What the extra `lsp` installs."""


@click.command()
@click.pass_context
def lsp(context: click.Context) -> None:
    """Serves an editor by the language server protocol, over standard input and output, until the editor ends it.

    Rulebooks and their cases are judged as they are written: diagnostics, completion, explanations, definitions, renaming.
    Editors start it themselves: docs/editors.md says how each is told to. It needs the extra 'lsp'.

    \b
    checker lsp   what an editor is told to start
    """  # noqa: D301 -- click reads the escape
    try:
        from checker.lsp.server import server  # noqa: PLC0415 -- only this command needs the library
    except ModuleNotFoundError as missing:
        if (missing.name or "").split(".")[0] not in _EXTRA:
            raise
        click.echo(Words(context.obj)("cli-no-language-server"), err=True)
        context.exit(Exit.INPUT)
    server().start_io()
