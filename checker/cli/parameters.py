"""How values on the command line are read: days, periods, formats, settings, and choices with a suggestion."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import PurePath
from types import MappingProxyType
from typing import Any, ClassVar, NamedTuple

import click

from checker.cli.wrong import WrongCallError, nearest_of, refuse
from checker.model.days import read_day
from checker.model.period import Period, PeriodError
from checker.report.formats import Writer
from checker.words.message import message


class Colour(StrEnum):
    """When to colour the output."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class Target(NamedTuple):
    """A format and where it goes; None is standard output."""

    format: str
    path: str | None = None


class OneOf(click.ParamType[str]):
    """One of a few words, in any case; a mistyped one is answered with the nearest."""

    name = "word"

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(words)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002 -- click's signature
        """The words, as the help shows them."""
        return "|".join(self.words)

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Reads one of the words."""
        word = value.lower()
        if word not in self.words:
            wrong = message("cli-not-one-of", value=value, known=", ".join(self.words))
            refuse(nearest_of(wrong, word, self.words), param, ctx)
        return word


class DayType(click.ParamType[date]):
    """A day."""

    name = "date"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Reads `2019-12-31`."""
        if isinstance(value, date):
            return value
        day = read_day(value)
        if day is None:
            refuse(message("cli-not-a-day", value=value), param, ctx)
        return day


class PeriodType(click.ParamType[Period]):
    """A reporting period."""

    name = "period"

    def convert(self, value: str | Period, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        """Reads `2019`, `2019-Q2` and so on."""
        if isinstance(value, Period):
            return value
        try:
            return Period.parse(value)
        except PeriodError as error:
            refuse(message("cli-sentence", said=error.message), param, ctx)


class Whole(click.IntRange):
    """A whole number in digits of ASCII; Python takes those of any script, `_` and spaces between and around them."""

    name = "number"

    def convert(self, value: str | int, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Reads `20`."""
        if isinstance(value, str) and not re.fullmatch(r"-?[0-9]{1,9}", value):
            refuse(message("cli-not-a-number", value=value), param, ctx)
        number = int(value)
        if self.min is not None and number < self.min:
            refuse(message("cli-number-below", value=value, least=str(self.min)), param, ctx)
        return number


class MostType(click.ParamType[int]):
    """How many at most; 0 is all."""

    name = "number"

    def convert(self, value: str | int, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Reads `20` or `all`."""
        if isinstance(value, int):
            return value
        if value.lower() == "all":
            return 0
        if not re.fullmatch(r"[0-9]{1,9}", value):
            refuse(message("cli-not-a-number-or-all", value=value), param, ctx)
        return int(value)


class SizeType(click.ParamType[int]):
    """An amount of memory or disk, in bytes."""

    name = "size"
    _UNIT: ClassVar = {
        "b": 1,
        **{f"{letter}b": 1000**power for power, letter in enumerate("kmgt", 1)},
        **{f"{letter}ib": 1024**power for power, letter in enumerate("kmgt", 1)},
    }

    def convert(self, value: str | int, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Reads `800MB`, `1.5GB` or `512MiB`."""
        if isinstance(value, int):
            return value
        read = re.fullmatch(r"\s*([0-9]{1,9}(?:\.[0-9]{1,9})?)\s*([A-Za-z]*)\s*", value)
        if read is None:
            refuse(message("cli-not-a-size", value=value), param, ctx)
        number, unit = read.groups()
        if unit.lower() not in self._UNIT:
            meant = {"": "MB", "k": "KB", "m": "MB", "g": "GB", "t": "TB"}.get(unit.lower())
            wrong = message("cli-size-unit", value=value)
            if meant:
                wrong = message("cli-size-unit-perhaps", value=value, near=f"{number}{meant}")
            refuse(wrong, param, ctx)
        return int(Decimal(number) * self._UNIT[unit.lower()])


MEMORY: dict[str, Any] = {
    "metavar": "SIZE",
    "type": SizeType(),
    "help": "The most memory to take: 1GB, 512MiB. Then disk is used.",
}
DISK: dict[str, Any] = {"metavar": "SIZE", "type": SizeType(), "help": "The most disk to take for temporary files."}


class SettingType(click.ParamType[tuple[str, str]]):
    """A parameter of the rulebook and the value it is to have."""

    name = "name=value"

    def convert(self, value: str | tuple[str, str], param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """Reads `cell_attendance=80%`."""
        if isinstance(value, tuple):
            return value
        name, equals, setting = value.partition("=")
        if not (name.strip() and equals and setting.strip()):
            refuse(message("cli-not-a-setting", value=value), param, ctx)
        return name.strip(), setting.strip()


class TargetType(click.ParamType[Target]):
    """A format, and the file it goes to if it does not go to standard output."""

    name = "format"

    def __init__(self, formats: Iterable[str]) -> None:
        self.formats = OneOf(formats)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """The formats, as the help shows them."""
        return f"{self.formats.get_metavar(param, ctx)}[=FILE]"

    def convert(self, value: str | Target, param: click.Parameter | None, ctx: click.Context | None) -> Target:
        """Reads `json` or `json=report.json`."""
        if isinstance(value, Target):
            return value
        name, equals, path = value.partition("=")
        if equals and not path:
            refuse(message("cli-no-file", value=value), param, ctx)
        return Target(self.formats.convert(name, param, ctx), path if path not in {"", "-"} else None)


def targets(
    given: tuple[Target, ...], output: str | None, writers: Mapping[str, Writer[Any]] = MappingProxyType({})
) -> tuple[Target, ...]:
    """What is to be written where. Raises WrongCallError where it makes no sense.

    Unless said, it is text to standard output, or to `output` the format that its name ends in.
    """
    found = list(given or (Target(_format_of(output or "", writers)),))
    pathless = [place for place, target in enumerate(found) if target.path is None]
    if output not in {None, "-"}:
        if not pathless:
            raise WrongCallError(message("cli-output-nothing"))
        place = pathless.pop(0)
        found[place] = Target(found[place].format, output)
    if len(pathless) > 1:
        raise WrongCallError(message("cli-one-to-output"))
    for target in found:
        if target.path is None and target.format in writers and writers[target.format].binary and on_a_terminal():
            suffix = writers[target.format].suffixes[0]
            raise WrongCallError(message("cli-not-for-a-terminal", format=target.format, suffix=suffix))
    paths = [os.path.realpath(target.path) for target in found if target.path is not None]
    if len(set(paths)) < len(paths):
        raise WrongCallError(message("cli-two-formats"))
    return tuple(found)


def on_a_terminal() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout.isatty()


def _format_of(path: str, writers: Mapping[str, Writer[Any]]) -> str:
    file = PurePath(path).name.lower()
    ends = [(len(suffix), name) for name, writer in writers.items() for suffix in writer.suffixes if file.endswith(suffix)]
    return max(ends, default=(0, "text"))[1]


def settings(given: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The parameters that are given another value. Raises WrongCallError where one is given two."""
    found: dict[str, str] = {}
    for name, value in given:
        if found.setdefault(name, value) != value:
            raise WrongCallError(message("cli-set-twice", name=name, one=found[name], other=value))
    return found
