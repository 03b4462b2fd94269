"""What a shell completes: options by click, their values by what they are: formats, rulebooks, rules, parameters, files.

It is loaded only where a shell asks. A rulebook is read as it is written, and never compiled: the answer must be quick.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem, split_arg_string

from checker.cli import COMPLETE
from checker.cli.parameters import MostType, OneOf, SettingType, TargetType
from checker.cli.reading import ReadLimitType
from checker.errors import CheckerError
from checker.records.limits import Limits
from checker.rules.shelf import beside, find, rules_folder, shipped_names
from checker.words.catalogue import FALLBACK, languages
from checker.words.message import Words

if TYPE_CHECKING:
    from checker.rules.merged import Merged

Items = Iterator[CompletionItem[str]]
Values = Callable[[click.Context], Items]
_FILE, _FOLDER = CompletionItem("", type="file"), CompletionItem("", type="dir")


class Completing(click.ParamType[Any]):
    """A type of values that knows which there are."""

    def __init__(self, inner: click.ParamType[Any], values: Values) -> None:
        self.name, self.inner, self.values = inner.name, inner, values

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401 -- as click has it
        """Reads a value as before."""
        return self.inner.convert(value, param, ctx)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:  # noqa: ARG002 -- click's signature
        """The values that begin so."""
        try:
            found = [each for each in self.values(ctx) if each.type != "plain" or str(each.value).startswith(incomplete)]
        except (CheckerError, OSError):
            # What is wrong is reported when the command is run.
            found = [_FILE]
        # The script for zsh takes three lines of each, and loses those that are empty.
        word = incomplete or ("_" if os.environ.get(COMPLETE, "").startswith("zsh") else "")
        return [each if each.type == "plain" else CompletionItem(word, type=each.type) for each in found]


def taught(command: click.Command) -> click.Command:
    """The command, its options and arguments knowing what values there are."""
    for parameter in command.params:
        values = _values(command.name or "", parameter)
        if values is not None:
            parameter.type = Completing(parameter.type, values)
    return command


def _values(command: str, parameter: click.Parameter) -> Values | None:
    """What values there are, by the type of the parameter, else by how its help calls them, else by its name."""
    for kind, values in _BY_TYPE:
        if isinstance(parameter.type, kind):
            return values(parameter.type)
    if command == "rules" and parameter.name == "name":
        return _rulebooks
    if command == "explain" and parameter.name == "rule":
        return _selectable
    return _BY_METAVAR.get(parameter.metavar or "", _BY_NAME.get(parameter.name or ""))


def _plain(words: Iterable[str]) -> Items:
    yield from (CompletionItem(word) for word in words)


def _rulebooks(_: click.Context) -> Items:
    # The files first: bash forgets what came before them, and shows them where no name of a shipped rulebook fits.
    yield _FILE
    yield from _plain(shipped_names(rules_folder()))


def _codes(_: click.Context) -> Items:
    from checker.lint.catalogue import catalogue  # noqa: PLC0415 -- reads YAML

    yield from (CompletionItem(entry.code, help=entry.title(Words(FALLBACK))) for entry in catalogue().values())


def _rules(context: click.Context) -> Items:
    yield from _entries(context, "rules")


def _selectable(context: click.Context) -> Items:
    for section in ("rules",) if context.info_name == "test" else ("rules", "indicators"):
        yield from _entries(context, section)


def _entries(context: click.Context, section: str) -> Items:
    """The ids of what stands in a section, with the titles."""
    from checker.rules.entries import keys_of  # noqa: PLC0415 -- reads YAML

    for tree in _trees(context):
        entries = tree.value.get(section)
        for entry in entries if isinstance(entries, list) else ():
            said = keys_of(entry)
            if isinstance(said.get("id"), str):
                title = said.get("title")
                first = next(iter(title.values()), None) if isinstance(title, dict) else title
                yield CompletionItem(str(said["id"]), help=" ".join(first.split()) if isinstance(first, str) else None)


def _parameters(context: click.Context) -> Items:
    from checker.rules.entries import keys_of  # noqa: PLC0415 -- reads YAML

    yield from _plain(f"{name}=" for tree in _trees(context) for name in keys_of(tree.value.get("parameters")))


def _trees(context: click.Context) -> Iterator[Merged]:
    """What is written in the rulebook of a command line, and in those that it extends."""
    from checker.rules.merged import read  # noqa: PLC0415 -- reads YAML

    shipped = rules_folder()
    waiting = [find(name, shipped) for name in _named(context)]
    while waiting:
        source = waiting.pop()
        tree = read(source, str(source))
        yield tree
        if isinstance(above := tree.value.get("extends"), str):
            waiting.append(beside(above, source if source.is_dir() else source.parent, shipped))


def _named(context: click.Context) -> Iterable[str]:
    """The rulebook that a command line names, or its submission, or the file of settings; else all that are shipped."""
    given = {**_given(context), **{name: value for name, value in context.params.items() if value}}
    for key in ("rulebook", "rules", "name"):
        if isinstance(given.get(key), str):
            return (given[key],)
    from checker.cli.settings_file import settings_file  # noqa: PLC0415 -- only for few options

    submission = next(iter(given.get("submissions") or ()), given.get("submission"))
    if isinstance(submission, str) and (stated := _of_submission(Path(submission))) is not None:
        return (stated,)
    settings = settings_file(submission)
    for key in ("rules", "rulebook"):
        if settings is not None and isinstance(settings.values.get(key), str):
            return (str(settings.path.parent / settings.values[key]),) if "/" in settings.values[key] else (settings.values[key],)
    return shipped_names(rules_folder())


def _given(context: click.Context) -> Mapping[str, object]:
    """What is given on the line so far; click does not read arguments before an option whose value is still missing."""
    words = split_arg_string(os.environ.get("COMP_WORDS", ""))
    if context.info_name not in words:
        return {}
    given = words[words.index(context.info_name) + 1 :]
    parser = context.command.make_parser(click.Context(context.command))
    while given:
        try:
            return parser.parse_args(list(given))[0]
        except click.UsageError:
            given.pop()
    return {}


def _of_submission(folder: Path) -> str | None:
    """The rulebook that a folder of records names."""
    from checker.rules.entries import keys_of  # noqa: PLC0415 -- reads YAML
    from checker.yaml_tree import load  # noqa: PLC0415

    manifest = folder / "submission.yaml"
    named = keys_of(load(manifest, str(manifest)).value).get("rulebook") if manifest.is_file() else None
    if not isinstance(named, str) or named in shipped_names(rules_folder()):
        return named if isinstance(named, str) else None
    return str(folder / named)


def _files(_: click.Context) -> Items:
    yield _FILE


def _folders(_: click.Context) -> Items:
    yield _FOLDER


def _always(words: Iterable[str]) -> Values:
    return lambda _: _plain(words)


_BY_TYPE: tuple[tuple[type[click.ParamType[Any]], Callable[[Any], Values]], ...] = (
    (OneOf, lambda kind: _always(kind.words)),
    (TargetType, lambda kind: _always(kind.formats.words)),
    (MostType, lambda _: _always(("all",))),
    (ReadLimitType, lambda _: _always([f"{name}=" for name in Limits._fields])),
    (SettingType, lambda _: _parameters),
)
_BY_METAVAR: Mapping[str, Values] = {
    **dict.fromkeys(("FILE", "FILE.xlsx", "REPORT", "REPORT...", "SUBMISSION", "[SUBMISSION] [OPTIONS OF CHECK]"), _files),
    "DIR": _folders,
    "ID|PREFIX": _selectable,
    "CODE": _codes,
    "LANGUAGE": lambda _: _plain(languages()),
}
_BY_NAME: Mapping[str, Values] = {
    **dict.fromkeys(("rulebook", "rulebooks", "rules", "earlier"), _rulebooks),
    **dict.fromkeys(("submission", "submissions", "old", "new"), _files),
    "rule": _rules,
}
