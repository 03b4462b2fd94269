"""What is wrong with a command line, said in the language of the run as all else is; click's own complaints too."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import NoReturn

import click

from checker.display_width import visible
from checker.words.message import Message, Words, message, one_of

_EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)", re.DOTALL)


class WrongCallError(click.UsageError):
    """The options of a command do not go together, or one is missing."""

    def __init__(self, said: Message) -> None:
        super().__init__(str(said))
        self.said = said


class WrongValueError(click.BadParameter):
    """A value of an argument or option is none that it can have."""

    def __init__(self, said: Message, param: click.Parameter | None, context: click.Context | None) -> None:
        super().__init__(str(said), context, param)
        self.said = said


def refuse(said: Message, param: click.Parameter | None, context: click.Context | None) -> NoReturn:
    """Raises the error of a value that cannot be."""
    raise WrongValueError(said, param, context)


def nearest_of(said: Message, word: str, known: Iterable[str]) -> Message:
    """The message, with the nearest known word if one is near."""
    near = get_close_matches(word, list(known), n=1)
    return message("cli-perhaps", said=said, near=near[0]) if near else said


def asked_language(arguments: Sequence[str]) -> str | None:
    """The language that a command line asks for, be the rest of it right or wrong."""
    for place, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if name in {"--lang", "--language"}:
            return value if equals else next(iter(arguments[place + 1 : place + 2]), None)
    return None


def tell(error: click.UsageError, words: Words) -> None:
    """Writes to standard error how the command is called, and what is wrong with how it was."""
    if error.ctx is not None:
        usage = error.ctx.get_usage().removeprefix("Usage:")
        hint = words("cli-help", command=error.ctx.command_path)
        sys.stderr.write(f"{words('cli-usage')}:{usage}\n{hint}\n\n")
    sys.stderr.write(visible(words("cli-error", said=_said(error))) + "\n")


def _said(error: click.UsageError) -> Message | str:
    match error:
        case WrongCallError(said=said):
            return said
        case WrongValueError(said=said, param=param):
            return said if param is None else message("cli-value", option=_hint(param, error), said=said)
        case _:
            return _of_click(error)


def _of_click(error: click.UsageError) -> Message | str:
    """What click complains of; in its own words where it is none of what is known."""
    match error:
        case click.MissingParameter(param=param) if param is not None:
            return message(f"cli-missing-{param.param_type_name}", name=_hint(param, error))
        case click.NoSuchOption(option_name=name, possibilities=near):
            return _unknown(message("cli-no-option", name=name), near)
        case click.exceptions.NoSuchCommand(command_name=name, possibilities=near):
            return _unknown(message("cli-no-command", name=name), near)
        case click.BadOptionUsage(option_name=name):
            return message("cli-takes-no-value" if "does not take" in error.message else "cli-needs-a-value", name=name)
        case _:
            extra = _EXTRA.match(error.message)
            return message("cli-extra", arguments=extra[1]) if extra else error.format_message()


def _unknown(said: Message, near: Sequence[str] | None) -> Message:
    return message("cli-perhaps-one-of", said=said, near=one_of(f"'{each}'" for each in near)) if near else said


def _hint(param: click.Parameter, error: click.UsageError) -> str:
    hint = param.get_error_hint(error.ctx)
    return hint if isinstance(hint, str) else " / ".join(f"'{each}'" for each in hint)
