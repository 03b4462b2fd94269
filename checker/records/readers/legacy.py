"""Vietnamese text from before Unicode: TCVN3 (ABC, as of the fonts .VnTime) and VNI, each recognised by the words that it makes.

Both put Vietnamese letters where other encodings have signs and letters of the West, so no byte says which encoding it is in.
What says it is that the words are Vietnamese syllables when read so, and are none when read otherwise.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from checker.errors import Problem
from checker.words.message import message

TCVN3, VNI = "tcvn3", "vni"
TITLES: Mapping[str, str] = {TCVN3: "TCVN3 (ABC)", VNI: "VNI"}
"""What people call these encodings, by the names that a manifest has for them."""

NAMES: Mapping[str, str] = {TCVN3: TCVN3, "tcvn": TCVN3, "tcvn5712": TCVN3, "abc": TCVN3, VNI: VNI, "vni-win": VNI}
"""The names by which a manifest may call them, in small letters."""

# TCVN 5712:1993, from 0x80 on. Of these TCVN3 has those from 0xA1 to 0xFE that are no capitals with a tone; fonts show them.
_TCVN = (
    "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨ"
    "ÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ"
    "\u00a0ĂÂÊÔƠƯĐăâêôơưđẰ"
    "\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴ"
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽ"
    "éẹềểễếệìỉỄẾỒĩíịò"
    "Ổỏõóọồổỗốộờởỡớợù"
    "ỖủũúụừửữứựỳỷỹýỵỐ"
)
_FROM_TCVN = dict(enumerate(_TCVN, 0x80))

# VNI writes most letters as a vowel and a mark, both as Windows-1252 has them; the rest have a letter of their own.
_VNI_MARKS = {
    "ù": "\u0301",
    "ø": "\u0300",
    "û": "\u0309",
    "õ": "\u0303",
    "ï": "\u0323",
    "â": "\u0302",
    "á": "\u0302\u0301",
    "à": "\u0302\u0300",
    "å": "\u0302\u0309",
    "ã": "\u0302\u0303",
    "ä": "\u0302\u0323",
    "ê": "\u0306",
    "é": "\u0306\u0301",
    "è": "\u0306\u0300",
    "ú": "\u0306\u0309",
    "ü": "\u0306\u0303",
    "ë": "\u0306\u0323",
}
_VNI_BASES = {**{base: base for base in "aeouy"}, "ô": "ơ", "ö": "ư"}
_VNI_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_PAIR = re.compile(f"([{''.join(_VNI_BASES)}])([{''.join(_VNI_MARKS)}])|[{''.join(_VNI_ALONE)}]", re.IGNORECASE)

_ONSET = "(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx])?"
_CLOSED = "(?:uyê|oa|oă|oe|oo|uâ|uê|uy|iê|yê|uô|ươ|[aăâeêioôơuưy])(?:ch|ng|nh|[cmnptk])"
_GLIDING = "oai|oay|oao|oeo|uao|uây|uôi|ươi|ươu|uyu|uêu|iêu|yêu|a[iouy]|â[uy]|eo|êu|iu|o[i]|ôi|ơi|u[i]|ư[iu]"
_OPEN = "uya|ia|ya|ua|ưa|oa|oe|uê|uơ|uy|[aeêioôơuưy]"
_SYLLABLE = re.compile(f"{_ONSET}(?:{_CLOSED}|{_GLIDING}|{_OPEN})")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_LETTERS = re.compile("[A-Za-z\u0080-\u00ff]+")
_PERHAPS, _CERTAIN, _APART = 0.6, 0.9, 0.3
"""How many of the words must be Vietnamese for an encoding to be likely, to be certain, and more than by any other encoding."""
_FEW, _FEW_TELLING = 4, 2
"""Fewer different words say nothing: also French has words that would be Vietnamese ones."""
_MOST = 2_000
"""So many different words are looked at."""
_SIGNS = re.compile("[A-Za-z][\u00a1-\u00bf]|[\u00a1-\u00bf][a-z]")
"""A sign that no word of the West has, in a word: where TCVN3 has letters."""


class Recognised(NamedTuple):
    """An encoding in which a text seems to be, and whether that is certain enough to read it so."""

    encoding: str
    certain: bool

    @property
    def title(self) -> str:
        """What people call it."""
        return TITLES[self.encoding]


def decoded(text: str, encoding: str) -> str:
    """Text of which each character is the byte of that number (or the sign that Windows-1252 has for it), as Unicode."""
    if encoding == VNI:
        return unicodedata.normalize("NFC", _VNI_PAIR.sub(_vni_letter, text))
    # The fonts for capitals (.VnTimeH) show small letters as capitals, so that few are typed as capitals.
    return unicodedata.normalize("NFC", _LETTERS.sub(lambda word: _raised(word[0], word[0].translate(_FROM_TCVN)), text))


def recognised(text: str) -> Recognised | None:
    """The encoding of text of which each character is the byte of that number, if its words are Vietnamese by one of these."""
    words = dict.fromkeys(word for word in _LETTERS.findall(text) if not word.isascii())
    some = [*words][:_MOST]
    if not some:
        return None
    shares = {name: sum(_is_right(word, name) for word in some) / len(some) for name in TITLES}
    encoding = max(shares, key=lambda name: shares[name])
    right, other = shares[encoding], max(_share(some, "cp1258"), *(shares[name] for name in TITLES if name != encoding))
    telling = encoding == TCVN3 and any(_SIGNS.search(word) for word in some)
    if right - other < _APART or right < _PERHAPS or len(some) < (_FEW_TELLING if telling else _FEW):
        return None
    return Recognised(encoding, right >= _CERTAIN)


def is_vietnamese(word: str) -> bool:
    """Whether a word is a Vietnamese syllable, written as one writes: small, capital, or with a capital at its beginning."""
    if word not in {word.lower(), word.capitalize(), word.upper()}:
        return False
    parts = unicodedata.normalize("NFD", word.lower())
    tones = [sign for sign in parts if sign in _TONES]
    bare = unicodedata.normalize("NFC", "".join(sign for sign in parts if sign not in _TONES))
    return len(tones) < 2 and _SYLLABLE.fullmatch(bare) is not None  # noqa: PLR2004 -- two tones


def _is_right(word: str, encoding: str) -> bool:
    """Whether a word is Vietnamese in an encoding, and nothing in it is foreign to that."""
    return is_vietnamese(decoded(word, encoding)) and (encoding != VNI or _VNI_PAIR.sub("", word).isascii())


def _share(words: list[str], codec: str) -> float:
    """How many of the words are Vietnamese by a codec of Python."""
    texts = (word.encode("latin-1").decode(codec, "replace") for word in words)
    return sum(is_vietnamese(unicodedata.normalize("NFC", text)) for text in texts) / len(words)


def with_advice(problem: Problem, written: bytes) -> Problem:
    """The problem of a file that is not UTF-8, with the encoding that it seems to be in and what to do about it."""
    found = recognised(written.decode("latin-1"))
    if found is None:
        return problem
    return problem._replace(message=message("perhaps-legacy", encoding=found.title), fix=message("to-unicode-fix"))


def _vni_letter(found: re.Match[str]) -> str:
    base, mark = found[1], found[2]
    if base is None:
        alone = _VNI_ALONE[found[0].lower()]
        return alone if found[0].islower() else alone.upper()
    letter = unicodedata.normalize("NFC", _VNI_BASES[base.lower()] + _VNI_MARKS[mark.lower()])
    return letter if base.islower() else letter.upper()


def _raised(typed: str, word: str) -> str:
    """The word in capitals if all of its plain letters are, and several: so it was seen."""
    plain = [sign for sign in typed if sign.isascii()]
    return word.upper() if len(plain) > 1 and all(sign.isupper() for sign in plain) else word
