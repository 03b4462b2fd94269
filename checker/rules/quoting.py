"""Keeps what a submission names from being quoted where it is not what it is named as: it may be any file of the reader's.

Who hands in a submission chooses which files its manifest names, and does not see them; who checks it reads the messages, and
may pass them on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from checker.errors import Place, Problem
from checker.rules.merged import LISTS, MAPPINGS
from checker.words.message import Message, message
from checker.yaml_tree import YamlError, load

if TYPE_CHECKING:
    from checker.yaml_tree import Value


class Kind(NamedTuple):
    """What a file is named as: what is said of one that is none, and whether a file with that value is one."""

    refused: Message
    fits: Callable[[Value], bool]


def _has_sections(value: Value) -> bool:
    return isinstance(value, dict) and not LISTS.union(MAPPINGS, ("rulebook", "library")).isdisjoint(value)


def _has_waivers(value: Value) -> bool:
    entries = value.get("waivers") if isinstance(value, dict) and list(value) == ["waivers"] else value
    return isinstance(entries, list) and bool(entries) and all(isinstance(each, dict) and "rule" in each for each in entries)


def _has_period(value: Value) -> bool:
    value = value["submission"] if isinstance(value, dict) and list(value) == ["submission"] else value
    return isinstance(value, dict) and not {"rulebook", "period", "as_of"}.isdisjoint(value)


MANIFEST = Kind(message("not-as-named-manifest"), _has_period)
RULES = Kind(message("not-as-named-rules"), _has_sections)
WAIVERS = Kind(message("not-as-named-waivers"), _has_waivers)


def unquoted(problems: Iterable[Problem], kind: Kind) -> tuple[Problem, ...]:
    """The problems without lines of the files; of a file that is not of the kind, only that it is not."""
    return tuple(dict.fromkeys(_unquoted(problems, kind)))


def _unquoted(problems: Iterable[Problem], kind: Kind) -> Iterator[Problem]:
    fitting: dict[str, bool] = {}
    for problem in problems:
        if problem.place is None or problem.code in _OF_THE_SYSTEM:
            yield problem
            continue
        file = problem.place.file
        if file not in fitting:
            fitting[file] = _fits(Path(file), kind)
        if fitting[file]:
            yield problem._replace(excerpt=None)
        else:
            yield Problem("not-as-named", kind.refused, message("not-as-named-fix"), Place(file))


_OF_THE_SYSTEM = frozenset({"missing-file", "unreadable-file"})
"""What is reported of a file without having read it."""


def _fits(file: Path, kind: Kind) -> bool:
    try:
        return kind.fits(load(file, str(file)).value)
    except YamlError:
        return False
