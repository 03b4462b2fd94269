"""Reads YAML into plain values that remember where each of them is written. The only module that imports `yaml`.

The tree is built from parser events and not with `yaml.compose`: that is twice as fast, resolves no scalar (`no`, `012`
and `1:30` stay text), and a deeply nested document cannot exhaust the C stack.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeAlias

import yaml

from checker.errors import CheckerError, Place, Problem
from checker.files import TEXT, regular_bytes
from checker.words.message import Message, message
from checker.yaml_words import MISSING_KEY, in_plain_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path as FilePath

_Loader: Callable[[str], yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Value: TypeAlias = "dict[str, Value] | list[Value] | str | None"
"""A mapping, a list, a scalar as written, or None for a plain `null`, `~` or nothing."""

Path: TypeAlias = tuple[str | int, ...]
"""The way to a value: `("rules", 3, "require")`."""

_MAX_DEPTH = 100
_MAX_ALIASED = 100_000
_MAX_EXCERPT = 2000
_NULLS = {"", "~", "null", "Null", "NULL"}
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class YamlError(CheckerError):
    """A YAML text cannot be read: its author fixes it."""


@dataclass(frozen=True, slots=True)
class Places(Mapping[Path, Place]):
    """The place of every key, or of every value, looked up on demand.

    Positions lie in one flat array per mapping or list (key line, key column, value line, value column of each entry):
    a path and a place for every cell of a submission would take many times the memory of its text.
    """

    shown: str
    root: Value
    start: tuple[int, int]
    marks: Mapping[int, array[int]]
    of_values: bool

    def __getitem__(self, path: Path) -> Place:
        if not path:
            return Place(self.shown, *self.start)
        container = self.root
        for step in path[:-1]:
            container = _entry(container, step)
        _entry(container, path[-1])
        step = path[-1]
        index = step if isinstance(step, int) else list(container or ()).index(step)
        at = index * 4 + 2 * self.of_values
        line, column = self.marks[id(container)][at : at + 2]
        return Place(self.shown, line, column)

    def __iter__(self) -> Iterator[Path]:
        waiting: list[tuple[Path, Value]] = [((), self.root)]
        while waiting:
            path, value = waiting.pop()
            yield path
            if isinstance(value, dict):
                waiting.extend(((*path, key), part) for key, part in reversed(value.items()))
            elif isinstance(value, list):
                waiting.extend(((*path, index), value[index]) for index in reversed(range(len(value))))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _entry(container: Value, step: str | int) -> Value:
    if isinstance(container, dict) and isinstance(step, str):
        return container[step]
    if isinstance(container, list) and isinstance(step, int) and 0 <= step < len(container):
        return container[step]
    raise KeyError(step)


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML document: its value, where each key and list item (`places`) and each value stands, and its lines."""

    shown: str
    value: Value
    places: Mapping[Path, Place]
    value_places: Mapping[Path, Place]
    lines: tuple[str, ...] = field(repr=False)

    def line(self, number: int) -> str:
        """The line of that 1-based number, or the empty string."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def excerpt(self, place: Place) -> str | None:
        """The line to show with a problem at that place, tabs made visible; None where it would be too long."""
        return _excerpt(self.lines, place)


def load(file: FilePath, shown: str, most: int = TEXT) -> Document:
    """Reads a file of at most so many bytes; `shown` is how messages name it.

    Raises YamlError with every problem that can be told apart.
    """
    return parse(text_of(file, shown, most), shown)


def text_of(file: FilePath, shown: str, most: int = TEXT) -> str:
    """The text of a file of at most so many bytes; `shown` is how messages name it. Raises YamlError."""
    try:
        return decoded(regular_bytes(file, most), shown)
    except FileNotFoundError:
        raise YamlError(
            Problem("missing-file", message("yaml-missing-file"), message("yaml-missing-file-fix"), Place(shown))
        ) from None
    except OSError as error:
        reason = error.strerror.lower() if error.strerror else message("yaml-no-reason")
        fix = message("yaml-unreadable-file-fix")
        raise YamlError(Problem("unreadable-file", message("yaml-unreadable-file", reason=reason), fix, Place(shown))) from None


def decoded(data: bytes, shown: str) -> str:
    """The bytes of a file as text. Raises YamlError where they are not in UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8", "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        wrong = message("yaml-not-utf-8")
        fix = message("yaml-not-utf-8-fix")
        raise YamlError(Problem("not-utf-8", wrong, fix, Place(shown, line, column))) from None


def parse(text: str, shown: str) -> Document:
    """Reads a text; `shown` is how messages name it. Raises YamlError with every problem that can be told apart."""
    source = _Source(shown, tuple(text.splitlines()))
    if match := _UNPRINTABLE.search(text):
        before = text[: match.start()]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        wrong = message("yaml-bad-character", code=f"{ord(match[0]):04X}")
        raise YamlError(source.problem("bad-character", wrong, message("yaml-bad-character-fix"), (line, column)))
    builder = _Builder(source)
    loader = _Loader(text)
    try:
        while (event := loader.get_event()) is not None:  # type: ignore[no-untyped-call]
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        raise YamlError(*builder.problems, _in_plain_words(error, source, builder.scalar)) from None
    finally:
        loader.dispose()
    if builder.problems:
        raise YamlError(*builder.problems)
    if not builder.roots:
        fix = message("yaml-empty-file-fix")
        raise YamlError(Problem("empty-file", message("yaml-empty-file"), fix, Place(shown)))
    root = builder.roots[0]
    places = [Places(shown, root, builder.start, builder.marks, of_values) for of_values in (False, True)]
    return Document(shown, root, places[0], places[1], source.lines)


def _excerpt(lines: tuple[str, ...], place: Place) -> str | None:
    if place.line is None or not 0 < place.line <= len(lines):
        return None
    line = _UNPRINTABLE.sub("�", lines[place.line - 1].replace("\t", "→"))
    if len(line) <= _MAX_EXCERPT:
        return line
    return line[:_MAX_EXCERPT] + "…" if (place.column or 1) <= _MAX_EXCERPT else None


@dataclass(frozen=True, slots=True)
class _Source:
    """The text being read, to point into."""

    shown: str
    lines: tuple[str, ...]

    def problem(self, code: str, wrong: Message, fix: Message, at: tuple[int, int]) -> Problem:
        place = Place(self.shown, *at)
        return Problem(code, wrong, fix, place, _excerpt(self.lines, place))

    def character(self, at: tuple[int, int]) -> str:
        line = self.lines[at[0] - 1] if at[0] <= len(self.lines) else ""
        return line[at[1] - 1 : at[1]]


@dataclass(slots=True)
class _Open:
    """A mapping or list that is not closed yet. `size` counts its values, those behind aliases included."""

    value: dict[str, Value] | list[Value]
    anchor: str | None
    marks: array[int]
    size: int = 1
    key: str | None = None
    key_at: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class _Builder:
    """Builds values from events, with a stack of its own."""

    source: _Source
    problems: list[Problem] = field(default_factory=list)
    roots: list[Value] = field(default_factory=list)
    start: tuple[int, int] = (1, 1)
    marks: dict[int, array[int]] = field(default_factory=dict)
    stack: list[_Open] = field(default_factory=list)
    anchors: dict[str, tuple[Value, int]] = field(default_factory=dict)
    aliased: int = 0
    scalar: yaml.ScalarEvent | None = None

    def take(self, event: yaml.Event) -> None:
        """Takes in the next event."""
        if isinstance(event, yaml.ScalarEvent):
            self.scalar = event
            plain_null = event.implicit[0] and event.value in _NULLS
            self._check_tag(event)
            self._scalar(event, plain_null=plain_null)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._check_tag(event)
            self._open(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close()
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.DocumentStartEvent) and self.roots:
            wrong = message("yaml-second-document")
            self._stop("several-documents", wrong, message("yaml-second-document-fix"), event)

    def _scalar(self, event: yaml.ScalarEvent, *, plain_null: bool) -> None:
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.value, dict) and top.key is None:
            self._key(top, event)
            return
        value = None if plain_null else event.value
        if event.anchor:
            self.anchors[event.anchor] = (value, 1)
        self._put(value, 1, _start(event))

    def _key(self, top: _Open, event: yaml.ScalarEvent) -> None:
        at = _start(event)
        if event.implicit[0] and event.value in {"", "<<"}:
            wrong = MISSING_KEY.message if not event.value else message("yaml-merge-key")
            fix = MISSING_KEY.fix if not event.value else message("yaml-merge-key-fix")
            self._stop(MISSING_KEY.code, wrong, fix, event)
        if isinstance(top.value, dict) and event.value in top.value:
            first = top.marks[list(top.value).index(event.value) * 4]
            wrong = message("yaml-duplicate-key", value=event.value, first=first, again=at[0])
            fix = message("keep-one-of-two")
            self.problems.append(self.source.problem("duplicate-key", wrong, fix, at))
        top.key, top.key_at = event.value, at

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        if self.stack and isinstance(self.stack[-1].value, dict) and self.stack[-1].key is None:
            self._stop("bad-key", message("yaml-bad-key"), message("yaml-bad-key-fix"), event)
        if len(self.stack) >= _MAX_DEPTH:
            wrong = message("yaml-too-deep", most=_MAX_DEPTH)
            self._stop("nested-too-deep", wrong, message("yaml-too-deep-fix"), event)
        value: dict[str, Value] | list[Value] = {} if isinstance(event, yaml.MappingStartEvent) else []
        opened = _Open(value, event.anchor, array("L"))
        if event.anchor:
            self.anchors.pop(event.anchor, None)
        if not self.stack:
            self.start = _start(event)
            self.roots.append(value)
        else:
            self._put(value, 0, _start(event))
        self.marks[id(value)] = opened.marks
        self.stack.append(opened)

    def _close(self) -> None:
        closed = self.stack.pop()
        if closed.anchor:
            self.anchors[closed.anchor] = (closed.value, closed.size)
        if self.stack:
            self.stack[-1].size += closed.size

    def _alias(self, event: yaml.AliasEvent) -> None:
        name = event.anchor or ""
        if self.stack and isinstance(self.stack[-1].value, dict) and self.stack[-1].key is None:
            self._stop("bad-key", message("yaml-alias-key", name=name), message("yaml-alias-key-fix"), event)
        if any(name == opened.anchor for opened in self.stack):
            self._stop("alias-cycle", message("yaml-alias-cycle", name=name), message("yaml-alias-cycle-fix"), event)
        if name not in self.anchors:
            fix = message("yaml-unknown-alias-fix", name=name)
            self._stop("unknown-alias", message("yaml-unknown-alias", name=name), fix, event)
        value, size = self.anchors[name]
        self.aliased += size
        if self.aliased > _MAX_ALIASED:
            wrong = message("yaml-too-many-aliases", most=_MAX_ALIASED)
            self._stop("too-many-aliases", wrong, message("yaml-too-many-aliases-fix"), event)
        self._put(value, size, _start(event))

    def _put(self, value: Value, size: int, at: tuple[int, int]) -> None:
        if not self.stack:
            self.start = at
            self.roots.append(value)
            return
        top = self.stack[-1]
        top.size += size
        if isinstance(top.value, list):
            top.value.append(value)
            top.marks.extend((*at, *at))
        elif top.key is not None:
            if top.key not in top.value:
                top.marks.extend((*top.key_at, *at))
            top.value[top.key] = value
            top.key = None

    def _check_tag(self, event: yaml.NodeEvent) -> None:
        tag = getattr(event, "tag", None)
        if tag is not None:
            shown = tag.replace("tag:yaml.org,2002:", "!!")
            wrong = message("yaml-tag", shown=shown)
            self.problems.append(self.source.problem("tag", wrong, message("yaml-tag-fix"), _start(event)))

    def _stop(self, code: str, wrong: Message, fix: Message, event: yaml.Event) -> None:
        raise YamlError(*self.problems, self.source.problem(code, wrong, fix, _start(event)))


class _Mark(Protocol):
    line: int
    column: int


def _at(mark: _Mark | None) -> tuple[int, int]:
    return (1, 1) if mark is None else (mark.line + 1, mark.column + 1)


def _start(event: yaml.Event) -> tuple[int, int]:
    return _at(event.start_mark)


def _in_plain_words(error: yaml.MarkedYAMLError, source: _Source, latest: yaml.ScalarEvent | None) -> Problem:
    said = f"{error.context or ''}: {error.problem or ''}"
    line, column = here = _at(error.problem_mark or error.context_mark)
    before = source.lines[line - 1][: column - 1] if line <= len(source.lines) else ""
    ends_here = latest is not None and _at(latest.end_mark)[0] == line
    began = _start(latest) if latest is not None and ends_here else None
    wording = in_plain_words(said, before, source.character(here), began[0] if began else None, line, _at(error.context_mark)[0])
    if wording.at == "construct":
        here = _at(error.context_mark)
    elif wording.at == "line":
        here = (line, len(before) - len(before.lstrip()) + 1)
    elif wording.at == "value" and began:
        here = began
    return source.problem(wording.code, wording.message, wording.fix, here)
