"""The file that gives options of commands other values: `checker.toml`, or `[tool.checker]` of `pyproject.toml`.

Its keys are those of `check` and `unmet`. Other commands take from it what they share with these.

It is looked for in the folders above the submission, the nearest first, then in the working directory and above. A file in the
submission itself is none, unless that is where the caller stands: who hands in records does not say what a run fails for.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple, NoReturn

import click

from checker.errors import Place, Problem, UsageError, nearest
from checker.files import DATA, reason_of, regular_bytes
from checker.words.message import Message, message

OWN: Final = "checker.toml"
SHARED: Final = "pyproject.toml"
_TABLE = b"[tool.checker]"
_FILES = frozenset({"baseline", "findings", "indicators", "output", "previous", "summary", "waivers"})
"""The options that name files, which are found from the folder of the file that names them."""


class SettingsFile(NamedTuple):
    """A file of settings: the values by the long names of options, and the lines on which they stand."""

    path: Path
    values: Mapping[str, Any]
    lines: Mapping[str, int]

    def place(self, key: str | None = None) -> Place:
        """Where a value stands, or the file."""
        return Place(str(self.path), self.lines.get(key) if key else None)


class Configured(click.Command):
    """A command the options of which may be given in a file; those of the command line go before."""

    apart: frozenset[str] = frozenset()
    """The options, by the names of their values, that mean something else here than what the file gives."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Reads the file that all submissions find, if there is one, before the command line."""
        named = () if ctx.resilient_parsing else _submissions(self, ctx, args)
        files = [settings_file(each) for each in named]
        if len({each and each.path for each in files}) > 1:
            ctx.meta["settings_files"] = dict(zip(named, files, strict=True))
        elif files and files[0] is not None:
            ctx.default_map = defaults(files[0], self)
            ctx.meta["settings_file"] = files[0]
        ctx.meta["arguments"] = tuple(args)
        return super().parse_args(ctx, args)

    def given_then(self, ctx: click.Context, submission: str, at: Callable[[Path], Path]) -> dict[str, Any]:
        """The values of the same command line with the file of settings that a submission found then."""
        with click.Context(self, ctx.parent, ctx.info_name) as then:
            found = settings_file(submission, at)
            then.default_map = None if found is None else defaults(found, self)
            super().parse_args(then, list(ctx.meta["arguments"]))
            return then.params


class PartlyConfigured(Configured):
    """A command that takes from the file what is judged, and not what is listed of it, or how and where that is written."""

    apart = frozenset({"body", "targets", "output"})


def given_for(context: click.Context, submission: str) -> dict[str, Any]:
    """What is given for one of several submissions: the values of all; where they find several files, with those of its own."""
    found: SettingsFile | None = context.meta.get("settings_files", {}).get(submission)
    if found is None or not isinstance(context.command, Configured):
        return context.params
    params = {str(param.name): param for param in context.command.params}
    own = {
        name: params[name].type_cast_value(context, value)
        for name, value in defaults(found, context.command).items()
        if context.get_parameter_source(name) is click.core.ParameterSource.DEFAULT
    }
    return {**context.params, **own}


def _submissions(command: click.Command, ctx: click.Context, args: list[str]) -> tuple[str | None, ...]:
    """The submissions that a command line names, be the rest of it right or wrong; None where it names none."""
    try:
        given = command.make_parser(ctx).parse_args(list(args))[0]
    except click.ClickException:
        return (None,)
    named = given.get("submissions", given.get("submission"))
    return named if isinstance(named, tuple) else (named if isinstance(named, str) else None,)


def _now(path: Path) -> Path:
    return path


def settings_file(submission: str | None, at: Callable[[Path], Path] = _now) -> SettingsFile | None:
    """The file of settings that holds for a submission, found where files are `at`. Raises UsageError where it cannot be read."""
    for folder in dict.fromkeys(_folders(submission)):
        for name in (OWN, SHARED):
            path = at(folder / name)
            if path.is_file():
                found = _read(path, shared=name == SHARED)
                if found is not None:
                    return found
    return None


def _folders(submission: str | None) -> Iterator[Path]:
    here = Path.cwd()
    if submission is not None and submission != "-" and "://" not in submission:
        inside = Path(os.path.normpath(here / submission))
        yield from (each for each in inside.parents if inside != here)
    yield from (here, *here.parents)


def _read(path: Path, *, shared: bool) -> SettingsFile | None:
    shown = Path(os.path.relpath(path)) if path.is_relative_to(Path.cwd()) else path
    try:
        content = regular_bytes(path, DATA)
    except OSError as error:
        _refuse(message("settings-unreadable", why=reason_of(error)), message("settings-fix"), Place(str(shown)))
    if shared and _TABLE not in content:
        return None
    import tomllib  # noqa: PLC0415 -- only where there are settings

    try:
        text = content.decode()
        values = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        _refuse(message("settings-no-toml", why=str(error)), message("settings-fix"), Place(str(shown)))
    if shared:
        values = values["tool"]["checker"]
    start = text.find("[tool.checker]") if shared else 0
    lines = {key: line for key in values if (line := _line(text, start, key))}
    return SettingsFile(shown, values, lines)


def _line(text: str, start: int, key: str) -> int | None:
    found = re.compile(rf"^\s*\[?[\"']?(?:tool\.checker\.)?{re.escape(key)}[\"']?\s*[=\]]", re.MULTILINE).search(text, start)
    return None if found is None else text.count("\n", 0, found.end()) + 1


def options(command: click.Command) -> dict[str, click.Option]:
    """The options of a command by each of their long names."""
    named = (param for param in command.params if isinstance(param, click.Option))
    return {name[2:]: option for option in named for name in option.opts if name.startswith("--")}


def defaults(found: SettingsFile, command: Configured) -> dict[str, Any]:
    """The values of a file for what a command can be given. Raises UsageError for a key that no command has."""
    known = _known()
    own = {param.name: param for param in command.params if param.name not in command.apart}
    made = {}
    for key, value in found.values.items():
        if key not in known:
            near = nearest(key, known)
            fix = message("settings-unknown-fix", known=", ".join(sorted(known)))
            raise UsageError(
                Problem("unknown-setting", message("settings-unknown", key=key), fix, found.place(key), instead=near)
            )
        name = known[key].name
        if name in own:
            made[str(name)] = _value(key, value, own[name], found)
    return made


def _known() -> dict[str, click.Option]:
    from checker.cli.check import check  # noqa: PLC0415 -- these commands are made with what stands here
    from checker.cli.unmet import unmet  # noqa: PLC0415

    return {**options(check), **options(unmet)}


def _value(key: str, value: object, option: click.Parameter, found: SettingsFile) -> object:
    """The value as the command line would give it."""
    if isinstance(option, click.Option) and option.is_flag:
        return value if isinstance(value, bool) else _wrong(key, message("settings-wants-flag", key=key), found)
    if isinstance(value, dict) and option.name == "overrides":
        value = [f"{name}={_text(name, each, found)}" for name, each in value.items()]
    if isinstance(value, list):
        if not option.multiple:
            _wrong(key, message("settings-wants-one", key=key), found)
        return tuple(_from_folder(option, _text(key, each, found), found) for each in value)
    text = _from_folder(option, _text(key, value, found), found)
    return (text,) if option.multiple else text


def _text(key: str, value: object, found: SettingsFile) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        return str(value)
    return _wrong(key, message("settings-wants-text", key=key), found)


def _from_folder(option: click.Parameter, text: str, found: SettingsFile) -> str:
    """The text; a name of a file in it as seen from the folder of the settings."""
    folder = found.path.parent
    if option.name == "targets":
        name, equals, file = text.partition("=")
        return f"{name}={folder / file}" if equals and file != "-" else text
    if option.name == "rulebook":
        return str(folder / text) if (folder / text).exists() else text
    return str(folder / text) if option.name in _FILES else text


def _wrong(key: str, wrong: Message, found: SettingsFile) -> NoReturn:
    _refuse(wrong, message("settings-fix"), found.place(key))


def _refuse(wrong: Message, fix: Message, place: Place) -> NoReturn:
    raise UsageError(Problem("wrong-settings", wrong, fix, place))


def in_effect(context: click.Context) -> Iterable[tuple[str, str, Message]]:
    """Each option of a command that has a value: its long name, the value, and where that is from."""
    found: SettingsFile | None = context.meta.get("settings_file")
    names: dict[click.Option, list[str]] = {}
    for name, option in options(context.command).items():
        names.setdefault(option, []).append(name)
    for option, (name, *others) in names.items():
        source = context.get_parameter_source(str(option.name))
        value = context.params.get(str(option.name))
        if value is None or value in ((), False) or name == "help":
            continue
        origin = message("settings-default")
        if source is click.core.ParameterSource.COMMANDLINE:
            origin = message("settings-command-line")
        elif source is click.core.ParameterSource.DEFAULT_MAP and found is not None:
            key = next((each for each in others if each in found.values), name)
            origin = message("settings-from", place=str(found.place(key)))
        yield name, _shown(value), origin


def _shown(value: object) -> str:
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return ", ".join(map(_shown, value))
    if isinstance(value, tuple):
        return "=".join(str(part) for part in value if part is not None)
    return "yes" if value is True else str(getattr(value, "label", value))
