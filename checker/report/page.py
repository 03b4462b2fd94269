"""A page of text: wrapped to its width, coloured if asked, and safe to show whatever the data hold."""

from __future__ import annotations

from typing import TextIO

from checker.display_width import text_width, visible, wrap

_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36"}
_LEAST_WIDTH = 40


class Page:
    """Writes paragraphs to a stream."""

    def __init__(self, stream: TextIO, width: int, *, colour: bool) -> None:
        self._stream = stream
        self._width = max(width, _LEAST_WIDTH)
        self._colour = colour

    def title(self, text: str) -> None:
        """A heading of the whole page, underlined."""
        self._heading(text, "=")

    def section(self, text: str) -> None:
        """A heading of a section, underlined, with an empty line before it."""
        self.blank()
        self._heading(text, "=")

    def group(self, text: str) -> None:
        """A heading within a section, underlined, with an empty line before it."""
        self.blank()
        self._heading(text, "-")

    def blank(self) -> None:
        """An empty line."""
        self._stream.write("\n")

    def line(self, text: str, *, indent: int = 0, hang: int = 0, style: str = "") -> None:
        """A paragraph; its lines after the first are indented by `hang` more."""
        self._paragraph(" " * indent, " " * (indent + hang), text, style)

    def verbatim(self, text: str) -> None:
        """Lines as they are, however long."""
        self._stream.write("".join(f"{visible(line)}\n" for line in text.splitlines()))

    def labelled(self, label: str, text: str, *, indent: int = 0, column: int = 0, style: str = "") -> None:
        """A label, and beside it a paragraph that stands `column` columns to the right of the label's beginning."""
        label = visible(label)
        gap = max(column - text_width(label), 2)
        self._paragraph(" " * indent + label + " " * gap, " " * (indent + column), text, style)

    def _paragraph(self, first: str, rest: str, text: str, style: str) -> None:
        width = self._width - max(text_width(first), len(rest))
        prefix = first
        for line in wrap(text, max(width, 1)):
            self._stream.write((prefix + self._styled(line, style)).rstrip() + "\n")
            prefix = rest

    def _heading(self, text: str, mark: str) -> None:
        lines = wrap(text, self._width)
        for line in lines:
            self._stream.write(self._styled(line, "bold") + "\n")
        self._stream.write(mark * max(map(text_width, lines)) + "\n")

    def _styled(self, text: str, style: str) -> str:
        if not self._colour or not style or not text:
            return text
        codes = ";".join(_CODES[name] for name in style.split())
        return f"\x1b[{codes}m{text}\x1b[0m"
