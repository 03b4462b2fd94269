"""The elements of a list in a cell, as they are written (docs/meaning.md, section 2)."""

from __future__ import annotations

import json
import unicodedata

from checker.model.blanks import bare
from checker.model.schema import Field


def elements(field: Field, text: str) -> tuple[str, ...]:
    """The elements of a cell in their order, each once; those that are empty, or a word for that, are none."""
    return tuple(dict.fromkeys(each for each in _parts(field, text) if each and each.lower() not in field.writing.missing))


def allowed(field: Field, element: str) -> str | None:
    """The value of a list that an element is; None where it is none that is declared."""
    if not field.enum:
        return element
    said = unicodedata.normalize("NFC", element).casefold()
    return next((value for value, words in field.enum if said in {_folded(word) for word in (value, *words)}), None)


def _folded(word: str) -> str:
    return unicodedata.normalize("NFC", word).casefold()


def _parts(field: Field, text: str) -> list[str]:
    if text.startswith("["):
        try:
            submitted = json.loads(text)
        except ValueError:
            submitted = None
        if isinstance(submitted, list):
            return [bare(unicodedata.normalize("NFC", str(each))) for each in submitted]
    first = field.separators[:1]
    for sign in field.separators[1:]:
        text = text.replace(sign, first)
    return [bare(unicodedata.normalize("NFC", each)) for each in text.split(first)]
