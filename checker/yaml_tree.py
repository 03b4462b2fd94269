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
        raise YamlError(Problem("missing-file", "there is no such file", "Check the path for a slip.", Place(shown))) from None
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        fix = "Name a file that you may read."
        raise YamlError(Problem("unreadable-file", f"the file cannot be opened: {reason}", fix, Place(shown))) from None


def decoded(data: bytes, shown: str) -> str:
    """The bytes of a file as text. Raises YamlError where they are not in UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8", "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        message = "the file is not in UTF-8: a byte here is not a letter of it"
        fix = "Save the file again with the encoding UTF-8 (in most editors: Save as, Encoding)."
        raise YamlError(Problem("not-utf-8", message, fix, Place(shown, line, column))) from None


def parse(text: str, shown: str) -> Document:
    """Reads a text; `shown` is how messages name it. Raises YamlError with every problem that can be told apart."""
    source = _Source(shown, tuple(text.splitlines()))
    if match := _UNPRINTABLE.search(text):
        before = text[: match.start()]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        message = f"the character U+{ord(match[0]):04X} is not allowed in a YAML file"
        raise YamlError(source.problem("bad-character", message, "Delete the invisible character.", (line, column)))
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
        fix = "Write something into the file, or remove it."
        raise YamlError(Problem("empty-file", "the file is empty", fix, Place(shown)))
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

    def problem(self, code: str, message: str, fix: str, at: tuple[int, int]) -> Problem:
        place = Place(self.shown, *at)
        return Problem(code, message, fix, place, _excerpt(self.lines, place))

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
            message = "a second document begins here, after '---'"
            self._stop("several-documents", message, "Write one document per file; remove this '---'.", event)

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
            message = MISSING_KEY.message if not event.value else "the merge key '<<' is not used here"
            fix = MISSING_KEY.fix if not event.value else "Write the keys out where they belong."
            self._stop(MISSING_KEY.code, message, fix, event)
        if isinstance(top.value, dict) and event.value in top.value:
            first = top.marks[list(top.value).index(event.value) * 4]
            message = f"'{event.value}' is given twice: in line {first} and again in line {at[0]}"
            fix = "Keep one of the two."
            self.problems.append(self.source.problem("duplicate-key", message, fix, at))
        top.key, top.key_at = event.value, at

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        if self.stack and isinstance(self.stack[-1].value, dict) and self.stack[-1].key is None:
            self._stop("bad-key", "a list or mapping cannot be a key", "Write plain text before the colon.", event)
        if len(self.stack) >= _MAX_DEPTH:
            message = f"values are nested more than {_MAX_DEPTH} deep"
            self._stop("nested-too-deep", message, "Write it flatter.", event)
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
            self._stop("bad-key", f"the alias '*{name}' cannot be a key", "Write the key out.", event)
        if any(name == opened.anchor for opened in self.stack):
            self._stop("alias-cycle", f"'*{name}' stands inside what it refers to", "Write the value out.", event)
        if name not in self.anchors:
            fix = f"Quote it ('*{name}') if it is text, or define '&{name}' before it."
            self._stop("unknown-alias", f"'*{name}' refers to an anchor '&{name}' that is not defined", fix, event)
        value, size = self.anchors[name]
        self.aliased += size
        if self.aliased > _MAX_ALIASED:
            message = f"the aliases of this file stand for more than {_MAX_ALIASED} values"
            self._stop("too-many-aliases", message, "Write the values out.", event)
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
            message = f"the tag '{shown}' is not used here"
            self.problems.append(self.source.problem("tag", message, "Write the value without the tag.", _start(event)))

    def _stop(self, code: str, message: str, fix: str, event: yaml.Event) -> None:
        raise YamlError(*self.problems, self.source.problem(code, message, fix, _start(event)))


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
