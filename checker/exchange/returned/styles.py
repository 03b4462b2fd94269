"""Adds styles to those of a workbook: a cell that is marked looks as it did, but for what is behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from checker.exchange.returned.tags import Change, Tag, scan


class Mark(StrEnum):
    """Why a cell is marked, the gravest first."""

    CORRECT = "correct"
    """It, or its row, is what is wrong."""
    OPEN = "open"
    """It could decide what the data cannot tell."""
    COUNTED = "counted"
    """It counts for something that is violated, and may be right."""

    @property
    def colour(self) -> str:
        """What is behind it. No program offers exactly these, so that they are known again."""
        return {Mark.CORRECT: "FFFFC7CD", Mark.OPEN: "FFFFEB9B", Mark.COUNTED: "FFDDEBF8"}[self]


class Look(StrEnum):
    """What a cell of the sheet of findings looks like."""

    TITLE = "title"
    HEADER = "header"
    TEXT = "text"
    PLAIN = "plain"
    LINK = "link"


_HEADER_COLOUR = "FF1F3864"
_FONTS = {
    Look.TITLE: '<b/><sz val="14"/><name val="Calibri"/>',
    Look.HEADER: '<b/><sz val="11"/><color rgb="FFFFFFFF"/><name val="Calibri"/>',
    Look.LINK: '<u/><sz val="11"/><color rgb="FF0563C1"/><name val="Calibri"/>',
    Look.TEXT: '<sz val="11"/><name val="Calibri"/>',
    Look.PLAIN: '<sz val="11"/><name val="Calibri"/>',
}


@dataclass
class Styles:
    """The styles of a workbook, by their numbers in it."""

    text: bytes
    _formats: list[tuple[Tag, bytes]] = field(default_factory=list)
    _added: list[bytes] = field(default_factory=list)
    _known: dict[tuple[int, Mark | Look], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._lists: dict[str, tuple[Tag, int]] = {}
        self._fills: list[str] = []
        opened: list[Tag] = []

        def begin(tag: Tag) -> None:
            opened.append(tag)
            if tag.name == "fgColor" and self._fills:
                self._fills[-1] = tag.attribute("rgb") or self._fills[-1]
            elif tag.name == "fill" and len(opened) > 1 and opened[-2].name == "fills":
                self._fills.append("")

        def end(name: str, at: int, depth: int) -> None:
            tag = opened.pop()
            if depth == 1:
                self._lists[name] = (tag, at)
            elif name == "xf" and opened[-1].name == "cellXfs":
                closing = b"" if tag.closed else f"</{tag.prefix}xf>".encode()
                self._formats.append((tag, self.text[tag.end : at] + closing))

        scan(self.text, begin, end)
        ours = {mark.colour for mark in Mark}
        self._marked = {
            number
            for number, (tag, _) in enumerate(self._formats)
            if (fill := int(tag.attribute("fillId", "0"))) < len(self._fills) and self._fills[fill] in ours
        }
        self._numbers = {kind: self._count(kind) for kind in ("fonts", "fills")}
        self._prefix = self._lists["cellXfs"][0].prefix

    @property
    def has_marks(self) -> bool:
        """Whether it is the workbook of an earlier copy, in which cells are marked."""
        return bool(self._marked)

    def marked(self, style: int, mark: Mark) -> int:
        """The number of the style that is like another, but marked."""

        def make() -> bytes:
            tag, inside = self._formats[style] if style < len(self._formats) else self._formats[0]
            fill = str(self._numbers["fills"] + list(Mark).index(mark))
            return tag.written({"fillId": fill, "applyFill": "1"}) + inside

        return self._number((style, mark), make)

    def unmarked(self, style: int) -> int | None:
        """The number of the style without the mark that an earlier copy has; None where it has none."""
        if style not in self._marked:
            return None
        tag, inside = self._formats[style]
        return self._number((style, Look.TEXT), lambda: tag.written({"fillId": "0"}) + inside)

    def look(self, look: Look | Mark) -> int:
        """The number of the style of a cell of the sheet of findings."""

        def make() -> bytes:
            font = self._numbers["fonts"] + list(Look).index(look if isinstance(look, Look) else Look.TEXT)
            fill = 0
            if isinstance(look, Mark):
                fill = self._numbers["fills"] + list(Mark).index(look)
            elif look is Look.HEADER:
                fill = self._numbers["fills"] + len(Mark)
            wrap = "" if look in {Look.TITLE, Look.PLAIN} else ' wrapText="1"'
            pre = self._prefix
            return (
                f'<{pre}xf numFmtId="0" fontId="{font}" fillId="{fill}" borderId="0" xfId="0" applyFont="1" applyFill="1" '
                f'applyAlignment="1"><{pre}alignment vertical="top"{wrap}/></{pre}xf>'
            ).encode()

        return self._number((-1, look), make)

    def made(self) -> bytes:
        """The part with all that was added."""
        change, pre = Change(self.text), self._prefix
        fonts = [f"<{pre}font>{_FONTS[look].replace('<', f'<{pre}')}</{pre}font>" for look in Look]
        colours = [*(mark.colour for mark in Mark), _HEADER_COLOUR]
        fills = [
            f'<{pre}fill><{pre}patternFill patternType="solid"><{pre}fgColor rgb="{colour}"/><{pre}bgColor indexed="64"/>'
            f"</{pre}patternFill></{pre}fill>"
            for colour in colours
        ]
        for kind, pieces in (("fonts", fonts), ("fills", fills), ("cellXfs", [each.decode() for each in self._added])):
            tag, at = self._lists[kind]
            change.rewrite(tag, {"count": str(self._count(kind) + len(pieces))})
            change.put(at, at, "".join(pieces))
        return change.made()

    def _number(self, key: tuple[int, Mark | Look], make: Callable[[], bytes]) -> int:
        if key not in self._known:
            self._known[key] = len(self._formats) + len(self._added)
            self._added.append(make())
        return self._known[key]

    def _count(self, kind: str) -> int:
        """How many there are in a list of the part; what it says of that need not be so."""
        if kind == "cellXfs":
            return len(self._formats)
        if kind == "fills":
            return len(self._fills)
        tag, at = self._lists[kind]
        inner = self.text[tag.end : at]
        return (
            inner.count(f"<{tag.prefix}font>".encode())
            + inner.count(f"<{tag.prefix}font/>".encode())
            + inner.count(f"<{tag.prefix}font ".encode())
        )
