"""How text looks on a terminal: what is shown of it, how wide that is, and where lines break."""

from __future__ import annotations

import unicodedata
from functools import cache


def visible(text: str) -> str:
    """The text with control characters written out: data cannot steer a terminal."""
    return text if text.isprintable() else "".join(map(_visible, text))


def encodable(text: str) -> str:
    """The text with the bytes of a name that are no letters written out."""
    return text.encode("utf-8", "backslashreplace").decode()


def text_width(text: str) -> int:
    """How many columns the text takes on a terminal."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def wrap(text: str, width: int) -> list[str]:
    """The lines of the text: broken at white space, and inside a word only if the word alone is too long."""
    lines: list[str] = []
    line = ""
    for word in visible(text).split():
        joined = f"{line} {word}" if line else word
        if text_width(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, width)
        lines.extend(full)
    return [*lines, line] if line or not lines else lines


def cut(line: str, column: int, width: int) -> tuple[str, int]:
    """As much of a long line as fits into that width, with the 1-based column in sight, and where the column then is."""
    if text_width(line) <= width:
        return line, column
    begin = 0
    while text_width(line[begin : column - 1]) > width * 2 // 3:
        begin += 1
    end = len(line)
    while text_width(line[begin:end]) > width - 2:
        end -= 1
    before = "…" if begin else ""
    return before + line[begin:end] + ("…" if end < len(line) else ""), column - begin + len(before)


def _visible(character: str) -> str:
    if character.isprintable() or character in "\n\t":
        return character
    return " " if character.isspace() else character.encode("unicode_escape").decode()


@cache
def _columns(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def _pieces(word: str, width: int) -> list[str]:
    pieces, piece, used = [], "", 0
    for character in word:
        columns = _columns(character)
        if piece and used + columns > width:
            pieces.append(piece)
            piece, used = "", 0
        piece += character
        used += columns
    return [*pieces, piece]


def column_letters(column: int) -> str:
    """The letters by which a spreadsheet calls a column, such as AB."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
