"""Changes of an XML text in a few places, which leave every other byte as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

_TAG = re.compile(rb"""<[^\s/>]+(?:\s+[^\s=>]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*/?>""")
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_ENCODING = re.compile(r"""(<\?xml[^>]*?)\s+encoding\s*=\s*(?:"[^"]*"|'[^']*')""")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""What no text of XML can hold."""


class Tag(NamedTuple):
    """The tag with which an element begins: from `start` to `end`; `depth` is 0 at the outermost one.

    `prefix` is what stands before its name, with the colon. It is `closed` if it ends the element too.
    """

    name: str
    prefix: str
    attributes: Mapping[str, str]
    start: int
    end: int
    depth: int
    closed: bool

    def attribute(self, name: str, usual: str = "") -> str:
        """The attribute of that name, whatever its prefix."""
        if name in self.attributes:
            return self.attributes[name]
        return next((value for key, value in self.attributes.items() if key.endswith(f":{name}")), usual)

    def written(self, changes: Mapping[str, str | None], *, opened: bool = False) -> bytes:
        """The tag with other attributes (None: without), as one that ends its element only if it did so, and is not `opened`."""
        merged = {key: value for key, value in ({**self.attributes, **changes}).items() if value is not None}
        attributes = "".join(f" {key}={quoted(value)}" for key, value in merged.items())
        return f"<{self.prefix}{self.name}{attributes}{'/' if self.closed and not opened else ''}>".encode()


@dataclass(slots=True)
class Change:
    """The text of a part, and what is to stand in place of some stretches of it, which do not overlap."""

    text: bytes
    _pieces: list[tuple[int, int, int, bytes]] = field(default_factory=list)

    def put(self, start: int, end: int, piece: bytes | str) -> None:
        """Lets a text stand in place of a stretch; where several are put at one place, they stand in their order."""
        new = piece.encode() if isinstance(piece, str) else piece
        self._pieces.append((start, end, len(self._pieces), new))

    def rewrite(self, tag: Tag, changes: Mapping[str, str | None], *, opened: bool = False) -> None:
        """Gives a tag other attributes."""
        self.put(tag.start, tag.end, tag.written(changes, opened=opened))

    def made(self) -> bytes:
        """The text as it is then."""
        parts, at = [], 0
        for start, end, _, piece in sorted(self._pieces, key=lambda each: (each[0], each[2])):
            parts += [self.text[at:start], piece]
            at = max(at, end)
        return b"".join([*parts, self.text[at:]])


def utf8(text: bytes) -> bytes:
    """The text of a part in UTF-8."""
    encoding = _MARKS.get(text[:2])
    return text if encoding is None else _ENCODING.sub(r"\1", text.decode(encoding), count=1).encode()


def scan(
    text: bytes,
    begin: Callable[[Tag], None],
    end: Callable[[str, int, int], None] | None = None,
    passes: Callable[[str], bool] | None = None,
) -> None:
    """Calls, for each element in turn, `begin` with the tag that begins it, and `end` with its name, where it ends, its depth.

    The beginning of an element of which the name, with its prefix, `passes` is passed over: a sheet has millions of them.
    """
    parser = expat.ParserCreate()
    depth = 0

    def started(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        if passes is not None and passes(name):
            depth += 1
            return
        start = parser.CurrentByteIndex
        found = _TAG.match(text, start)
        if found is None:
            raise expat.ExpatError(f"a tag cannot be read at byte {start}")
        prefix, colon, local = name.rpartition(":")
        begin(Tag(local, prefix + colon, attributes, start, found.end(), depth, text[found.end() - 2 : found.end()] == b"/>"))
        depth += 1

    def ended(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(name.rpartition(":")[2], parser.CurrentByteIndex, depth)

    parser.StartElementHandler, parser.EndElementHandler = started, ended
    parser.Parse(text, True)  # noqa: FBT003 -- expat takes it by position only


def tags(text: bytes) -> Iterator[Tag]:
    """The tags with which elements begin, of a short text."""
    found: list[Tag] = []
    scan(text, found.append)
    return iter(found)


def content(text: str) -> str:
    """The text as one of XML."""
    return escape(_FORBIDDEN.sub("\ufffd", text))


def quoted(text: str) -> str:
    """The text as an attribute."""
    return quoteattr(_FORBIDDEN.sub("\ufffd", text), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
