"""What submissions are called where several are checked in one run: `{name}` in the names of files stands for it."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any, Final

from checker.cli.parameters import Target
from checker.cli.wrong import WrongCallError
from checker.words.message import message

PLACEHOLDER: Final = "{name}"
_FILES: Final = ("findings", "indicators", "per_body", "previous", "baseline", "waivers", "summary")
"""The options, beside those of reports, that may name files after a submission."""

_STREAM: Final = "-"


def distinct(submissions: Iterable[str]) -> tuple[str, ...]:
    """The submissions in their order, each once, however written. Raises WrongCallError for standard input among several."""
    places: dict[str, str] = {}
    for each in submissions:
        places.setdefault(_place(each), each)
    found = tuple(places.values())
    if _STREAM in found and len(found) > 1:
        raise WrongCallError(message("cli-stream-among-several"))
    return found


def names_of(submissions: Sequence[str]) -> tuple[str, ...]:
    """A name for each submission: that of its folder, or of its file without the ending.

    Where several would have the same name, each gets as much before and after it as tells them apart: the ending, then the names
    of the folders above. Raises WrongCallError where nothing does.
    """
    parts = [_parts(each) for each in submissions]
    names = [last if Path(each).is_dir() else PurePath(last).stem for each, (*_, last) in zip(submissions, parts, strict=True)]
    for deep in range(1, max(map(len, parts)) + 1):
        alike = defaultdict[str, list[int]](list)
        for number, name in enumerate(names):
            alike[name.casefold()].append(number)
        again = [number for numbers in alike.values() if len(numbers) > 1 for number in numbers]
        if not again:
            return tuple(names)
        for number in again:
            names[number] = "-".join(parts[number][-deep:])
    twice = next(name for name in names if sum(name.casefold() == other.casefold() for other in names) > 1)
    raise WrongCallError(message("cli-same-name", name=twice))


def of_one(
    given: Mapping[str, Any], targets: Iterable[Target], submission: str, name: str
) -> tuple[dict[str, Any], list[Target]]:
    """The options, and the formats, for one submission: with its name where they leave room for it."""
    filled = {key: _filled(given[key], name) for key in _FILES if given.get(key)}
    return {**given, **filled, "submission": submission}, [Target(each.format, _filled(each.path, name)) for each in targets]


def _filled(value: Any, name: str) -> Any:  # noqa: ANN401 -- a value of click
    if isinstance(value, tuple):
        return tuple(_filled(each, name) for each in value)
    return value.replace(PLACEHOLDER, name) if isinstance(value, str) else value


def _place(submission: str) -> str:
    return submission if submission == _STREAM or "://" in submission else os.path.realpath(submission)


def _parts(submission: str) -> tuple[str, ...]:
    """The names of the folders on the way to a submission, and its own."""
    if "://" in submission:
        # Of an address only what stands after the host: names of files are no place for passwords.
        path = re.sub(r"[?#].*", "", submission.partition("://")[2]).partition("/")[2]
        return tuple(part for part in path.split("/") if part) or ("database",)
    return PurePath(os.path.abspath(submission)).parts[1:] or ("root",)  # noqa: PTH100 -- links stay what they are called
