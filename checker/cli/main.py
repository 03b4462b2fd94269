"""The program: its commands, and the one place where every fault becomes a message and an exit code."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Iterable, Iterator, MutableMapping
from importlib import import_module
from typing import Any, NoReturn

import click

from checker import __version__
from checker.cli import COMPLETE
from checker.cli.faults import short_of, tell_problems
from checker.cli.streams import LostOutputError, prepare_streams
from checker.cli.wrong import asked_language, tell
from checker.errors import CheckerError
from checker.report.exit import Exit
from checker.temporary import tidy_up_on_signals
from checker.words.catalogue import FALLBACK
from checker.words.message import Words

_COMMANDS = {
    "check": "Who violates which clause.",
    "unmet": "What each body has to do.",
    "explain": "What a rule says, and why it came to a verdict.",
    "diff": "What changed from one report to the next.",
    "trend": "How rates and counts move over many reports.",
    "config": "Which options are in effect, and from where.",
    "lint": "What is wrong, or suspicious, in a rulebook.",
    "test": "Whether a rulebook's cases come out as stated.",
    "rules": "Which rulebooks and rules there are.",
    "schema": "The JSON Schema of a kind of file.",
    "new": "A rulebook to start from.",
    "template": "A form for those who hand in records.",
    "annotate": "The workbook that was handed in, with what was found.",
    "handbook": "A rulebook as a page for those who are bound by it.",
    "lsp": "The language server, for editors.",
    "completion": "Completion for a shell: bash, zsh, fish.",
}
"""Every command, and what it is for: to list them, none is loaded."""


class Commands(MutableMapping[str, click.Command]):
    """The commands by name, each loaded from the module of that name when it is first asked for: a run needs one of them."""

    def __init__(self, names: Iterable[str]) -> None:
        self._loaded: dict[str, click.Command | None] = dict.fromkeys(names)

    def __getitem__(self, name: str) -> click.Command:
        command = self._loaded[name]
        if command is None:
            command = self._loaded[name] = getattr(import_module(f"checker.cli.{name}"), name)
            command.short_help = _COMMANDS[name]
            if COMPLETE in os.environ:
                from checker.cli.completing import taught  # noqa: PLC0415 -- only where a shell asks

                taught(command)
        return command

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._loaded[name] = command

    def __delitem__(self, name: str) -> None:
        del self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._loaded)

    def __len__(self) -> int:
        return len(self._loaded)


class Program(click.Group):
    """A group of commands whose faults end in an exit code, and never in a traceback."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 -- click's signature
        """Lists the commands, as click does, without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(_COMMANDS.items()))

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,  # noqa: ANN401 -- as click has it
    ) -> click.Context:
        """The context of a run; it knows the language that is asked for before anything else is read."""
        return super().make_context(info_name, args, parent, **{"obj": asked_language(args) or FALLBACK, **extra})

    def invoke(self, ctx: click.Context) -> object:
        """Runs the command that was named."""
        try:
            return super().invoke(ctx)
        except (click.exceptions.NoArgsIsHelpError, click.exceptions.Exit, click.Abort):
            raise
        except click.UsageError as error:
            tell(error, Words(ctx.obj))
            ctx.exit(error.exit_code)
        except CheckerError as error:
            tell_problems(error.problems, error.language or ctx.obj)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            click.echo(Words(ctx.obj)("cli-interrupted"), err=True)
            ctx.exit(Exit.INTERRUPTED)
        except LostOutputError as lost:
            click.echo(lost.in_(Words(ctx.obj)), err=True)
            ctx.exit(Exit.INPUT)
        except (OSError, MemoryError) as error:
            tell_problems([short_of(error)], ctx.obj)
            ctx.exit(Exit.INPUT)
        except Exception as fault:  # noqa: BLE001 -- whatever it is, a user learns what to do about it
            _report(fault, Words(ctx.obj))
            ctx.exit(Exit.FAULT)


def _report(fault: Exception, words: Words) -> None:
    import platform  # noqa: PLC0415 -- 15 ms that only a fault needs
    import traceback  # noqa: PLC0415

    if os.environ.get("CHECKER_DEBUG"):
        traceback.print_exc()
    versions = f"checker {__version__}, Python {platform.python_version()}, {platform.platform()}"
    click.echo(
        f"{words('cli-fault', fault=f'{type(fault).__name__}: {fault}')}\n"
        f"  {words('cli-fault-whose')}\n"
        f"  {words('cli-fault-fix')}\n        {versions}",
        err=True,
    )


def _adjudicator(words: Words) -> str:
    """Who would judge, as a report names it, and why it is not durable-rules where that cannot be loaded."""
    from checker.adjudicate.choice import adjudicator_of, why_not_durable  # noqa: PLC0415 -- loads the rule engine
    from checker.model.law import Law  # noqa: PLC0415 -- the help needs it not

    name, missing = adjudicator_of(Law(())).name, why_not_durable()
    return name if missing is None else words("cli-adjudicator-missing", why=missing)


def _show_version(context: click.Context, _: click.Parameter, asked: bool) -> None:  # noqa: FBT001 -- click's signature
    if asked:
        from checker.cli.output import write_output  # noqa: PLC0415 -- the help needs it not

        lines = [f"checker {__version__}\n", f"{_adjudicator(Words(context.obj))}\n"]
        write_output(None, lambda stream: stream.writelines(lines))
        context.exit()


@click.group(
    cls=Program,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    commands=Commands(_COMMANDS),
)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="The version.")
def program() -> None:
    """Checks the records of organisations against the regulations they live under.

    \b
    checker check SUBMISSION --rules RULEBOOK   who violates which clause
    checker unmet SUBMISSION --rules RULEBOOK   what each body has to do
    checker new NAME                            a rulebook to start from
    checker check --help                        how, with examples
    """  # noqa: D301 -- click reads the escape


def main() -> None:
    """Runs the program with the arguments of the process."""
    tidy_up_on_signals()
    prepare_streams()
    # Tens of thousands of values that live until the process ends: looking for cycles among them finds none.
    gc.set_threshold(200_000)
    code = _run()
    # Nothing refers to the run any more, and the engine has removed its files.
    if os.environ.get("CHECKER_DEBUG"):
        sys.exit(code)
    _leave(code)


def _run() -> int:
    try:
        ended = program.main(prog_name="checker", standalone_mode=False)
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except LostOutputError as lost:  # the help, which click writes before it calls a command
        click.echo(lost.in_(Words(FALLBACK)), err=True)
        return Exit.INPUT
    return ended if isinstance(ended, int) else Exit.CLEAN


def _leave(code: int) -> NoReturn:
    """Ends the process as soon as all is written and tidied up, without taking its values apart one by one.

    That takes as long as reading a small submission does, and gives back only memory.
    """
    atexit._run_exitfuncs()  # noqa: SLF001 -- as `multiprocessing` ends its processes; temporary folders go with it
    try:
        sys.stdout.flush()
    except LostOutputError as lost:
        if code != Exit.INPUT:  # else it was reported already
            click.echo(lost.in_(Words(asked_language(sys.argv) or FALLBACK)), err=True)
        code = Exit.INPUT
    sys.stderr.flush()
    os._exit(code)
