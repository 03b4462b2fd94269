"""Catalogues of texts, one file a language in the format of GNU gettext: read, and asked for the text of a key.

A key is a `msgid`, its text the `msgstr`; what takes a number has a text for each plural form. The reader stands here, as
that of Babel takes longer to load than most reports to write; the tests read the catalogues with Babel too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from gettext import c2py
from pathlib import Path
from typing import NamedTuple

FALLBACK = "en"
FOLDER = Path(__file__).parent

_STRING = r'"(?:[^"\\]|\\.)*"'
_STATEMENT = re.compile(rf"^(msgid|msgid_plural|msgstr(?:\[\d+\])?)\s+((?:{_STRING}\s*)+)", re.MULTILINE)
_BEGIN = re.compile(r'^msgid\s+"((?:[^"\\]|\\.)*)"', re.MULTILINE)
_ONE = re.compile(_STRING)
_ESCAPED = re.compile(r"\\(.)")
_SIGNS = {"n": "\n", "t": "\t"}
_PLURAL = re.compile(r"plural=(.+?);")


class Texts(Mapping[str, tuple[str, ...]]):
    """The texts of a catalogue by their key, without those that are not translated; and its `header`.

    An entry is taken apart when it is first asked for: a report says some dozens of many hundreds.
    """

    def __init__(self, po: str) -> None:
        begun = [(found[1], found.start()) for found in _BEGIN.finditer(po)]
        ends = (*(start for _, start in begun[1:]), len(po))
        self._entries = {key: po[start:end] for (key, start), end in zip(begun, ends, strict=True)}
        self.header = "".join(_forms(self._entries.pop("", "")))
        self._forms: dict[str, tuple[str, ...]] = {}

    def __getitem__(self, key: str) -> tuple[str, ...]:
        forms = self._forms.get(key)
        if forms is None:
            forms = self._forms[key] = _forms(self._entries[key])
        if not forms:
            raise KeyError(key)
        return forms

    def __iter__(self) -> Iterator[str]:
        return (key for key in self._entries if key in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _forms(entry: str) -> tuple[str, ...]:
    """What an entry says in its language, in each plural form; nothing where it is not translated."""
    found = (
        "".join(_unescaped(string[1:-1]) for string in _ONE.findall(strings))
        for word, strings in _STATEMENT.findall(entry)
        if word.startswith("msgstr")
    )
    return tuple(said for said in found if said)


class Catalogue(NamedTuple):
    """The texts of a language, and which of its plural forms a number takes."""

    language: str
    texts: Texts
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
    texts = Texts((folder / f"{language}.po").read_text(encoding="utf-8"))
    plural = _PLURAL.search(texts.header)
    return Catalogue(language, texts, c2py(plural[1] if plural else "0"))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda sign: _SIGNS.get(sign[1], sign[1]), text) if "\\" in text else text
