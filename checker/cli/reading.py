"""The options that say how a submission is read: what standard input is called, and how much is read."""

from __future__ import annotations

import re
from typing import Any

import click

from checker.cli.parameters import SizeType
from checker.cli.wrong import refuse
from checker.records.limits import Limits
from checker.words.message import message


class ReadLimitType(click.ParamType[tuple[str, int]]):
    """A limit of what is read, and the number that it is to be."""

    name = "name=n"

    def convert(self, value: str | tuple[str, int], param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, int]:
        """Reads `files=20000` or `unpacked=20GB`."""
        if isinstance(value, tuple):
            return value
        name, _, number = value.partition("=")
        if name not in Limits._fields:
            refuse(message("cli-not-a-limit", name=name, known=", ".join(Limits._fields)), param, ctx)
        if re.fullmatch("[0-9]{1,18}", number):
            return name, int(number)
        return name, SizeType().convert(number, param, ctx)


READ_LIMIT: dict[str, Any] = {
    "metavar": "NAME=N",
    "type": ReadLimitType(),
    "multiple": True,
    "help": f"Read more, or less: {', '.join(Limits._fields)}.",
}


def reading_options() -> list[click.Parameter]:
    """The options of a command that reads a submission."""
    return [
        click.Option(["--stdin-filename"], metavar="NAME", help="What standard input (-) is: meetings.csv, book.xlsx."),
        click.Option(["read_limits", "--read-limit"], **READ_LIMIT),
    ]
