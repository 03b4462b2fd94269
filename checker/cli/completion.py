"""`checker completion`: the lines by which a shell learns to complete the commands of this program."""

from __future__ import annotations

import click

from checker.cli import COMPLETE
from checker.cli.output import write_output
from checker.cli.parameters import OneOf

_SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=OneOf(_SHELLS))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Writes what a shell needs to complete commands, options, and their values: formats, rulebooks, rules, parameters.

    \b
    checker completion bash   for ~/.bashrc: eval "$(checker completion bash)"
    checker completion zsh    for ~/.zshrc: eval "$(checker completion zsh)"
    checker completion fish   for ~/.config/fish/completions/checker.fish
    """  # noqa: D301 -- click reads the escape
    from click.shell_completion import BashComplete, FishComplete, ShellComplete, ZshComplete  # noqa: PLC0415 -- not for the help

    known: dict[str, type[ShellComplete]] = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}
    made = known[shell](context.find_root().command, {}, "checker", COMPLETE)
    # Not `source()`: for bash that starts a bash to ask for its version, and the one that asks may be another.
    script = made.source_template % made.source_vars()
    write_output(None, lambda stream: stream.writelines([script]))
