"""Annotations as commands of a GitHub workflow: few, the gravest first, since no more are shown; and how many are left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple, TextIO

from checker.display_width import visible
from checker.errors import Level, Place
from checker.report.ci.addresses import Addresses
from checker.words.message import Words

MOST: Final = 10
"""So many annotations of each level are shown of a step."""

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}
_IN_A_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_A_PROPERTY = _IN_A_MESSAGE | str.maketrans({":": "%3A", ",": "%2C"})


class Annotation(NamedTuple):
    """What is shown at a place. So many characters from its column on are meant by `marks`."""

    level: Level
    title: str
    message: str
    place: Place | None = None
    marks: int = 1


def write_annotations(
    annotations: Sequence[Annotation], addresses: Addresses, more: Callable[[int], str], stream: TextIO
) -> None:
    """Writes the first of each level, in their order, then how many more there are, as `more` says it."""
    most = dict.fromkeys(Level, MOST)
    counts = Counter(each.level for each in annotations)
    if any(counts[level] > MOST for level in Level) or counts[Level.NOTE] == MOST:
        most[Level.NOTE] = MOST - 1
    shown: Counter[Level] = Counter()
    for each in annotations:
        if shown[each.level] < most[each.level]:
            shown[each.level] += 1
            stream.write(_command(each, addresses))
    if left_out := len(annotations) - shown.total():
        stream.write(f"::notice::{_escaped(more(left_out), _IN_A_MESSAGE)}\n")


def more_text(words: Words, n: int) -> str:
    """That so many are not shown."""
    return words("github-more", n=n)


def _command(annotation: Annotation, addresses: Addresses) -> str:
    properties: list[tuple[str, str | int]] = []
    place = annotation.place
    if place is not None:
        properties.append(("file", addresses.path(place.file)))
        if place.line is not None:
            properties += [("line", place.line), ("endLine", place.line)]
            if place.column is not None and place.sheet is None and not place.numbered:
                properties += [("col", place.column), ("endColumn", place.column + annotation.marks)]
    properties.append(("title", annotation.title))
    told = ",".join(f"{name}={_escaped(str(value), _IN_A_PROPERTY)}" for name, value in properties)
    return f"::{_COMMANDS[annotation.level]} {told}::{_escaped(annotation.message, _IN_A_MESSAGE)}\n"


def _escaped(text: str, signs: Mapping[int, str]) -> str:
    return visible(text).translate(signs)
