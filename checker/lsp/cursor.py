"""What is being written at the cursor: under which keys, key or value, and what stands before it, also in broken YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from checker.yaml_tree import YamlError, parse

if TYPE_CHECKING:
    from checker.yaml_tree import Document, Path, Value

MARK = "zqcursorqz"
"""A word that nobody writes: it is put where the cursor is, and looked for in what is parsed."""

_WORD = re.compile(r"[\w-]*$")
_OPENING = {"{": "}", "[": "]"}
_QUOTES = "'\""
_TOP = re.compile(r"[^\s#]")
_ITEM = re.compile(r" *- ")
_KEY = re.compile(r"(?P<indent> *)(?:- +)?[\w-]+:(?: +[\w-]+(?= *$))?")


class Cursor(NamedTuple):
    """Where the cursor is: the way to the key or value there, and the document with `MARK` where the cursor is.

    `text` is the whole key or value, `typed` the part of its last word before the cursor.
    """

    document: Document
    path: Path
    of_key: bool
    text: str
    typed: str


def cursor_at(text: str, line: int, column: int) -> Cursor | None:
    """The cursor at that line and column, 0-based; None where what is around it cannot be read."""
    lines = text.splitlines()
    lines += [""] * (line + 1 - len(lines))
    before, after = lines[line][:column], lines[line][column:]
    word = _WORD.search(before)
    typed = word[0] if word else ""
    for above, below in _scopes(lines, line):
        for written in _attempts(before, after):
            try:
                document = parse("\n".join([*above, written, *below]) + "\n", "")
            except YamlError:
                continue
            found = next(_marked(document.value, ()), None)
            if found is not None:
                return Cursor(document, *found, typed)
    return None


def _scopes(lines: list[str], line: int) -> Iterator[tuple[list[str], list[str]]]:
    """The lines above and below that are read with it, ever fewer where they cannot be read.

    All; all above; those of the section; those of the entry; only the keys under which the line stands.
    """
    yield lines[:line], lines[line + 1 :]
    yield lines[:line], []
    top = next((number for number in range(line, -1, -1) if _TOP.match(lines[number]) and lines[number][0] not in "-}]"), 0)
    yield lines[top:line], []
    item = next((number for number in range(line - 1, top, -1) if _ITEM.match(lines[number])), None)
    if item is not None:
        yield [lines[top], *lines[item:line]], []
    yield _keys_above(lines, line), []


def _keys_above(lines: list[str], line: int) -> list[str]:
    """The keys under which a line stands, by how far they are indented; of their values those that are words alone."""
    found, indent = list[str](), len(lines[line]) - len(lines[line].lstrip())
    for above in reversed(lines[:line]):
        key = _KEY.match(above)
        if key is not None and len(key["indent"]) < indent:
            found.append(key[0])
            indent = len(key["indent"])
    return found[::-1]


def _attempts(before: str, after: str) -> Iterator[str]:
    """The line with the mark in it, as it is, and as it may become."""
    closers = _closers(before)
    yield before + MARK + after
    yield before + MARK + closers
    yield before + MARK + closers + after
    for rest in (after, closers):
        yield f"{before}{MARK}: {rest}"


def _closers(before: str) -> str:
    """What closes the brackets and quotation marks that a line has opened."""
    opened, quote = list[str](), ""
    for sign in before:
        if quote:
            quote = "" if sign == quote else quote
        elif sign in _QUOTES:
            quote = sign
        elif sign in _OPENING:
            opened.append(_OPENING[sign])
        elif opened and sign == opened[-1]:
            opened.pop()
    return quote + "".join(reversed(opened))


def _marked(value: Value, path: Path) -> Iterator[tuple[Path, bool, str]]:
    if isinstance(value, str) and MARK in value:
        yield path, False, value
    elif isinstance(value, dict):
        for key, part in value.items():
            if MARK in key:
                yield (*path, key), True, key
            else:
                yield from _marked(part, (*path, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _marked(part, (*path, index))
