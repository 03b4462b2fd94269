"""Which characters of a YAML text a problem is about: a key, a value, or one word of an expression."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from checker.errors import Place

if TYPE_CHECKING:
    from checker.yaml_tree import Document

_WORD = re.compile(r"'(?P<text>[^']+)'|[0-9]+(?:\.[0-9]+)?\w*|:?\w+|[<>=!]+|.")
_QUOTES = ("'", '"')


def composed(text: str) -> str:
    """The text as cells are compared: trimmed, and in Unicode NFC."""
    return unicodedata.normalize("NFC", text).strip()


def marked(document: Document, place: Place, written: object) -> tuple[Place, int]:
    """The place of a scalar inside its quotation marks, and how many characters of it stand on that line."""
    if place.line is None or place.column is None or not isinstance(written, str):
        return place, 1
    line, begin = document.line(place.line), place.column - 1
    begin += line[begin : begin + 1] in _QUOTES and not written.startswith(_QUOTES)
    pairs = zip(line[begin:], written, strict=False)
    length = next((number for number, (shown, meant) in enumerate(pairs) if shown != meant), min(len(line) - begin, len(written)))
    return (Place(place.file, place.line, begin + 1), length) if length else (place, 1)


def inside(document: Document, place: Place, before: str) -> tuple[Place, int]:
    """The place of the word that follows `before` in the scalar that begins at `place`, and its length.

    White space is passed over, since YAML folds lines; the place is the scalar's own where it has escapes.
    """
    if place.line is None or place.column is None:
        return place, 1
    number, begin = place.line, place.column - 1
    opening = document.line(number)[begin : begin + 1]
    if opening in {"|", ">"}:
        number, begin = number + 1, 0
    begin += opening in _QUOTES
    passed = sum(map(_is_letter, before))
    while number <= len(document.lines):
        line = document.line(number)
        while begin < len(line) and (passed or not _is_letter(line[begin])):
            if line[begin] == "\\" and opening == '"':
                return place, 1
            passed -= _is_letter(line[begin])
            begin += 1 + (opening == "'" == line[begin])
        if begin < len(line):
            word = _WORD.match(line, begin)
            begin, end = (word.span("text") if word["text"] else word.span()) if word else (begin, begin + 1)
            return Place(place.file, number, begin + 1), end - begin
        number, begin = number + 1, 0
    return place, 1


def _is_letter(character: str) -> bool:
    """Whether YAML's folding and Unicode's composition leave the character one that counts."""
    return not character.isspace() and not unicodedata.combining(character)
