"""The program: its commands, and the one place where every fault becomes a message and an exit code."""

from __future__ import annotations

import atexit
import gc
import os
import sys

import click

from checker import __version__
from checker.cli.check import check
from checker.cli.explain import explain
from checker.cli.lint import lint
from checker.cli.new import new
from checker.cli.output import tell_problems
from checker.cli.rules import rules
from checker.cli.schema import schema
from checker.cli.test import test
from checker.cli.unmet import unmet
from checker.errors import CheckerError
from checker.report.exit import Exit


class Program(click.Group):
    """A group of commands whose faults end in an exit code, and never in a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        """Runs the command that was named."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except CheckerError as error:
            tell_problems(error.problems)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            click.echo("Interrupted.", err=True)
            ctx.exit(Exit.INTERRUPTED)
        except Exception as fault:  # noqa: BLE001 -- whatever it is, a user is told what to do about it
            _tell(fault)
            ctx.exit(Exit.FAULT)


def _tell(fault: Exception) -> None:
    import platform  # noqa: PLC0415 -- 15 ms that only a fault needs
    import traceback  # noqa: PLC0415

    if os.environ.get("CHECKER_DEBUG"):
        traceback.print_exc()
    click.echo(
        f"internal fault: {type(fault).__name__}: {fault}\n"
        "  This is a fault of the program, not of your submission or rulebook, and no verdict was reached.\n"
        "  mend: report the command, what it prints when the environment variable CHECKER_DEBUG is set to 1, and\n"
        f"        checker {__version__}, Python {platform.python_version()}, {platform.platform()}",
        err=True,
    )


def _show_version(context: click.Context, _: click.Parameter, asked: bool) -> None:  # noqa: FBT001 -- click's signature
    if asked:
        click.echo(f"checker {__version__}")
        context.exit()


@click.group(
    cls=Program,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    commands=[check, unmet, explain, lint, test, rules, schema, new],
)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="The version.")
def program() -> None:
    """Checks the records of organisations against the regulations they live under.

    \b
    checker check SUBMISSION --rules RULEBOOK
    checker unmet SUBMISSION --rules RULEBOOK
    """  # noqa: D301 -- click reads the escape


def main() -> None:
    """Runs the program with the arguments of the process."""
    # Tens of thousands of values that live until the process ends: looking for cycles among them finds none.
    gc.set_threshold(200_000)
    code: str | int | None = None
    try:
        program(prog_name="checker")
    except SystemExit as end:
        code = end.code
    # Nothing refers to the run any more, and the engine has removed its files.
    if isinstance(code, int) and not os.environ.get("CHECKER_DEBUG"):
        _leave(code)
    sys.exit(code)


def _leave(code: int) -> None:
    """Ends the process as soon as all is written and tidied up, without taking its values apart one by one.

    That takes as long as reading a small submission does, and gives back only memory. Returns where something cannot be
    written any more, which Python itself then tells of.
    """
    atexit._run_exitfuncs()  # noqa: SLF001 -- as `multiprocessing` ends its processes; temporary folders go with it
    try:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    except OSError:
        return
    os._exit(code)
