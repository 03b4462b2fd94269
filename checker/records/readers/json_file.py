"""Reads JSON so that every scalar stays the text that is written, and every row knows its line."""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from checker.errors import Place, Problem, RecordsError
from checker.files import regular_bytes
from checker.records.limits import require_text_size
from checker.records.readers.protocol import Contents, Document, Means
from checker.records.readers.tree import Figures, Marks, Tree, contents
from checker.words.message import Message, message

_WHITE = " \t\n\r"
_HALF = re.compile("[\ud800-\udfff]")
_COMPLAINTS = (
    ("Expecting value", message("json-value")),
    ("Expecting property name", message("json-key")),
    ("Expecting ':'", message("json-sign", sign=":")),
    ("Expecting ','", message("json-sign", sign=",")),
    ("Illegal trailing comma", message("json-comma")),
    ("Invalid control character", message("json-control")),
    ("Invalid \\", message("json-escape")),
    ("Unterminated string", message("json-unclosed")),
)
"""How the complaints of the JSON parser begin, and what they mean."""


def read(document: Document, means: Means) -> Contents:
    """The manifest and the tables of a JSON file."""
    require_text_size(document.path, means.limits, document.shown)
    return contents(tree(document.path, document.shown, means.limits.text), document)


def tree(file: Path, shown: str, most: int) -> Tree:
    """Reads a JSON file of at most so many bytes. Raises RecordsError, or OSError where it cannot be read."""
    text = text_of(regular_bytes(file, most), shown)
    walk = Walk(text, shown)
    value = walk.document()
    places = walk.places

    def place(path: tuple[str | int, ...]) -> Place:
        while path and path not in places:  # what stands below is on the line of the nearest key that was walked through
            path = path[:-1]
        return Place(shown, places.get(path, 1))

    return Tree(value, place, walk.marks)


def text_of(written: bytes, shown: str) -> str:
    """The text of a file of JSON. Raises RecordsError where it is not UTF-8."""
    try:
        return written.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        wrong = message("not-utf-8", byte=f"{error.object[error.start]:#04x}", at=str(error.start + 1))
        from checker.records.readers.legacy import with_advice  # noqa: PLC0415 -- few files need it

        problem = Problem("not-utf-8", wrong, message("not-utf-8-fix"), Place(shown))
        raise RecordsError(with_advice(problem, written)) from error


class _FaultError(ValueError):
    """What is wrong with a value that the JSON parser lets pass."""

    def __init__(self, why: Message) -> None:
        super().__init__(str(why))
        self.why = why


class Walk:
    """One walk through the text, value by value as far down as the rows of the tables."""

    def __init__(self, text: str, shown: str) -> None:
        self.places: dict[tuple[str | int, ...], int] = {}
        self._rows: dict[str, array[int]] = {}
        self._text = text
        self._shown = shown
        self._at = 0
        self._counted = (0, 1)
        self._decoder = json.JSONDecoder(
            parse_int=str, parse_float=Figures, parse_constant=str, object_pairs_hook=_object_of_text
        )

    def document(self) -> object:
        """The value of the whole text."""
        match self._next():
            case "{":
                value: object = self._members((), 2)
            case "[":
                value = self._items("")
            case _:
                value = self._value()
        if self._next():
            self._fail(message("json-after-end"))
        return value

    def _members(self, path: tuple[str, ...], depth: int) -> dict[str, object]:
        """The object that begins here; objects are walked through to that depth, and the lists in `tables` by row."""
        found: dict[str, object] = {}
        for _ in self._parts("{", "}"):
            line = self._line()
            key = self._value() if self._next() == '"' else self._fail(message("json-key"))
            if not isinstance(key, str) or key in found:
                self._fail(message("json-twice", key=key))
            self._take(":")
            below = (*path, key)
            self.places[below] = line
            if depth > 1 and self._next() == "{":
                found[key] = self._members(below, depth - 1)
            elif path == ("tables",) and self._next() == "[":
                found[key] = self._items(key)
            else:
                found[key] = self._value()
        return found

    def _items(self, name: str) -> list[object]:
        found: list[object] = []
        starts = self._rows[name] = array("q")
        for _ in self._parts("[", "]"):
            self._next()
            starts.append(self._at)
            found.append(self._value())
        return found

    def lines(self) -> list[object]:
        """The values of a text that has one on each line."""
        found: list[object] = []
        starts = self._rows[""] = array("q")
        while self._next():
            starts.append(self._at)
            found.append(self._value())
            end = self._text.find("\n", self._at)
            if self._text[self._at : end if end >= 0 else None].strip(_WHITE):
                self._next()
                self._fail(message("json-after-value"))
        return found

    def marks(self, name: str) -> Marks:
        """Where the rows of a table are."""
        starts = self._rows.get(name, array("q"))
        return Marks([self._line_of(start) for start in starts], lambda row, key: self._cell(starts[row], key))

    def _cell(self, start: int, key: str | None) -> tuple[int, int] | None:
        """The line and column of the value under a key of the object that begins there; without a key those of the object."""
        if key is None:
            return self._line_of(start), self._column_of(start)
        if self._text[start] != "{":
            return None
        self._at = start
        for _ in self._parts("{", "}"):
            found = self._value() if self._next() == '"' else None
            self._take(":")
            self._next()
            if found == key:
                return self._line_of(self._at), self._column_of(self._at)
            self._value()
        return None

    def _parts(self, opening: str, closing: str) -> Iterator[None]:
        """Stops before every part between the brackets; the part is to be consumed before going on."""
        self._take(opening)
        if self._next() != closing:
            yield
            while self._next() == ",":
                self._take(",")
                yield
        self._take(closing)

    def _value(self) -> object:
        self._next()
        try:
            value, self._at = self._decoder.raw_decode(self._text, self._at)
            value = _as_text(value)
        except json.JSONDecodeError as error:
            self._at = error.pos
            self._fail(why_not_json(error))
        except _FaultError as error:
            self._fail(error.why)
        except RecursionError:
            self._fail(message("json-deep"))
        return value

    def _next(self) -> str:
        """The next character that is not white space, or nothing at the end."""
        text, at = self._text, self._at
        while at < len(text) and text[at] in _WHITE:
            at += 1
        self._at = at
        return text[at : at + 1]

    def _take(self, sign: str) -> None:
        if self._next() != sign:
            self._fail(message("json-sign", sign=sign))
        self._at += 1

    def _line(self) -> int:
        self._next()
        return self._line_of(self._at)

    def _line_of(self, at: int) -> int:
        """The line of a place in the text; fast for places that come one after the other."""
        start, line = self._counted if self._counted[0] <= at else (0, 1)
        line += self._text.count("\n", start, at)
        self._counted = (at, line)
        return line

    def _column_of(self, at: int) -> int:
        return at - self._text.rfind("\n", 0, at)

    def _fail(self, why: Message) -> NoReturn:
        line = self._text.count("\n", 0, self._at) + 1
        place = Place(self._shown, line, self._column_of(self._at))
        raise RecordsError(Problem("broken-json", message("broken-json", why=why), message("broken-json-fix"), place))


def why_not_json(error: json.JSONDecodeError) -> Message:
    """What the JSON parser complains of."""
    return next((said for begins, said in _COMPLAINTS if error.msg.startswith(begins)), message("json-other"))


def _object_of_text(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = {str(_as_text(key)): _as_text(value) for key, value in pairs}
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _FaultError(message("json-twice", key=str(_as_text(twice))))
    return found


def _as_text(value: object) -> object:
    """The value with text for truth values, also in lists."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return [_as_text(part) for part in value]
    if isinstance(value, str) and _HALF.search(value):
        raise _FaultError(message("json-half-character"))
    return value
