"""Catalogues of texts, one file a language in the format of GNU gettext: read, and asked for the text of a key.

A key is a `msgid`, its text the `msgstr`; what takes a number has a text for each plural form. The reader stands here, as
that of Babel takes longer to load than most reports to write; the tests read the catalogues with Babel too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from gettext import c2py
from pathlib import Path
from typing import NamedTuple

FALLBACK = "en"
FOLDER = Path(__file__).parent

_STRING = r'"(?:[^"\\]|\\.)*"'
_STATEMENT = re.compile(rf"^(msgid|msgid_plural|msgstr(?:\[\d+\])?)\s+((?:{_STRING}\s*)+)", re.MULTILINE)
_ESCAPED = re.compile(r"\\(.)")
_SIGNS = {"n": "\n", "t": "\t"}
_PLURAL = re.compile(r"plural=(.+?);")


class Catalogue(NamedTuple):
    """The texts of a language, and which of its plural forms a number takes."""

    language: str
    texts: Mapping[str, tuple[str, ...]]
    form: Callable[[int], int]

    def text(self, key: str) -> str:
        """The text of a key; the English one where the language has none."""
        found = self.texts.get(key)
        return found[-1] if found else catalogue(FALLBACK).texts[key][-1]

    def plural(self, key: str, n: int) -> str:
        """The text of a key for a number of things; its only one, where it has no form for one thing alone."""
        found = self.texts.get(key)
        return found[min(self.form(n), len(found) - 1)] if found else catalogue(FALLBACK).plural(key, n)


def languages() -> tuple[str, ...]:
    """The languages that have a catalogue, English first."""
    return _languages(FOLDER)


def catalogue(language: str) -> Catalogue:
    """The catalogue of a language; the English one where there is none."""
    return _catalogue(FOLDER, language if language in languages() else FALLBACK)


@lru_cache
def _languages(folder: Path) -> tuple[str, ...]:
    found = sorted(path.stem for path in folder.glob("*.po"))
    return (FALLBACK, *(language for language in found if language != FALLBACK))


@lru_cache
def _catalogue(folder: Path, language: str) -> Catalogue:
    texts = read((folder / f"{language}.po").read_text(encoding="utf-8"))
    plural = _PLURAL.search(texts.pop("", ("",))[0])
    return Catalogue(language, texts, c2py(plural[1] if plural else "0"))


def read(po: str) -> dict[str, tuple[str, ...]]:
    """The texts of a catalogue by their key, without those that are not translated. The key `""` has the header."""
    texts: dict[str, list[str]] = {}
    key = ""
    for word, strings in _STATEMENT.findall(po):
        said = "".join(_unescaped(string[1:-1]) for string in re.findall(_STRING, strings))
        if word == "msgid":
            key = said
        elif word != "msgid_plural" and said:
            texts.setdefault(key, []).append(said)
    return {key: tuple(forms) for key, forms in texts.items()}


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda sign: _SIGNS.get(sign[1], sign[1]), text) if "\\" in text else text
